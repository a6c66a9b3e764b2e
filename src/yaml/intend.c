/* SPDX-License-Identifier: Apache-2.0 */
/* The changes that edits must bring about, made to a tree: simple enough to be believed, so that edits can be held against it. */
#include "yaml/edit.h"

#include "base/arena.h"

static struct node *
copy(struct arena *a, const struct node *from)
{
	struct node *node = node_new(a, from->kind, from->text);

	node->span = from->span;
	for (const struct node *child = from->first; child; child = child->next) {
		if (from->kind == NODE_MAP) {
			node_put(a, node, child->key->text, copy(a, child));
		} else {
			node_append(node, copy(a, child));
		}
	}
	return node;
}

static void
merge_items(struct arena *a, struct node *into, const struct node *value, enum edit_conflict conflict)
{
	for (const struct node *item = value->first; item; item = item->next) {
		struct node *old = node_by_key(into, value->text, node_text(item, value->text));

		if (old) {
			edit_merge_tree(a, old, item, conflict);
		} else {
			node_append(into, copy(a, item));
		}
	}
}

static bool
is_full_map(const struct node *item)
{
	for (const struct node *entry = item->kind == NODE_MAP ? item->first : NULL; entry; entry = entry->next) {
		if (entry->kind < NODE_LIST ? entry->kind != NODE_NULL : entry->first != NULL) {
			return true;
		}
	}
	return false;
}

static void
merge_every(struct arena *a, struct node *into, const struct node *value, enum edit_conflict conflict)
{
	if (!into->first) {
		node_append(into, copy(a, value->first));
		return;
	}
	for (struct node *item = into->first; item; item = item->next) {
		if (is_full_map(item)) {
			edit_merge_tree(a, item, value->first, conflict);
		}
	}
}

static bool
has_equal(const struct node *list, const struct node *item)
{
	for (const struct node *old = list->first; old; old = old->next) {
		if (node_equal(old, item)) {
			return true;
		}
	}
	return false;
}

void
edit_merge_tree(struct arena *a, struct node *into, const struct node *value, enum edit_conflict conflict)
{
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		struct node *old = node_get(into, entry->key->text);

		if (old && old->kind == NODE_MAP && entry->kind == NODE_MAP) {
			edit_merge_tree(a, old, entry, conflict);
		} else if (old && old->kind == NODE_LIST && entry->kind == NODE_LIST && str_eq(entry->text, EDIT_EVERY)) {
			merge_every(a, old, entry, conflict);
		} else if (old && old->kind == NODE_LIST && entry->kind == NODE_LIST && entry->text.n > 0) {
			merge_items(a, old, entry, conflict);
		} else if (old && old->kind == NODE_LIST && entry->kind == NODE_LIST) {
			for (const struct node *item = entry->first; item; item = item->next) {
				if (!has_equal(old, item)) {
					node_append(old, copy(a, item));
				}
			}
		} else if (!old || old->kind == NODE_NULL || conflict == EDIT_OVERWRITE) {
			node_put(a, into, entry->key->text, copy(a, entry));
		}
	}
}

static bool
goes(const struct node *in, const struct node *child, const struct node *value)
{
	if (in->kind == NODE_LIST) {
		return has_equal(value, child);
	}
	value = node_get(value, child->key->text);
	return value && (value->kind < NODE_LIST || !value->first);
}

void
edit_remove_tree(struct node *into, const struct node *value)
{
	struct node **link = &into->first;

	into->last = NULL;
	while (*link) {
		struct node *child = *link;

		if (goes(into, child, value)) {
			*link = child->next;
			continue;
		}
		if (into->kind == NODE_MAP) {
			const struct node *below = node_get(value, child->key->text);

			if (below && below->kind == child->kind) {
				edit_remove_tree(child, below);
			}
		}
		into->last = child;
		link = &child->next;
	}
}
