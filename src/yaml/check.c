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
repeated(struct keys *k, struct node *key, const struct node *first)
{
	struct diag *diag = diag_add(k->diags, k->level, "yaml/duplicate-key", k->src, key->span,
		"the key '%.*s' is given twice", STR_FMT(node_real(key)->text));

	diag_help(k->diags, diag, "remove one; Helm takes the last, and says nothing");
	diag_relate(k->diags, diag, k->src, first->span, "the first is here");
	k->good = false;
}

/* the depth of trees is limited by the parser */
static void
walk(struct keys *k, const struct node *node)
{
	struct arena_mark mark = arena_mark(&k->scratch);
	struct table seen = { .arena = &k->scratch };

	for (struct node *child = node->first; child; child = child->next) {
		if (node->kind == NODE_MAP && node_real(child->key)->kind < NODE_LIST && !child->key->merge) {
			struct node *first = table_put(&seen, node_real(child->key)->text, child->key);

			if (first) {
				repeated(k, child->key, first);
			}
		}
	}
	arena_rewind(&k->scratch, mark);
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
