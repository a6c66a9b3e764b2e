/* SPDX-License-Identifier: Apache-2.0 */
/* Turns libyaml's problem texts into findings that say what to do. */
#include "yaml/problem.h"

#include "yaml/likely.h"
#include "yaml/scan.h"

#include <string.h>

static const struct {
	const char *libyaml, *text, *help;
} words[] = {
	{ "mapping values are not allowed in this context", "a ':' stands where no key can be",
		"quote the text if the ':' belongs to it; else check the indentation of this line and the one above" },
	{ "did not find expected key", "a key is wanted here", "check the indentation of this line against its neighbours" },
	{ "did not find expected '-' indicator", "a '- ' is wanted here: the list above goes on or must end",
		"check the indentation of this line" },
	{ "could not find expected ':'", "a ':' is missing after this key", "write 'key: value'" },
	{ "found character that cannot start any token", "this character cannot begin a value", "quote the value" },
	{ "found a tab character that violates indentation", "a tab cannot indent", "use blanks" },
	{ "found unexpected end of stream", "the text ends inside a quoted value", "close the quote" },
	{ "found unknown escape character", "unknown escape in a double-quoted value",
		"write \\\\ for a backslash, or use single quotes" },
	{ "did not find expected hexdecimal number", "an escape with too few hexadecimal digits in a double-quoted value",
		"write \\\\ for a backslash, or use single quotes" },
	{ "did not find expected ',' or '}'", "a ',' or '}' is wanted here", "close the '{'" },
	{ "did not find expected ',' or ']'", "a ',' or ']' is wanted here", "close the '['" },
	{ "did not find expected node content", "a value is wanted here", NULL },
	{ "did not find expected <document start>", "a new document begins here without '---'",
		"put '---' on a line of its own before it, or check the indentation" },
	{ "block sequence entries are not allowed in this context", "a list item cannot stand here",
		"put it on a line of its own below the key" },
	{ "block mapping keys are not allowed in this context", "a key cannot stand here", NULL },
	{ "control characters are not allowed", "a control character is not allowed in YAML",
		"remove it, or write it as an escape in double quotes" },
	{ "invalid leading UTF-8 octet", "this byte is not valid UTF-8", "save the file as UTF-8" },
	{ "invalid trailing UTF-8 octet", "this byte is not valid UTF-8", "save the file as UTF-8" },
	{ "incomplete UTF-8 octet sequence", "the text ends inside a UTF-8 character", "save the file as UTF-8" },
	{ "invalid length of a UTF-8 sequence", "this byte is not valid UTF-8", "save the file as UTF-8" },
	{ "invalid Unicode character", "this is no valid Unicode character", "save the file as UTF-8" },
	{ "found invalid Unicode character escape code", "this escape is no valid Unicode character",
		"write the character itself; a surrogate pair is JSON, not YAML" },
	{ "found undefined tag handle", "this tag's handle is not defined", NULL },
	{ "did not find expected alphabetic or numeric character", "a name is wanted after '&' or '*'",
		"quote the value if it begins with this character" },
	{ "found duplicate %YAML directive", "a second %YAML directive", "remove it" },
	{ "found unexpected ':'", "a ':' stands inside a value of a flow map or list", "write a blank behind the ':', or quote the value" },
	{ "did not find expected comment or line break", "only a comment can stand here",
		"put the text on the next line, deeper than its key" },
	{ "found incompatible YAML document", "this %YAML version is not supported", "remove the %YAML line: Helm refuses it too" },
};

static bool
is_template(struct str s, size_t at)
{
	return str_starts(str_slice(s, at, s.n), STR("{{"));
}

/* the nearest byte order mark at the start of a line before a place, not that of the whole text; the text's end when there is none */
static size_t
mark_before(struct str s, size_t at)
{
	enum { LOOK_BACK = 4096 };

	for (size_t n = 0; at > 0 && n < LOOK_BACK; at--, n++) {
		if ((s.s[at - 1] == '\n' || s.s[at - 1] == '\r') && str_starts(str_slice(s, at, s.n), STR("\xEF\xBB\xBF"))) {
			return at;
		}
	}
	return s.n;
}

void
problem_add(struct diags *diags, struct source *src, const struct problem *p)
{
	const char *text = p->text ? p->text : "this is not YAML", *help = NULL;
	struct span span = { p->at, 1 };
	size_t begin = p->context && p->context_at < p->at ? p->context_at : p->at;
	size_t mark = mark_before(src->text, p->at < src->text.n ? p->at : src->text.n);
	struct diag *diag;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(text, words[i].libyaml) == 0) {
			text = words[i].text;
			help = words[i].help;
			break;
		}
	}
	if (p->at < src->text.n && src->text.s[p->at] == '\t' && strcmp(text, "this character cannot begin a value") == 0) {
		text = "a tab cannot indent";
		help = "use blanks";
	} else if (is_template(src->text, p->at) || (p->at >= 2 && is_template(src->text, p->at - 2))) {
		help = "this looks like a Helm template; render it first";
	} else if (p->text && likely(src, p->text, p->at, begin)) {
		help = likely(src, p->text, p->at, begin);
	}
	/* what lacks its ':' is to be seen where it stands, not where reading gave it up */
	if (p->text && strcmp(p->text, "could not find expected ':'") == 0) {
		span.at = begin;
	}
	if (mark < src->text.n) {
		help = "remove the byte order mark; only one at the start of the file is none of the text";
	}
	diag = diag_add(diags, DIAG_ERROR, "yaml/syntax", src, span, "%s", text);
	if (help) {
		diag_help(diags, diag, "%s", help);
	}
	if (mark < src->text.n) {
		diag_relate(diags, diag, src, (struct span){ mark, 3 }, "it is here");
	}
	if (p->context && p->context_at != span.at) {
		diag_relate(diags, diag, src, (struct span){ p->context_at, 1 }, "%s, which begins here", p->context);
	}
}

bool
problem_encoding(struct diags *diags, struct source *src)
{
	const unsigned char *s = (const unsigned char *)src->text.s;
	struct diag *diag;

	if (str_starts(src->text, STR("\x1F\x8B")) || str_starts(src->text, STR("PK\x03\x04"))) {
		diag = diag_add(diags, DIAG_ERROR, "yaml/encoding", src, (struct span){ 0, 0 }, "the file is compressed");
		diag_help(diags, diag, "decompress it first");
		return false;
	}
	if (src->text.n < 2 || !((s[0] == 0xFF && s[1] == 0xFE) || (s[0] == 0xFE && s[1] == 0xFF) || s[0] == 0 || s[1] == 0)) {
		return true;
	}
	diag = diag_add(diags, DIAG_ERROR, "yaml/encoding", src, (struct span){ 0, 0 }, "the text is UTF-16 or UTF-32, or binary; UTF-8 is wanted");
	diag_help(diags, diag, "save the file as UTF-8");
	return false;
}

void
problem_alias(struct diags *diags, struct source *src, struct span span, struct str name, const struct node *holder)
{
	struct diag *diag;

	if (holder) {
		diag = diag_add(diags, DIAG_ERROR, "yaml/alias", src, span, "the anchor '&%.*s' contains itself", STR_FMT(name));
		diag_relate(diags, diag, src, (struct span){ holder->props, name.n + 1 }, "it is defined here");
	} else {
		diag = diag_add(diags, DIAG_ERROR, "yaml/alias", src, span, "the alias '*%.*s' has no anchor before it in this document", STR_FMT(name));
		diag_help(diags, diag, "define it with '&%.*s', or quote the value", STR_FMT(name));
	}
}

bool
problem_bom(struct diags *diags, struct source *src, struct span part)
{
	size_t at = scan_bom(src->text, part.at, part.at + part.n);
	struct diag *diag;

	if (at == part.at + part.n) {
		return true;
	}
	diag = diag_add(diags, DIAG_ERROR, "yaml/bom", src, (struct span){ at, 3 }, "a byte order mark stands within a document");
	diag_help(diags, diag, "remove it, or save the template it comes from as UTF-8 without a byte order mark");
	return false;
}

/* Helm's reader, go-yaml, wants a map, an alias of one, or a list of these that is written there */
static const struct node *
no_merge(const struct node *value)
{
	if (value->kind != NODE_LIST) {
		return node_real(value)->kind == NODE_MAP ? NULL : value;
	}
	for (const struct node *item = value->first; item; item = item->next) {
		if (node_real(item)->kind != NODE_MAP) {
			return item;
		}
	}
	return NULL;
}

bool
problem_merge(struct diags *diags, struct source *src, const struct node *value)
{
	const struct node *wrong = value->key && value->key->merge ? no_merge(value) : NULL;
	struct diag *diag;

	if (!wrong) {
		return true;
	}
	diag = diag_add(diags, DIAG_ERROR, "yaml/merge", src, value->key->span,
		wrong == value ? "the merge key '<<' has a %s, a map or a list of maps is wanted" : "the merge key '<<' has a list with a %s, a list of maps is wanted",
		node_kind_name(node_real(wrong)->kind));
	diag_help(diags, diag, "write '<<: *name' for the map of the anchor '&name', or quote it for a key of that name");
	return false;
}
