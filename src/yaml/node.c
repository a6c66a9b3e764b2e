/* SPDX-License-Identifier: Apache-2.0 */
/* Looking things up in trees, comparing and building them. */
#include "yaml/node.h"

#include "base/arena.h"
#include "base/table.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

struct node *
node_real(const struct node *node)
{
	const struct node *real = node && node->kind == NODE_ALIAS ? node->target : node;

	return (struct node *)(uintptr_t)real;
}

/* keys of one map often begin alike */
static bool
same_key(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || (a.s[a.n - 1] == b.s[b.n - 1] && str_eq(a, b)));
}

static bool
is_called(const struct node *entry, struct str key)
{
	return same_key(node_real(entry->key)->text, key) && node_real(entry->key)->kind < NODE_LIST;
}

struct node *
node_entry(const struct node *map, struct str key)
{
	struct node *found = NULL;

	map = node_real(map);
	if (!map || map->kind != NODE_MAP) {
		return NULL;
	}
	assert(!map->pruned);
	for (struct node *entry = map->first; entry; entry = entry->next) {
		if (is_called(entry, key)) {
			found = entry;
		}
	}
	return found;
}

struct node *
node_get(const struct node *map, struct str key)
{
	return node_real(node_entry(map, key));
}

/* The last of what is written for a key, if that is asked for, and of what merge keys bring for it: go-yaml v2 sets the entries in their order,
   a merge key at its place; of its maps the first that has the key wins. */
static struct node *
last_of(const struct node *map, struct str key, bool written, const struct node **ret_by, size_t *left)
{
	struct node *last = NULL;

	assert(!map->pruned);
	for (struct node *entry = map->first; entry; entry = entry->next) {
		const struct node *from;
		struct node *found = NULL;
		bool is_list;

		if (!entry->key->merge) {
			last = written && is_called(entry, key) ? node_real(entry) : last;
			continue;
		}
		from = node_real(entry);
		is_list = from->kind == NODE_LIST;
		for (from = is_list ? from->first : from; from && *left > 0 && !found; from = is_list ? from->next : NULL) {
			const struct node *part = node_real(from);

			--*left;
			found = part->kind == NODE_MAP ? last_of(part, key, true, NULL, left) : NULL;
		}
		if (found && ret_by) {
			*ret_by = entry;
		}
		last = found ? found : last;
	}
	return last;
}

static struct node *
last_in(const struct node *map, struct str key, bool written, const struct node **ret_by)
{
	size_t left = NODE_MERGES_MAX;

	map = node_real(map);
	return map && map->kind == NODE_MAP ? last_of(map, key, written, ret_by, &left) : NULL;
}

struct node *
node_merged(const struct node *map, struct str key, const struct node **ret_by)
{
	return last_in(map, key, false, ret_by);
}

struct node *
node_find(const struct node *map, struct str key)
{
	return last_in(map, key, true, NULL);
}

struct str
node_text(const struct node *map, struct str key)
{
	const struct node *value = node_find(map, key);

	return value && value->kind < NODE_LIST && value->kind != NODE_NULL ? value->text : (struct str){ 0 };
}

struct node *
node_by_key(const struct node *list, struct str key, struct str text)
{
	struct node *item = text.n > 0 ? list->first : NULL;

	while (item && !str_eq(node_text(node_real(item), key), text)) {
		item = item->next;
	}
	return item;
}

static struct node *
item(const struct node *list, struct str index)
{
	size_t i;
	struct node *node = list->first;

	if (!str_number(index, SOURCE_MAX, &i) || (index.n > 1 && index.s[0] == '0')) {
		return NULL;
	}
	for (; node && i > 0; i--) {
		node = node->next;
	}
	return node;
}

struct node *
node_at(const struct node *node, struct str pointer)
{
	char part[256];

	node = node_real(node);
	while (node && pointer.n > 0) {
		size_t end = str_find(pointer, '/', 1), n = 0;

		if (pointer.s[0] != '/') {
			return NULL;
		}
		for (size_t i = 1; i < end; i++) {
			if (n == sizeof(part)) {
				return NULL;
			}
			part[n] = pointer.s[i];
			if (pointer.s[i] == '~' && i + 1 < end) {
				part[n] = pointer.s[++i] == '0' ? '~' : '/';
			}
			n++;
		}
		if (node->kind == NODE_MAP) {
			node = node_get(node, (struct str){ part, n });
		} else if (node->kind == NODE_LIST) {
			node = node_real(item(node, (struct str){ part, n }));
		} else {
			return NULL;
		}
		pointer = str_slice(pointer, end, pointer.n);
	}
	return (struct node *)(uintptr_t)node;
}

const char *
node_kind_name(unsigned kind)
{
	static const char *const names[] = { "null", "boolean", "integer", "number", "string", "list", "map", "alias" };

	return names[kind];
}

const char *
node_describe(struct arena *a, const struct node *node)
{
	struct buf text = { .arena = a };
	size_t shown = 0, n;

	node = node_real(node);
	if (node->kind == NODE_LIST || node->kind == NODE_MAP) {
		return node->first || node->pruned ? arena_printf(a, "a %s", node_kind_name(node->kind))
						   : arena_printf(a, "an empty %s", node_kind_name(node->kind));
	}
	if (node->kind == NODE_NULL) {
		return node->text.n == 0 ? "null (nothing is written)" : "null";
	}
	for (n = 0; n < node->text.n && shown < 60; n++) {
		shown += ((unsigned char)node->text.s[n] & 0xC0) != 0x80;
	}
	while (n < node->text.n && ((unsigned char)node->text.s[n] & 0xC0) == 0x80) {
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)node->text.s[i];

		if (c == '\n') {
			buf_add(&text, STR("\\n"));
		} else if (c < ' ' || c == 0x7F) {
			buf_addf(&text, "\\x%02x", c);
		} else {
			buf_byte(&text, (char)c);
		}
	}
	if (n < node->text.n) {
		buf_add(&text, STR("..."));
	}
	if (node->kind == NODE_STRING) {
		return arena_printf(a, "the string \"%s\"%s", buf_z(&text),
			node->style == NODE_SINGLE || node->style == NODE_DOUBLE ? " (quoted)" : "");
	}
	return arena_printf(a, "the %s %s", node_kind_name(node->kind), buf_z(&text));
}

static bool
same_maps(const struct node *a, const struct node *b)
{
	enum { SMALL = 16 };
	struct arena arena = { 0 };
	struct table table = { .arena = &arena };
	bool large = node_count(b) > SMALL, same = true;

	for (struct node *entry = large ? b->first : NULL; entry; entry = entry->next) {
		table_put(&table, node_real(entry->key)->text, entry);
	}
	for (const struct node *entry = a->first; entry && same; entry = entry->next) {
		struct str key = node_real(entry->key)->text;
		const struct node *other = large ? table_get(&table, key) : node_get(b, key);

		same = other && node_equal(entry, other);
	}
	arena_done(&arena);
	return same;
}

bool
node_equal(const struct node *a, const struct node *b)
{
	a = node_real(a);
	b = node_real(b);
	if (a->kind != b->kind) {
		return false;
	}
	if (a->kind < NODE_LIST) {
		return a->kind == NODE_NULL || str_eq(a->text, b->text);
	}
	if (node_count(a) != node_count(b)) {
		return false;
	}
	if (a->kind == NODE_MAP) {
		return same_maps(a, b);
	}
	for (a = a->first, b = b->first; a && b; a = a->next, b = b->next) {
		if (!node_equal(a, b)) {
			return false;
		}
	}
	return true;
}

size_t
node_count(const struct node *node)
{
	size_t n = 0;

	for (node = node->first; node; node = node->next) {
		n++;
	}
	return n;
}

struct node *
node_new(struct arena *a, enum node_kind kind, struct str text)
{
	struct node *node = arena_new(a, struct node);

	node->kind = (unsigned char)kind;
	node->text = text;
	node->style = kind >= NODE_LIST ? NODE_BLOCK : NODE_PLAIN;
	return node;
}

struct node *
node_map(struct arena *a)
{
	return node_new(a, NODE_MAP, (struct str){ 0 });
}

struct node *
node_list(struct arena *a)
{
	return node_new(a, NODE_LIST, (struct str){ 0 });
}

void
node_append(struct node *list, struct node *child)
{
	if (list->last) {
		list->last->next = child;
	} else {
		list->first = child;
	}
	list->last = child;
}

void
node_put(struct arena *a, struct node *map, struct str key, struct node *value)
{
	struct node *before = NULL, *entry = map->first;

	value->key = node_new(a, NODE_STRING, key);
	while (entry && !same_key(entry->key->text, key)) {
		before = entry;
		entry = entry->next;
	}
	if (!entry) {
		node_append(map, value);
		return;
	}
	value->next = entry->next;
	if (before) {
		before->next = value;
	} else {
		map->first = value;
	}
	if (map->last == entry) {
		map->last = value;
	}
}

void
node_add(struct arena *a, struct node *map, struct str key, struct node *value)
{
	value->key = node_new(a, NODE_STRING, key);
	node_append(map, value);
}

struct table
node_index(struct arena *a, const struct node *map)
{
	struct table table = { .arena = a };

	for (struct node *entry = map && map->kind == NODE_MAP ? map->first : NULL; entry; entry = entry->next) {
		table_put(&table, entry->key->text, entry);
	}
	return table;
}

void
node_overlay(struct arena *a, struct node *map, const struct node *from)
{
	struct table index = node_index(a, map);

	for (const struct node *entry = from->first; entry; entry = entry->next) {
		struct node *old = table_get(&index, entry->key->text), *copy;

		if (old && old->kind == NODE_MAP && entry->kind == NODE_MAP) {
			node_overlay(a, old, entry);
			continue;
		}
		copy = node_flat(a, entry);
		if (old) {
			struct node *next = old->next, *key = old->key;

			*old = *copy;
			old->next = next;
			old->key = key;
			copy = old;
		} else {
			node_add(a, map, entry->key->text, copy);
		}
		copy->key->span = entry->key->span;
	}
}
