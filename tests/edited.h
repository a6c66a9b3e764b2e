/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of edits: a text and wanted data in, the edited text and its data checked. */
#ifndef WBRENDER_TESTS_EDITED_H
#define WBRENDER_TESTS_EDITED_H

#include "base/arena.h"
#include "yaml/edit.h"
#include "yaml/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NEL "\xC2\x85"
#define LS "\xE2\x80\xA8"
#define BOM "\xEF\xBB\xBF"

/* one text and what became of it */
struct trial {
	struct arena arena;
	struct diags diags;
	struct source src;
	struct patch patch;
	struct doc *docs;
	size_t replaced;
	bool good;
};

static const char *
subject(void *ctx)
{
	(void)ctx;
	return "Pod x";
}

static void
replacing(void *ctx, struct str map, const struct node *old, const struct node *value)
{
	struct trial *t = ctx;

	(void)map;
	assert_false(old->kind < NODE_LIST && old->kind == value->kind && str_eq(old->text, value->text));
	t->replaced++;
}

/* "(absent)" for what is to be absent, "=k" as a key for what is wanted whole, "+k" for items by index, "named" for items by name */
static void
read_wishes(struct arena *a, struct node *node)
{
	for (struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		read_wishes(a, child);
		if (child->kind == NODE_STRING && str_eq(child->text, STR("(absent)"))) {
			child->wish = EDIT_ABSENT;
		}
		if (child->key && str_starts(child->key->text, STR("="))) {
			child->wish = EDIT_WHOLE;
			child->key->text = str_slice(child->key->text, 1, child->key->text.n);
		}
		if (child->key && str_starts(child->key->text, STR("+"))) {
			child->kind = NODE_LIST;
			child->text = EDIT_INDEX;
			child->key->text = str_slice(child->key->text, 1, child->key->text.n);
		}
		if (child->key && str_eq(child->key->text, STR("named"))) {
			child->text = STR("name");  /* the merge key of such lists */
		}
	}
	if (node->kind == NODE_LIST && str_eq(node->text, STR("")) && node->first && node->first->kind == NODE_MAP
		&& node_get(node->first, STR("absent"))) {
		node->first = node_get(node->first, STR("absent"))->first;
		for (struct node *child = node->first; child; child = child->next) {
			child->wish = EDIT_ABSENT;
			node->last = child;
		}
	}
}

static struct node *
data_of(struct trial *t, const char *yaml)
{
	struct source *src = arena_new(&t->arena, struct source);
	struct node *root;

	source_init(src, &t->arena, "value", str_of(yaml));
	assert_true(parse_one(src, &t->arena, &root, &t->diags));
	root = node_flat(&t->arena, root);
	read_wishes(&t->arena, root);
	return root;
}

static void
run(struct trial *t, struct str text, const char *value, enum edit_conflict conflict)
{
	struct arena scratch = { 0 };
	struct editor e;
	struct node *wanted;

	*t = (struct trial){ .good = true };
	diags_init(&t->diags, &t->arena);
	source_init(&t->src, &t->arena, "x", text);
	patch_init(&t->patch, &t->src);
	if (!parse(&t->src, &t->arena, &t->docs, &t->diags)) {
		fail_msg("%.*s: %s", STR_FMT(text), t->diags.first->text);
	}
	wanted = data_of(t, value);
	e = (struct editor){ .patch = &t->patch, .arena = &t->arena, .scratch = &scratch, .diags = &t->diags, .rule = "test",
		.conflict = conflict, .subject = subject, .replacing = replacing, .ctx = t };
	for (struct doc *doc = t->docs; doc; doc = doc->next) {
		bool good;

		if (!doc->root || node_real(doc->root)->kind != NODE_MAP) {
			continue;
		}
		e.doc = doc;
		good = edit_merge(&e, doc->root, wanted);
		t->good = good && t->good;
	}
	t->good = t->good && patch_seal(&t->patch, &t->diags);
	assert_int_equal(t->good, t->diags.count[DIAG_ERROR] == 0);
	arena_done(&scratch);
}

static void
done(struct trial *t)
{
	patch_done(&t->patch);
	arena_done(&t->arena);
}

/* the output is read as the edited data, and a second run finds nothing to do */
static void
check(struct str text, const char *value, enum edit_conflict conflict, struct str out)
{
	struct trial before, after;
	struct doc *got;

	run(&before, text, value, conflict);
	run(&after, out, value, conflict);
	if (!after.good || after.patch.n > 0) {
		fail_msg("a second run edits again:\n%.*s", STR_FMT(patch_text(&after.patch, &after.arena)));
	}
	got = after.docs;
	for (const struct doc *doc = before.docs; doc; doc = doc->next) {
		struct node *tree = doc->root ? node_flat(&before.arena, doc->root) : NULL;

		if (tree && tree->kind == NODE_MAP) {
			edit_apply(&before.arena, tree, data_of(&before, value), conflict);
		}
		assert_non_null(got);
		if (tree && !node_equal(tree, node_flat(&after.arena, got->root))) {
			fail_msg("other data than was wanted:\n%.*s", STR_FMT(out));
		}
		got = got->next;
	}
	assert_null(got);
	done(&before);
	done(&after);
}

static void
expect_of(struct str text, const char *value, enum edit_conflict conflict, struct str wanted)
{
	struct trial t;
	struct str out;

	run(&t, text, value, conflict);
	if (!t.good) {
		fail_msg("%.*s: %s", STR_FMT(text), t.diags.first->text);
	}
	out = patch_text(&t.patch, &t.arena);
	if (!str_eq(out, wanted)) {
		fail_msg("%.*s\nwanted\n%.*s\ngot\n%.*s", STR_FMT(text), STR_FMT(wanted), STR_FMT(out));
	}
	check(text, value, conflict, wanted);
	done(&t);
}

#define expect(text, value, wanted) expect_of(STR(text), (value), EDIT_OVERWRITE, STR(wanted))
/* `m: {k: v}` merged */
#define put(text, wanted) expect(text, "m: {k: v}", wanted)

static void
refused(const char *text, const char *value, enum edit_conflict conflict, const char *wanted)
{
	struct trial t;
	struct place place;
	const char *said;

	run(&t, str_of(text), value, conflict);
	if (t.good) {
		fail_msg("%s\nwas edited to\n%.*s", text, STR_FMT(patch_text(&t.patch, &t.arena)));
	}
	place = source_place(&t.src, t.diags.first->span.at);
	said = arena_printf(&t.arena, "%zu:%zu %s", place.line, place.column, t.diags.first->code);
	assert_string_equal(said, wanted);
	assert_string_equal(t.diags.first->subject, "Pod x");
	done(&t);
}

#endif
