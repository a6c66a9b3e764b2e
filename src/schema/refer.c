/* SPDX-License-Identifier: Apache-2.0 */
/* Follows references: to a schema's URI, then to an anchor or by a pointer. */
#include "schema/compiler.h"
#include "schema/store.h"
#include "schema/suggest.h"
#include "schema/uri.h"

enum { SMALL_MAP = 16 };              /* searched one by one */

static struct resource *
load(struct compiler *c, const struct schema *from, struct str uri, bool *ret_failed)
{
	const struct stored *stored;
	struct resource *r;

	if (c->files == COMPILER_FILES_MAX) {
		return NULL;
	}
	stored = store_find(c->options->store, c->arena, uri, c->diags);
	if (!stored) {
		return NULL;
	}
	c->files++;
	r = stored->root ? resource_add(c, stored->src, stored->root, uri, &from->home->dialect) : NULL;
	*ret_failed = !r;
	return r;
}

static const struct node *
entry_of(struct compiler *c, const struct node *map, struct str key)
{
	const struct node *const *address;
	const struct node *entry = map->first;
	struct table *known;
	size_t n = 0;

	for (; entry && n <= SMALL_MAP; entry = entry->next, n++) {
		if (str_eq(entry->key->text, key)) {
			return entry;
		}
	}
	if (!entry) {
		return NULL;
	}
	known = table_get(&c->maps, (struct str){ (const char *)&map, sizeof(map) });
	if (!known) {
		known = arena_new(c->arena, struct table);
		known->arena = c->arena;
		for (struct node *each = map->first; each; each = each->next) {
			table_put(known, each->key->text, each);
		}
		address = (const struct node *const *)(void *)arena_copy(c->arena, (const char *)&map, sizeof(map));
		table_put(&c->maps, (struct str){ (const char *)address, sizeof(map) }, known);
	}
	return table_get(known, key);
}

static const struct node *
item_of(const struct node *list, struct str index)
{
	const struct node *item = list->first;
	size_t i;

	if (!str_number(index, SOURCE_MAX, &i) || (index.n > 1 && index.s[0] == '0')) {
		return NULL;
	}
	for (; item && i > 0; i--) {
		item = item->next;
	}
	return item;
}

static struct str
step_of(struct compiler *c, struct str step)
{
	struct buf b = { .arena = c->arena };

	if (str_find(step, '~', 0) == step.n) {
		return step;
	}
	for (size_t i = 0; i < step.n; i++) {
		if (step.s[i] == '~' && i + 1 < step.n) {
			buf_byte(&b, step.s[++i] == '1' ? '/' : '~');
		} else {
			buf_byte(&b, step.s[i]);
		}
	}
	return buf_str(&b);
}

static struct schema *
by_pointer(struct compiler *c, struct schema *s, struct str pointer)
{
	const struct node *node = s->node;
	size_t known = 0;             /* the part of the pointer that leads to s */

	for (size_t at = 0; at < pointer.n;) {
		size_t end = str_find(pointer, '/', at + 1);
		struct str step = step_of(c, str_slice(pointer, at + 1, end));
		struct schema *under;

		node = node->kind == NODE_MAP ? entry_of(c, node, step) : node->kind == NODE_LIST ? item_of(node, step) : NULL;
		if (!node) {
			return NULL;
		}
		at = end;
		under = compiler_at(c, node);
		if (under) {
			s = under;
			known = at;
		}
	}
	return known == pointer.n ? s : resource_extend(c, node, s, str_slice(pointer, known, pointer.n));
}

/* the definition that was probably meant */
static void
help_name(struct compiler *c, const struct resource *r, struct str fragment, struct diag *diag)
{
	static const char *const places[] = { "/definitions/", "/$defs/" };
	struct suggest near;

	for (size_t i = 0; i < 2; i++) {
		struct str place = str_of(places[i]);
		const struct node *all = r->whole->node->kind == NODE_MAP ? node_get(r->whole->node, str_slice(place, 1, place.n - 1)) : NULL;

		if (!all || all->kind != NODE_MAP) {
			continue;
		}
		if (!str_starts(fragment, place)) {
			place = str_of(places[1 - i]);
			if (str_starts(fragment, place) && node_get(all, str_slice(fragment, place.n, fragment.n))) {
				diag_help(c->diags, diag, "it is in #%s", places[i]);
				return;
			}
			continue;
		}
		suggest_init(&near, str_slice(fragment, place.n, fragment.n), &c->suggest_work);
		for (const struct node *entry = all->first; entry && suggest_offer(&near, entry->key->text); entry = entry->next) {
		}
		diag->help = suggest_text(&near, c->diags->arena);
	}
}

static struct diag *
broken(struct compiler *c, const struct schema *s, const struct node *value, const char *why)
{
	bool matters = s->used || c->set->helm == 3;
	struct diag *diag;

	if (c->options->origin == SCHEMA_BUILTIN || s->src == NULL) {
		return diag_add(c->diags, DIAG_ERROR, "schema/ref", s->src, value->span, "a built-in schema refers to '%.*s'",
			STR_FMT(value->text));
	}
	diag = diag_add(c->diags, matters ? DIAG_ERROR : DIAG_WARNING, "schema/ref", s->src, value->span,
		"the reference '%.*s' %s", STR_FMT(value->text), why);
	if (!matters) {
		c->set->differs = true;
		diag_note(c->diags, diag, "nothing uses it: Helm 4 does not mind, Helm up to 3.18.4 refuses the schema");
	}
	return diag;
}

/* a reference to a file that is not there */
static void
not_found(struct compiler *c, const struct schema *s, const struct node *value, struct str uri, struct referred *ret)
{
	struct str scheme = uri_scheme(uri);
	struct diag *diag;

	if (str_eq(scheme, STR("urn")) && c->set->helm != 3) {
		diag = diag_add(c->diags, DIAG_WARNING, "schema/ref", s->src, value->span,
			"the reference '%.*s' leads to nothing, and Helm takes anything for it", STR_FMT(value->text));
		diag_help(c->diags, diag, "'--schema-map %.*s=FILE' says where it is", STR_FMT(uri));
		c->set->differs = true;
		ret->ignored = true;
		return;
	}
	diag = broken(c, s, value, str_eq(scheme, STR("file")) ? "leads to no file" : "is not known here");
	if (str_starts(uri, STR("file:///")) && uri_scheme(value->text).n == 0) {
		diag_help(c->diags, diag, "Helm knows no file beside the schema: put it into this file, under $defs");
		diag_note(c->diags, diag, "'--schema-dir DIR' checks with the files of a folder all the same");
	} else if (!str_eq(scheme, STR("file"))) {
		diag_help(c->diags, diag, "nothing is fetched; '--schema-map %.*s=FILE' says where it is", STR_FMT(uri));
	}
}

struct referred
refer(struct compiler *c, struct schema *s, const struct node *value, struct str text)
{
	struct str fragment, before = uri_split(text, &fragment), uri = uri_resolve(c->arena, s->home->open.uri, before);
	struct resource *r = before.n == 0 ? s->home : table_get(&c->by_uri, uri);
	struct referred ret = { 0 };
	bool failed = false;

	if (!r) {
		r = load(c, s, uri, &failed);
	}
	if (!r) {
		if (!failed) {
			not_found(c, s, value, uri, &ret);
		}
		return ret;
	}
	fragment = uri_decode(c->arena, fragment);
	if (fragment.n == 0) {
		ret.schema = r->whole;
	} else if (fragment.s[0] == '/') {
		ret.schema = by_pointer(c, r->whole, fragment);
	} else {
		ret.anchor = fragment;
		ret.schema = table_get(&r->anchors, fragment);
		/* Helm up to 3.18.4 reads what is no pointer as an empty one */
		ret.schema = ret.schema || c->set->helm != 3 ? ret.schema : r->whole;
	}
	if (!ret.schema) {
		help_name(c, r, fragment, broken(c, s, value, "leads to nothing"));
	}
	return ret;
}
