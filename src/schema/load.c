/* SPDX-License-Identifier: Apache-2.0 */
/* From the text of a schema file to verdicts. */
#include "schema/load.h"

#include "base/arena.h"
#include "schema/draft.h"
#include "schema/store.h"
#include "schema/text.h"
#include "schema/uri.h"

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

static const struct schema *
compiled(struct arena *a, struct source *src, const struct node *root, const struct schema_options *options, struct diags *diags)
{
	const struct schema *meta = options->helm == 3 ? NULL : metaschema(a, root, options);
	struct valid_how how = { .noun = "schema", .numbers = DECIMAL_WRITTEN, .told = true };

	if (meta && !valid_tree(meta, src, root, &how, diags)) {
		return NULL;
	}
	return schema_compile(a, src, root, options, diags);
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
	if (!l->schema) {
		return false;
	}
	if (!l->schema->set->differs && l->helm == 4) {
		return true;
	}
	other.helm = 7 - l->helm;
	diags_init(&unsaid, a);
	l->other = compiled(a, src, root, &other, &unsaid);
	for (const struct diag *d = l->other ? NULL : unsaid.first; d && !l->other_refuses; d = d->next) {
		l->other_refuses = d->level == DIAG_ERROR ? d->text : NULL;
	}
	return true;
}

bool
load_check(const struct loaded *l, struct source *src, const struct node *flat, const struct valid_how *how, struct diags *diags)
{
	static const char *const names[] = { "Helm up to 3.18.4", "Helm 4" };
	const char *other = names[l->helm == 3];
	bool good = valid_tree(l->schema, src, flat, how, diags);
	struct diag *diag;

	if (l->other_refuses) {
		diag = diag_add(diags, DIAG_WARNING, "schema/helm", src, (struct span){ flat->span.at, 0 }, "%s refuses the schema", other);
		diag_note(diags, diag, "it says of it: %s", l->other_refuses);
	} else if (l->other && valid_quietly(l->other, flat, how) != good) {
		diag = diag_add(diags, DIAG_WARNING, "schema/helm", src, (struct span){ flat->span.at, 0 },
			good ? "%s does not accept these values" : "%s accepts these values all the same", other);
		diag_note(diags, diag, "'--helm %u' checks as it does", 7 - l->helm);
	}
	return good;
}
