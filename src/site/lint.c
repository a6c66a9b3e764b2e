/* SPDX-License-Identifier: Apache-2.0 */
/* Decides what a file is, and checks it in layers: YAML, then its schema. */
#include "site/lint.h"

#include "schema/builtin.h"
#include "schema/valid.h"
#include "yaml/check.h"
#include "yaml/parse.h"

enum sort { SORT_VALUES, SORT_PROFILE, SORT_MANIFESTS };

static enum sort
sort_of(const struct doc *docs)
{
	for (const struct doc *doc = docs; doc; doc = doc->next) {
		struct str api = node_text(doc->root, STR("apiVersion")), kind = node_text(doc->root, STR("kind"));

		if (str_eq(kind, STR("SiteProfile")) || str_starts(api, STR("wbrender/"))) {
			return SORT_PROFILE;
		}
		if (api.n > 0 && kind.n > 0) {
			return SORT_MANIFESTS;
		}
	}
	return SORT_VALUES;
}

static void
against(const char *name, const char *noun, struct source *src, const struct doc *docs, struct arena *a, struct diags *diags)
{
	const struct schema *schema = schema_builtin(a, name, diags);

	if (docs && docs->next) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "yaml/documents", src, (struct span){ docs->next->span.at, 3 },
			"a second document begins here, one is wanted");

		diag_help(diags, diag, "put it into a file of its own");
	}
	if (schema) {
		valid(schema, src, docs ? docs->root : NULL, noun, diags);
	}
}

void
lint(struct source *src, struct arena *a, struct diags *diags)
{
	struct doc *docs;
	enum sort sort;

	if (!parse(src, a, &docs, diags)) {
		return;
	}
	sort = sort_of(docs);
	for (const struct doc *doc = docs; doc; doc = doc->next) {
		yaml_check_keys(src, doc->root, sort == SORT_MANIFESTS ? DIAG_WARNING : DIAG_ERROR, diags);
	}
	if (sort == SORT_PROFILE) {
		against("site-profile", "profile", src, docs, a, diags);
	} else if (sort == SORT_VALUES) {
		against("workbench-values", "values file", src, docs, a, diags);
	}
}
