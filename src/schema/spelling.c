/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the keywords about the form of texts: patterns and formats. */
#include "schema/compiler.h"
#include "schema/format.h"
#include "schema/match.h"
#include "schema/suggest.h"

/* the place of a text's byte in the file: an escape is written longer than it is */
static size_t
place_in(const struct source *src, const struct node *value, size_t at)
{
	struct str raw = source_slice(src, value->span);
	size_t i = value->style == NODE_SINGLE || value->style == NODE_DOUBLE ? 1 : 0;

	while (at > 0 && i < raw.n) {
		size_t read = 1, written = 1;

		if (value->style == NODE_DOUBLE && raw.s[i] == '\\') {
			written = i + 1 < raw.n && raw.s[i + 1] == 'u' ? 6 : 2;
			if (written == 6 && i + 3 < raw.n) {
				bool pair = (raw.s[i + 2] | 0x20) == 'd' && (raw.s[i + 3] | 0x20) >= '8' && raw.s[i + 3] != '9';

				pair = pair && (raw.s[i + 3] == '8' || (raw.s[i + 3] | 0x20) == 'a' || (raw.s[i + 3] | 0x20) == 'b');
				written = pair ? 12 : 6;
				read = pair ? 4 : raw.s[i + 2] == '0' && raw.s[i + 3] == '0' ? (i + 4 < raw.n && raw.s[i + 4] > '7' ? 2 : 1)
					: raw.s[i + 2] == '0' && raw.s[i + 3] < '8' ? 2 : 3;
			}
		} else if (value->style == NODE_SINGLE && raw.s[i] == '\'') {
			written = 2;
		}
		i += written;
		at -= read < at ? read : at;
	}
	return value->span.at + (i < raw.n ? i : raw.n);
}

/* what other Helms make of a pattern that this one takes */
static void
tell_of_pattern(struct compiler *c, const struct schema *s, const struct node *value, const struct re2 *re2)
{
	struct span at = re2->newer.n > 0 ? re2->newer : re2->folded;
	struct diag *diag;

	c->set->differs |= re2->newer.n > 0;
	if (at.n == 0 || !s->src) {
		return;
	}
	diag = diag_add(c->diags, DIAG_WARNING, "schema/regex", s->src, (struct span){ place_in(s->src, value, at.at), at.n },
		re2->newer.n > 0 ? "'%.*s' is not known to every Helm" : "'%.*s' means other letters to Helm here",
		STR_FMT(str_slice(value->text, at.at, at.at + at.n)));
	diag_help(c->diags, diag, re2->newer.n > 0 ? "Helm 4.1 or 3.20 is wanted" : "to Helm (?i) holds for it too; wbrender takes it as it is");
}

struct pattern {
	const struct match *match;
	struct re2 re2;
};

/* schemas name the same few patterns again and again */
static const struct pattern *
pattern_of(struct compiler *c, struct str text)
{
	struct pattern *p = table_get(&c->patterns, text);

	if (!p) {
		p = arena_new(c->arena, struct pattern);
		p->match = c->options->origin == SCHEMA_BUILTIN ? match_later_re2(c->arena, text)
			: match_new_re2(c->arena, text, c->set->helm == 3 ? RE2_GO_OLD : RE2_GO_NEW, &p->re2);
		table_put(&c->patterns, text, p);
	}
	return p;
}

const struct match *
keyword_pattern(struct compiler *c, const struct schema *s, const struct node *value, bool of_keys)
{
	const struct pattern *p = pattern_of(c, value->text);
	const struct match *m = p->match;
	/* Helm 4's metaschema of draft-06 does not look at them */
	bool forgiven = of_keys && s->home->dialect.draft == DRAFT_6 && !s->used && c->set->helm != 3;
	struct diag *diag;

	if (m) {
		tell_of_pattern(c, s, value, &p->re2);
		return m;
	}
	c->set->differs |= forgiven;
	diag = diag_add(c->diags, forgiven ? DIAG_WARNING : DIAG_ERROR, "schema/regex", s->src,
		(struct span){ s->src ? place_in(s->src, value, p->re2.at) : 0, p->re2.at < value->text.n ? 1 : 0 },
		"the pattern cannot be used: %s", p->re2.error ? re2_text(c->arena, value->text, &p->re2) : "it is too costly");
	if (p->re2.help) {
		diag_help(c->diags, diag, "%s", p->re2.help);
	}
	return m;
}

/* a format that is not asserted since Helm does not know it: said once for each */
static void
tell_of_format(struct compiler *c, const struct schema *s, const struct node *value)
{
	struct suggest near;
	struct diag *diag;

	if (!s->src || table_put(&c->formats, value->text, c)) {
		return;
	}
	suggest_init(&near, value->text, &c->suggest_work);
	for (size_t i = 0; format_names[i]; i++) {
		suggest_offer(&near, str_of(format_names[i]));
	}
	if (!s->format && near.n > 0 && near.best < SUGGEST_PART) {
		diag = diag_add(c->diags, DIAG_WARNING, "schema/keyword", s->src, value->span, "unknown format '%.*s', Helm ignores it",
			STR_FMT(value->text));
		diag->help = suggest_text(&near, c->diags->arena);
		return;
	}
	diag_add(c->diags, DIAG_NOTE, "schema/keyword", s->src, value->span, "the format '%.*s' is not checked: %s does not know it",
		STR_FMT(value->text), c->set->helm == 3 ? "Helm up to 3.18.4" : "Helm");
}

void
keyword_format(struct compiler *c, struct schema *s, const struct node *value)
{
	const struct dialect *d = &s->home->dialect;
	const struct format *format;

	if (value->kind != NODE_STRING) {
		compiler_refuse(c, s, value, "format", "a string");
		return;
	}
	format = format_find(value->text);
	s->format = format;
	s->format_only_said = !(d->draft & DRAFTS_REF_ALONE) && !(d->vocab & VOCAB_ASSERT) && !c->options->meta;
	c->set->differs |= format != NULL;
	if (c->options->meta && str_eq(value->text, STR("regex"))) {
		s->format = NULL;       /* whoever reads the pattern knows the place in it */
	} else if (!format || !format->helm[c->set->helm == 3 ? FORMAT_HELM_3 : FORMAT_HELM_4]) {
		tell_of_format(c, s, value);
		s->format = NULL;
	}
}
