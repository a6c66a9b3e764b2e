/* SPDX-License-Identifier: Apache-2.0 */
/* Decides what a file is, and checks it in layers: YAML, then its schema, then the rules. */
#include "site/lint/lint.h"

#include "schema/builtin.h"
#include "schema/check.h"
#include "schema/near.h"
#include "schema/valid.h"
#include "site/lint/rule.h"
#include "site/render/rule.h"
#include "yaml/check.h"
#include "yaml/stream.h"

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

/* the help for a key that the chart's template has not; *ret_wrong: it must be a mistake */
static const char *
help_key(struct arena *a, const struct schema *schema, const struct node *root, struct str key, size_t *work, bool *ret_wrong)
{
	struct near_key below[SUGGEST_SHOWN_MAX];
	struct buf b = { .arena = a };
	struct suggest near;
	size_t n;

	suggest_init(&near, key, work);
	for (const struct schema_prop *p = schema->props; p; p = p->next) {
		if (!node_find(root, p->name) && !suggest_offer(&near, p->name)) {
			break;
		}
	}
	*ret_wrong = near.n > 0 && near.best < SUGGEST_PART;
	n = *ret_wrong ? 0 : near_below(schema, key, work, below);
	for (size_t i = 0; i < n; i++) {
		buf_addf(&b, "%s'%.*s'", i == 0 ? "put it into " : " or ", STR_FMT(below[i].section));
		if (!str_eq(below[i].key, key)) {
			buf_addf(&b, " as '%.*s'", STR_FMT(below[i].key));
		}
	}
	if (n > 0) {
		return buf_z(&b);
	}
	return near.n > 0 ? suggest_text(&near, a) : "check the spelling: Helm says nothing about a key that no template uses";
}

/* Helm takes any key; the chart's own are known by its public template only, so that there may be more */
static void
check_values_keys(struct source *src, const struct schema *schema, const struct node *root, struct arena *a, struct diags *diags)
{
	size_t work = SUGGEST_WORK_MAX;

	for (const struct node *entry = root->first; entry; entry = entry->next) {
		struct str key = node_real(entry->key)->text;
		struct diag *diag;
		const char *help;
		bool wrong;

		/* 'global' is Helm's own */
		if (entry->key->merge || node_real(entry->key)->kind >= NODE_LIST || schema_prop(schema, key) || str_eq(key, STR("global"))) {
			continue;
		}
		help = help_key(a, schema, root, key, &work, &wrong);
		diag = diag_add(diags, wrong ? DIAG_ERROR : DIAG_WARNING, "values/unknown-key", src, entry->key->span,
			"the chart's template has no key '%s'", say_cut(a, key, CHECK_SHOWN_MAX));
		diag_help(diags, diag, "%s", help);
	}
}

static const struct schema *
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
	return schema;
}

void
lint(struct source *src, struct arena *a, struct diags *diags)
{
	struct doc *docs;
	enum sort sort;
	bool glued = false;

	if (!parse(src, a, &docs, diags)) {
		return;
	}
	for (const struct doc *doc = docs; doc; doc = doc->next) {
		glued = !yaml_check_separator(src, doc, diags) || glued;
	}
	/* what is said about keys would be about two documents taken for one */
	if (glued) {
		return;
	}
	sort = sort_of(docs);
	for (const struct doc *doc = docs; doc; doc = doc->next) {
		yaml_check_keys(src, doc->root, sort == SORT_MANIFESTS ? DIAG_WARNING : DIAG_ERROR, diags);
	}
	if (sort == SORT_PROFILE) {
		size_t errors = diags->count[DIAG_ERROR];
		const struct node *flat = node_flat(a, docs->root);

		against("site-profile", "profile", src, docs, a, diags);
		if (flat && diags->count[DIAG_ERROR] == errors) {
			rules_new(src, flat, a, diags);
		}
		lint_rules_run(src, docs->root, LINT_PROFILE, a, diags);
	} else if (sort == SORT_VALUES) {
		const struct schema *schema = against("workbench-values", "values file", src, docs, a, diags);

		if (schema && docs && docs->root && docs->root->kind == NODE_MAP) {
			check_values_keys(src, schema, docs->root, a, diags);
			lint_rules_run(src, docs->root, LINT_VALUES, a, diags);
		}
	}
}
