/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the schemas within a document, and those of them that have a URI or an anchor. */
#include "schema/compiler.h"
#include "schema/store.h"
#include "schema/uri.h"
#include "yaml/scalar.h"

#include <stdint.h>

enum { METASCHEMAS_MAX = 10 };        /* of metaschemas */

static bool dialect_of(struct compiler *, struct source *, const struct node *word, struct dialect *ret, unsigned depth);

static struct str
address(const struct node *const *node)
{
	return (struct str){ (const char *)node, sizeof(*node) };
}

struct schema *
compiler_at(const struct compiler *c, const struct node *node)
{
	return table_get(&c->by_node, address(&node));
}

static struct schema *
schema_new(struct compiler *c, const struct node *node, const struct schema *up, struct str keyword, struct str name)
{
	struct schema *s = arena_new(c->arena, struct schema);

	s->node = node;
	s->up = up;
	s->keyword = keyword;
	s->name = name;
	s->set = c->set;
	s->by_name.arena = c->arena;
	s->max_props = s->max_items = s->max_length = s->max_contains = SIZE_MAX;
	s->min_contains = 1;
	s->made = c->last;
	c->last = s;
	table_put(&c->by_node, address(&s->node), s);
	return s;
}

/* the text of a keyword; empty when it is no text */
static struct str
text_of(const struct node *map, const char *key)
{
	const struct node *value = map->kind == NODE_MAP ? node_get(map, str_of(key)) : NULL;

	return value && value->kind == NODE_STRING ? value->text : (struct str){ 0 };
}

static unsigned
vocabulary_of(const struct node *root, unsigned before)
{
	const struct node *list = node_get(root, STR("$vocabulary"));
	unsigned bits = 0;

	if (!list || list->kind != NODE_MAP) {
		return before;
	}
	for (const struct node *entry = list->first; entry; entry = entry->next) {
		unsigned vocab = draft_vocab(entry->key->text);

		/* what need not be understood is not asserted */
		bits |= entry->kind == NODE_BOOL && !scalar_true(entry->text) ? vocab & ~(unsigned)VOCAB_ASSERT : vocab;
	}
	return bits;
}

static bool
unknown_metaschema(struct compiler *c, struct source *src, const struct node *word)
{
	struct diag *diag = diag_add(c->diags, DIAG_ERROR, "schema/draft", src, word->span, "the metaschema '%.*s' is not known",
		STR_FMT(word->text));

	diag_help(c->diags, diag, "known are draft-04, draft-06, draft-07, 2019-09 and 2020-12");
	if (uri_scheme(word->text).n > 0) {
		diag_note(c->diags, diag, "nothing is fetched; '--schema-map URI=FILE' says where it is");
	}
	return false;
}

/* the dialect of a metaschema of somebody's own */
static bool
own_dialect(struct compiler *c, struct source *src, const struct node *word, struct dialect *ret, unsigned depth)
{
	struct str fragment, uri = uri_split(word->text, &fragment);
	const struct stored *stored = depth < METASCHEMAS_MAX && uri_scheme(uri).n > 0
		? store_find(c->options->store, c->arena, uri, c->diags) : NULL;
	const struct node *above;

	if (!stored) {
		return unknown_metaschema(c, src, word);
	}
	if (!stored->root) {
		return false;
	}
	above = node_get(stored->root, STR("$schema"));
	*ret = (struct dialect){ DRAFT_2020, VOCAB_ALL };
	if (above && above->kind == NODE_STRING && !dialect_of(c, stored->src, above, ret, depth + 1)) {
		return false;
	}
	if (ret->draft & (DRAFT_2019 | DRAFT_2020)) {
		ret->vocab = vocabulary_of(stored->root, ret->vocab) | VOCAB_CORE;
	}
	return true;
}

static bool
dialect_of(struct compiler *c, struct source *src, const struct node *word, struct dialect *ret, unsigned depth)
{
	struct dialect *known = table_get(&c->dialects, word->text);
	unsigned draft;

	if (known) {
		*ret = *known;
		return true;
	}
	*ret = (struct dialect){ DRAFT_MIXED, VOCAB_ALL };
	if (draft_of(word->text, &draft) && (c->set->helm != 3 || (draft & DRAFTS_REF_ALONE))) {
		ret->draft = draft;
	} else if (c->set->helm != 3 && !own_dialect(c, src, word, ret, depth)) {
		return false;
	}
	known = arena_new(c->arena, struct dialect);
	*known = *ret;
	table_put(&c->dialects, word->text, known);
	return true;
}

static struct resource *
resource_new(struct compiler *c, struct source *src, struct str uri, const struct dialect *dialect, struct schema *whole)
{
	struct resource *r = arena_new(c->arena, struct resource);

	r->open.uri = uri;
	r->open.dynamic.arena = c->arena;
	r->anchors.arena = c->arena;
	r->src = src;
	r->dialect = *dialect;
	r->whole = whole;
	r->next = c->resources;
	c->resources = r;
	if (!table_get(&c->by_uri, uri)) {
		table_put(&c->by_uri, uri, r);
	}
	return r;
}

static void
note_anchor(struct compiler *c, struct resource *r, struct str name, struct schema *s, bool dynamic)
{
	if (name.n == 0) {
		return;
	}
	if (!table_get(&r->anchors, name)) {
		table_put(&r->anchors, name, s);
	}
	if (dynamic && !table_get(&r->open.dynamic, name)) {
		table_put(&r->open.dynamic, name, s);
	}
	(void)c;
}

/* the resource that a schema is in: that of the schema around it, or its own; NULL if an error was added */
static struct resource *
home_of(struct compiler *c, struct schema *s, struct resource *around)
{
	const struct node *node = s->node, *word = node_get(node, STR("$schema"));
	struct dialect dialect = around->dialect;
	bool alone = (dialect.draft & DRAFTS_REF_ALONE) && node_get(node, STR("$ref"));
	struct str id, fragment, before;
	struct resource *r = around;

	/* a $schema counts where an $id begins a schema of its own, and the $id is of that draft */
	if (word && word->kind == NODE_STRING && (text_of(node, "$id").n > 0 || text_of(node, "id").n > 0)
		&& !(c->set->helm == 3) && s != around->whole && !dialect_of(c, around->src, word, &dialect, 0)) {
		return NULL;
	}
	id = text_of(node, dialect.draft == DRAFT_4 ? "id" : "$id");
	if (id.n == 0 && dialect.draft == DRAFT_MIXED) {
		id = text_of(node, "id");
	}
	if (id.n == 0 || alone) {
		return around;
	}
	before = uri_split(id, &fragment);
	if (before.n > 0) {
		struct str uri = uri_resolve(c->arena, around->open.uri, before);

		if (s == around->whole) {
			around->open.uri = uri;
			table_put(&c->by_uri, uri, around);
		} else {
			r = resource_new(c, around->src, uri, &dialect, s);
		}
	}
	if (fragment.n > 0 && fragment.s[0] != '/' && (dialect.draft & DRAFTS_REF_ALONE)) {
		note_anchor(c, r, fragment, s, false);
	}
	return r;
}

static bool walk(struct compiler *, const struct node *, const struct schema *up, struct str keyword, struct str name, struct resource *);

static bool
walk_list(struct compiler *c, const struct node *list, const struct schema *s, struct str keyword)
{
	size_t n = 0;

	for (const struct node *item = list->first; item; item = item->next) {
		if (!walk(c, item, s, keyword, str_decimal(c->arena, n++), s->home)) {
			return false;
		}
	}
	return true;
}

/* the schemas in the value of a keyword; of a wrong value the reader of the keyword speaks */
static bool
walk_keyword(struct compiler *c, const struct schema *s, const struct keyword *k, const struct node *value)
{
	struct str keyword = str_of(k->name);

	switch (k->reader) {
	case READ_ONE:
	case READ_UNUSED:
		return walk(c, value, s, keyword, (struct str){ 0 }, s->home);
	case READ_ITEMS:
		return value->kind == NODE_LIST ? walk_list(c, value, s, keyword)
						: walk(c, value, s, keyword, (struct str){ 0 }, s->home);
	case READ_SOME:
		return value->kind != NODE_LIST || walk_list(c, value, s, keyword);
	case READ_PROPS:
	case READ_DEFINITIONS:
	case READ_PATTERNS:
	case READ_DEPENDENT:
	case READ_DEPENDENCIES:
		for (const struct node *entry = value->kind == NODE_MAP ? value->first : NULL; entry; entry = entry->next) {
			if (entry->kind != NODE_LIST && !walk(c, entry, s, keyword, entry->key->text, s->home)) {
				return false;
			}
		}
		return true;
	default:
		return true;
	}
}

static bool
walk_keywords(struct compiler *c, struct schema *s)
{
	for (const struct node *entry = s->node->first; entry; entry = entry->next) {
		const struct keyword *k = compiler_keyword(c, s, entry->key->text);

		if (k && k->reader >= READ_ONE && !walk_keyword(c, s, k, entry)) {
			return false;
		}
	}
	return true;
}

/* names under which others refer to the schema; false if an error was added */
static bool
walk_names(struct compiler *c, struct schema *s)
{
	const struct node *node = s->node, *flag;
	struct resource *r = home_of(c, s, s->home);

	if (!r) {
		return false;
	}
	s->home = r;
	s->resource = &r->open;
	if (r->dialect.draft & (DRAFT_2019 | DRAFT_2020)) {
		note_anchor(c, r, text_of(node, "$anchor"), s, false);
	}
	if (r->dialect.draft == DRAFT_2020) {
		note_anchor(c, r, text_of(node, "$dynamicAnchor"), s, true);
	}
	flag = r->dialect.draft == DRAFT_2019 && s == r->whole ? node_get(node, STR("$recursiveAnchor")) : NULL;
	if (flag && flag->kind == NODE_BOOL && scalar_true(flag->text)) {
		r->open.recursive = s;
	}
	return true;
}

static bool
walk_into(struct compiler *c, struct schema *s, struct resource *r)
{
	s->home = r;
	s->resource = &r->open;
	s->src = r->src;
	return s->node->kind != NODE_MAP || (walk_names(c, s) && walk_keywords(c, s));
}

/* trees are not deeper than their readers allow */
static bool
walk(struct compiler *c, const struct node *node, const struct schema *up, struct str keyword, struct str name, struct resource *r)
{
	return compiler_at(c, node) || walk_into(c, schema_new(c, node, up, keyword, name), r);
}

struct resource *
resource_add(struct compiler *c, struct source *src, const struct node *root, struct str base, const struct dialect *without_schema)
{
	const struct node *word = root->kind == NODE_MAP ? node_get(root, STR("$schema")) : NULL;
	struct dialect dialect = *without_schema;
	struct schema *s;
	struct resource *r;

	if (word && word->kind == NODE_STRING && !dialect_of(c, src, word, &dialect, 0)) {
		return NULL;
	}
	s = schema_new(c, root, NULL, (struct str){ 0 }, (struct str){ 0 });
	r = resource_new(c, src, base, &dialect, s);
	return walk_into(c, s, r) ? r : NULL;
}

struct schema *
resource_extend(struct compiler *c, const struct node *node, const struct schema *up, struct str pointer)
{
	struct schema *s = schema_new(c, node, up, pointer, (struct str){ 0 });

	return walk_into(c, s, up->home) ? s : NULL;
}
