/* SPDX-License-Identifier: Apache-2.0 */
/* Merges wanted data into a document: finds what is missing or different and turns that into edits of the source. */
#include "yaml/edit.h"

#include "base/arena.h"
#include "yaml/conflict.h"
#include "yaml/place.h"
#include "yaml/splice.h"
#include "yaml/trace.h"
#include "yaml/wish.h"

#include <assert.h>

/* the anchor of a node to which an alias refers */
static const struct anchor *
shared_anchor(const struct node *node)
{
	return node->anchor && node->anchor->alias.n > 0 ? node->anchor : NULL;
}

static bool
set_scalar(struct editor *e, const struct site *parent, const struct node *entry, const struct node *value)
{
	const struct node *old = node_real(entry);
	struct str key = splice_token_of(e, parent->map, entry);
	ptrdiff_t before = e->patch->grown;
	bool good;

	if (old->kind == value->kind && str_eq(old->text, value->text) && !old->pruned) {
		return true;
	}
	if (old->kind == NODE_NULL && entry == old && entry->key) {
		good = splice_null(e, parent, old, value);
		trace_value(e, parent, entry, value, before);
		return good;
	}
	if (old->kind >= NODE_LIST) {
		splice_refuse(e, "render/kind", entry, arena_printf(e->arena, "'%s' is a %s, a %s is wanted",
			splice_path(e, parent, key), node_kind_name(old->kind), node_kind_name(value->kind)));
		return false;
	}
	if (!conflict_yields(e, parent, entry, value, &good)) {
		return good;
	}
	if (shared_anchor(entry)) {
		struct site own = *parent;

		own.shared = shared_anchor(entry);
		return splice_allowed(e, &own, entry, key);
	}
	e->replacing(e->ctx, splice_name(parent), old, value);
	splice_scalar(e, parent, entry, value);
	trace_value(e, parent, entry, value, before);
	return true;
}

static bool merge(struct editor *, const struct site *, const struct node *value);

/* what is still to be put into a map or list */
struct plan {
	struct node *missing;
	const struct node *gone;      /* a child whose new value is among the missing */
};

static void
append_copy(struct editor *e, struct node *missing, const struct node *from)
{
	struct node *copy = arena_new(e->scratch, struct node);

	*copy = *from;
	copy->next = NULL;
	node_append(missing, copy);
}

/* False where a place in a list is wanted that is not there. */
static bool
add_missing(struct editor *e, const struct site *at, struct node *missing, const struct node *value)
{
	const struct node *new = wish_new(e, value);

	for (const struct node *in = new; in; in = in->kind == NODE_MAP ? in->first : NULL) {
		if (in->kind == NODE_LIST && str_eq(in->text, EDIT_INDEX)) {
			splice_refuse(e, "render/set", at->map, arena_printf(e->arena, "'%s' has no list '%.*s'",
				splice_path(e, at, (struct str){ 0 }), STR_FMT(in->key->text)));
			return false;
		}
	}
	if (new) {
		append_copy(e, missing, new);
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
	ptrdiff_t before = e->patch->grown;

	if (flat && wish_holds(e, flat, value)) {
		return true;
	}
	for (const struct node *entry = value->kind == NODE_MAP ? value->first : NULL; flat && entry; entry = entry->next) {
		const struct node *old = node_get(flat, entry->key->text);

		if (old && (wish_holds(e, old, entry) || (e->conflict == EDIT_KEEP && entry->kind < NODE_LIST))) {
			continue;
		}
		if (old && (entry->wish == EDIT_ABSENT || (entry->kind >= NODE_LIST && entry->wish == EDIT_HOLD && old->kind != NODE_NULL))) {
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
		if (!add_missing(e, at, missing, entry)) {
			return false;
		}
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
	trace_new(e, at, missing, NULL, e->patch->grown - before);
	return true;
}

/* Puts in what is missing, and takes out what is to be absent. Where the child goes at whose side new ones would stand, they take
   its place: so the two never meet. */
static bool
finish(struct editor *e, const struct site *at, const struct node *value, struct plan *p)
{
	const struct node *place = splice_place(e, at), *before = NULL;
	bool good = true;

	for (const struct node *child = at->map->first; child; child = child->next) {
		const struct node *first = child, *last = NULL;
		ptrdiff_t grown = e->patch->grown, size = 0;
		bool placed = false;

		for (; child && (child == p->gone || wish_goes(e, at->map, child, value)); child = child->next) {
			last = child;
			placed = placed || child == place;
			if (child->key && child != p->gone) {
				e->replacing(e->ctx, splice_name(at), node_real(child), node_get(value, node_real(child->key)->text));
			}
		}
		if (last && placed && p->missing->first) {
			good = splice_instead(e, at, before, last, p->missing) && good;
			size = e->changed && e->measured ? trace_size(e, at, p->missing) : 0;
			trace_new(e, at, p->missing, p->gone, size);
			p->missing = node_list(e->scratch);
		} else if (last) {
			good = splice_out(e, at, before, last) && good;
		}
		if (last) {
			trace_gone(e, at, first, last, p->gone, value, e->patch->grown - grown - size);
		}
		if (!child) {
			break;
		}
		before = child;
	}
	return good;
}

/* what is left to be done of a map or list when its children have been seen to */
static bool
conclude(struct editor *e, const struct site *at, const struct node *value, struct plan *p)
{
	bool good = true, gone = p->gone;
	ptrdiff_t before;

	for (const struct node *child = value->first; child && !gone; child = child->next) {
		gone = child->wish == EDIT_ABSENT;
	}
	if (gone) {
		good = finish(e, at, value, p);
	}
	before = e->patch->grown;
	if (p->missing->first) {
		good = (at->map->kind == NODE_MAP ? splice_missing(e, at, p->missing) : splice_items(e, at, p->missing)) && good;
		trace_new(e, at, p->missing, NULL, e->patch->grown - before);
	}
	return good;
}

static bool
append(struct editor *e, const struct site *at, const struct node *value)
{
	struct plan plan = { node_list(e->scratch), NULL };
	bool good = true;

	for (const struct node *item = value->first; item; item = item->next) {
		if (item->wish != EDIT_ABSENT && !wish_has_item(e, at->map, item) && !wish_has_item(e, plan.missing, item)) {
			good = add_missing(e, at, plan.missing, item) && good;
		}
	}
	return good && conclude(e, at, value, &plan);
}

static struct site
site_below(const struct site *at, struct node *entry)
{
	struct site below = { .parent = at, .entry = entry, .map = node_real(entry), .step = at->step, .json = at->json };

	below.shared = at->shared ? at->shared : shared_anchor(below.map);
	return below;
}

/* Of two items with one value of the merge key nobody knows which is meant: Kubernetes refuses two containers of one name, and takes the
   last of two variables. */
static bool
is_only(struct editor *e, const struct site *at, const struct node *item, struct str key)
{
	struct str text = node_text(item, key);

	for (const struct node *other = item->next; other; other = other->next) {
		if (str_eq(node_text(other, key), text)) {
			struct diag *diag = splice_refuse(e, "render/duplicate", other, arena_printf(e->arena, "two items of '%s' have the %.*s '%.*s'",
				splice_path(e, at, (struct str){ 0 }), STR_FMT(key), STR_FMT(text)));

			diag_help(e->diags, diag, "give each its own");
			diag_relate(e->diags, diag, e->patch->src, item->span, "the first is here");
			return false;
		}
	}
	return true;
}

/* The items of a list that has a merge key (`text`): an item with the same value of that key gets what it lacks, the others are appended. */
static bool
merge_items(struct editor *e, const struct site *at, const struct node *value)
{
	struct plan plan = { node_list(e->scratch), NULL };
	bool good = true;

	for (const struct node *item = value->first; item; item = item->next) {
		struct node *old = node_by_key(at->map, value->text, node_text(item, value->text));

		if (old) {
			struct site child = site_below(at, old);

			good = is_only(e, at, old, value->text) && merge(e, &child, item) && good;
		} else {
			good = add_missing(e, at, plan.missing, item) && good;
		}
	}
	return good && conclude(e, at, value, &plan);
}

static bool
merge_every(struct editor *e, const struct site *at, const struct node *value)
{
	bool good = true;

	if (!at->map->first) {
		return append(e, at, value);
	}
	for (struct node *item = at->map->first; item; item = item->next) {
		if (wish_is_full_map(e, item) && !wish_holds(e, item, value->first)) {
			struct site child = site_below(at, item);

			good = merge(e, &child, value->first) && good;
		}
	}
	return good;
}

static bool settle(struct editor *, const struct site *, struct node *entry, const struct node *value, struct plan *);

/* items by their index */
static bool
merge_index(struct editor *e, const struct site *at, const struct node *value)
{
	struct plan plan = { node_list(e->scratch), NULL };
	bool good = true;

	for (const struct node *item = value->first; item; item = item->next) {
		struct node *old = wish_item(at->map, item->key->text);

		if (old) {
			good = settle(e, at, old, item, &plan) && good;
		} else if (wish_new(e, item)) {
			splice_refuse(e, "render/set", at->map, arena_printf(e->arena, "'%s' has no item %.*s",
				splice_path(e, at, (struct str){ 0 }), STR_FMT(item->key->text)));
			good = false;
		}
	}
	return good && conclude(e, at, value, &plan);
}

/* another value instead, whatever is there */
static bool
put_instead(struct editor *e, const struct site *at, const struct node *entry, const struct node *value, struct plan *p)
{
	const struct node *old = node_real(entry);
	ptrdiff_t before = e->patch->grown;
	struct node *lone;
	bool good;

	if (wish_holds(e, entry, value)) {
		return true;
	}
	if ((old->kind < NODE_LIST && old->kind != NODE_NULL && value->kind < NODE_LIST) || (old->kind == NODE_NULL && entry == old && entry->key)) {
		good = old->kind != NODE_NULL ? set_scalar(e, at, entry, value) : splice_null(e, at, entry, value);
		if (old->kind == NODE_NULL) {
			trace_value(e, at, entry, value, before);
		}
		return good;
	}
	if (!conflict_yields(e, at, entry, value, &good)) {
		return good;
	}
	e->replacing(e->ctx, splice_name(at), old, value);
	lone = at->map->kind == NODE_MAP ? node_map(e->scratch) : node_list(e->scratch);
	if (entry == splice_place(e, at)) {
		append_copy(e, p->missing, value);
		p->gone = entry;
		return true;
	}
	append_copy(e, lone, value);
	good = splice_replace(e, at, entry, lone);
	trace_value(e, at, entry, value, before);
	return good;
}

/* brings what is there, at an entry of a map or an item of a list, to what is wanted of it */
static bool
settle(struct editor *e, const struct site *at, struct node *entry, const struct node *value, struct plan *p)
{
	struct site child = site_below(at, entry);
	struct str key = splice_token_of(e, at->map, entry);
	ptrdiff_t before = e->patch->grown;
	bool good;

	if (value->wish == EDIT_WHOLE) {
		return put_instead(e, at, entry, value, p);
	}
	if (value->kind < NODE_LIST) {
		return set_scalar(e, at, entry, value);
	}
	if (child.map->kind != value->kind && !wish_new(e, value)) {
		return true;
	}
	if (child.map->kind == NODE_NULL && entry->kind != NODE_ALIAS && entry->key) {
		good = splice_null(e, at, entry, wish_new(e, value));
		trace_value(e, at, entry, wish_new(e, value), before);
		return good;
	}
	if (child.map->kind != value->kind) {
		splice_refuse(e, "render/kind", entry, arena_printf(e->arena, "'%s' is %s, a %s is wanted",
			splice_path(e, at, key), child.map->kind < NODE_LIST && conflict_is_secret(at, key) ? "a scalar"
				: node_describe(e->arena, entry), node_kind_name(value->kind)));
		return false;
	}
	if (entry->kind == NODE_ALIAS && entry->key) {
		return extend_alias(e, &child, value);
	}
	if (at->map->style == NODE_BLOCK && child.map->style == NODE_BLOCK && entry->key) {
		size_t outer = place_column(e->patch->src->text, at->map->span.at);
		size_t inner = place_column(e->patch->src->text, child.map->span.at);

		child.step = inner > outer ? inner - outer : at->step;
	}
	if (value->kind == NODE_MAP) {
		return merge(e, &child, value);
	}
	if (str_eq(value->text, EDIT_EVERY)) {
		return merge_every(e, &child, value);
	}
	if (str_eq(value->text, EDIT_INDEX)) {
		return merge_index(e, &child, value);
	}
	return value->text.n > 0 ? merge_items(e, &child, value) : append(e, &child, value);
}

static bool
merge_entry(struct editor *e, const struct site *at, const struct node *value, struct plan *p)
{
	struct str key = value->key->text;
	struct node *entry = node_entry(at->map, key);
	const struct node *by = NULL, *merged = node_merged(at->map, key, &by);

	if (merged && value->wish == EDIT_ABSENT) {
		struct diag *diag = splice_refuse(e, "render/merge-key", by->key, arena_printf(e->arena,
			"'%s' comes from a merge key here and cannot be removed", splice_path(e, at, key)));

		diag_relate(e->diags, diag, e->patch->src, merged->span, "its value is here");
		return false;
	}
	if (value->wish == EDIT_ABSENT) {
		return true;
	}
	if (merged && !(entry && entry->span.at > by->span.at)) {
		if (wish_holds(e, merged, value) && !entry) {
			return true;
		}
		if (entry || (value->kind >= NODE_LIST && value->wish == EDIT_HOLD && merged->kind != NODE_NULL)) {
			struct diag *diag = splice_refuse(e, "render/merge-key", by->key, arena_printf(e->arena,
				"'%s' comes from a merge key here and cannot be changed in place", splice_path(e, at, key)));

			diag_help(e->diags, diag, "write '%.*s' out behind it", STR_FMT(key));
			diag_relate(e->diags, diag, e->patch->src, merged->span, "its value is here");
			return false;
		}
		if (merged->kind != NODE_NULL) {
			bool good;

			if (e->conflict != EDIT_OVERWRITE && !conflict_yields(e, at, merged, value, &good)) {
				return good;
			}
			e->replacing(e->ctx, splice_name(at), merged, value);
		}
	}
	if (!entry) {
		return add_missing(e, at, p->missing, value);
	}
	return settle(e, at, entry, value, p);
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
	struct plan plan = { node_map(e->scratch), NULL };
	bool good = true;

	assert(at.map->kind == NODE_MAP && !at.map->pruned);
	at.json = is_json(&at);
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		good = merge_entry(e, &at, entry, &plan) && good;
	}
	return good && conclude(e, &at, value, &plan);
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
