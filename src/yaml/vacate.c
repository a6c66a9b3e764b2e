/* SPDX-License-Identifier: Apache-2.0 */
/* Makes room for wanted values that cannot be merged into what is there. */
#include "yaml/edit.h"

#include "yaml/splice.h"

/* can edit_merge bring the value in where this one stands? */
static bool
can_stay(const struct site *at, const struct node *old, const struct node *value)
{
	if (old->kind == NODE_NULL) {
		return true;
	}
	if (old->kind == NODE_MAP && value->kind == NODE_MAP) {
		return old->first || !value->first || at->map->style == NODE_FLOW;
	}
	return old->kind < NODE_LIST && value->kind < NODE_LIST;
}

static bool
vacate(struct editor *e, const struct site *at, const struct node *value)
{
	bool good = true;

	for (const struct node *wanted = value->first; wanted; wanted = wanted->next) {
		struct node *entry = node_entry(at->map, wanted->key->text);
		struct site child = { .parent = at, .entry = entry, .map = node_real(entry), .step = at->step };

		if (!entry) {
			continue;
		}
		if (!can_stay(at, child.map, wanted)) {
			good = splice_away(e, at, entry) && good;
		} else if (child.map->kind == NODE_MAP && entry->kind != NODE_ALIAS) {
			const struct anchor *anchor = child.map->anchor;

			child.shared = at->shared ? at->shared : anchor && anchor->alias.n > 0 ? anchor : NULL;
			good = vacate(e, &child, wanted) && good;
		}
	}
	return good;
}

bool
edit_vacate(struct editor *e, struct node *into, const struct node *value)
{
	struct site at = { .entry = into, .map = into, .step = 2 };

	return vacate(e, &at, value);
}
