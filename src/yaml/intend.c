/* SPDX-License-Identifier: Apache-2.0 */
/* The changes that edits must bring about, made to a tree: simple enough to be believed, so that edits can be held against it. */
#include "yaml/edit.h"

#include "base/arena.h"

#include <stdint.h>

static struct node *
copy(struct arena *a, const struct node *from)
{
	struct node *node = node_new(a, from->kind, from->text);

	node->span = from->span;
	node->wish = from->wish;
	node->by = from->by;
	for (const struct node *child = from->first; child; child = child->next) {
		if (from->kind == NODE_MAP) {
			node_put(a, node, child->key->text, copy(a, child));
		} else {
			struct node *item = copy(a, child);

			item->key = child->key;
			node_append(node, item);
		}
	}
	return node;
}

/* how wanted data is brought into a tree */
struct intent {
	struct arena *arena;
	enum edit_conflict conflict;
	bool combining;               /* the tree is wanted data itself, and wishes stay wishes */
};

static void change(const struct intent *, struct node *into, const struct node *value);

/* a copy, of which what is to be absent is left out; NULL if nothing is left */
static struct node *
new_of(const struct intent *in, const struct node *value)
{
	struct node *new;
	bool any = value->kind < NODE_LIST || !value->first;

	if (in->combining || value->wish == EDIT_WHOLE) {
		return copy(in->arena, value);
	}
	if (value->wish == EDIT_ABSENT) {
		return NULL;
	}
	new = copy(in->arena, value);
	new->first = new->last = NULL;
	for (const struct node *child = value->kind >= NODE_LIST ? value->first : NULL; child; child = child->next) {
		struct node *item = new_of(in, child);

		any = any || item;
		if (item && value->kind == NODE_MAP) {
			node_put(in->arena, new, child->key->text, item);
		} else if (item) {
			node_append(new, item);
		}
	}
	return any ? new : NULL;
}

static void
merge_items(const struct intent *in, struct node *into, const struct node *value)
{
	for (const struct node *item = value->first; item; item = item->next) {
		struct node *old = node_by_key(into, value->text, node_text(item, value->text)), *new = old ? NULL : new_of(in, item);

		if (old) {
			change(in, old, item);
		} else if (new) {
			node_append(into, new);
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
merge_every(const struct intent *in, struct node *into, const struct node *value)
{
	if (!into->first) {
		struct node *new = new_of(in, value->first);

		if (new) {
			node_append(into, new);
		}
		return;
	}
	for (struct node *item = into->first; item; item = item->next) {
		if (in->combining || is_full_map(item)) {
			change(in, item, value->first);
		}
	}
}

static bool
has_equal(const struct node *list, const struct node *item)
{
	for (const struct node *old = list->first; old; old = old->next) {
		if (node_equal(old, item) && old->wish == item->wish) {
			return true;
		}
	}
	return false;
}

/* takes a child out, behind the one before it; NULL: the first */
static void
drop(struct node *in, struct node *before, struct node *child)
{
	if (before) {
		before->next = child->next;
	} else {
		in->first = child->next;
	}
	if (in->last == child) {
		in->last = before;
	}
}

static void
drop_equal(struct node *list, const struct node *item)
{
	struct node *before = NULL;

	for (struct node *old = list->first; old; old = old->next) {
		if (node_equal(old, item)) {
			drop(list, before, old);
		} else {
			before = old;
		}
	}
}

static void
append(const struct intent *in, struct node *into, const struct node *value)
{
	for (const struct node *item = value->first; item; item = item->next) {
		if (item->wish == EDIT_ABSENT && !in->combining) {
			drop_equal(into, item);
		}
	}
	for (const struct node *item = value->first; item; item = item->next) {
		struct node *new = has_equal(into, item) ? NULL : new_of(in, item);

		if (new) {
			node_append(into, new);
		}
	}
}

static void settle(const struct intent *, struct node *into, struct str key, struct node *old, const struct node *value);

static void
merge_index(const struct intent *in, struct node *into, const struct node *value)
{
	for (const struct node *item = value->first; item; item = item->next) {
		struct node *old = into->first;
		size_t n = 0;

		if (in->combining) {
			while (old && !str_eq(old->key->text, item->key->text)) {
				old = old->next;
			}
		} else if (str_number(item->key->text, SIZE_MAX, &n)) {
			while (old && n > 0) {
				old = old->next;
				n--;
			}
		}
		if (old || in->combining) {
			settle(in, into, item->key->text, old, item);
		}
	}
}

/* puts a value where an old one is, in a map or in a list */
static void
put(struct arena *a, struct node *into, struct str key, struct node *old, struct node *new)
{
	struct node *next;

	if (into->kind == NODE_MAP) {
		node_put(a, into, key, new);
		return;
	}
	if (!old) {
		new->key = node_new(a, NODE_STRING, key);
		node_append(into, new);
		return;
	}
	next = old->next;
	new->key = old->key;
	*old = *new;
	old->next = next;
}

/* the kinds fit, and neither is more than what a merge may touch */
static bool
merges(const struct intent *in, const struct node *old, const struct node *value)
{
	return old && old->kind == value->kind && value->kind >= NODE_LIST && value->wish == EDIT_HOLD
		&& (!in->combining || (old->wish == EDIT_HOLD && (value->kind == NODE_MAP || str_eq(old->text, value->text))));
}

static void
settle(const struct intent *in, struct node *into, struct str key, struct node *old, const struct node *value)
{
	struct node *new;

	if (merges(in, old, value) && value->kind == NODE_MAP) {
		change(in, old, value);
	} else if (merges(in, old, value) && str_eq(value->text, EDIT_EVERY)) {
		merge_every(in, old, value);
	} else if (merges(in, old, value) && str_eq(value->text, EDIT_INDEX)) {
		merge_index(in, old, value);
	} else if (merges(in, old, value) && value->text.n > 0) {
		merge_items(in, old, value);
	} else if (merges(in, old, value)) {
		append(in, old, value);
	} else if (!old || old->kind == NODE_NULL || in->conflict == EDIT_OVERWRITE) {
		new = new_of(in, value);
		if (new) {
			put(in->arena, into, key, old, new);
		}
	}
}

static void
drop_key(struct node *map, struct str key)
{
	struct node *before = NULL;

	for (struct node *entry = map->first; entry; entry = entry->next) {
		if (str_eq(entry->key->text, key)) {
			drop(map, before, entry);
			return;
		}
		before = entry;
	}
}

static void
change(const struct intent *in, struct node *into, const struct node *value)
{
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		if (entry->wish == EDIT_ABSENT && !in->combining) {
			drop_key(into, entry->key->text);
		} else {
			settle(in, into, entry->key->text, node_get(into, entry->key->text), entry);
		}
	}
}

void
edit_apply(struct arena *a, struct node *into, const struct node *value, enum edit_conflict conflict)
{
	const struct intent in = { a, conflict, false };

	change(&in, into, value);
}

void
edit_combine(struct arena *a, struct node *into, const struct node *value)
{
	const struct intent in = { a, EDIT_OVERWRITE, true };

	change(&in, into, value);
}
