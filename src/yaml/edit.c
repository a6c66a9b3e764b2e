/* SPDX-License-Identifier: Apache-2.0 */
/* Merges wanted data into a document: finds what is missing or different and turns that into edits of the source. */
#include "yaml/edit.h"

#include "base/arena.h"
#include "yaml/emit.h"
#include "yaml/place.h"
#include "yaml/scalar.h"

#include <assert.h>

/* a map of the document on the way down, and what is known of its surroundings */
struct site {
	struct node *entry;           /* as written: the alias, if it is one */
	struct node *map;
	const struct site *parent;    /* NULL: the object itself */
	size_t step;                  /* how much deeper a level stands here */
	bool json;                    /* written as JSON */
	const struct anchor *shared;  /* the anchor through which an alias sees this too */
};

static void
write_path(struct buf *b, const struct site *at)
{
	if (at->parent) {
		write_path(b, at->parent);
		if (b->n > 0) {
			buf_byte(b, '.');
		}
		buf_add(b, node_real(at->entry->key)->text);
	}
}

/* "metadata.labels"; for the object itself what it is called */
static const char *
path_of(struct editor *e, const struct site *at, struct str key)
{
	struct buf b = { .arena = e->arena };

	write_path(&b, at);
	if (key.n > 0) {
		if (b.n > 0) {
			buf_byte(&b, '.');
		}
		buf_add(&b, key);
	}
	return b.n > 0 ? buf_z(&b) : "the object";
}

static struct diag *
refuse(struct editor *e, const char *code, const struct node *node, const char *text)
{
	struct diag *diag = diag_add(e->diags, DIAG_ERROR, code, e->patch->src, node->span, "%s", text);

	diag->subject = e->subject(e->ctx);
	diag_note(e->diags, diag, "in %s", diag->subject);
	return diag;
}

static const struct anchor *
shared_anchor(const struct editor *e, const struct node *node)
{
	if (!node->anchored) {
		return NULL;
	}
	for (const struct anchor *anchor = e->doc->anchors; anchor; anchor = anchor->next) {
		if (anchor->node == node) {
			return anchor->alias.n > 0 ? anchor : NULL;
		}
	}
	return NULL;
}

/* an edit below an anchor that is used elsewhere would change that place too */
static bool
may_edit(struct editor *e, const struct site *at, const struct node *place, struct str key)
{
	struct diag *diag;

	if (!at->shared) {
		return true;
	}
	diag = refuse(e, "render/anchor", place, arena_printf(e->arena,
		"'%s' is part of the anchor '&%.*s', which is used elsewhere too: changing it here would change it there",
		path_of(e, at, key), STR_FMT(at->shared->name)));
	diag_help(e->diags, diag, "write it out in both places");
	diag_relate(e->diags, diag, e->patch->src, at->shared->alias, "it is used here");
	return false;
}

/* equal insertions share their memory */
static void
insert(struct editor *e, size_t at, struct str text, size_t column)
{
	struct str *kept = table_get(&e->texts, text);

	if (!kept) {
		kept = arena_new(e->arena, struct str);
		*kept = (struct str){ arena_copy(e->arena, text.s, text.n), text.n };
		e->texts.arena = e->arena;
		table_put(&e->texts, *kept, kept);
	}
	patch_add(e->patch, (struct span){ at, 0 }, *kept, column, e->rule);
}

static void
replace(struct editor *e, struct span span, struct str text)
{
	patch_add(e->patch, span, (struct str){ arena_copy(e->arena, text.s, text.n), text.n }, 0, e->rule);
}

/* Block lines for the entries of `what` at a column, behind the line that `after` stands in. */
static void
insert_lines(struct editor *e, size_t after, bool after_block, const struct node *what, size_t column, size_t step)
{
	const struct str source = e->patch->src->text;
	struct line_end end = after_block ? place_line_start(source, after) : place_line_end(source, after);
	struct buf b = { .arena = e->scratch };

	if (end.at == end.next && !after_block) {
		buf_add(&b, end.nl);
	}
	emit_block(&b, what, column, step, false, end.nl);
	if (end.at == end.next && !after_block) {
		b.n -= end.nl.n;
	}
	insert(e, end.next, buf_str(&b), column);
}

/* the entries of a flow map without its braces */
static void
flow_entries(struct buf *b, const struct node *what, bool json)
{
	struct buf braces = { .arena = b->arena };

	emit_flow(&braces, what, json);
	buf_add(b, str_slice(buf_str(&braces), 1, braces.n - 1));
}

static bool
has_merge_key(const struct node *map)
{
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		if (entry->key->merge) {
			return true;
		}
	}
	return false;
}

static void
insert_flow(struct editor *e, const struct site *at, const struct node *what)
{
	const struct node *map = at->map;
	const char *source = e->patch->src->text.s;
	struct buf b = { .arena = e->scratch };
	size_t place = map->span.at + 1;

	if (map->first && has_merge_key(map)) {
		/* behind the merge key: readers differ about a key that stands before it */
		place = map->last->span.at + map->last->span.n;
		buf_add(&b, STR(", "));
		flow_entries(&b, what, at->json);
	} else if (map->first) {
		place = map->first->key->props;
		flow_entries(&b, what, at->json);
		buf_add(&b, STR(", "));
	} else {
		flow_entries(&b, what, at->json);
		if (source[place] == '#') {
			buf_byte(&b, ' ');
		}
	}
	insert(e, place, buf_str(&b), 0);
}

/* what is missing in a map, as one insertion */
static bool
insert_missing(struct editor *e, const struct site *at, const struct node *what)
{
	const struct str source = e->patch->src->text;
	const struct node *map = at->map;
	size_t end = map->span.at + map->span.n, column;

	if (!may_edit(e, at, map, what->first->key->text)) {
		return false;
	}
	if (map->style == NODE_FLOW) {
		insert_flow(e, at, what);
		return true;
	}
	column = place_column(source, map->span.at);
	if (map->block_tail && end == source.n && !place_is_break(source, end)) {
		/* a line break behind this block scalar would change it: stand before the first key instead */
		struct line_end first = place_line_end(source, map->span.at);
		struct buf b = { .arena = e->scratch };

		emit_block(&b, what, column, at->step, false, first.nl);
		buf_fill(&b, ' ', column);
		insert(e, map->span.at, str_slice(buf_str(&b), column, b.n), column);
		return true;
	}
	insert_lines(e, end, map->block_tail, what, column, at->step);
	return true;
}

/* a null becomes a value: behind its colon, or in the place of its word */
static bool
fill_null(struct editor *e, const struct site *parent, const struct node *null, const struct node *value)
{
	const struct str source = e->patch->src->text;
	const struct node *key = node_real(null->key);
	bool flow = parent->map->style == NODE_FLOW, is_map = value->kind == NODE_MAP;
	struct buf b = { .arena = e->scratch };

	if (!may_edit(e, parent, null, key->text)) {
		return false;
	}
	if (null->anchored || null->tagged) {
		struct diag *diag = refuse(e, "render/null", null, arena_printf(e->arena,
			"'%s' is a null with %s, which cannot be filled", path_of(e, parent, key->text),
			null->anchored ? "an anchor" : "a tag"));

		diag_help(e->diags, diag, "remove the %s", null->anchored ? "anchor" : "tag");
		return false;
	}
	if (null->span.n > 0) {
		emit_flow(&b, value, parent->json);
		replace(e, null->span, buf_str(&b));
		return true;
	}
	if (null->span.at == 0 || source.s[null->span.at - 1] != ':') {
		if (!flow) {
			struct diag *diag = refuse(e, "render/null", null->key, arena_printf(e->arena,
				"the key '%s' has no ':', its value cannot be filled in", path_of(e, parent, key->text)));

			diag_help(e->diags, diag, "write '%.*s:'", STR_FMT(key->text));
			return false;
		}
		buf_byte(&b, ':');
	}
	if (is_map && !flow) {
		insert_lines(e, null->span.at, false, value, place_column(source, parent->map->span.at) + parent->step,
			parent->step);
		return true;
	}
	buf_byte(&b, ' ');
	emit_flow(&b, value, parent->json);
	insert(e, flow && b.s[0] == ':' ? null->key->span.at + null->key->span.n : null->span.at, buf_str(&b), 0);
	return true;
}

static void
replace_scalar(struct editor *e, const struct site *parent, const struct node *entry, const struct node *value)
{
	static const enum emit_quote quotes[] = {
		[NODE_PLAIN] = EMIT_PLAIN, [NODE_SINGLE] = EMIT_SINGLE, [NODE_DOUBLE] = EMIT_DOUBLE,
		[NODE_LITERAL] = EMIT_PLAIN, [NODE_FOLDED] = EMIT_PLAIN,
	};
	const struct node *old = node_real(entry);
	enum emit_quote quote = parent->json && old->kind != NODE_STRING ? EMIT_DOUBLE : quotes[old->style];
	struct span span = entry->span;
	struct buf b = { .arena = e->scratch };

	if (entry->style == NODE_LITERAL || entry->style == NODE_FOLDED) {
		/* the blank lines behind a block scalar stay */
		span.n = place_content_end(e->patch->src->text, span) - span.at;
	}
	emit_scalar(&b, value, quote, parent->map->style == NODE_FLOW);
	replace(e, span, buf_str(&b));
}

static struct str
map_name(const struct site *at)
{
	return at->parent ? node_real(at->entry->key)->text : (struct str){ 0 };
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
		return fill_null(e, parent, old, value);
	}
	if (old->kind >= NODE_LIST) {
		refuse(e, "render/kind", entry, arena_printf(e->arena, "'%s' is a %s, a %s is wanted",
			path_of(e, parent, key), node_kind_name(old->kind), node_kind_name(value->kind)));
		return false;
	}
	if (e->conflict == EDIT_KEEP) {
		return true;
	}
	if (e->conflict == EDIT_FAIL) {
		diag = refuse(e, "render/conflict", entry, arena_printf(e->arena, "'%s' is %s, the profile wants %s",
			path_of(e, parent, key), node_describe(e->arena, old), node_describe(e->arena, value)));
		diag_help(e->diags, diag, "conflict: overwrite or keep, in the profile, decides it");
		return false;
	}
	if (!may_edit(e, parent, entry, key)) {
		return false;
	}
	if (shared_anchor(e, entry)) {
		struct site own = *parent;

		own.shared = shared_anchor(e, entry);
		return may_edit(e, &own, entry, key);
	}
	e->replacing(e->ctx, map_name(parent), old, value);
	replace_scalar(e, parent, entry, value);
	return true;
}

static bool merge(struct editor *, const struct site *, const struct node *value);

/* does the data already hold all that value does? */
static bool
holds(const struct node *data, const struct node *value)
{
	data = node_real(data);
	if (!data || data->kind != value->kind) {
		return false;
	}
	if (value->kind != NODE_MAP) {
		return node_equal(data, value);
	}
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		if (!holds(node_get(data, entry->key->text), entry)) {
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
	struct buf b = { .arena = e->scratch };
	struct node *missing = node_map(e->scratch);
	struct str key = node_real(at->entry->key)->text;

	if (flat && holds(flat, value)) {
		return true;
	}
	for (const struct node *entry = value->first; flat && entry; entry = entry->next) {
		const struct node *old = node_get(flat, entry->key->text);
		struct node *copy = arena_new(e->scratch, struct node);

		if (old && (holds(old, entry) || (e->conflict == EDIT_KEEP && entry->kind != NODE_MAP))) {
			continue;
		}
		if (entry->kind == NODE_MAP && old && old->kind != NODE_NULL) {
			flat = NULL;
			break;
		}
		if (old && e->conflict == EDIT_FAIL) {
			struct site own = *at;

			own.entry = at->entry;
			return set_scalar(e, &own, node_entry(target, entry->key->text), entry);
		}
		if (old) {
			e->replacing(e->ctx, key, old, entry);
		}
		*copy = *entry;
		copy->next = NULL;
		node_append(missing, copy);
	}
	if (!flat || target->kind != NODE_MAP) {
		struct diag *diag = refuse(e, "render/alias", at->entry, arena_printf(e->arena,
			"'%s' is the alias '*%.*s', and what is wanted lies deeper inside it", path_of(e, at->parent, key),
			STR_FMT(at->entry->text)));

		diag_help(e->diags, diag, "write it out here");
		diag_relate(e->diags, diag, e->patch->src, (struct span){ target->props, at->entry->text.n + 1 },
			"the anchor is here");
		return false;
	}
	if (!missing->first) {
		return true;
	}
	if (!may_edit(e, at->parent, at->entry, key)) {
		return false;
	}
	buf_add(&b, STR("{<<: "));
	buf_add(&b, source_slice(e->patch->src, at->entry->span));
	buf_add(&b, STR(", "));
	flow_entries(&b, missing, at->json);
	buf_byte(&b, '}');
	replace(e, at->entry->span, buf_str(&b));
	return true;
}

static void
warn_duplicate(struct editor *e, const struct site *at, const struct node *last)
{
	struct str key = node_real(last->key)->text;

	for (const struct node *entry = at->map->first; entry != last; entry = entry->next) {
		if (str_eq(node_real(entry->key)->text, key)) {
			struct diag *diag = diag_add(e->diags, DIAG_WARNING, "yaml/duplicate-key", e->patch->src, last->key->span,
				"'%s' is given twice; the last one counts", path_of(e, at, key));

			diag->subject = e->subject(e->ctx);
			diag_relate(e->diags, diag, e->patch->src, entry->key->span, "the first is here");
			return;
		}
	}
}

static bool
merge_entry(struct editor *e, const struct site *at, const struct node *value, struct node *missing)
{
	struct str key = value->key->text;
	struct node *entry = node_entry(at->map, key);
	const struct node *by = NULL, *merged = node_merged(at->map, key, &by);
	struct site child = { .parent = at, .step = at->step, .json = at->json };

	if (merged && !(entry && entry->span.at > by->span.at)) {
		if (holds(merged, value) && !entry) {
			return true;
		}
		if (entry || (value->kind == NODE_MAP && merged->kind != NODE_NULL)) {
			struct diag *diag = refuse(e, "render/merge-key", by->key, arena_printf(e->arena,
				"'%s' comes from a merge key here and cannot be changed in place", path_of(e, at, key)));

			diag_help(e->diags, diag, "write '%.*s' out behind it", STR_FMT(key));
			diag_relate(e->diags, diag, e->patch->src, merged->span, "its value is here");
			return false;
		}
		if (e->conflict == EDIT_KEEP) {
			return true;
		}
	}
	if (!entry) {
		struct node *copy = arena_new(e->scratch, struct node);

		*copy = *value;
		copy->next = NULL;
		node_append(missing, copy);
		return true;
	}
	warn_duplicate(e, at, entry);
	child.entry = entry;
	child.map = node_real(entry);
	if (value->kind != NODE_MAP) {
		return set_scalar(e, at, entry, value);
	}
	if (child.map->kind == NODE_NULL && entry->kind != NODE_ALIAS) {
		return fill_null(e, at, entry, value);
	}
	if (child.map->kind != NODE_MAP) {
		refuse(e, "render/kind", entry, arena_printf(e->arena, "'%s' is %s, a map is wanted", path_of(e, at, key),
			node_describe(e->arena, entry)));
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
	child.shared = at->shared ? at->shared : shared_anchor(e, child.map);
	return merge(e, &child, value);
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
	return good && (!missing->first || insert_missing(e, &at, missing));
}

bool
edit_merge(struct editor *e, struct node *into, const struct node *value)
{
	struct site at = { .entry = into, .map = node_real(into), .step = 2 };

	if (!value->first) {
		return true;
	}
	at.shared = shared_anchor(e, at.map);
	return merge(e, &at, value);
}
