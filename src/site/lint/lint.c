/* SPDX-License-Identifier: Apache-2.0 */
/* Decides what a file is, and checks it in layers: YAML, then its schema, then the rules. */
#include "site/lint/lint.h"

#include "base/arena.h"
#include "report/silence.h"
#include "schema/builtin.h"
#include "schema/check.h"
#include "schema/near.h"
#include "schema/valid.h"
#include "site/lint/manifest/manifest.h"
#include "site/field.h"
#include "site/hint.h"
#include "site/lint/rule.h"
#include "site/render/doubt.h"
#include "site/values.h"
#include "yaml/check.h"
#include "yaml/load.h"
#include "yaml/parse.h"

#include <string.h>

enum { RULE_ID = 5 };                  /* characters of "WB012" */

enum sort { SORT_VALUES, SORT_PROFILE, SORT_MANIFESTS };

/* does a profile's header stand there in other letters? */
static bool
has_header(const struct node *root)
{
	for (const struct node *entry = root && root->kind == NODE_MAP ? root->first : NULL; entry; entry = entry->next) {
		struct str key = node_real(entry->key)->text;

		if (entry->kind == NODE_STRING && ((str_eq_nocase(key, STR("kind")) && str_eq_nocase(entry->text, STR("SiteProfile")))
			|| (str_eq_nocase(key, STR("apiVersion")) && str_starts(entry->text, STR("wbrender/"))))) {
			return true;
		}
	}
	return false;
}

/* what a document says it is; values say nothing */
static enum sort
sort_of(const struct doc *doc)
{
	struct str api = node_text(doc->root, STR("apiVersion")), kind = node_text(doc->root, STR("kind"));

	if (str_eq(kind, STR("SiteProfile")) || str_starts(api, STR("wbrender/")) || has_header(doc->root)) {
		return SORT_PROFILE;
	}
	if (api.n > 0 && kind.n > 0) {
		return SORT_MANIFESTS;
	}
	/* an object that has lost one of the two */
	return (api.n > 0 || kind.n > 0) && node_find(doc->root, STR("metadata")) ? SORT_MANIFESTS : SORT_VALUES;
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
	if (node_get(node_get(field_profile(), STR("properties")), key)) {
		return "a field of a site profile, which begins with 'apiVersion: wbrender/v1' and 'kind: SiteProfile'";
	}
	if (node_get(root, key) && str_eq(node_text(node_get(root, key), STR("kind")), STR("SiteProfile"))) {
		return "the fields of a site profile stand at the top level";
	}
	return near.n > 0 ? suggest_text(&near, a) : "check the spelling: Helm says nothing about a key that no template uses";
}

/* Helm takes any key; the chart's own are known by its public template only, so that there may be more */
static void
check_values_keys(struct source *src, const struct schema *schema, const struct node *root, const struct lint_facts *facts, struct arena *a,
	struct diags *diags)
{
	const struct node *meant = node_get(facts->profile, STR("values"));
	size_t work = SUGGEST_WORK_MAX;

	for (const struct node *entry = root->first; entry; entry = entry->next) {
		struct str key = node_real(entry->key)->text;
		struct diag *diag;
		const char *help;
		bool wrong;

		/* 'global' is Helm's own; others a profile may state as further values */
		if (entry->key->merge || node_get(meant, key) || node_real(entry->key)->kind >= NODE_LIST || schema_prop(schema, key) || str_eq(key, STR("global"))) {
			continue;
		}
		help = help_key(a, schema, root, key, &work, &wrong);
		diag = diag_add(diags, wrong ? DIAG_ERROR : DIAG_WARNING, "values/unknown-key", src, entry->key->span,
			"the chart's template has no key '%s'", say_cut(a, key, CHECK_SHOWN_MAX));
		diag_help(diags, diag, "%s", help);
	}
}

static const struct schema *
against(const char *name, const char *noun, struct source *src, const struct doc *docs, struct diags *diags)
{
	const struct schema *schema = schema_builtin(name, diags);

	if (docs && docs->next) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "yaml/documents", src, (struct span){ docs->next->span.at, 3 },
			"a second document begins here, one is wanted");

		diag_help(diags, diag, "put it into a file of its own");
	}
	if (schema) {
		struct diag **from = diags->last;

		valid(schema, src, docs ? docs->root : NULL, noun, diags);
		hint(name, src, docs ? docs->root : NULL, *from, diags);
	}
	return schema;
}

/* the findings from *link on: those that report a rule get its id */
static void
name_rules(struct diag *const *link)
{
	for (struct diag *d = *link; d; d = d->next) {
		const struct lint_rule *rule = d->rule ? NULL : lint_rule_of(d);

		d->rule = rule ? rule->id : d->rule;
	}
}

/* The levels that a profile gives findings, in the file; those of the command line count more. */
static void
apply_levels(struct source *src, const struct node *profile, const struct lint_facts *facts, struct diags *diags)
{
	const struct node *map = node_get(profile, STR("lint"));
	size_t n = 0, most = map && map->kind == NODE_MAP ? node_count(map) : 0;
	struct silence_level *levels;

	if (most == 0) {
		return;
	}
	levels = arena_alloc(diags->arena, most + facts->nlevels, sizeof(*levels));
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		/* to YAML, off is a boolean */
		const char *level = entry->kind == NODE_BOOL ? "off" : str_z(diags->arena, entry->text);

		n += silence_level_read(diags->arena, arena_printf(diags->arena, "%.*s=%s", STR_FMT(entry->key->text), level), &levels[n]);
	}
	for (size_t i = 0; i < facts->nlevels; i++) {
		levels[n++] = facts->levels[i];
	}
	silence_by_levels(diags, src, levels, n);
}

/* levels for rules that there are */
static void
check_levels(struct source *src, const struct node *profile, struct diags *diags)
{
	const struct node *map = node_get(profile, STR("lint"));

	for (const struct node *entry = map && map->kind == NODE_MAP ? map->first : NULL; entry; entry = entry->next) {
		/* of other forms the schema speaks */
		if (entry->key->text.n == RULE_ID && str_eq_nocase(str_slice(entry->key->text, 0, 2), STR("WB")) && !lint_rule_named(entry->key->text)) {
			struct diag *diag = diag_add(diags, DIAG_WARNING, "lint/level", src, entry->key->span, "there are no findings '%.*s'",
				STR_FMT(entry->key->text));

			diag_help(diags, diag, "'wbrender explain' lists the rules, wbrender(1) the other codes");
		}
	}
}

/* one file on its way through the parser */
struct file {
	struct source *src;
	enum sort sort;
	struct doc *docs, **last;     /* until the sort is known to be manifests */
	struct doc *roles, **last_role;       /* objects of RBAC, which the rules see together */
	struct manifest manifest;
	struct diags *diags;
};

/* The texts of a document go with it. A tree of node_flat is not too deep for this. */
static void
keep_texts(struct arena *a, struct node *node)
{
	node->text.s = str_z(a, node->text);
	if (node->key) {
		node->key->text.s = str_z(a, node->key->text);
	}
	for (struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		keep_texts(a, child);
	}
}

static bool
keep_role(const struct object *o, void *p)
{
	struct file *f = p;

	if (str_eq(o->group, STR("rbac.authorization.k8s.io"))) {
		struct doc *doc = arena_new(f->diags->arena, struct doc);

		doc->root = node_flat(f->diags->arena, o->node);
		if (doc->root) {
			keep_texts(f->diags->arena, doc->root);
			*f->last_role = doc;
			f->last_role = &doc->next;
		}
	}
	return true;
}

static void
manifest(struct file *f, const struct doc *doc, struct arena *scratch)
{
	if (sort_of(doc) == SORT_PROFILE) {
		struct diag *diag = diag_add(f->diags, DIAG_ERROR, "yaml/documents", f->src, (struct span){ doc->span.at, 0 },
			"a site profile stands among manifests");

		diag_help(f->diags, diag, "put it into a file of its own");
		return;
	}
	/* what is said about keys would be about two documents taken for one */
	if (yaml_check_separator(f->src, doc, f->diags)) {
		yaml_check_keys(f->src, doc->root, DIAG_WARNING, f->diags);
		manifest_document(&f->manifest, doc, scratch);
		(void)object_each(doc, keep_role, f);
	}
}

static void
keep(struct file *f, const struct doc *doc, struct arena *a)
{
	*f->last = arena_new(a, struct doc);
	**f->last = *doc;
	f->last = &(*f->last)->next;
}

/* Reads the file; manifests are checked one by one, and forgotten. False after an error in the YAML. */
static bool
read_all(struct file *f, const struct lint_facts *facts, struct arena *a)
{
	struct parser *p = parser_new(a, f->src, f->diags);
	struct arena scratch = { 0 };
	size_t errors = f->diags->count[DIAG_ERROR];
	struct doc doc;

	while (f->sort != SORT_MANIFESTS && parser_next(p, a, NULL, &doc)) {
		f->sort = f->sort == SORT_VALUES ? sort_of(&doc) : f->sort;
		keep(f, &doc, a);
	}
	if (f->sort == SORT_MANIFESTS) {
		struct arena_mark mark = arena_mark(&scratch);

		manifest_init(&f->manifest, f->src, facts->kubernetes > 0 ? facts->kubernetes : KUBE_DEFAULT, facts->profile, f->diags);
		for (const struct doc *kept = f->docs; kept; kept = kept->next) {
			manifest(f, kept, a);
		}
		while (parser_next(p, &scratch, NULL, &doc)) {
			manifest(f, &doc, &scratch);
			arena_rewind(&scratch, mark);
		}
		manifest_end(&f->manifest);
	}
	parser_close(p);
	arena_done(&scratch);
	return f->diags->count[DIAG_ERROR] == errors;
}

/* separators and keys of a profile or of values; false when nothing more is to be said */
static bool
check_yaml(struct file *f)
{
	bool glued = false;

	for (const struct doc *doc = f->docs; doc; doc = doc->next) {
		glued = !yaml_check_separator(f->src, doc, f->diags) || glued;
	}
	for (const struct doc *doc = glued ? NULL : f->docs; doc; doc = doc->next) {
		yaml_check_keys(f->src, doc->root, DIAG_ERROR, f->diags);
	}
	return !glued;
}

/* What the profile passes on in `values` must fit the chart's template too. Other findings of the making of values, of a password
   that is not set here, say, are not lint's. */
static void
check_passed_on(struct source *src, struct node *flat, struct arena *a, struct diags *diags)
{
	const struct node *more = node_get(flat, STR("values"));
	struct profile *p = arena_new(a, struct profile);
	struct diags found;
	bool secret;

	if (!more || more->kind != NODE_MAP) {
		return;
	}
	*p = (struct profile){ .src = *src, .root = flat };
	diags_init(&found, a);
	values_build(p, false, a, &secret, &found);
	for (const struct diag *d = found.first; d; d = d->next) {
		if (d->src == &p->src && d->span.at >= more->span.at && d->span.at - more->span.at <= more->span.n) {
			diag_take(diags, d)->src = src;
			for (struct diag_related *other = d->related; other; other = other->next) {
				other->src = other->src == &p->src ? src : other->src;
			}
		}
	}
}

/* a toleration in short, or its key, that is only an effect: it is one of a taint with that key, which nobody has */
static void
check_toleration(struct source *src, const struct node *item, struct diags *diags)
{
	static const char *const effects[] = { "NoSchedule", "PreferNoSchedule", "NoExecute" };
	const struct node *key = item->kind == NODE_STRING ? item : node_get(item, STR("key"));

	for (size_t i = 0; key && i < sizeof(effects) / sizeof(effects[0]); i++) {
		if (str_eq_nocase(key->text, str_of(effects[i]))) {
			struct diag *diag = diag_add(diags, DIAG_WARNING, "profile/toleration", src, key->span,
				"'%.*s' is the key of the taint here, not its effect", STR_FMT(key->text));

			diag_help(diags, diag, "name the key, as in workbench:%s; for taints of any key: {operator: Exists, effect: %s}", effects[i], effects[i]);
		}
	}
}

/* in all lists of tolerations, which may stand by scopes; `values` holds what the chart wants. The tree of node_flat is not too deep. */
static void
check_tolerations(struct source *src, const struct node *node, bool inside, struct diags *diags)
{
	for (const struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		bool tolerations = inside || (node->kind == NODE_MAP && str_eq(child->key->text, STR("tolerations")));

		if (inside && node->kind == NODE_LIST) {
			check_toleration(src, child, diags);
		} else if (node->kind != NODE_MAP || !str_eq(child->key->text, STR("values"))) {
			check_tolerations(src, child, tolerations, diags);
		}
	}
}

static void
check_profile(struct source *src, const struct doc *docs, const struct lint_facts *facts, struct arena *a, struct diags *diags)
{
	size_t errors = diags->count[DIAG_ERROR];
	struct node *flat = node_flat(a, docs->root);

	against("site-profile", "profile", src, docs, diags);
	if (flat && diags->count[DIAG_ERROR] == errors) {
		const struct rules *rules = rules_new(src, flat, a, diags);

		if (rules) {
			doubt_rules(rules, src, flat, diags);
		}
		check_passed_on(src, flat, a, diags);
	}
	lint_rules_run(src, docs->root, NULL, LINT_PROFILE, facts, a, diags);
	if (flat) {
		check_tolerations(src, flat, false, diags);
		check_levels(src, flat, diags);
	}
}

/* what Helm takes otherwise than people do without a word, where nothing else is wrong with it */
static void
check_words(struct source *src, const struct doc *docs, struct arena *a, struct diags *diags)
{
	static const char *const codes[] = { "yaml/word", "yaml/number", "yaml/key", "yaml/merge", "yaml/tag" };
	struct diags found;

	diags_init(&found, a);
	load_values(a, src, docs, 4, &found);
	for (const struct diag *d = found.first; d; d = d->next) {
		bool told = true;

		/* of what Helm refuses others have spoken */
		for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]) && d->level == DIAG_WARNING; i++) {
			told = told && strcmp(d->code, codes[i]) != 0;
		}
		for (const struct diag *other = diags->first; other && !told; other = other->next) {
			told = other->src == src && other->span.at == d->span.at;
		}
		if (!told) {
			diag_take(diags, d);
		}
	}
}

static void
check_values(struct source *src, const struct doc *docs, const struct lint_facts *facts, struct arena *a, struct diags *diags)
{
	const struct schema *schema;

	if (src->text.n == 0 && strcmp(src->name, "stdin") == 0) {
		diag_help(diags, diag_add(diags, DIAG_WARNING, "lint/empty", src, (struct span){ 0, 0 }, "nothing came in"),
			"did the command before it fail? In a script 'set -o pipefail' tells");
	} else if (!docs || !docs->root) {
		diag_help(diags, diag_add(diags, DIAG_NOTE, "lint/empty", src, (struct span){ 0, 0 }, "there is nothing in the file"),
			"as values it changes nothing; 'wbrender init' prints a profile to begin with");
	}
	schema = against("workbench-values", "values file", src, docs, diags);
	if (schema && docs && docs->root && docs->root->kind == NODE_MAP) {
		check_values_keys(src, schema, docs->root, facts, a, diags);
		lint_rules_run(src, docs->root, NULL, LINT_VALUES, facts, a, diags);
		check_words(src, docs, a, diags);
	}
}

void
lint(struct source *src, const struct lint_facts *facts, struct arena *a, struct diags *diags)
{
	struct diag **link = diags->last;
	struct file f = { .src = src, .diags = diags };
	const struct node *profile = facts->profile;

	f.last = &f.docs;
	f.last_role = &f.roles;
	if (read_all(&f, facts, a) && f.sort != SORT_MANIFESTS && check_yaml(&f)) {
		if (f.sort == SORT_PROFILE) {
			check_profile(src, f.docs, facts, a, diags);
			profile = node_flat(a, f.docs->root);
		} else {
			check_values(src, f.docs, facts, a, diags);
		}
	} else if (f.sort == SORT_MANIFESTS) {
		lint_rules_run(src, NULL, f.roles, LINT_MANIFESTS, facts, a, diags);
	}
	name_rules(link);
	apply_levels(src, profile, facts, diags);
}
