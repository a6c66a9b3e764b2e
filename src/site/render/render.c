/* SPDX-License-Identifier: Apache-2.0 */
/* Plans the edits of the post-renderer, document by document. */
#include "site/render/render.h"

#include "base/arena.h"
#include "kube/immutable.h"
#include "kube/selector.h"
#include "site/render/record.h"
#include "yaml/check.h"

/* what is looked at in a document; the rest is not built */
/* the parts of a pod's spec that hold selectors */
static const struct want want_pod[] = { { "affinity", NULL }, { "topologySpreadConstraints", NULL }, { NULL, NULL } };
static const struct want want_template[] = { { "metadata", NULL }, { "spec", want_pod }, { NULL, NULL } };
static const struct want want_job[] = { { "template", want_template }, { NULL, NULL } };
static const struct want want_job_spec[] = { { "spec", want_job }, { NULL, NULL } };
static const struct want want_spec[] = {
	{ "template", want_template },
	{ "jobTemplate", want_job_spec },
	{ "selector", NULL },
	{ "podSelector", NULL },
	{ "ingress", NULL },
	{ "egress", NULL },
	{ "affinity", NULL },
	{ "topologySpreadConstraints", NULL },
	{ NULL, NULL },
};
/* S: of spec; T: of a PodTemplate's template; R: of a Role its rules, else something named before */
#define WANT_OF_OBJECT(S, T, R) { "apiVersion", NULL }, { "kind", NULL }, { "metadata", NULL }, { "spec", S }, { "template", T }, { R, NULL }
/* NAME: the table for an object and, as NAME_item, for an item of a List; of a List in a List it is not known before its end whether it
   is one, so that only items of the outermost are handed over each */
#define WANT_TABLES(NAME, S, T, R) \
	static const struct want NAME##_item[8]; \
	static const struct want NAME##_inner_items[] = { { "*", NAME##_item }, { NULL, NULL } }; \
	static const struct want NAME##_item[8] = { WANT_OF_OBJECT(S, T, R), { "items", NAME##_inner_items }, { NULL, NULL } }; \
	static const struct want NAME##_items[] = { { "*", NAME##_item, .each = true }, { NULL, NULL } }; \
	static const struct want NAME[] = { WANT_OF_OBJECT(S, T, R), { "items", NAME##_items }, { NULL, NULL } }
WANT_TABLES(want_labels, want_spec, want_template, "kind");
WANT_TABLES(want_pods, NULL, NULL, "rules");
/* NULL: everything */
static const struct want *const tables[] = { [WANTED_METADATA] = want_labels, [WANTED_PODS] = want_pods, [WANTED_ALL] = NULL };

/* a label that would be overwritten, to be held against the selectors when all are known */
struct overwritten {
	struct str key;
	struct span span;
	const char *object;
	struct span wanted;           /* the label's value in the profile */
	bool removed;
	struct overwritten *next;
};

/* changes that an upgrade refuses, of one kind of objects */
struct fixed {
	struct str kind;
	const char *object, *field;   /* the first */
	struct span span;
	size_t n;                     /* objects */
	const struct node *last;      /* the object counted last */
	struct fixed *next;
};

struct run {
	struct arena *arena;
	struct changes *changes;      /* NULL: nobody asks for them */
	struct change *before_change; /* the last change before the first item of the List being read */
	struct fixed *fixed;
	struct editor editor;
	struct wanted *wanted;
	struct table selected;        /* label key to the span where a selector names it */
	struct overwritten *overwritten;
	const struct object *object;
	const struct node *items;     /* of the List being read */
	const struct node *kind, *api;        /* that List's, when its items were edited */
	size_t before_items;          /* edits before its first item */
	bool manifests, others;       /* there are documents with apiVersion and kind, or with content and without these */
	size_t first_other;           /* where the first of those begins */
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
		o->key = str_of(str_z(r->arena, value->key->text));
		o->span = old->span;
		o->object = subject(ctx);
		o->wanted = value->span;
		o->removed = value->wish == EDIT_ABSENT;
		o->next = r->overwritten;
		r->overwritten = o;
	}
}

static void
note_fixed(struct run *r, const char *field, size_t at)
{
	struct fixed *f = r->fixed;

	while (f && !str_eq(f->kind, r->object->kind)) {
		f = f->next;
	}
	if (!f) {
		f = arena_new(r->arena, struct fixed);
		f->kind = str_of(str_z(r->arena, r->object->kind));
		f->object = object_name(r->arena, r->object);
		f->field = field;
		f->span.at = at;
		f->next = r->fixed;
		r->fixed = f;
	}
	f->n += f->last != r->object->node;
	f->last = r->object->node;
}

static void
changed(void *ctx, const struct edit_change *change)
{
	struct run *r = ctx;
	const char *field = immutable_kind(r->object) ? immutable_field(r->object, str_of(change->pointer)) : NULL;

	if (r->changes) {
		record_change(r->changes, r->object, change);
	}
	if (field) {
		note_fixed(r, field, change->at);
	}
}

static void
warn_fixed(struct run *r)
{
	for (const struct fixed *f = r->fixed; f; f = f->next) {
		struct diag *diag = diag_add(r->editor.diags, DIAG_WARNING, "render/immutable", r->editor.patch->src, f->span,
			"'%s' of %s is changed, and cannot change on an upgrade", f->field, f->object);

		diag->subject = f->object;
		diag_help(r->editor.diags, diag, "delete the %.*s before an upgrade that brings this change, or leave it out of the rules", STR_FMT(f->kind));
		if (f->n > 1) {
			diag_note(r->editor.diags, diag, "and so of %zu more", f->n - 1);
		}
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

/* nothing of the metadata is immutable */
static bool
is_only_metadata(const struct node *wanted)
{
	const struct node *entry = wanted->first;

	return !entry || (!entry->next && str_eq(entry->key->text, STR("metadata")));
}

/* Of two keys Helm and kubectl silently take the last. What is not read for the edits is not looked at. */
static void
check_keys(struct run *r, const struct object *object)
{
	enum { TOLD_MAX = 1000 };     /* findings; more than are shown */
	struct diags *diags = r->editor.diags;
	struct diag **link = diags->last;

	if (diags->count[DIAG_WARNING] >= TOLD_MAX || yaml_check_keys(r->editor.patch->src, object->node, DIAG_WARNING, diags)) {
		return;
	}
	for (struct diag *d = *link; d; d = d->next) {
		d->subject = object_name(r->arena, object);
		diag_note(diags, d, "in %s", d->subject);
	}
}

static bool
plan(const struct object *object, void *ctx)
{
	struct run *r = ctx;
	struct arena_mark mark = arena_mark(r->editor.scratch);
	const struct node *wanted;

	r->object = object;
	check_keys(r, object);
	selector_keys(object, selected, r);
	wanted = wanted_for(r->wanted, object, &r->editor.lasting);
	r->editor.changed = r->changes || (!is_only_metadata(wanted) && immutable_kind(object)) ? changed : NULL;
	edit_merge(&r->editor, object->node, wanted);
	wanted_forget(r->wanted);
	arena_rewind(r->editor.scratch, mark);
	return true;
}

/* takes back what was planned for the items */
static void
drop_items(struct run *r)
{
	r->editor.patch->n = r->before_items;
	if (r->changes) {
		r->changes->last = r->before_change;
		if (r->before_change) {
			r->before_change->next = NULL;
		} else {
			r->changes->first = NULL;
		}
	}
}

/* An item of a List, as soon as it is read. Of two `items` the last one counts, as for Helm: the edits of the first are dropped. */
static bool
take(void *ctx, struct node *item)
{
	struct run *r = ctx;
	const struct node *items = r->editor.doc->root->last;

	if (items != r->items) {
		if (r->items) {
			drop_items(r);
		}
		r->items = items;
		r->before_items = r->editor.patch->n;
		r->before_change = r->changes ? r->changes->last : NULL;
	}
	if (!object_item(r->editor.doc, item, plan, r)) {
		return false;
	}
	r->kind = node_get(r->editor.doc->root, STR("kind"));
	r->api = node_get(r->editor.doc->root, STR("apiVersion"));
	return true;
}

/* What an item without kind and apiVersion is, its List says: that must not change behind the items. */
static void
check_again(struct run *r, const struct node *before, const struct node *now)
{
	struct diag *diag;

	if (!before || str_eq(before->text, now->text)) {
		return;
	}
	diag = diag_add(r->editor.diags, DIAG_ERROR, "render/kind", r->editor.patch->src, now->key->span,
		"'%.*s' is given again behind the items of the List", STR_FMT(now->key->text));
	diag_help(r->editor.diags, diag, "remove one");
	diag_relate(r->editor.diags, diag, r->editor.patch->src, before->key->span, "the first is here");
}

/* A second `kind` behind the items may say that this is no List after all. */
static void
end_items(struct run *r, const struct doc *doc)
{
	const struct node *kind = node_get(doc->root, STR("kind"));

	if (r->items && (!kind || !str_ends(kind->text, STR("List")) || node_entry(doc->root, STR("items")) != r->items)) {
		drop_items(r);
	} else if (r->items) {
		check_again(r, r->kind, kind);
		check_again(r, r->api, node_get(doc->root, STR("apiVersion")));
	}
	r->items = r->kind = r->api = NULL;
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
				"the label '%.*s' is used by a selector and is not %s", STR_FMT(o->key), o->removed ? "removed" : "overwritten");
			diag->subject = o->object;
			diag_help(diags, diag, o->removed ? "take it out of the rule's remove"
							  : "take it out of the profile's labels, or set 'render.conflict: keep'");
			diag_note(diags, diag, "in %s", o->object);
			diag_relate(diags, diag, r->editor.patch->src, *by, "the selector is here");
			diag_relate(diags, diag, r->editor.wanted, o->wanted, "the profile %s it here", o->removed ? "removes" : "sets");
		}
	}
}

static void
note_content(struct run *r, const struct doc *doc)
{
	if (r->manifests || !doc->root || doc->root->kind == NODE_NULL) {
		return;
	}
	r->manifests = node_text(doc->root, STR("apiVersion")).n > 0 && node_text(doc->root, STR("kind")).n > 0;
	if (!r->manifests && !r->others) {
		r->others = true;
		r->first_other = doc->root->span.at;
	}
}

/* Helm hands over manifests: who sees this called us otherwise. */
static void
warn_no_manifests(struct run *r)
{
	if (r->others && !r->manifests) {
		struct diag *diag = diag_add(r->editor.diags, DIAG_WARNING, "render/no-manifests", r->editor.patch->src,
			(struct span){ r->first_other, 0 }, "this is no manifest of Kubernetes: no document has both apiVersion and kind");

		diag_help(r->editor.diags, diag, "what 'helm template' prints is wanted; this is left as it is");
	}
}

bool
render(struct profile *profile, struct patch *patch, bool allow_unmatched, struct arena *a, struct diags *diags)
{
	return render_recorded(profile, patch, allow_unmatched, NULL, a, diags);
}

bool
render_recorded(struct profile *profile, struct patch *patch, bool allow_unmatched, struct changes *changes, struct arena *a, struct diags *diags)
{
	size_t errors = diags->count[DIAG_ERROR];
	struct arena scratch = { 0 };
	struct run r = {
		.arena = a,
		.changes = changes,
		.wanted = wanted_new(profile, patch->src, a, diags),
		.selected = { .arena = a },
		.editor = { .patch = patch, .arena = a, .scratch = &scratch, .diags = diags, .rule = "render",
			.conflict = wanted_conflict(profile), .subject = subject, .replacing = replacing, .measured = changes != NULL, .wanted = &profile->src },
	};
	struct arena_mark mark = arena_mark(&scratch);
	struct parser *parser;
	struct doc doc;

	if (!r.wanted) {
		return false;
	}
	parser = parser_new(a, patch->src, diags);
	r.editor.ctx = &r;
	r.editor.doc = &doc;
	parser_each(parser, take, &r);
	while (parser_next(parser, &scratch, tables[wanted_of(r.wanted)], &doc)) {
		end_items(&r, &doc);
		if (yaml_check_separator(patch->src, &doc, diags)) {
			object_each(&doc, plan, &r);
			note_content(&r, &doc);
		}
		arena_rewind(&scratch, mark);
	}
	parser_close(parser);
	arena_done(&scratch);
	check_overwritten(&r);
	if (diags->count[DIAG_ERROR] == errors) {
		warn_fixed(&r);
		warn_no_manifests(&r);
	}
	if (changes) {
		changes->src = patch->src;
		record_rules(changes, r.wanted);
	}
	if (diags->count[DIAG_ERROR] == errors) {
		wanted_check(r.wanted, allow_unmatched, diags);
	}
	wanted_done(r.wanted);
	return diags->count[DIAG_ERROR] == errors;
}
