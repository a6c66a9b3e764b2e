/* SPDX-License-Identifier: Apache-2.0 */
/* Builds, changes and copies values, and writes them out as nodes. */
#include "helm/value.h"

#include "base/arena.h"

#include <string.h>

enum { SMALL_MAP = 8 };               /* searched one by one */

void
values_init(struct values *vs, struct arena *a)
{
	*vs = (struct values){ .arena = a, .left = VALUE_COPIES_MAX };
}

static struct value *
new_value(struct values *vs, const struct node *node, struct source *src)
{
	struct value *v = arena_new(vs->arena, struct value);

	v->node = node;
	v->src = src;
	return v;
}

struct value *
value_map(struct values *vs, struct source *src, struct span span)
{
	struct node *node = node_map(vs->arena);

	node->span = span;
	return new_value(vs, node, src);
}

bool
value_is_map(const struct value *v)
{
	return v && v->node->kind == NODE_MAP;
}

bool
value_is_null(const struct value *v)
{
	return v->node->kind == NODE_NULL;
}

const char *
value_describe(struct values *vs, const struct value *v)
{
	/* what has been put into it since is not in its node */
	if (v->node->kind >= NODE_LIST && v->n > 0) {
		return v->node->kind == NODE_MAP ? "a map" : "a list";
	}
	return node_describe(vs->arena, v->node);
}

/* the entry of a key, deleted or not; NULL if there has never been one */
static struct value_entry *
find(const struct value *map, struct str key)
{
	struct value_entry *entry = map->first;

	if (map->table) {
		return table_get(map->table, key);
	}
	while (entry && !str_eq(entry->key, key)) {
		entry = entry->next;
	}
	return entry;
}

struct value_entry *
value_entry(const struct value *map, struct str key)
{
	struct value_entry *entry = value_is_map(map) ? find(map, key) : NULL;

	return entry && entry->value ? entry : NULL;
}

struct value *
value_get(const struct value *map, struct str key)
{
	const struct value_entry *entry = value_entry(map, key);

	return entry ? entry->value : NULL;
}

static struct table *
table_of(struct arena *a, const struct value *map)
{
	struct table *table = arena_new(a, struct table);

	table->arena = a;
	for (struct value_entry *entry = map->first; entry; entry = entry->next) {
		table_put(table, entry->key, entry);
	}
	return table;
}

void
value_put(struct values *vs, struct value *map, struct str key, struct source *src, struct span span, struct value *value)
{
	struct value_entry *entry = find(map, key);

	if (!entry) {
		entry = arena_new(vs->arena, struct value_entry);
		entry->key = key;
		if (map->last) {
			map->last->next = entry;
		} else {
			map->first = entry;
		}
		map->last = entry;
		map->entries++;
		if (map->table) {
			table_put(map->table, key, entry);
		} else if (map->entries > SMALL_MAP) {
			map->table = table_of(vs->arena, map);
		}
	}
	map->n += !entry->value;
	entry->src = src;
	entry->span = span;
	entry->value = value;
}

void
value_put_entry(struct values *vs, struct value *map, const struct value_entry *from, struct value *value)
{
	value_put(vs, map, from->key, from->src, from->span, value);
}

void
value_delete(struct values *vs, struct value *map, struct str key, const struct value *null)
{
	struct value_entry *entry = value_entry(map, key);
	struct value_lost *lost;

	if (entry) {
		lost = arena_new(vs->arena, struct value_lost);
		*lost = (struct value_lost){ key, null->node->span.n > 0 ? null->node->span : entry->span,
			null->node->span.n > 0 ? null->src : entry->src, map->lost };
		map->lost = lost;
		entry->value = NULL;
		map->n--;
	}
}

struct value *
value_of(struct values *vs, const struct node *flat, struct source *src)
{
	struct value *v = new_value(vs, flat, src);

	if (flat->kind == NODE_MAP) {
		for (const struct node *child = flat->first; child; child = child->next) {
			value_put(vs, v, child->key->text, src, child->key->span, value_of(vs, child, src));
		}
	} else if (flat->kind == NODE_LIST) {
		v->items = arena_alloc(vs->arena, node_count(flat) + 1, sizeof(*v->items));
		for (const struct node *child = flat->first; child; child = child->next) {
			v->items[v->n++] = value_of(vs, child, src);
		}
	}
	return v;
}

struct value *
value_copy(struct values *vs, const struct value *from)
{
	struct value *v = new_value(vs, from->node, from->src);

	vs->over = vs->over || vs->left == 0;
	vs->left -= vs->left > 0;
	if (vs->over || from->node->kind != NODE_MAP) {
		v->items = from->items;
		v->n = from->node->kind == NODE_LIST ? from->n : 0;
		return v;
	}
	v->lost = from->lost;
	for (const struct value_entry *entry = from->first; entry; entry = entry->next) {
		if (entry->value) {
			value_put_entry(vs, v, entry, value_copy(vs, entry->value));
		}
	}
	return v;
}

void
value_merge(struct values *vs, struct value *v, struct value *later)
{
	for (struct value_entry *entry = later->first; entry; entry = entry->next) {
		struct value *old = value_get(v, entry->key);

		if (!entry->value) {
			continue;
		}
		if (value_is_map(entry->value) && value_is_map(old)) {
			value_merge(vs, old, entry->value);
		} else {
			value_put_entry(vs, v, entry, entry->value);
		}
	}
}

/* the number of a source */
static size_t
number_of(struct values *vs, struct source *src)
{
	struct source **grown;

	for (size_t i = vs->nsources; i > 0; i--) {
		if (vs->sources[i - 1] == src) {
			return i - 1;
		}
	}
	if (vs->nsources == vs->cap) {
		vs->cap = vs->cap * 2 + 16;
		grown = arena_alloc(vs->arena, vs->cap, sizeof(*grown));
		memcpy(grown, vs->sources ? vs->sources : grown, vs->nsources * sizeof(*grown));
		vs->sources = grown;
	}
	vs->sources[vs->nsources] = src;
	return vs->nsources++;
}

/* a node of the tree; where a parser's node has the place of its anchor, it has the number of its source */
static struct node *
place(struct values *vs, const struct node *node, struct source *src)
{
	struct node *copy = arena_new(vs->arena, struct node);

	*copy = *node;
	copy->key = copy->first = copy->next = copy->last = NULL;
	if (vs->last >= vs->nsources || vs->sources[vs->last] != src) {
		vs->last = number_of(vs, src);
	}
	copy->props = vs->last;
	return copy;
}

struct node *
value_tree(struct values *vs, const struct value *v)
{
	struct node *node = place(vs, v->node, v->src);

	for (const struct value_entry *entry = v->first; entry; entry = entry->next) {
		struct node key = { .kind = NODE_STRING, .text = entry->key, .span = entry->span }, *child;

		if (entry->value) {
			child = value_tree(vs, entry->value);
			child->key = place(vs, &key, entry->src);
			node_append(node, child);
		}
	}
	for (size_t i = 0; v->items && i < v->n; i++) {
		node_append(node, value_tree(vs, v->items[i]));
	}
	return node;
}

struct source *
value_source(void *ctx, const struct node *node)
{
	const struct values *vs = ctx;

	return node->props < vs->nsources ? vs->sources[node->props] : NULL;
}
