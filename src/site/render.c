/* SPDX-License-Identifier: Apache-2.0 */
/* Plans the edits of the post-renderer, document by document. */
#include "site/render.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "kube/selector.h"
#include "yaml/edit.h"
#include "yaml/scalar.h"

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
static const struct want want_object[8];
static const struct want want_items[] = { { "*", want_object }, { NULL, NULL } };
static const struct want want_object[8] = {
	{ "apiVersion", NULL },
	{ "kind", NULL },
	{ "metadata", NULL },
	{ "spec", want_spec },
	{ "template", want_metadata },
	{ "items", want_items },
	{ NULL, NULL },
};

/* a label that would be overwritten, to be held against the selectors when all are known */
struct overwritten {
	struct str key;
	struct span span;
	const char *object;
	struct overwritten *next;
};

/* the data wanted for objects with one path to their pod template */
struct wanted {
	const char *const *path;
	struct node *data;
	struct wanted *next;
};

struct run {
	const struct node *labels, *annotations, *pod_labels, *pod_annotations;
	bool inherit;
	struct arena *arena;
	struct editor editor;
	struct wanted *wanted;
	struct table selected;        /* label key to the span where a selector names it */
	struct overwritten *overwritten;
	const struct object *object;
};

static void
copy_into(struct run *r, struct node *map, const struct node *from)
{
	if (!from) {
		return;
	}
	for (const struct node *entry = from->first; entry; entry = entry->next) {
		node_put(r->arena, map, entry->key->text, node_new(r->arena, NODE_STRING, entry->text));
	}
}

/* {metadata: {labels, annotations}} */
static struct node *
metadata_of(struct run *r, bool object, bool pod)
{
	struct node *labels = node_map(r->arena), *annotations = node_map(r->arena), *metadata = node_map(r->arena);

	if (object) {
		copy_into(r, labels, r->labels);
		copy_into(r, annotations, r->annotations);
	}
	if (pod) {
		copy_into(r, labels, r->pod_labels);
		copy_into(r, annotations, r->pod_annotations);
	}
	if (labels->first) {
		node_put(r->arena, metadata, STR("labels"), labels);
	}
	if (annotations->first) {
		node_put(r->arena, metadata, STR("annotations"), annotations);
	}
	return metadata;
}

static struct node *
wrap(struct run *r, const char *key, struct node *inner)
{
	struct node *map = node_map(r->arena);

	if (inner->first) {
		node_put(r->arena, map, str_of(key), inner);
	}
	return map;
}

static const struct node *
wanted_for(struct run *r, const char *const *path)
{
	struct wanted *wanted;
	struct node *template;
	size_t depth = 0;

	for (wanted = r->wanted; wanted; wanted = wanted->next) {
		if (wanted->path == path) {
			return wanted->data;
		}
	}
	wanted = arena_new(r->arena, struct wanted);
	wanted->path = path;
	wanted->data = wrap(r, "metadata", metadata_of(r, true, path && !*path));
	if (path && *path) {
		template = wrap(r, "metadata", metadata_of(r, r->inherit, true));
		while (path[depth]) {
			depth++;
		}
		while (depth > 0) {
			template = wrap(r, path[--depth], template);
		}
		if (template->first) {
			node_put(r->arena, wanted->data, template->first->key->text, template->first);
		}
	}
	wanted->next = r->wanted;
	r->wanted = wanted;
	return wanted->data;
}

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

	r->object = object;
	selector_keys(object, selected, r);
	edit_merge(&r->editor, object->node, wanted_for(r, pod_path(object)));
	return true;
}

/* "---apiVersion: v1" is one key to YAML; kubectl and Helm 4 refuse it, Helm's templates allow it */
static bool
check_separator(struct run *r, const struct doc *doc)
{
	const struct node *key = doc->root && doc->root->kind == NODE_MAP && doc->root->first ? doc->root->first->key : NULL;
	struct diag *diag;

	if (!key || key->style != NODE_PLAIN || !str_starts(key->text, STR("---"))) {
		return true;
	}
	diag = diag_add(r->editor.diags, DIAG_ERROR, "yaml/separator", r->editor.patch->src, key->span,
		"the document separator '---' is glued to what follows");
	diag_help(r->editor.diags, diag, "put '---' on a line of its own");
	return false;
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
			diag_help(diags, diag, "take it out of the profile's labels, or set 'conflict: keep'");
			diag_note(diags, diag, "in %s", o->object);
			diag_relate(diags, diag, r->editor.patch->src, *by, "the selector is here");
		}
	}
}

static enum edit_conflict
conflict_of(struct str word)
{
	return str_eq(word, STR("keep")) ? EDIT_KEEP : str_eq(word, STR("fail")) ? EDIT_FAIL : EDIT_OVERWRITE;
}

bool
render(const struct profile *profile, struct patch *patch, struct arena *a, struct diags *diags)
{
	size_t errors = diags->count[DIAG_ERROR];
	const struct node *rules = node_get(profile->root, STR("render"));
	const struct node *inherit = node_get(rules, STR("inherit"));
	struct arena scratch = { 0 };
	struct run r = {
		.labels = node_get(rules, STR("labels")),
		.annotations = node_get(rules, STR("annotations")),
		.pod_labels = node_get(rules, STR("podLabels")),
		.pod_annotations = node_get(rules, STR("podAnnotations")),
		.inherit = !inherit || scalar_true(inherit->text),
		.arena = a,
		.selected = { .arena = a },
		.editor = { .patch = patch, .arena = a, .scratch = &scratch, .diags = diags, .rule = "render",
			.conflict = conflict_of(node_text(rules, STR("conflict"))), .subject = subject, .replacing = replacing },
	};
	struct parser *parser = parser_new(a, patch->src, diags);
	struct arena_mark mark = arena_mark(&scratch);
	struct doc doc;

	r.editor.ctx = &r;
	while (parser_next(parser, &scratch, want_object, &doc)) {
		r.editor.doc = &doc;
		if (check_separator(&r, &doc)) {
			object_each(&doc, plan, &r);
		}
		arena_rewind(&scratch, mark);
	}
	parser_close(parser);
	arena_done(&scratch);
	check_overwritten(&r);
	return diags->count[DIAG_ERROR] == errors;
}
