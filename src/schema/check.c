/* SPDX-License-Identifier: Apache-2.0 */
/* Words and places of findings about values. */
#include "schema/check.h"

#include "base/secret.h"
#include "yaml/scalar.h"

#include <stdint.h>
#include <string.h>

enum { SMALL_MAP = 8 };               /* searched one by one */

static struct diag *
add(struct check *c, enum diag_level level, const struct where *w, const struct schema *s, const char *keyword, const char *code,
	struct span span, struct str text)
{
	struct diag *diag = diag_add(c->diags, level, code, check_source(c, w->node), span, "%.*s", STR_FMT(text));
	const char *place = schema_place(s, keyword, c->arena);

	diag->subject = where_pointer(c, w);
	if (place) {
		diag_note(c->diags, diag, "schema: %s", place);
	}
	return diag;
}

struct diag *
check_add(struct check *c, const struct where *w, const struct schema *s, const char *keyword, const char *code,
	struct span span, const char *fmt, ...)
{
	struct buf text = { .arena = c->arena };
	va_list args;

	c->failed++;
	if (w->depth > c->deepest) {
		c->deepest = w->depth;
	}
	if (c->quiet) {
		return NULL;
	}
	va_start(args, fmt);
	buf_vaddf(&text, fmt, args);
	va_end(args);
	return add(c, DIAG_ERROR, w, s, keyword, code, span, buf_str(&text));
}

struct diag *
check_remark(struct check *c, const struct where *w, const struct schema *s, const char *keyword, const char *code,
	struct span span, const char *fmt, ...)
{
	struct buf text = { .arena = c->arena };
	va_list args;

	if (c->quiet) {
		return NULL;
	}
	va_start(args, fmt);
	buf_vaddf(&text, fmt, args);
	va_end(args);
	return add(c, DIAG_WARNING, w, s, keyword, code, span, buf_str(&text));
}

void
check_stop(struct check *c, const struct where *w, const char *fmt, ...)
{
	struct buf text = { .arena = c->arena };
	struct diag *diag;
	va_list args;

	c->failed++;
	if (c->stopped) {
		return;
	}
	c->stopped = true;
	va_start(args, fmt);
	buf_vaddf(&text, fmt, args);
	va_end(args);
	diag = diag_add(c->diags, DIAG_ERROR, "schema/limit", check_source(c, w->node), where_value(w), "%s", buf_z(&text));
	diag->subject = where_pointer(c, w);
}

struct source *
check_source(const struct check *c, const struct node *node)
{
	struct source *src = c->how->source_of ? c->how->source_of(c->how->ctx, node) : NULL;

	return src ? src : c->src;
}

static struct marks *
marks_new(struct check *c, size_t n)
{
	struct marks *m = arena_new(&c->scratch, struct marks);

	m->seen = arena_alloc(&c->scratch, n, 1);
	m->n = n;
	return m;
}

struct check_trial
check_try(struct check *c, const struct schema *s, const struct where *w)
{
	struct marks *before = c->marks, *fresh = before ? marks_new(c, before->n) : NULL;
	const void *keys[4] = { s, w->node, c->scope, before ? c : NULL };
	struct str key = { (const char *)keys, sizeof(keys) };
	struct check_trial t, *known = table_get(&c->tried, key);
	struct where copy = *w;
	bool quiet = c->quiet;
	size_t failed = c->failed;
	unsigned deepest = c->deepest;
	struct because because = c->because;

	/* choices within choices would be tried again at every level */
	if (known) {
		return *known;
	}
	c->quiet = true;
	c->failed = 0;
	c->deepest = 0;
	c->because = (struct because){ 0 };
	c->marks = fresh;
	c->value(c, s, &copy);
	t = (struct check_trial){ c->failed, c->deepest, true, c->failed == 0 ? fresh : NULL };
	c->marks = before;
	c->quiet = quiet;
	c->failed = failed;
	c->deepest = deepest;
	c->because = because;
	if (w->node->kind >= NODE_LIST && !c->stopped) {
		known = arena_new(&c->scratch, struct check_trial);
		*known = t;
		table_put(&c->tried, (struct str){ arena_copy(&c->scratch, key.s, key.n), key.n }, known);
	}
	return t;
}

enum match_answer
check_match(struct check *c, const struct match *m, struct str text)
{
	size_t cost = 0;
	enum match_answer answer = match_find(m, text, &cost);

	c->work -= c->work < cost ? c->work : cost;
	return answer;
}

void
check_under(struct check *c, const struct schema *s, struct where *w)
{
	struct marks *before = c->marks;

	c->marks = NULL;
	c->value(c, s, w);
	c->marks = before;
}

void
check_see(struct check *c, const struct marks *seen)
{
	for (size_t i = 0; seen && c->marks && i < seen->n; i++) {
		c->marks->seen[i] |= seen->seen[i];
	}
}

void
check_mark(struct check *c, size_t index)
{
	if (!c->marks) {
		return;
	}
	if (index < c->marks->n) {
		c->marks->seen[index] = 1;
	} else if (index == SIZE_MAX && c->marks->n > 0) {
		memset(c->marks->seen, 1, c->marks->n);
	}
}

const struct scope *
check_scope(struct check *c, const struct schema *s)
{
	const void *keys[2] = { c->scope, s->resource };
	struct str key = { (const char *)keys, sizeof(keys) };
	struct scope *scope;

	for (const struct scope *at = c->scope; at; at = at->up) {
		if (at->resource == s->resource) {
			return c->scope;
		}
	}
	scope = table_get(&c->scopes, key);
	if (!scope) {
		scope = arena_new(&c->scratch, struct scope);
		*scope = (struct scope){ c->scope, s->resource };
		table_put(&c->scopes, (struct str){ arena_copy(&c->scratch, key.s, key.n), key.n }, scope);
	}
	return scope;
}

struct schema *
check_referred(const struct check *c, const struct schema *s)
{
	struct schema *found = s->ref;

	/* the outermost counts */
	for (const struct scope *at = s->dynamic.n > 0 || s->recursive ? c->scope : NULL; at; at = at->up) {
		struct schema *here = s->recursive ? at->resource->recursive : table_get(&at->resource->dynamic, s->dynamic);

		found = here ? here : found;
	}
	return found;
}

struct where
where_entry(const struct where *map, const struct node *entry)
{
	struct str name = entry->key->text;

	return (struct where){ .up = map, .node = entry, .name = name, .depth = map->depth + 1 };
}

struct where
where_item(const struct where *list, const struct node *item, size_t index)
{
	return (struct where){ .up = list, .node = item, .index = index, .item = true, .depth = list->depth + 1 };
}

bool
where_secret(const struct check *c, const struct where *w)
{
	/* a schema of passwords holds none */
	if (w->key || c->how->numbers == DECIMAL_WRITTEN) {
		return false;
	}
	if (w->node && w->node->kind == NODE_STRING && secret_text(w->node->text)) {
		return true;
	}
	for (; w->up; w = w->up) {
		if (!w->item && secret_key(w->name)) {
			return true;
		}
	}
	return false;
}

struct where
where_of_key(const struct where *map, const struct node *entry)
{
	return (struct where){ .up = map, .node = entry->key, .name = entry->key->text, .key = true, .depth = map->depth + 1 };
}

const struct node *
where_get(struct check *c, struct where *map, struct str key)
{
	const struct node *entry = map->node->first;

	if (!map->keys) {
		size_t n = 0;

		for (; entry && n <= SMALL_MAP; entry = entry->next, n++) {
			if (str_eq(entry->key->text, key)) {
				return entry;
			}
		}
		if (!entry) {
			return NULL;
		}
		map->keys = arena_new(&c->scratch, struct table);
		map->keys->arena = &c->scratch;
		for (struct node *each = map->node->first; each; each = each->next) {
			table_put(map->keys, each->key->text, each);
		}
	}
	return table_get(map->keys, key);
}

struct span
where_value(const struct where *w)
{
	const struct node *node = w->node;

	/* a block map or list would be many lines: its first key is enough */
	if (node->kind == NODE_MAP && node->style == NODE_BLOCK && node->first) {
		return node->first->key->span;
	}
	if (node->kind == NODE_LIST && node->style == NODE_BLOCK) {
		return (struct span){ node->span.at, node->span.n > 0 ? 1 : 0 };
	}
	return node->span;
}

struct span
where_key(const struct where *w)
{
	if (w->key) {
		return w->node->span;
	}
	if (!w->up) {
		return (struct span){ w->node->span.at, 0 };
	}
	return w->item ? where_value(w) : w->node->key->span;
}

static bool
is_word(struct str key)
{
	for (size_t i = 0; i < key.n; i++) {
		char ch = key.s[i];

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '-' || ch == '$'
			|| (unsigned char)ch >= 0x80)) {
			return false;
		}
	}
	return key.n > 0;
}

static void
add_key(struct check *c, struct buf *b, struct str key)
{
	const char *text = say_cut(c->arena, key, CHECK_SHOWN_MAX);

	if (is_word(key)) {
		buf_addf(b, "%s%s", b->n > 1 ? "." : "", text);
	} else {
		buf_addf(b, "[\"%s\"]", text);
	}
}

/* the values from the whole down to this one; *ret_n without the whole */
static const struct where **
way_to(struct check *c, const struct where *w, size_t *ret_n)
{
	const struct where **way;
	size_t n = 0;

	for (const struct where *at = w; at->up; at = at->up) {
		n++;
	}
	way = arena_alloc(c->arena, n + 1, sizeof(const struct where *));
	*ret_n = n;
	for (const struct where *at = w; at->up; at = at->up) {
		way[--n] = at;
	}
	return way;
}

static const char *
name(struct check *c, const struct where *w, const struct str *key)
{
	enum { STEPS_MAX = 12 };
	struct buf b = { .arena = c->arena };
	size_t n;
	const struct where **way;

	if (c->quiet) {
		return "";
	}
	way = way_to(c, w, &n);
	if (n == 0 && !key) {
		return c->how->root ? c->how->root : arena_printf(c->arena, "the %s", c->how->noun ? c->how->noun : "document");
	}
	buf_byte(&b, '\'');
	if (n > STEPS_MAX) {
		buf_add(&b, STR("..."));
	}
	for (size_t i = n > STEPS_MAX ? n - STEPS_MAX : 0; i < n; i++) {
		if (way[i]->item) {
			buf_addf(&b, "[%zu]", way[i]->index);
		} else {
			add_key(c, &b, way[i]->name);
		}
	}
	if (key) {
		add_key(c, &b, *key);
	}
	buf_byte(&b, '\'');
	return buf_z(&b);
}

const char *
where_name(struct check *c, const struct where *w)
{
	if (w->key && !c->quiet) {
		return arena_printf(c->arena, "the key '%s' in %s", say_cut(c->arena, w->name, CHECK_SHOWN_MAX), where_name(c, w->up));
	}
	return name(c, w, NULL);
}

const char *
where_name_of(struct check *c, const struct where *w, struct str key)
{
	return name(c, w, &key);
}

const char *
where_pointer(struct check *c, const struct where *w)
{
	struct buf b = { .arena = c->arena };
	size_t n;
	const struct where **way = way_to(c, w, &n);

	for (size_t i = 0; i < n; i++) {
		buf_byte(&b, '/');
		if (way[i]->item) {
			buf_number(&b, way[i]->index);
			continue;
		}
		for (size_t k = 0; k < way[i]->name.n; k++) {
			char ch = way[i]->name.s[k];

			buf_add(&b, ch == '~' ? STR("~0") : ch == '/' ? STR("~1") : (struct str){ &ch, 1 });
		}
	}
	return buf_z(&b);
}
