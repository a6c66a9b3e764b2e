/* SPDX-License-Identifier: Apache-2.0 */
/* Compares wanted data with what is there. */
#include "yaml/wish.h"

#include "base/arena.h"

static bool
is_same(struct editor *e, const struct node *old, const struct node *item)
{
	const struct node *real = node_real(old);

	if (real->kind != item->kind) {
		return false;
	}
	real = real->kind < NODE_LIST ? real : node_flat(e->scratch, real);
	return real && node_equal(real, item);
}

bool
wish_has_item(struct editor *e, const struct node *list, const struct node *item)
{
	for (const struct node *old = list->first; old; old = old->next) {
		if (is_same(e, old, item)) {
			return true;
		}
	}
	return false;
}

struct node *
wish_item(const struct node *list, struct str index)
{
	struct node *item = list->first;
	size_t n;

	if (!str_number(index, SOURCE_MAX, &n)) {
		return NULL;
	}
	while (item && n > 0) {
		item = item->next;
		n--;
	}
	return item;
}

bool
wish_is_full_map(struct editor *e, const struct node *item)
{
	const struct node *map = node_real(item);
	const struct node *entry = map->kind == NODE_MAP ? node_flat(e->scratch, map) : NULL;

	for (entry = entry ? entry->first : NULL; entry; entry = entry->next) {
		if (entry->kind < NODE_LIST ? entry->kind != NODE_NULL : entry->first != NULL) {
			return true;
		}
	}
	return false;
}

/* EDIT_EVERY: does each item hold what the only item of the wanted list does? */
static bool
every_holds(struct editor *e, const struct node *list, const struct node *wanted)
{
	for (const struct node *item = list->first; item; item = item->next) {
		if (wish_is_full_map(e, item) && !wish_holds(e, item, wanted->first)) {
			return false;
		}
	}
	return list->first || !wish_new(e, wanted);
}

static bool
holds_child(struct editor *e, const struct node *data, const struct node *wanted, const struct node *child)
{
	const struct node *there;

	if (wanted->kind == NODE_MAP) {
		there = node_find(data, child->key->text);
	} else if (str_eq(wanted->text, EDIT_INDEX)) {
		there = wish_item(data, child->key->text);
	} else if (wanted->text.n > 0) {
		there = node_by_key(data, wanted->text, node_text(child, wanted->text));
	} else {
		return wish_has_item(e, data, child) == (child->wish != EDIT_ABSENT);
	}
	/* nothing that only says what is to be absent need be there */
	return there ? wish_holds(e, there, child) : !wish_new(e, child);
}

bool
wish_holds(struct editor *e, const struct node *data, const struct node *wanted)
{
	data = node_real(data);
	if (wanted->wish == EDIT_ABSENT) {
		return false;
	}
	if (wanted->wish == EDIT_WHOLE) {
		return is_same(e, data, wanted);
	}
	if (data->kind == NODE_NULL && !wish_new(e, wanted)) {
		return true;
	}
	if (data->kind != wanted->kind) {
		return false;
	}
	if (wanted->kind < NODE_LIST) {
		return node_equal(data, wanted);
	}
	if (wanted->kind == NODE_LIST && str_eq(wanted->text, EDIT_EVERY)) {
		return every_holds(e, data, wanted);
	}
	for (const struct node *child = wanted->first; child; child = child->next) {
		if (!holds_child(e, data, wanted, child)) {
			return false;
		}
	}
	return true;
}

bool
wish_goes(struct editor *e, const struct node *in, const struct node *child, const struct node *wanted)
{
	const struct node *entry;

	if (in->kind == NODE_MAP) {
		entry = child->key->merge ? NULL : node_get(wanted, node_real(child->key)->text);
		return entry && entry->wish == EDIT_ABSENT;
	}
	for (entry = wanted->text.n > 0 ? NULL : wanted->first; entry; entry = entry->next) {
		if (entry->wish == EDIT_ABSENT && is_same(e, child, entry)) {
			return true;
		}
	}
	return false;
}

static bool
all_new(const struct node *wanted)
{
	if (wanted->wish != EDIT_HOLD) {
		return wanted->wish == EDIT_WHOLE;
	}
	for (const struct node *child = wanted->kind >= NODE_LIST ? wanted->first : NULL; child; child = child->next) {
		if (!all_new(child)) {
			return false;
		}
	}
	return true;
}

const struct node *
wish_new(struct editor *e, const struct node *wanted)
{
	struct node *copy;

	if (all_new(wanted)) {
		return wanted;
	}
	if (wanted->wish == EDIT_ABSENT) {
		return NULL;
	}
	copy = arena_new(e->scratch, struct node);
	*copy = *wanted;
	copy->first = copy->last = copy->next = NULL;
	for (const struct node *child = wanted->first; child; child = child->next) {
		const struct node *new = wish_new(e, child);

		if (new) {
			struct node *item = arena_new(e->scratch, struct node);

			*item = *new;
			item->next = NULL;
			node_append(copy, item);
		}
	}
	return copy->first ? copy : NULL;
}
