/* SPDX-License-Identifier: Apache-2.0 */
/* One random edit for each document, held against the same change to its data. */
#include "trial.h"

#include "base/arena.h"
#include "yaml/edit.h"
#include "yaml/second.h"
#include "yaml/stream.h"

#include <string.h>

size_t
dice_roll(struct dice *d, size_t below)
{
	if (d->n > 0) {
		d->n--;
		return *d->bytes++ % below;
	}
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return (size_t)(d->state >> 11) % below;
}

static const char *const texts[] = {
	"v", "on", "", "no", "0644", "1e3", "1.20", "null", "~", "a b", "a: b", "a #b", "#c", "- d", "{", "]", "it's", "\"q\"", "é",
	"\xF0\x9F\x8E\x88", "two\nlines", "end\n", " lead", "trail ", "*x", "&y", "!t", "%p", "@a", "`b", "y", "a\tb", "12:30:45",
	"2001-01-01", "<<", "=", "a\xC2\x85z", "\xE2\x80\xA8", "c\\d", ",", "a,b", "?", "? a", ":", "---", "...", "\xEF\xBB\xBFz", "\x01",
	"two\nlines\nmore", "\nfirst", "  x\ny", "x\n\n",
};
static const char *const keys[] = { "k", "app", "a.b/c", "on", "0", "x y", "é", "a:b", "labels", "", "- k", "#k" };

static struct str
pick(struct dice *d, const char *const *from, size_t n)
{
	return str_of(from[dice_roll(d, n)]);
}

static struct node *
random_value(struct arena *a, struct dice *d, unsigned depth)
{
	struct node *node;

	switch (dice_roll(d, depth > 0 ? 9 : 6)) {
	case 0:
		return node_new(a, NODE_INT, STR("42"));
	case 1:
		return node_new(a, NODE_BOOL, STR("true"));
	case 6:
	case 7:
		node = node_map(a);
		for (size_t n = 1 + dice_roll(d, 3); n > 0; n--) {
			node_put(a, node, pick(d, keys, sizeof(keys) / sizeof(keys[0])), random_value(a, d, depth - 1));
		}
		return node;
	case 8:
		node = node_list(a);
		for (size_t n = 1 + dice_roll(d, 3); n > 0; n--) {
			node_append(node, random_value(a, d, depth - 1));
		}
		return node;
	default:
		return node_new(a, NODE_STRING, pick(d, texts, sizeof(texts) / sizeof(texts[0])));
	}
}

static const struct node *
child_at(const struct node *in, size_t i)
{
	const struct node *child = in->first;

	for (; i > 0; i--) {
		child = child->next;
	}
	return child;
}

/* a random way down into a map, with a value or a key to remove at its end */
static struct node *
random_change(struct arena *a, struct dice *d, const struct node *map, bool removing)
{
	struct node *value = node_map(a);

	for (size_t n = 1 + dice_roll(d, 2); n > 0; n--) {
		size_t count = node_count(map);
		const struct node *child = count > 0 && (removing || dice_roll(d, 4) > 0) ? child_at(map, dice_roll(d, count)) : NULL;

		if (child && child->kind == NODE_MAP && child->first && dice_roll(d, 5) > 0) {
			node_put(a, value, child->key->text, random_change(a, d, child, removing));
		} else if (child && child->kind == NODE_LIST && child->first && dice_roll(d, 3) > 0) {
			struct node *list = node_list(a);

			node_append(list, removing ? node_flat(a, child_at(child, dice_roll(d, node_count(child))))
						   : random_value(a, d, 2));
			list->first->key = NULL;
			list->first->wish = removing ? EDIT_ABSENT : EDIT_HOLD;
			if (!removing && list->first->kind == NODE_MAP && list->first->first && child->first->kind == NODE_MAP) {
				list->text = EDIT_EVERY;
			}
			node_put(a, value, child->key->text, list);
		} else if (child && removing) {
			struct node *absent = node_new(a, NODE_NULL, STR(""));

			absent->wish = EDIT_ABSENT;
			node_put(a, value, child->key->text, absent);
		} else if (child) {
			node_put(a, value, child->key->text, random_value(a, d, child->kind < NODE_LIST ? 0 : 2));
		} else if (!removing) {
			node_put(a, value, pick(d, keys, sizeof(keys) / sizeof(keys[0])), random_value(a, d, 2));
		}
	}
	return value;
}

/* Some of what is wanted is wanted whole, whatever is there; some of it by the index of an item. */
static void
random_wishes(struct arena *a, struct dice *d, struct node *value, const struct node *there)
{
	for (struct node *entry = value->first; entry; entry = entry->next) {
		const struct node *old = node_get(there, entry->key->text);

		if (entry->wish == EDIT_HOLD && dice_roll(d, 3) == 0) {
			entry->wish = EDIT_WHOLE;
		} else if (entry->kind == NODE_MAP && old && old->kind == NODE_MAP) {
			random_wishes(a, d, entry, old);
		} else if (entry->kind == NODE_LIST && old && old->kind == NODE_LIST && old->first && dice_roll(d, 2) == 0) {
			entry->text = EDIT_INDEX;
			entry->first = entry->last = NULL;
			node_append(entry, random_value(a, d, 2));
			entry->first->wish = EDIT_WHOLE;
			entry->first->key = node_new(a, NODE_STRING, str_of(arena_printf(a, "%zu", dice_roll(d, node_count(old)))));
		}
	}
}

struct change {
	struct node *value;
	struct change *next;
};

static const char *
nobody(void *ctx)
{
	(void)ctx;
	return "the document";
}

static void
ignore(void *ctx, struct str map, const struct node *old, const struct node *value)
{
	(void)ctx;
	(void)map;
	(void)old;
	(void)value;
}

/* Makes the edits; what is refused, for a document, is forgotten with its change. False if something was refused. */
static bool
edit_all(struct arena *a, struct patch *patch, const struct doc *docs, struct change *changes, struct diags *diags)
{
	struct arena scratch = { 0 };
	struct editor e = { .patch = patch, .arena = a, .scratch = &scratch, .diags = diags, .rule = "trial", .subject = nobody,
		.replacing = ignore };
	bool all = true;

	for (; docs; docs = docs->next, changes = changes->next) {
		size_t before = patch->n;
		bool good = true;

		e.doc = docs;
		if (changes->value) {
			good = edit_merge(&e, docs->root, changes->value);
		}
		if (!good) {
			/* the edits of a document stand behind those of the ones before it */
			patch->n = before;
			changes->value = NULL;
			all = false;
		}
	}
	arena_done(&scratch);
	return all;
}

static void
change_tree(struct arena *a, struct node *flat, const struct change *change)
{
	if (change->value) {
		edit_apply(a, flat, change->value, EDIT_OVERWRITE);
	}
}

static bool
same_first(struct arena *a, const struct doc *docs, const struct doc *out, const struct change *changes)
{
	for (; docs && out; docs = docs->next, out = out->next, changes = changes->next) {
		struct node *want = docs->root ? node_flat(a, docs->root) : NULL, *got = out->root ? node_flat(a, out->root) : NULL;

		if (want) {
			change_tree(a, want, changes);
		}
		if (want ? !got || !node_equal(want, got) : got != NULL) {
			return false;
		}
	}
	return !docs && !out;
}

/* documents of nothing are counted differently by the two readers */
static enum second_result
next_full(struct second *s, struct arena *a, struct doc *ret)
{
	enum second_result result;

	do {
		result = second_next(s, a, ret);
	} while (result == SECOND_DOCUMENT && (!ret->root || ret->root->kind == NODE_NULL));
	return result;
}

static bool
same_second(struct arena *a, struct str in, struct str out, const struct doc *docs, const struct change *changes)
{
	struct second *s, *t;
	bool same = true;

	if (!second_knows_breaks(in)) {
		return true;
	}
	s = second_new(a, in);
	t = second_new(a, out);
	for (; same; docs = docs->next, changes = changes->next) {
		struct doc x, y;
		enum second_result rx = next_full(s, a, &x), ry = next_full(t, a, &y);
		struct node *want, *got;

		while (docs && (!docs->root || docs->root->kind == NODE_NULL)) {
			docs = docs->next;
			changes = changes->next;
		}
		if (rx != SECOND_DOCUMENT || ry != SECOND_DOCUMENT || !docs) {
			break;
		}
		want = node_flat(a, x.root);
		got = node_flat(a, y.root);
		/* what libfyaml read otherwise from the start cannot be compared */
		if (!want || !got || !second_can_read(docs->root) || !node_equal(want, node_flat(a, docs->root))) {
			break;
		}
		change_tree(a, want, changes);
		same = node_equal(want, got);
	}
	second_close(s);
	second_close(t);
	return same;
}

/* keys that are maps, lists or null have no text to name them by */
static bool
plain_keys(const struct node *node)
{
	for (const struct node *child = node->kind == NODE_LIST || node->kind == NODE_MAP ? node->first : NULL; child; child = child->next) {
		if ((child->key && child->key->kind != NODE_STRING) || !plain_keys(child)) {
			return false;
		}
	}
	return true;
}

/* additions, removals or both */
static struct node *
random_changes(struct arena *a, struct dice *d, const struct node *map)
{
	size_t roll = dice_roll(d, 12);
	struct node *value = random_change(a, d, map, roll % 3 == 0);

	if (roll > 9) {
		edit_combine(a, value, random_change(a, d, map, true));
		random_wishes(a, d, value, map);
	}
	return value;
}

static struct change *
plan(struct arena *a, const struct doc *docs, struct dice *d)
{
	struct change *first = NULL, **last = &first;

	for (; docs; docs = docs->next) {
		struct node *flat = docs->root && docs->root->kind == NODE_MAP ? node_flat(a, docs->root) : NULL;

		*last = arena_new(a, struct change);
		(*last)->value = flat && plain_keys(docs->root) ? random_changes(a, d, flat) : NULL;
		last = &(*last)->next;
	}
	return first;
}

static bool
has_finding(const struct diags *diags, const char *code)
{
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		if (strcmp(diag->code, code) == 0) {
			return true;
		}
	}
	return false;
}

const char *
trial(struct arena *a, struct str text, struct dice *d, struct str *ret_out, size_t *ret_edits)
{
	struct source src, result;
	struct diags diags;
	struct doc *docs, *out;
	struct patch patch, again;
	struct change *changes;
	const char *wrong = NULL;

	*ret_out = (struct str){ 0 };
	*ret_edits = 0;
	diags_init(&diags, a);
	source_init(&src, a, "in", text);
	if (!parse(&src, a, &docs, &diags)) {
		return NULL;
	}
	for (const struct doc *doc = docs; doc; doc = doc->next) {
		if (doc->root && !node_flat(a, doc->root)) {
			return NULL;
		}
	}
	changes = plan(a, docs, d);
	patch_init(&patch, &src);
	patch_init(&again, &result);
	(void)edit_all(a, &patch, docs, changes, &diags);
	if (!patch_seal(&patch, &diags)) {
		patch_done(&patch);
		return has_finding(&diags, "render/overlap") ? "two edits touch the same text" : NULL;
	}
	*ret_edits = patch.n;
	*ret_out = patch_text(&patch, a);
	source_init(&result, a, "out", *ret_out);
	if (!parse(&result, a, &out, &diags)) {
		wrong = "the result cannot be read";
	} else if (!same_first(a, docs, out, changes)) {
		wrong = "libyaml reads other data from the result";
	} else if (!same_second(a, text, *ret_out, docs, changes)) {
		wrong = "libfyaml reads other data from the result";
	} else if (!edit_all(a, &again, out, changes, &diags)) {
		wrong = "a second run is refused";
	} else if (again.n > 0) {
		wrong = "a second run makes edits";
	}
	patch_done(&patch);
	patch_done(&again);
	return wrong;
}
