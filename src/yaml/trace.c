/* SPDX-License-Identifier: Apache-2.0 */
/* Takes edits apart into changes. */
#include "yaml/trace.h"

#include "base/arena.h"
#include "base/secret.h"
#include "yaml/conflict.h"
#include "yaml/emit.h"
#include "yaml/piece.h"

/* where something is added: the key of the map or list; of the object itself its first byte */
static size_t
place_of(const struct site *at)
{
	return at->parent && at->entry->key ? node_real(at->entry->key)->span.at : at->map->span.at;
}

/* by its key and those above, or by what a map's `name` calls its `value` */
static bool
is_secret(const struct editor *e, const struct site *at, const struct node *child)
{
	struct str key = child->key ? node_real(child->key)->text : (struct str){ 0 };

	return e->measured && (conflict_is_secret(at, key)
		|| (str_eq(key, STR("value")) && at->map->kind == NODE_MAP && secret_key(node_text(at->map, STR("name")))));
}

static void
tell(struct editor *e, const char *pointer, size_t at, const struct node *old, const struct node *value, unsigned by, bool secret, ptrdiff_t grown)
{
	struct edit_change change = { pointer, at, old, value, by, secret, grown };

	e->changed(e->ctx, &change);
}

/* does more than one want parts of this? */
static bool
is_mixed(const struct node *value, unsigned by)
{
	if (value->kind < NODE_LIST || !value->first) {
		return value->by != by;
	}
	for (const struct node *child = value->first; child; child = child->next) {
		if (is_mixed(child, by)) {
			return true;
		}
	}
	return false;
}

static unsigned
first_by(const struct node *value)
{
	while (value->kind >= NODE_LIST && value->first) {
		value = value->first;
	}
	return value->by;
}

static ptrdiff_t
size_in_flow(struct editor *e, const struct node *child)
{
	struct buf b = { .arena = e->scratch };

	emit_flow(&b, child, false);
	return (ptrdiff_t)(b.n + (child->key ? child->key->text.n + 2 : 0));
}

static void
tell_new(struct editor *e, const char *pointer, size_t at, const struct node *old, const struct node *value, bool secret, ptrdiff_t grown)
{
	unsigned by = first_by(value);

	if (!old && is_mixed(value, by)) {
		for (const struct node *child = value->first; child; child = child->next) {
			ptrdiff_t size = child->next && e->measured ? size_in_flow(e, child) : grown;
			struct buf b = { .arena = e->scratch };

			buf_add(&b, str_of(pointer));
			splice_token(&b, splice_token_of(e, value, child));
			tell_new(e, buf_z(&b), at, NULL, child, secret || (child->key && secret_key(child->key->text)), size);
			grown -= size;
		}
		return;
	}
	tell(e, pointer, at, old, value, by, secret, grown);
}

void
trace_value(struct editor *e, const struct site *parent, const struct node *entry, const struct node *value, ptrdiff_t before)
{
	const struct node *old = node_real(entry);
	ptrdiff_t grown = e->patch->grown - before;

	if (!e->changed) {
		return;
	}
	tell_new(e, splice_pointer(e, parent, splice_token_of(e, parent->map, entry)), entry->key ? node_real(entry->key)->span.at : entry->span.at, old->kind == NODE_NULL ? NULL : old, value,
		is_secret(e, parent, entry), grown);
}

ptrdiff_t
trace_size(struct editor *e, const struct site *at, const struct node *what)
{
	struct buf b = { .arena = e->scratch };

	if (at->map->style == NODE_BLOCK) {
		const struct piece_layout layout = { 0, at->step, STR("\n"), false, false };

		return (ptrdiff_t)piece_lines(e, what, &layout).n;
	}
	piece_entries(&b, what, at->json);
	return (ptrdiff_t)b.n + 2;
}

/* how many bytes one of several takes */
static ptrdiff_t
size_of(struct editor *e, const struct site *at, const struct node *child)
{
	struct node *lone = child->key ? node_map(e->scratch) : node_list(e->scratch), *copy = arena_new(e->scratch, struct node);

	*copy = *child;
	copy->next = NULL;
	node_append(lone, copy);
	return trace_size(e, at, lone);
}

void
trace_new(struct editor *e, const struct site *at, const struct node *what, const struct node *gone, ptrdiff_t grown)
{
	size_t n = at->map->kind == NODE_LIST ? node_count(at->map) : 0;

	if (!e->changed) {
		return;
	}
	for (const struct node *child = what->first; child; child = child->next) {
		ptrdiff_t size = child->next && e->measured ? size_of(e, at, child) : grown;
		struct str name = child->key ? child->key->text : str_decimal(e->scratch, n++);
		bool other = gone && gone->key && child->key && str_eq(node_real(gone->key)->text, name);

		tell_new(e, splice_pointer(e, at, name), other ? gone->span.at : place_of(at), other ? node_real(gone) : NULL, child, is_secret(e, at, child),
			size);
		grown -= size;
	}
}

/* the wish that takes a child out */
static const struct node *
wish_of(const struct node *child, const struct node *value)
{
	const struct node *wish = child->key ? node_get(value, node_real(child->key)->text) : value->first;

	while (!child->key && wish && !node_equal(node_real(child), wish)) {
		wish = wish->next;
	}
	return wish;
}

void
trace_gone(struct editor *e, const struct site *at, const struct node *first, const struct node *last, const struct node *gone,
	const struct node *value, ptrdiff_t grown)
{
	for (const struct node *child = first; e->changed && child; child = child == last ? NULL : child->next) {
		ptrdiff_t size = child != last ? -(ptrdiff_t)(child->span.at + child->span.n - (child->key ? child->key->span.at : child->span.at)) : grown;
		const struct node *wish = wish_of(child, value);

		if (child != gone) {
			tell(e, splice_pointer(e, at, splice_token_of(e, at->map, child)), child->key ? node_real(child->key)->span.at : child->span.at, node_real(child), NULL, wish ? wish->by : 0,
				is_secret(e, at, child), size);
		}
		grown -= size;
	}
}
