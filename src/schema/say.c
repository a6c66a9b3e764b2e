/* SPDX-License-Identifier: Apache-2.0 */
/* Words of findings: values, lists of names, forms. */
#include "base/secret.h"
#include "schema/canon.h"
#include "schema/check.h"
#include "yaml/emit.h"
#include "yaml/scalar.h"

const char *
say_cut(struct arena *a, struct str text, size_t points)
{
	struct buf b = { .arena = a };
	size_t n = 0, seen = 0;

	while (n < text.n) {
		seen += ((unsigned char)text.s[n] & 0xC0) != 0x80;
		if (seen > points) {
			break;
		}
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)text.s[i];

		if (ch == '\n') {
			buf_add(&b, STR("\\n"));
		} else if (ch < ' ' || ch == 0x7F) {
			buf_addf(&b, "\\x%02x", ch);
		} else {
			buf_byte(&b, (char)ch);
		}
	}
	if (n < text.n) {
		buf_add(&b, STR("..."));
	}
	return buf_z(&b);
}

const char *
say_value(struct check *c, const struct where *w)
{
	const struct node *node = w->node;
	const char *text, *read;
	double number;

	if (c->quiet) {
		return "";
	}
	text = say_cut(c->arena, node->text, CHECK_SHOWN_MAX);
	if (where_secret(c, w) && node->kind != NODE_NULL && node->kind < NODE_LIST) {
		return arena_printf(c->arena, "%s %s", node->kind == NODE_INT ? "an" : "a", node_kind_name(node->kind));
	}
	switch (node->kind) {
	case NODE_NULL:
		return node->text.n == 0 ? "empty (null)" : "null";
	case NODE_BOOL:
		read = scalar_true(node->text) ? "true" : "false";
		return str_is(node->text, read) ? arena_printf(c->arena, "the boolean %s", read)
							: arena_printf(c->arena, "the boolean %s, written %s", read, text);
	case NODE_INT:
	case NODE_FLOAT:
		read = scalar_double(node->text, &number) ? canon_number(c->arena, number) : text;
		if (str_is(node->text, read) || (node->kind == NODE_INT && node->text.n > 15)) {
			read = NULL;
		}
		return arena_printf(c->arena, "the %s %s%s%s", node_kind_name(node->kind), read ? read : text,
			read ? ", written " : "", read ? text : "");
	case NODE_STRING:
		if (node->text.n == 0) {
			return "an empty string";
		}
		return arena_printf(c->arena, "the string \"%s\"%s", text,
			node->style == NODE_SINGLE || node->style == NODE_DOUBLE ? " (quoted)" : "");
	default:
		return node->first ? arena_printf(c->arena, "a %s", node_kind_name(node->kind))
				   : arena_printf(c->arena, "an empty %s", node_kind_name(node->kind));
	}
}

const char *
say_short(struct check *c, const struct where *w)
{
	if (where_secret(c, w) || w->node->kind >= NODE_LIST) {
		return NULL;
	}
	if (c->quiet || (w->node->kind == NODE_NULL && w->node->text.n == 0)) {
		return "null";
	}
	return arena_printf(c->arena, "'%s'", say_cut(c->arena, w->node->text, CHECK_SHOWN_MAX));
}

const char *
say_flow(struct check *c, const struct node *node)
{
	struct buf b = { .arena = c->arena };

	emit_flow(&b, node, false);
	return say_cut(c->arena, buf_str(&b), CHECK_SHOWN_MAX);
}

const char *
say_description(struct check *c, const struct schema *s)
{
	enum { DESCRIPTION_MAX = 300 };
	struct str text;
	size_t end = 0;

	if (!s->description || c->quiet) {
		return NULL;
	}
	text = s->description->text;
	/* ". " ends the sentence, "1.15" does not */
	while (end < text.n && !(text.s[end] == '.' && (end + 1 == text.n || text.s[end + 1] == ' ' || text.s[end + 1] == '\n'))) {
		end++;
	}
	return say_cut(c->arena, str_slice(text, 0, end), DESCRIPTION_MAX);
}

void
say_listed(struct buf *b, size_t *n, struct str text)
{
	if ((*n)++ < CHECK_NAMES_MAX) {
		buf_addf(b, "%s%s", b->n == 0 ? "" : ", ", say_cut(b->arena, text, CHECK_SHOWN_MAX));
	}
}

const char *
say_list_end(struct buf *b, size_t n)
{
	if (n > CHECK_NAMES_MAX) {
		buf_addf(b, ", ... %zu more", n - CHECK_NAMES_MAX);
	}
	return buf_z(b);
}

/* a map by a key whose value is fixed, or by those that must be there; NULL when it has neither */
static const char *
form_of_keys(struct check *c, const struct schema *s)
{
	struct buf b = { .arena = c->arena };
	size_t n = 0;

	for (const struct schema_prop *p = s->props; p; p = p->next) {
		const struct node *only = p->schema->constant;

		if (only && only->kind < NODE_LIST) {
			return arena_printf(c->arena, "a map with %s: %s", say_cut(c->arena, p->name, CHECK_SHOWN_MAX),
				say_cut(c->arena, only->text, CHECK_SHOWN_MAX));
		}
	}
	for (size_t i = 0; i < s->required.n; i++) {
		say_listed(&b, &n, s->required.items[i]);
	}
	return n > 0 ? arena_printf(c->arena, "a map with %s", say_list_end(&b, n)) : NULL;
}

const char *
say_form(struct check *c, const struct schema *s)
{
	const struct schema *pattern = s;
	const struct node *only = s->constant ? s->constant : s->choices && s->choices->first && !s->choices->first->next ? s->choices->first : NULL;

	if (c->quiet) {
		return "";
	}
	if (s->description) {
		return say_description(c, s);
	}
	if (s->title) {
		return say_cut(c->arena, s->title->text, CHECK_SHOWN_MAX);
	}
	if (only && only->kind < NODE_LIST && only->text.n > 0) {
		return say_cut(c->arena, only->text, CHECK_SHOWN_MAX);
	}
	for (unsigned i = 0; i < 8 && !pattern->pattern && !pattern->choices; i++) {
		const struct schema *under = pattern->ref ? pattern->ref : pattern->all.n == 1 ? pattern->all.items[0] : NULL;

		if (!under) {
			break;
		}
		pattern = under;
		if (pattern->description) {
			return arena_printf(c->arena, "%s (%s)", schema_types_text(c->arena, schema_types(s)), say_description(c, pattern));
		}
	}
	if (pattern->choices && pattern->choices->first) {
		struct buf b = { .arena = c->arena };
		size_t n = 0;

		for (const struct node *each = pattern->choices->first; each; each = each->next) {
			say_listed(&b, &n, str_of(each->kind < NODE_LIST ? say_cut(c->arena, each->text, CHECK_SHOWN_MAX) : say_flow(c, each)));
		}
		return arena_printf(c->arena, "one of %s", say_list_end(&b, n));
	}
	if (pattern->pattern) {
		return arena_printf(c->arena, "a string that matches %s", say_cut(c->arena, pattern->pattern_text, CHECK_SHOWN_MAX));
	}
	if (s->ref) {
		return arena_printf(c->arena, "'%s'", say_cut(c->arena, s->ref_text, CHECK_SHOWN_MAX));
	}
	if (s->types == 0 || s->types == SCHEMA_MAP) {
		const char *keys = form_of_keys(c, s);

		if (keys) {
			return keys;
		}
	}
	return schema_types_text(c->arena, schema_types(s));
}
