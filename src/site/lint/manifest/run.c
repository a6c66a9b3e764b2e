/* SPDX-License-Identifier: Apache-2.0 */
/* Places in an object and findings about it. */
#include "site/lint/manifest/run.h"

#include "base/arena.h"
#include "base/secret.h"
#include "schema/canon.h"
#include "schema/check.h"
#include "yaml/scalar.h"

#include <assert.h>

struct spot
spot_root(const struct node *node)
{
	return (struct spot){ .node = node_real(node) };
}

struct spot
spot_get(const struct spot *map, const char *key)
{
	struct str name = str_of(key);

	return (struct spot){ .up = map, .node = node_get(map->node, name), .name = name };
}

struct spot
spot_entry(const struct spot *map, const struct node *entry)
{
	return (struct spot){ .up = map, .node = node_real(entry), .name = node_real(entry->key)->text };
}

struct spot
spot_item(const struct spot *list, const struct node *item, size_t index)
{
	return (struct spot){ .up = list, .node = node_real(item), .index = index };
}

const struct node *
spot_items(const struct spot *s)
{
	return s->node && s->node->kind == NODE_LIST ? s->node->first : NULL;
}

const struct node *
spot_entries(const struct spot *s)
{
	return s->node && s->node->kind == NODE_MAP ? s->node->first : NULL;
}

struct str
spot_text(const struct spot *s)
{
	return s->node && s->node->kind < NODE_LIST && s->node->kind != NODE_NULL ? s->node->text : (struct str){ 0 };
}

bool
spot_given(const struct spot *s)
{
	return s->node && s->node->kind != NODE_NULL;
}

bool
spot_is(const struct spot *s, bool truth)
{
	return s->node && s->node->kind == NODE_BOOL && scalar_true(s->node->text) == truth;
}

struct span
spot_value(const struct spot *s)
{
	return s->node && s->node->span.n > 0 ? s->node->span : spot_key(s);
}

struct span
spot_key(const struct spot *s)
{
	while (!s->node) {
		assert(s->up);
		s = s->up;
	}
	return s->node->key ? s->node->key->span : (struct span){ s->node->span.at, 0 };
}

struct span
spot_part(const struct manifest *m, const struct spot *s, size_t from, size_t to)
{
	struct span span = spot_value(s);
	struct str written = source_slice(m->src, span);
	size_t quote = written.n > 1 && (written.s[0] == '"' || written.s[0] == '\'');

	if (to <= from || to > s->node->text.n || !str_eq(str_slice(written, quote, written.n - quote), s->node->text)) {
		return span;
	}
	return (struct span){ span.at + quote + from, to - from };
}

/* behind the quote that opens it */
static void
add_path(struct buf *b, const struct spot *s)
{
	if (!s->up) {
		return;
	}
	add_path(b, s->up);
	if (s->name.s) {
		buf_add(b, b->n > 1 ? STR(".") : STR(""));
		buf_add(b, str_of(say_cut(b->arena, s->name, CHECK_SHOWN_MAX)));
	} else {
		buf_addf(b, "[%zu]", s->index);
	}
}

const char *
spot_path(struct arena *a, const struct spot *s)
{
	struct buf b = { .arena = a };

	if (!s->up) {
		return "the object";
	}
	buf_byte(&b, '\'');
	add_path(&b, s);
	buf_byte(&b, '\'');
	return buf_z(&b);
}

bool
spot_secret(const struct manifest *m, const struct spot *s)
{
	for (const struct spot *up = s; up; up = up->up) {
		if (up->name.s && secret_key(up->name)) {
			return true;
		}
		if (m->secret && up->up && !up->up->up && (str_eq(up->name, STR("data")) || str_eq(up->name, STR("stringData")))) {
			return true;
		}
	}
	/* an environment variable's value, by the variable's name */
	return s->up && s->name.s && str_eq(s->name, STR("value")) && secret_key(node_text(s->up->node, STR("name")));
}

const char *
manifest_cut(const struct manifest *m, struct str text)
{
	return say_cut(m->diags->arena, text, CHECK_SHOWN_MAX);
}

const char *
spot_say(const struct manifest *m, const struct spot *s)
{
	struct arena *a = m->diags->arena;
	const struct node *node = s->node;
	const char *read = NULL;
	double number;

	if (spot_secret(m, s) && node->kind != NODE_NULL && node->kind < NODE_LIST) {
		return arena_printf(a, "%s %s", node->kind == NODE_INT ? "an" : "a", node_kind_name(node->kind));
	}
	if (node->kind == NODE_BOOL) {
		read = scalar_true(node->text) ? "true" : "false";
	} else if ((node->kind == NODE_INT || node->kind == NODE_FLOAT) && scalar_double(node->text, &number)) {
		read = canon_number(a, number);
	}
	if (!read || str_is(node->text, read) || node->text.n > CHECK_SHOWN_MAX) {
		return node_describe(a, node);
	}
	return arena_printf(a, "the %s %s, written %.*s", node_kind_name(node->kind), read, STR_FMT(node->text));
}

static void
add_pointer(struct buf *b, const struct spot *s)
{
	if (!s->up) {
		return;
	}
	add_pointer(b, s->up);
	if (!s->name.s) {
		buf_addf(b, "/%zu", s->index);
		return;
	}
	buf_byte(b, '/');
	for (size_t i = 0; i < s->name.n; i++) {
		if (s->name.s[i] == '~' || s->name.s[i] == '/') {
			buf_add(b, s->name.s[i] == '~' ? STR("~0") : STR("~1"));
		} else {
			buf_byte(b, s->name.s[i]);
		}
	}
}

struct diag *
manifest_hit(struct manifest *m, const char *id, const struct spot *s, struct span span, const char *fmt, ...)
{
	const struct lint_rule *rule = lint_rule_named(str_of(id));
	struct buf text = { .arena = m->diags->arena }, subject = { .arena = m->diags->arena };
	const char *name;
	struct diag *diag;
	va_list args;

	assert(rule);
	va_start(args, fmt);
	buf_vaddf(&text, fmt, args);
	va_end(args);
	diag = diag_add(m->diags, rule->level, rule->id, m->src, span, "%s", buf_z(&text));
	name = m->object ? object_name(m->diags->arena, m->object) : NULL;
	buf_add(&subject, str_of(name));
	add_pointer(&subject, s);
	diag->subject = buf_z(&subject);
	if (name && m->object->name.n > 0) {
		diag_note(m->diags, diag, "in %s", name);
	}
	return diag;
}

void
manifest_mend_part(const struct manifest *m, struct diag *diag, const struct spot *s, size_t from, size_t to, const char *text)
{
	struct span span = spot_part(m, s, from, to);

	if (text && !s->node->anchor && !s->node->tagged && str_eq(source_slice(m->src, span), str_slice(s->node->text, from, to))) {
		diag->fix = text;
		diag->fix_at = span;
	}
}

void
manifest_mend(struct diag *diag, const struct spot *s, const char *text)
{
	if (text && !s->node->anchor && !s->node->tagged && s->node->style <= NODE_DOUBLE && s->node->span.n > 0) {
		diag->fix = text;
		diag->fix_at = s->node->span;
	}
}
