/* SPDX-License-Identifier: Apache-2.0 */
/* Plans the edits of the post-renderer, document by document. */
#include "site/render.h"

#include "base/arena.h"
#include "kube/selector.h"
#include "site/wanted.h"
#include "yaml/check.h"

/* what is looked at in a document; the rest is not built */
static const struct want want_metadata[] = { { "metadata", NULL }, { NULL, NULL } };
static const struct want want_template[] = { { "template", want_metadata }, { NULL, NULL } };
static const struct want want_job_spec[] = { { "spec", want_template }, { NULL, NULL } };
static const struct want want_spec[] = {
	{ "template", want_metadata },
	{ "jobTemplate", want_job_spec },
	{ "selector", NULL },
	{ "podSelector", NULL },
	{ NULL, NULL },
};
#define WANT_OF_OBJECT \
	{ "apiVersion", NULL }, { "kind", NULL }, { "metadata", NULL }, { "spec", want_spec }, { "template", want_metadata }
static const struct want want_item[7];
static const struct want want_inner_items[] = { { "*", want_item }, { NULL, NULL } };
static const struct want want_item[7] = { WANT_OF_OBJECT, { "items", want_inner_items }, { NULL, NULL } };
/* of a List in a List it is not known before its end whether it is one */
static const struct want want_items[] = { { "*", want_item, .each = true }, { NULL, NULL } };
static const struct want want_object[] = { WANT_OF_OBJECT, { "items", want_items }, { NULL, NULL } };

/* a label that would be overwritten, to be held against the selectors when all are known */
struct overwritten {
	struct str key;
	struct span span;
	const char *object;
	struct span wanted;           /* the label's value in the profile */
	struct overwritten *next;
};

struct run {
	struct arena *arena;
	struct editor editor;
	struct wanted *wanted;
	struct table selected;        /* label key to the span where a selector names it */
	struct overwritten *overwritten;
	const struct object *object;
	const struct node *items;     /* of the List being read */
	size_t before_items;          /* edits before its first item */
};

static const char *
subject(void *ctx)
{
	struct run *r = ctx;

	return object_name(r->arena, r->object);
}

static void
replacing(void *ctx, struct str map, const struct node *old, const struct node *value)
{
	struct run *r = ctx;
	struct overwritten *o;

	if (str_eq(map, STR("labels"))) {
		o = arena_new(r->arena, struct overwritten);
		o->key = value->key->text;
		o->span = old->span;
		o->object = subject(ctx);
		o->wanted = value->span;
		o->next = r->overwritten;
		r->overwritten = o;
	}
}

static void
selected(const struct node *key, void *ctx)
{
	struct run *r = ctx;
	struct span *span;

	if (!table_get(&r->selected, key->text)) {
		span = arena_new(r->arena, struct span);
		*span = key->span;
		table_put(&r->selected, (struct str){ arena_copy(r->arena, key->text.s, key->text.n), key->text.n }, span);
	}
}

static bool
plan(const struct object *object, void *ctx)
{
	struct run *r = ctx;
	struct arena_mark mark = arena_mark(r->editor.scratch);

	r->object = object;
	selector_keys(object, selected, r);
	edit_merge(&r->editor, object->node, wanted_for(r->wanted, object));
	arena_rewind(r->editor.scratch, mark);
	return true;
}

/* An item of a List, as soon as it is read. Of two `items` the last one counts, as for Helm: the edits of the first are dropped. */
static bool
take(void *ctx, struct node *item)
{
	struct run *r = ctx;
	const struct node *items = r->editor.doc->root->last;

	if (items != r->items) {
		if (r->items) {
			r->editor.patch->n = r->before_items;
		}
		r->items = items;
		r->before_items = r->editor.patch->n;
	}
	return object_item(r->editor.doc, item, plan, r);
}

/* A second `kind` behind the items may say that this is no List after all. */
static void
end_items(struct run *r, const struct doc *doc)
{
	if (r->items && (!str_ends(node_text(doc->root, STR("kind")), STR("List")) || node_entry(doc->root, STR("items")) != r->items)) {
		r->editor.patch->n = r->before_items;
	}
	r->items = NULL;
}

static void
check_overwritten(struct run *r)
{
	struct diags *diags = r->editor.diags;

	for (const struct overwritten *o = r->overwritten; o; o = o->next) {
		const struct span *by = table_get(&r->selected, o->key);
		struct diag *diag;

		if (by) {
			diag = diag_add(diags, DIAG_ERROR, "render/selector", r->editor.patch->src, o->span,
				"the label '%.*s' is used by a selector and is not overwritten", STR_FMT(o->key));
			diag->subject = o->object;
			diag_help(diags, diag, "take it out of the profile's labels, or set 'render.conflict: keep'");
			diag_note(diags, diag, "in %s", o->object);
			diag_relate(diags, diag, r->editor.patch->src, *by, "the selector is here");
			diag_relate(diags, diag, r->editor.wanted, o->wanted, "the profile sets it here");
		}
	}
}

bool
render(struct profile *profile, struct patch *patch, struct arena *a, struct diags *diags)
{
	size_t errors = diags->count[DIAG_ERROR];
	struct arena scratch = { 0 };
	struct run r = {
		.arena = a,
		.wanted = wanted_new(profile, a),
		.selected = { .arena = a },
		.editor = { .patch = patch, .arena = a, .scratch = &scratch, .diags = diags, .rule = "render",
			.conflict = wanted_conflict(profile), .subject = subject, .replacing = replacing, .wanted = &profile->src },
	};
	struct parser *parser = parser_new(a, patch->src, diags);
	struct arena_mark mark = arena_mark(&scratch);
	struct doc doc;

	r.editor.ctx = &r;
	r.editor.doc = &doc;
	parser_each(parser, take, &r);
	while (parser_next(parser, &scratch, want_object, &doc)) {
		end_items(&r, &doc);
		if (yaml_check_separator(patch->src, &doc, diags)) {
			object_each(&doc, plan, &r);
		}
		arena_rewind(&scratch, mark);
	}
	parser_close(parser);
	arena_done(&scratch);
	check_overwritten(&r);
	return diags->count[DIAG_ERROR] == errors;
}
