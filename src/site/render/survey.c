/* SPDX-License-Identifier: Apache-2.0 */
/* Notes pods with their SCC and service account, Roles and bindings. */
#include "site/render/survey.h"

#include "base/arena.h"

struct surveying {
	struct arena *scratch;        /* as long as a document */
	struct rules *rules;
	const struct pod_paths *paths;
	const struct sccs *sccs;
	enum edit_conflict conflict;
	struct grants *grants;
};

/* what is looked at of an object; the rest is not built */
static const struct want want_spec[] = { { "serviceAccountName", NULL }, { "serviceAccount", NULL }, { "containers", NULL },
	{ "initContainers", NULL }, { NULL, NULL } };
static const struct want want_template[] = { { "metadata", NULL }, { "spec", want_spec }, { NULL, NULL } };
static const struct want want_job_spec[] = { { "template", want_template }, { NULL, NULL } };
static const struct want want_job[] = { { "spec", want_job_spec }, { NULL, NULL } };
static const struct want want_pod_spec[] = {
	{ "serviceAccountName", NULL }, { "serviceAccount", NULL }, { "containers", NULL }, { "initContainers", NULL }, { "template", want_template }, { "jobTemplate", want_job },
	{ NULL, NULL },
};
#define WANT_OF_OBJECT { "apiVersion", NULL }, { "kind", NULL }, { "metadata", NULL }, { "spec", want_pod_spec }, { "template", want_template }, \
	{ "rules", NULL }, { "roleRef", NULL }, { "subjects", NULL }
static const struct want want_item[10];
static const struct want want_items[] = { { "*", want_item }, { NULL, NULL } };
static const struct want want_item[10] = { WANT_OF_OBJECT, { "items", want_items }, { NULL, NULL } };

const struct want *
survey_parts(const struct pod_paths *paths)
{
	return paths ? NULL : want_item;
}

/* the account that the pods will have */
static struct str
account_of(const struct surveying *s, uint64_t matched, const struct node *spec)
{
	const struct node *name = node_find(spec, STR("serviceAccountName"));
	struct str account = name && name->kind < NODE_LIST && name->kind != NODE_NULL ? name->text : node_text(spec, STR("serviceAccount"));

	for (size_t i = 0; i < rules_count(s->rules) && (account.n == 0 || s->conflict != EDIT_KEEP); i++) {
		const struct node *own = matched >> i & 1 ? node_get(rules_wants(s->rules, i)->from, STR("serviceAccountName")) : NULL;

		account = own ? own->text : account;
	}
	return account;
}

static bool
note(const struct object *object, void *ctx)
{
	struct surveying *s = ctx;
	struct pod_place places[POD_PLACES_MAX];
	size_t n = pod_places(s->paths, s->scratch, object, places);
	uint64_t matched = n > 0 ? rules_match(s->rules, object, places, n) : 0;
	const struct node *chosen[RULES_MAX + 1];
	const struct scc *scc;

	if (n == 0) {
		grants_object(s->grants, object);
	}
	rules_security(s->rules, matched, chosen);
	scc = sccs_of(s->sccs, chosen);
	for (size_t i = 0; i < n && scc; i++) {
		const struct node *spec = node_find(places[i].template, STR("spec")), *at = node_find(spec, STR("serviceAccountName"));

		at = at ? at : node_find(node_real(object->node), STR("kind"));
		grants_pod(s->grants, object, scc, account_of(s, matched, spec), at ? at->span : (struct span){ 0 });
	}
	return true;
}

static bool
chooses(const struct rules *rules, const struct sccs *sccs)
{
	const struct node *chosen[RULES_MAX + 1];

	rules_security(rules, UINT64_MAX, chosen);
	return sccs_of(sccs, chosen);
}

struct grants *
survey(struct profile *profile, struct source *manifests, const struct pod_paths *paths, const struct sccs *sccs, enum edit_conflict conflict,
	struct arena *a)
{
	struct arena scratch = { 0 };
	struct surveying s = { .scratch = &scratch, .paths = paths, .sccs = sccs, .conflict = conflict };
	struct diags said;            /* again by those who edit */
	struct arena_mark mark;
	struct parser *parser;
	struct doc doc;

	diags_init(&said, &scratch);
	s.rules = rules_new(&profile->src, profile->root, &scratch, &said);
	if (s.rules && chooses(s.rules, sccs)) {
		s.grants = grants_new(manifests, node_text(profile->root, STR("namespace")), a);
		parser = parser_new(&scratch, manifests, &said);
		mark = arena_mark(&scratch);
		while (parser_next(parser, &scratch, survey_parts(paths), &doc)) {
			object_each(&doc, note, &s);
			arena_rewind(&scratch, mark);
		}
		parser_close(parser);
		grants_decide(s.grants);
	}
	arena_done(&scratch);
	return s.grants;
}
