/* SPDX-License-Identifier: Apache-2.0 */
/* Merges wanted data into a document: finds what is missing or different and turns that into edits of the source. */
#include "yaml/edit.h"

#include "base/arena.h"
#include "base/secret.h"
#include "yaml/place.h"
#include "yaml/splice.h"

#include <assert.h>

/* the anchor of a node to which an alias refers */
static const struct anchor *
shared_anchor(const struct node *node)
{
	return node->anchor && node->anchor->alias.n > 0 ? node->anchor : NULL;
}

static struct str
map_name(const struct site *at)
{
	return at->parent && at->entry->key ? node_real(at->entry->key)->text : (struct str){ 0 };
}

/* is the value of this key nothing that a message may show? */
static bool
is_secret(const struct site *parent, struct str key)
{
	bool secret = secret_key(key);

	for (const struct site *at = parent; at && at->parent && !secret; at = at->parent) {
		struct str name = map_name(at);

		secret = secret_key(name) || str_eq(name, STR("data")) || str_eq(name, STR("stringData"));
	}
	return secret;
}

static bool
set_scalar(struct editor *e, const struct site *parent, const struct node *entry, const struct node *value)
{
	const struct node *old = node_real(entry);
	struct str key = node_real(entry->key)->text;
	struct diag *diag;

	if (old->kind == value->kind && str_eq(old->text, value->text) && !old->pruned) {
		return true;
	}
	if (old->kind == NODE_NULL && entry == old) {
		return splice_null(e, parent, old, value);
	}
	if (old->kind >= NODE_LIST) {
		splice_refuse(e, "render/kind", entry, arena_printf(e->arena, "'%s' is a %s, a %s is wanted",
			splice_path(e, parent, key), node_kind_name(old->kind), node_kind_name(value->kind)));
		return false;
	}
	if (e->conflict == EDIT_KEEP) {
		return true;
	}
	if (e->conflict == EDIT_FAIL) {
		bool secret = is_secret(parent, key);

		diag = splice_refuse(e, "render/conflict", entry, arena_printf(e->arena, "'%s' is %s, the profile wants %s",
			splice_path(e, parent, key), secret ? "set" : node_describe(e->arena, old),
			secret ? "another value" : node_describe(e->arena, value)));
		diag_help(e->diags, diag, "'render.conflict: overwrite' or 'keep', in the profile, decides it");
		if (e->wanted && value->span.n > 0) {
			diag_relate(e->diags, diag, e->wanted, value->span, "the profile sets it here");
		}
		return false;
	}
	if (!splice_allowed(e, parent, entry, key)) {
		return false;
	}
	if (shared_anchor(entry)) {
		struct site own = *parent;

		own.shared = shared_anchor(entry);
		return splice_allowed(e, &own, entry, key);
	}
	e->replacing(e->ctx, map_name(parent), old, value);
	splice_scalar(e, parent, entry, value);
	return true;
}

static bool merge(struct editor *, const struct site *, const struct node *value);

static void
append_copy(struct editor *e, struct node *missing, const struct node *from)
{
	struct node *copy = arena_new(e->scratch, struct node);

	*copy = *from;
	copy->next = NULL;
	node_append(missing, copy);
}

/* is the same data, aliases, merge keys and keys given twice being read as Helm does? */
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

static bool
has_item(struct editor *e, const struct node *list, const struct node *item)
{
	for (const struct node *old = list->first; old; old = old->next) {
		if (is_same(e, old, item)) {
			return true;
		}
	}
	return false;
}

static bool holds(struct editor *, const struct node *data, const struct node *value);

/* a map with an entry, of a merge key too, that is neither null nor an empty collection */
static bool
is_full_map(struct editor *e, const struct node *item)
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

/* EDIT_EVERY: does each item hold what the only item of value does? */
static bool
every_holds(struct editor *e, const struct node *list, const struct node *value)
{
	for (const struct node *item = list->first; item; item = item->next) {
		if (is_full_map(e, item) && !holds(e, item, value->first)) {
			return false;
		}
	}
	return list->first != NULL;
}

/* does the data already hold all that value does? */
static bool
holds(struct editor *e, const struct node *data, const struct node *value)
{
	data = node_real(data);
	if (!data || data->kind != value->kind) {
		return false;
	}
	if (value->kind < NODE_LIST) {
		return node_equal(data, value);
	}
	if (value->kind == NODE_LIST && str_eq(value->text, EDIT_EVERY)) {
		return every_holds(e, data, value);
	}
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		if (value->kind == NODE_LIST ? !has_item(e, data, entry) : !holds(e, node_get(data, entry->key->text), entry)) {
			return false;
		}
	}
	return true;
}

/* `labels: *l` becomes `labels: {<<: *l, k: v}`: the anchor stays as it is, and so does every other alias of it */
static bool
extend_alias(struct editor *e, const struct site *at, const struct node *value)
{
	const struct node *target = at->map;
	struct node *flat = node_flat(e->scratch, target);
	struct node *missing = node_map(e->scratch);
	struct str key = node_real(at->entry->key)->text;

	if (flat && holds(e, flat, value)) {
		return true;
	}
	for (const struct node *entry = value->kind == NODE_MAP ? value->first : NULL; flat && entry; entry = entry->next) {
		const struct node *old = node_get(flat, entry->key->text);

		if (old && (holds(e, old, entry) || (e->conflict == EDIT_KEEP && entry->kind < NODE_LIST))) {
			continue;
		}
		if (entry->kind >= NODE_LIST && old && old->kind != NODE_NULL) {
			flat = NULL;
			break;
		}
		if (old && e->conflict == EDIT_FAIL) {
			struct site own = *at;

			own.entry = at->entry;
			return set_scalar(e, &own, node_find(target, entry->key->text), entry);
		}
		if (old) {
			e->replacing(e->ctx, key, old, entry);
		}
		append_copy(e, missing, entry);
	}
	if (!flat || target->kind != NODE_MAP || value->kind != NODE_MAP) {
		struct diag *diag = splice_refuse(e, "render/alias", at->entry, arena_printf(e->arena,
			"'%s' is the alias '*%.*s', and what is wanted lies deeper inside it", splice_path(e, at->parent, key),
			STR_FMT(at->entry->text)));

		diag_help(e->diags, diag, "write it out here");
		diag_relate(e->diags, diag, e->patch->src, (struct span){ target->props, at->entry->text.n + 1 },
			"the anchor is here");
		return false;
	}
	if (!missing->first) {
		return true;
	}
	if (!splice_allowed(e, at->parent, at->entry, key)) {
		return false;
	}
	splice_alias(e, at, missing);
	return true;
}

static void
warn_duplicate(struct editor *e, const struct site *at, const struct node *last)
{
	struct str key = node_real(last->key)->text;

	for (const struct node *entry = at->map->first; entry != last; entry = entry->next) {
		if (str_eq(node_real(entry->key)->text, key)) {
			struct diag *diag = diag_add(e->diags, DIAG_WARNING, "yaml/duplicate-key", e->patch->src, last->key->span,
				"'%s' is given twice; the last one counts", splice_path(e, at, key));

			diag->subject = e->subject(e->ctx);
			diag_relate(e->diags, diag, e->patch->src, entry->key->span, "the first is here");
			return;
		}
	}
}

static bool
append(struct editor *e, const struct site *at, const struct node *value)
{
	struct node *missing = node_list(e->scratch);

	for (const struct node *item = value->first; item; item = item->next) {
		if (!has_item(e, at->map, item) && !has_item(e, missing, item)) {
			append_copy(e, missing, item);
		}
	}
	return !missing->first || splice_items(e, at, missing);
}

/* The items of a list that has a merge key (`text`): an item with the same value of that key gets what it lacks, the others are appended. */
static bool
merge_items(struct editor *e, const struct site *at, const struct node *value)
{
	struct node *missing = node_list(e->scratch);
	bool good = true;

	for (const struct node *item = value->first; item; item = item->next) {
		struct node *old = node_by_key(at->map, value->text, node_text(item, value->text));
		struct site child = { .parent = at, .entry = old, .map = node_real(old), .step = at->step, .json = at->json };

		if (old) {
			child.shared = at->shared ? at->shared : shared_anchor(child.map);
			good = merge(e, &child, item) && good;
		} else {
			append_copy(e, missing, item);
		}
	}
	return good && (!missing->first || splice_items(e, at, missing));
}

static bool
merge_every(struct editor *e, const struct site *at, const struct node *value)
{
	bool good = true;

	if (!at->map->first) {
		return append(e, at, value);
	}
	for (struct node *item = at->map->first; item; item = item->next) {
		struct site child = { .parent = at, .entry = item, .map = node_real(item), .step = at->step, .json = at->json };

		if (is_full_map(e, item) && !holds(e, item, value->first)) {
			child.shared = at->shared ? at->shared : shared_anchor(child.map);
			good = merge(e, &child, value->first) && good;
		}
	}
	return good;
}

static bool
merge_entry(struct editor *e, const struct site *at, const struct node *value, struct node *missing)
{
	struct str key = value->key->text;
	struct node *entry = node_entry(at->map, key);
	const struct node *by = NULL, *merged = node_merged(at->map, key, &by);
	struct site child = { .parent = at, .step = at->step, .json = at->json };

	if (merged && !(entry && entry->span.at > by->span.at)) {
		if (holds(e, merged, value) && !entry) {
			return true;
		}
		if (entry || (value->kind >= NODE_LIST && merged->kind != NODE_NULL)) {
			struct diag *diag = splice_refuse(e, "render/merge-key", by->key, arena_printf(e->arena,
				"'%s' comes from a merge key here and cannot be changed in place", splice_path(e, at, key)));

			diag_help(e->diags, diag, "write '%.*s' out behind it", STR_FMT(key));
			diag_relate(e->diags, diag, e->patch->src, merged->span, "its value is here");
			return false;
		}
		if (merged->kind != NODE_NULL) {
			if (e->conflict != EDIT_OVERWRITE) {
				return set_scalar(e, at, merged, value);
			}
			e->replacing(e->ctx, map_name(at), merged, value);
		}
	}
	if (!entry) {
		append_copy(e, missing, value);
		return true;
	}
	warn_duplicate(e, at, entry);
	child.entry = entry;
	child.map = node_real(entry);
	if (value->kind < NODE_LIST) {
		return set_scalar(e, at, entry, value);
	}
	if (child.map->kind == NODE_NULL && entry->kind != NODE_ALIAS) {
		return splice_null(e, at, entry, value);
	}
	if (child.map->kind != value->kind) {
		splice_refuse(e, "render/kind", entry, arena_printf(e->arena, "'%s' is %s, a %s is wanted",
			splice_path(e, at, key), child.map->kind < NODE_LIST && is_secret(at, key) ? "a scalar"
				: node_describe(e->arena, entry), node_kind_name(value->kind)));
		return false;
	}
	if (entry->kind == NODE_ALIAS) {
		return extend_alias(e, &child, value);
	}
	if (at->map->style == NODE_BLOCK && child.map->style == NODE_BLOCK) {
		size_t outer = place_column(e->patch->src->text, at->map->span.at);
		size_t inner = place_column(e->patch->src->text, child.map->span.at);

		child.step = inner > outer ? inner - outer : at->step;
	}
	child.shared = at->shared ? at->shared : shared_anchor(child.map);
	if (value->kind == NODE_MAP) {
		return merge(e, &child, value);
	}
	if (str_eq(value->text, EDIT_EVERY)) {
		return merge_every(e, &child, value);
	}
	return value->text.n > 0 ? merge_items(e, &child, value) : append(e, &child, value);
}

/* JSON's way of writing counts where the neighbours use it */
static bool
is_json(const struct site *at)
{
	if (at->map->style != NODE_FLOW) {
		return false;
	}
	return at->map->first ? at->map->first->key->style == NODE_DOUBLE : at->json;
}

static bool
merge(struct editor *e, const struct site *here, const struct node *value)
{
	struct site at = *here;
	struct node *missing = node_map(e->scratch);
	bool good = true;

	assert(at.map->kind == NODE_MAP && !at.map->pruned);
	at.json = is_json(&at);
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		good = merge_entry(e, &at, entry, missing) && good;
	}
	return good && (!missing->first || splice_missing(e, &at, missing));
}

bool
edit_merge(struct editor *e, struct node *into, const struct node *value)
{
	struct site at = { .entry = into, .map = node_real(into), .step = 2 };

	if (!value->first) {
		return true;
	}
	at.shared = shared_anchor(at.map);
	return merge(e, &at, value);
}

static bool take_out(struct editor *, const struct site *, const struct node *value);

static bool
is_leaf(const struct node *value)
{
	return value->kind < NODE_LIST || !value->first;
}

/* is a child of `in` to go? For a map: its key is a leaf of value; for a list: value holds an equal item. */
static bool
goes(struct editor *e, const struct node *in, const struct node *child, const struct node *value)
{
	if (in->kind == NODE_LIST) {
		const struct node *item = value->first;

		while (item && !is_same(e, child, item)) {
			item = item->next;
		}
		return item != NULL;
	}
	value = node_get(value, node_real(child->key)->text);
	return value && is_leaf(value);
}

static bool
take_out_below(struct editor *e, const struct site *at, struct node *child, const struct node *value)
{
	struct site below = { .parent = at, .entry = child, .map = node_real(child), .step = at->step };

	if (below.map->kind != value->kind) {
		return true;
	}
	if (child->kind == NODE_ALIAS) {
		struct diag *diag = splice_refuse(e, "render/alias", child, arena_printf(e->arena,
			"'%s' is the alias '*%.*s', and nothing can be removed from it here",
			splice_path(e, &below, (struct str){ 0 }), STR_FMT(child->text)));

		diag_help(e->diags, diag, "write it out here");
		return false;
	}
	below.shared = at->shared ? at->shared : shared_anchor(below.map);
	return take_out(e, &below, value);
}

/* what a merge key brings cannot be removed here, and would show again where the key itself is removed */
static bool
comes_merged(struct editor *e, const struct site *at, const struct node *value)
{
	if (at->map->kind != NODE_MAP) {
		return false;
	}
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		const struct node *by = NULL, *merged = node_merged(at->map, entry->key->text, &by);

		if (merged) {
			struct diag *diag = splice_refuse(e, "render/merge-key", by->key, arena_printf(e->arena,
				"'%s' comes from a merge key here and cannot be removed", splice_path(e, at, entry->key->text)));

			diag_relate(e->diags, diag, e->patch->src, merged->span, "its value is here");
			return true;
		}
	}
	return false;
}

static bool
take_out(struct editor *e, const struct site *at, const struct node *value)
{
	const struct node *before = NULL;
	bool good = true;

	if (comes_merged(e, at, value)) {
		return false;
	}
	for (struct node *child = at->map->first; child; child = child->next) {
		const struct node *below, *last = NULL;

		for (; child && goes(e, at->map, child, value); child = child->next) {
			last = child;
		}
		if (last) {
			good = splice_out(e, at, before, last) && good;
		}
		if (!child) {
			break;
		}
		below = at->map->kind == NODE_MAP ? node_get(value, node_real(child->key)->text) : NULL;
		if (below) {
			good = take_out_below(e, at, child, below) && good;
		}
		before = child;
	}
	return good;
}

bool
edit_remove(struct editor *e, struct node *into, const struct node *value)
{
	struct site at = { .entry = into, .map = node_real(into), .step = 2 };

	at.shared = shared_anchor(at.map);
	return take_out(e, &at, value);
}
