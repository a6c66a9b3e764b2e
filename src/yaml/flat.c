/* SPDX-License-Identifier: Apache-2.0 */
/* Copies of trees without aliases and merge keys, as Helm reads them. */
#include "yaml/node.h"

#include "base/arena.h"
#include "base/table.h"

struct flat {
	struct arena *arena;
	size_t left;
};

static struct node *flat(struct flat *, const struct node *, unsigned depth);

static bool flat_into(struct flat *, struct node *out, struct table *seen, const struct node *map, unsigned depth);

const struct node **
node_parts(struct arena *a, const struct node *from, size_t *left, size_t *ret_n)
{
	size_t n = from->kind == NODE_LIST ? node_count(from) : 1, i = 0;
	const struct node **parts;

	if (n > *left) {
		return NULL;
	}
	*left -= n;
	*ret_n = n;
	parts = arena_alloc(a, n + 1, sizeof(const struct node *));
	for (const struct node *part = from->kind == NODE_LIST ? from->first : from; i < n; part = part->next) {
		parts[i++] = node_real(part);
	}
	return parts;
}

/* Adds what a merge key brings. */
static bool
flat_merge(struct flat *f, struct node *out, struct table *seen, const struct node *from, unsigned depth)
{
	size_t n = 0;
	const struct node **parts = depth > 0 ? node_parts(f->arena, from, &f->left, &n) : NULL;
	bool good = parts;

	while (good && n > 0) {
		n--;
		good = parts[n]->kind == NODE_MAP && flat_into(f, out, seen, parts[n], depth - 1);
	}
	return good;
}

/* Adds the entries of a map to out: go-yaml v2 sets them in the order written, a merge key at its place, later wins. */
static bool
flat_into(struct flat *f, struct node *out, struct table *seen, const struct node *map, unsigned depth)
{
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		const struct node *key = node_real(entry->key), *from = node_real(entry);

		if (entry->key->merge && (from->kind == NODE_MAP || from->kind == NODE_LIST)) {
			if (!flat_merge(f, out, seen, from, depth)) {
				return false;
			}
			continue;
		}
		struct node *old = table_get(seen, key->text);
		struct node *value = depth == 0 ? NULL : flat(f, entry, depth - 1);

		if (!value) {
			return false;
		}
		value->key = node_new(f->arena, NODE_STRING, key->text);
		value->key->span = entry->key->span;
		value->key->style = key->style;
		if (old) {
			struct node *next = old->next;

			*old = *value;
			old->next = next;
		} else {
			node_append(out, value);
			table_put(seen, key->text, value);
		}
	}
	return true;
}

static struct node *
flat(struct flat *f, const struct node *node, unsigned depth)
{
	struct node *copy;

	node = node_real(node);
	if (f->left == 0 || depth == 0) {
		return NULL;
	}
	f->left--;
	copy = arena_new(f->arena, struct node);
	*copy = *node;
	copy->key = copy->next = copy->first = copy->last = NULL;
	copy->anchor = NULL;
	if (node->kind == NODE_MAP) {
		struct table seen = { .arena = f->arena };

		return flat_into(f, copy, &seen, node, depth) ? copy : NULL;
	}
	if (node->kind == NODE_LIST) {
		for (const struct node *from = node->first; from; from = from->next) {
			struct node *child = flat(f, from, depth - 1);

			if (!child) {
				return NULL;
			}
			node_append(copy, child);
		}
	}
	return copy;
}

struct node *
node_flat(struct arena *a, const struct node *node)
{
	enum { FLAT_DEPTH_MAX = 1000 };
	struct flat f = { a, NODE_COPY_MAX };

	return flat(&f, node, FLAT_DEPTH_MAX);
}
