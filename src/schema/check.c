/* SPDX-License-Identifier: Apache-2.0 */
/* Words and places of findings about values. */
#include "schema/check.h"

#include "base/secret.h"
#include "schema/canon.h"
#include "yaml/scalar.h"

enum { SMALL_MAP = 8 };               /* searched one by one */

struct diag *
check_add(struct check *c, const struct where *w, const struct schema *s, const char *keyword, const char *code,
	struct span span, const char *fmt, ...)
{
	struct buf text = { .arena = c->arena };
	struct diag *diag;
	const char *place;
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
	diag = diag_add(c->diags, DIAG_ERROR, code, c->src, span, "%s", buf_z(&text));
	diag->subject = where_pointer(c, w);
	place = schema_place(s, keyword, c->arena);
	if (place) {
		diag_note(c->diags, diag, "schema: %s", place);
	}
	return diag;
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
	diag = diag_add(c->diags, DIAG_ERROR, "schema/limit", c->src, where_value(w), "%s", buf_z(&text));
	diag->subject = where_pointer(c, w);
}

struct check_trial
check_try(struct check *c, const struct schema *s, const struct where *w)
{
	const void *pair[2] = { s, w->node };
	struct str key = { (const char *)pair, sizeof(pair) };
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
	c->value(c, s, &copy);
	t = (struct check_trial){ c->failed, c->deepest, true };
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

struct where
where_entry(const struct where *map, const struct node *entry)
{
	struct str name = entry->key->text;

	return (struct where){ .up = map, .node = entry, .name = name, .secret = map->secret || secret_key(name),
		.depth = map->depth + 1 };
}

struct where
where_item(const struct where *list, const struct node *item, size_t index)
{
	return (struct where){ .up = list, .node = item, .index = index, .item = true, .secret = list->secret,
		.depth = list->depth + 1 };
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

		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_' || ch == '-'
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
		return arena_printf(c->arena, "the %s", c->noun ? c->noun : "document");
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
			buf_addf(&b, "%zu", way[i]->index);
			continue;
		}
		for (size_t k = 0; k < way[i]->name.n; k++) {
			char ch = way[i]->name.s[k];

			buf_add(&b, ch == '~' ? STR("~0") : ch == '/' ? STR("~1") : (struct str){ &ch, 1 });
		}
	}
	return buf_z(&b);
}

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
	if (w->secret && node->kind != NODE_NULL && node->kind < NODE_LIST) {
		return arena_printf(c->arena, "%s %s", node->kind == NODE_INT ? "an" : "a", node_kind_name(node->kind));
	}
	switch (node->kind) {
	case NODE_NULL:
		return node->text.n == 0 ? "empty (null)" : "null";
	case NODE_BOOL:
		read = scalar_true(node->text) ? "true" : "false";
		return str_eq(node->text, str_of(read)) ? arena_printf(c->arena, "the boolean %s", read)
							: arena_printf(c->arena, "the boolean %s, written %s", read, text);
	case NODE_INT:
	case NODE_FLOAT:
		read = scalar_double(node->text, &number) ? canon_number(c->arena, number) : text;
		if (str_eq(node->text, str_of(read)) || (node->kind == NODE_INT && node->text.n > 15)) {
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
	if (w->secret || w->node->kind >= NODE_LIST) {
		return NULL;
	}
	if (c->quiet || (w->node->kind == NODE_NULL && w->node->text.n == 0)) {
		return "null";
	}
	return arena_printf(c->arena, "'%s'", say_cut(c->arena, w->node->text, CHECK_SHOWN_MAX));
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
