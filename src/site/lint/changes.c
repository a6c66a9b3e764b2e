/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on what the post-renderer is asked to change. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "schema/match.h"

/* pods that Workbench starts for its users never pass Helm; ae5-tools, k8s/transformer.py */
static bool
is_user_pod(struct str pattern)
{
	static const char *const names[] = { "anaconda-session-", "anaconda-app-", "anaconda-job-" };

	pattern = str_slice(pattern, str_starts(pattern, STR("^")), pattern.n);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_starts(pattern, str_of(names[i]))) {
			return true;
		}
	}
	return false;
}

/* the parts of a pattern between '|', or those of a list of them */
static void
find_user_pods(const struct lint_run *run, const struct node *patterns)
{
	for (const struct node *n = patterns && patterns->kind == NODE_LIST ? patterns->first : NULL; n; n = n->next) {
		find_user_pods(run, n);
	}
	for (size_t at = 0; patterns && patterns->kind == NODE_STRING && at < patterns->text.n;) {
		size_t end = str_find(patterns->text, '|', at);

		if (is_user_pod(str_slice(patterns->text, at, end))) {
			diag_help(run->diags, lint_hit_node(run, patterns, "pods of users never pass the post-renderer: Workbench makes them itself"),
				"use tolerations.user, affinity.user or resourceProfiles");
			return;
		}
		at = end + 1;
	}
}

/* the rules of the profile's post-renderer */
static const struct node *
rules_of(const struct lint_run *run)
{
	const struct node *rules = node_get(lint_at(run, "render"), STR("rules"));

	return rules && rules->kind == NODE_LIST ? rules->first : NULL;
}

void
lint_user_pods(const struct lint_run *run)
{
	for (const struct node *rule = rules_of(run); rule; rule = rule->next) {
		find_user_pods(run, node_at(rule, STR("/match/name")));
	}
}

/* keys that the chart, Helm or Workbench itself writes and selects by */
static bool
is_owned(struct str key)
{
	static const char *const owned[] = { "app.kubernetes.io/", "helm.sh/", "anaconda-", "postrenderer.helm.sh/", "meta.helm.sh/" };

	for (size_t i = 0; i < sizeof(owned) / sizeof(owned[0]); i++) {
		if (str_starts(key, str_of(owned[i]))) {
			return true;
		}
	}
	return str_eq(key, STR("app"));
}

static void
check_labels(const struct lint_run *run, const struct node *from)
{
	static const char *const maps[] = { "labels", "podLabels" };

	for (size_t i = 0; i < 2; i++) {
		const struct node *map = node_get(from, str_of(maps[i]));

		for (const struct node *n = map && map->kind == NODE_MAP ? map->first : NULL; n; n = n->next) {
			if (is_owned(n->key->text)) {
				diag_help(run->diags, lint_hit_node(run, n->key, "the label '%.*s' belongs to the chart, which selects by it",
					STR_FMT(n->key->text)), "use a key of your own, such as acme.example/team");
			}
		}
	}
}

void
lint_owned_labels(const struct lint_run *run)
{
	check_labels(run, lint_at(run, "render"));
	for (const struct node *rule = rules_of(run); rule; rule = rule->next) {
		check_labels(run, rule);
	}
}

/* Does one of the patterns, each for the whole text, match? A wrong one is no match. */
static bool
matches(struct arena *a, const struct node *patterns, struct str name)
{
	const char *error;
	size_t at;
	struct match *m;

	if (patterns->kind == NODE_MAP) {
		const struct node *none = node_get(patterns, STR("not"));

		return none && !matches(a, none, name);
	}
	for (const struct node *n = patterns->kind == NODE_LIST ? patterns->first : NULL; n; n = n->next) {
		if (matches(a, n, name)) {
			return true;
		}
	}
	m = patterns->kind == NODE_STRING
		? match_new_pcre2(a, str_of(arena_printf(a, "^(?:%.*s)$", STR_FMT(patterns->text))), &error, &at) : NULL;
	return m && match_find(m, name, NULL) == MATCH_YES;
}

/* a workload of the platform that the rule is for; NULL if there is none */
static const char *
system_workload(const struct lint_run *run, const struct node *match)
{
	static const char *const workloads[] = { "ap-auth", "ap-auth-api", "ap-auth-escrow", "ap-deploy", "ap-docs", "ap-git-storage",
		"ap-object-storage", "ap-repository", "ap-storage", "ap-ui", "ap-workspace", "postgres", "nginx-ingress-rc" };
	struct str release = lint_text_or(run, "release", "anaconda-enterprise");
	const struct node *name = node_get(match, STR("name")), *kind = node_get(match, STR("kind"));

	if ((kind && !matches(run->arena, kind, STR("Deployment"))) || node_get(match, STR("labels")) || node_get(match, STR("annotations"))
		|| node_get(match, STR("container"))) {
		return NULL;
	}
	for (size_t i = 0; i < sizeof(workloads) / sizeof(workloads[0]); i++) {
		const char *full = arena_printf(run->arena, "%.*s-%s", STR_FMT(release), workloads[i]);

		if (!name || matches(run->arena, name, str_of(full))) {
			return full;
		}
	}
	return NULL;
}

void
lint_system_gpu(const struct lint_run *run)
{
	for (const struct node *rule = lint_wrong(run, "render") ? NULL : rules_of(run); rule; rule = rule->next) {
		const struct node *gpu = node_get(rule, STR("gpu"));
		const char *workload = gpu ? system_workload(run, node_get(rule, STR("match"))) : NULL;

		if (workload) {
			diag_help(run->diags, lint_hit_node(run, gpu, "this gives GPUs to a part of the platform, '%s'", workload),
				"sessions get theirs from resourceProfiles; else match fewer names");
		}
	}
}
