/* SPDX-License-Identifier: Apache-2.0 */
/* From the text of a schema file to verdicts. */
#include "schema/load.h"

#include "base/arena.h"
#include "base/table.h"
#include "schema/draft.h"
#include "schema/hint.h"
#include "schema/store.h"
#include "schema/text.h"
#include "schema/uri.h"

#include <stdint.h>
#include <string.h>

/* The metaschema of a schema; NULL: it is its own matter (a `$schema` that is no text or unknown is found by the compiler). */
static const struct schema *
metaschema(struct arena *a, const struct node *root, const struct schema_options *options)
{
	const struct node *word = root->kind == NODE_MAP ? node_get(root, STR("$schema")) : NULL;
	struct schema_options own = { .origin = SCHEMA_BUILTIN, .meta = true, .store = options->store };
	struct str uri = draft_uri(options->draft ? options->draft : DRAFT_2020), fragment;
	const struct stored *stored;
	struct diags unsaid;

	if (word && word->kind == NODE_STRING) {
		uri = uri_split(word->text, &fragment);
	}
	diags_init(&unsaid, a);
	stored = uri_scheme(uri).n > 0 ? store_find(options->store, a, uri, &unsaid) : NULL;
	if (!stored || !stored->root) {
		return NULL;
	}
	return schema_compile(a, stored->src, stored->root, &own, &unsaid);
}

/* by the Helm that is asked: the other one */
static const char *const helms[] = { "Helm up to 3.18.4", "Helm 4" };

static const char *
first_error(const struct diags *diags)
{
	const struct diag *d = diags->first;

	while (d && d->level != DIAG_ERROR) {
		d = d->next;
	}
	return d ? d->text : NULL;
}

static bool
is_wanted(const struct node *root, struct source *src, struct diags *diags)
{
	if (root->kind == NODE_MAP || root->kind == NODE_BOOL) {
		return true;
	}
	diag_add(diags, DIAG_ERROR, "schema/schema", src, root->span, "%s is no schema: a map, true or false is wanted",
		node_describe(diags->arena, root));
	return false;
}

/* whether the metaschema takes it */
static bool
is_lawful(const struct schema *meta, struct source *src, const struct node *root, const struct schema_options *options, struct diags *diags)
{
	const struct node *word = root->kind == NODE_MAP ? node_get(root, STR("$schema")) : NULL;
	struct valid_how how = { .noun = "schema", .numbers = DECIMAL_WRITTEN, .told = true };
	struct diag **from = diags->last;
	unsigned draft = options->draft ? options->draft : DRAFT_2020;
	bool stated = word && word->kind == NODE_STRING;

	if (valid_tree(meta, src, root, &how, diags)) {
		return true;
	}
	if (!stated || draft_of(word->text, &draft)) {
		hint_add(diags, *from, root, draft, stated || options->draft);
	}
	return false;
}

static const struct schema *
compiled(struct arena *a, struct source *src, const struct node *root, const struct schema_options *options, struct diags *diags)
{
	const struct schema *meta = options->helm == 3 ? NULL : metaschema(a, root, options);

	if (meta && !is_lawful(meta, src, root, options, diags)) {
		return NULL;
	}
	return schema_compile(a, src, root, options, diags);
}

/* a map without one keyword of any draft, and not empty: some other file was given for the schema */
static void
tell_of_no_keyword(struct source *src, const struct node *root, struct diags *diags)
{
	const struct node *first = root->kind == NODE_MAP ? root->first : NULL;
	struct diag *diag;

	for (const struct keyword *k = draft_keywords; first && k->name; k++) {
		if (node_get(root, str_of(k->name))) {
			return;
		}
	}
	/* a misspelt one was told of */
	for (const struct diag *d = diags->first; first && d; d = d->next) {
		if (d->src == src && d->level == DIAG_WARNING && strcmp(d->code, "schema/keyword") == 0) {
			return;
		}
	}
	if (first) {
		diag = diag_add(diags, DIAG_WARNING, "schema/keyword", src, first->key->span,
			"the schema asks for nothing: none of its keys is a keyword of JSON Schema");
		diag_help(diags, diag, node_get(root, STR("apiVersion")) ? "a manifest is no schema"
			: "is this a values file? A chart's schema is its values.schema.json");
	}
}

bool
load_schema(struct loaded *l, struct arena *a, struct source *src, const struct schema_options *options, struct diags *diags)
{
	const struct node *root = schema_text(a, src, diags);

	*l = (struct loaded){ .helm = options->helm == 3 ? 3 : 4 };
	return root && load_tree(l, a, src, root, options, diags);
}

bool
load_tree(struct loaded *l, struct arena *a, struct source *src, const struct node *root, const struct schema_options *options,
	struct diags *diags)
{
	struct schema_options other = *options;
	struct diags unsaid;

	*l = (struct loaded){ .helm = options->helm == 3 ? 3 : 4 };
	if (!is_wanted(root, src, diags)) {
		return false;
	}
	l->schema = compiled(a, src, root, options, diags);
	other.helm = 7 - l->helm;
	diags_init(&unsaid, a);
	if (l->schema) {
		tell_of_no_keyword(src, root, diags);
	}
	if (l->schema && !l->schema->set->differs && l->helm == 4) {
		return true;
	}
	l->other = compiled(a, src, root, &other, &unsaid);
	l->other_refuses = l->other ? NULL : first_error(&unsaid);
	return l->schema != NULL;
}

void
load_settle(struct diags *diags)
{
	struct arena arena = { 0 };
	struct table errors = { .arena = &arena };
	struct diag **at = &diags->first;

	for (struct diag *d = diags->first; d; d = d->next) {
		const void *place[2] = { d->src, (const void *)(uintptr_t)d->span.at };

		if (d->level == DIAG_ERROR
			&& (strcmp(d->code, "schema/type") == 0 || strcmp(d->code, "schema/enum") == 0 || strcmp(d->code, "schema/const") == 0)) {
			table_put(&errors, (struct str){ arena_copy(&arena, (const char *)place, sizeof(place)), sizeof(place) }, d);
		}
	}
	while (*at) {
		struct diag *d = *at;
		const void *place[2] = { d->src, (const void *)(uintptr_t)d->span.at };

		if (d->level == DIAG_WARNING && (strcmp(d->code, "yaml/word") == 0 || strcmp(d->code, "yaml/number") == 0)
			&& table_get(&errors, (struct str){ (const char *)place, sizeof(place) })) {
			*at = d->next;
			diags->count[DIAG_WARNING]--;
		} else {
			at = &d->next;
		}
	}
	diags->last = at;
	arena_done(&arena);
}

/* what the other Helm says of values that this one takes */
static const char *
objection(const struct loaded *l, struct source *src, const struct node *flat, const struct valid_how *how, struct arena *a)
{
	struct diags unsaid;

	diags_init(&unsaid, a);
	valid_tree(l->other, src, flat, how, &unsaid);
	return first_error(&unsaid);
}

bool
load_check(const struct loaded *l, struct source *src, const struct node *flat, const struct valid_how *how, struct diags *diags)
{
	const char *other = helms[l->helm == 3], *why;
	bool good = l->schema && valid_tree(l->schema, src, flat, how, diags);
	bool theirs = l->other && valid_quietly(l->other, flat, how);
	struct span start = { flat->span.at, 0 };
	struct diag *diag;

	if (good && l->other_refuses) {
		diag = diag_add(diags, DIAG_WARNING, "schema/helm", src, start, "%s refuses the schema", other);
		diag_note(diags, diag, "it says of it: %s", l->other_refuses);
	} else if (l->other && theirs != good) {
		why = good ? objection(l, src, flat, how, diags->arena) : NULL;
		diag = diag_add(diags, DIAG_WARNING, "schema/helm", src, start, "%s %s", other,
			good ? "does not accept these values" : l->schema ? "accepts these values all the same" : "takes the schema, and accepts these values");
		if (why) {
			diag_note(diags, diag, "it says: %s", why);
		}
		diag_note(diags, diag, "'--helm %u' checks as it does", 7 - l->helm);
	}
	load_settle(diags);
	return good;
}
