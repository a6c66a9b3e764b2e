/* SPDX-License-Identifier: Apache-2.0 */
/* Finds what is YAML, but not meant: keys that are given twice, separators that are keys. */
#include "yaml/check.h"

#include "base/arena.h"
#include "base/table.h"

struct keys {
	struct source *src;
	enum diag_level level;
	struct diags *diags;
	struct arena scratch;
	bool good;
};

static void
repeated(struct keys *k, const struct node *key, const struct node *first)
{
	struct diag *diag = diag_add(k->diags, k->level, "yaml/duplicate-key", k->src, key->span,
		"the key '%.*s' is given twice", STR_FMT(node_real(key)->text));

	diag_help(k->diags, diag, "remove one; Helm takes the last, and says nothing");
	diag_relate(k->diags, diag, k->src, first->span, "the first is here");
	k->good = false;
}

/* a key that is one scalar */
static bool
is_plain(const struct node *key)
{
	return node_real(key)->kind < NODE_LIST && !key->merge;
}

/* each key against those before it: where there are few, as in most maps; false, and nothing is done, where there are more */
static bool
few(struct keys *k, const struct node *map)
{
	enum { FEW = 8 };
	const struct node *keys[FEW];
	size_t n = 0;

	for (const struct node *child = map->first; child; child = child->next) {
		if (n == FEW) {
			return false;
		}
		keys[n++] = child->key;
	}
	for (size_t i = 1; i < n; i++) {
		for (size_t j = 0; j < i && is_plain(keys[i]); j++) {
			if (str_eq(node_real(keys[i])->text, node_real(keys[j])->text) && is_plain(keys[j])) {
				repeated(k, keys[i], keys[j]);
				break;
			}
		}
	}
	return true;
}

static void
many(struct keys *k, const struct node *map)
{
	struct arena_mark mark = arena_mark(&k->scratch);
	struct table seen = { .arena = &k->scratch };

	for (struct node *child = map->first; child; child = child->next) {
		if (is_plain(child->key)) {
			const struct node *first = table_get(&seen, node_real(child->key)->text);

			if (first) {
				repeated(k, child->key, first);
			} else {
				table_put(&seen, node_real(child->key)->text, child->key);
			}
		}
	}
	arena_rewind(&k->scratch, mark);
}

/* the depth of trees is limited by the parser */
static void
walk(struct keys *k, const struct node *node)
{
	if (node->kind == NODE_MAP && !few(k, node)) {
		many(k, node);
	}
	for (const struct node *child = node->first; child; child = child->next) {
		if (child->kind == NODE_MAP || child->kind == NODE_LIST) {
			walk(k, child);
		}
	}
}

bool
yaml_check_keys(struct source *src, const struct node *root, enum diag_level level, struct diags *diags)
{
	struct keys k = { .src = src, .level = level, .diags = diags, .good = true };

	if (root && (root->kind == NODE_MAP || root->kind == NODE_LIST)) {
		walk(&k, root);
	}
	arena_done(&k.scratch);
	return k.good;
}

bool
yaml_check_separator(struct source *src, const struct doc *doc, struct diags *diags)
{
	if (!doc->root || doc->root->kind != NODE_MAP || doc->root->style != NODE_BLOCK) {
		return true;
	}
	for (const struct node *entry = doc->root->first; entry; entry = entry->next) {
		const struct node *key = entry->key;

		if (key->kind == NODE_STRING && key->style == NODE_PLAIN && str_starts(key->text, STR("---"))) {
			struct diag *diag = diag_add(diags, DIAG_ERROR, "yaml/separator", src, key->span,
				"the document separator '---' is glued to what follows");

			diag_help(diags, diag, "put '---' on a line of its own");
			return false;
		}
	}
	return true;
}
