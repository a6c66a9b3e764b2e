/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of Roles, and the subjects and roles of bindings; that a service account lacks its namespace, site/lint/rbac.c finds. Source:
   pkg/apis/rbac/validation of Kubernetes. */
#include "site/lint/manifest/rbac.h"

#define GROUP "rbac.authorization.k8s.io"

/* a list with nothing in it, or none */
static bool
empty(const struct spot *s)
{
	return !spot_given(s) || (s->node->kind == NODE_LIST && !s->node->first);
}

static void
rule_check(struct manifest *m, const struct spot *rule, bool cluster)
{
	static const char *const wanted[] = { "apiGroups", "resources" };
	struct spot verbs = spot_get(rule, "verbs"), urls = spot_get(rule, "nonResourceURLs");
	bool of_urls = !empty(&urls);

	if (spot_given(&verbs) && empty(&verbs)) {
		manifest_hit(m, "kube/rbac", &verbs, spot_key(&verbs), "the rule has no verbs");
	}
	if (of_urls && !cluster) {
		manifest_hit(m, "kube/rbac", &urls, spot_key(&urls), "a Role has no nonResourceURLs, only a ClusterRole does");
	}
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		struct spot s = spot_get(rule, wanted[i]);

		if (of_urls && !empty(&s)) {
			manifest_hit(m, "kube/rbac", &s, spot_key(&s), "a rule with nonResourceURLs has no %s", wanted[i]);
			return;
		}
		if (!of_urls && empty(&s)) {
			diag_help(m->diags, manifest_hit(m, "kube/rbac", &s, spot_given(&s) ? spot_key(&s) : spot_key(rule), "the rule has no %s", wanted[i]),
				i == 0 ? "the core group is \"\": apiGroups: [\"\"]" : "write such as resources: [pods]");
		}
	}
}

static void
subject_check(struct manifest *m, const struct spot *subject)
{
	struct spot kind = spot_get(subject, "kind"), group = spot_get(subject, "apiGroup");
	struct str text = spot_text(&kind);
	bool account = str_eq(text, STR("ServiceAccount"));

	if (text.n == 0 || kind.node->kind != NODE_STRING) {
		return;
	}
	if (!account && !str_eq(text, STR("User")) && !str_eq(text, STR("Group"))) {
		diag_help(m->diags, manifest_hit(m, "kube/rbac", &kind, spot_value(&kind), "'%s' is no subject", manifest_cut(m, text)),
			"write ServiceAccount, User or Group");
		return;
	}
	if (spot_text(&group).n > 0 && !str_is(spot_text(&group), account ? "" : GROUP)) {
		diag_help(m->diags, manifest_hit(m, "kube/rbac", &group, spot_value(&group), "a %.*s is not of the API group '%s'", STR_FMT(text),
			manifest_cut(m, spot_text(&group))), "leave it out");
	}
}

static void
binding_check(struct manifest *m, const struct spot *root, bool cluster)
{
	struct spot list = spot_get(root, "subjects"), role = spot_get(root, "roleRef"), group = spot_get(&role, "apiGroup"), kind = spot_get(&role, "kind");
	size_t i = 0;

	for (const struct node *item = spot_items(&list); item; item = item->next) {
		struct spot subject = spot_item(&list, item, i++);

		subject_check(m, &subject);
	}
	if (spot_text(&group).n > 0 && !str_eq(spot_text(&group), STR(GROUP))) {
		manifest_hit(m, "kube/rbac", &group, spot_value(&group), "roles are of the API group '" GROUP "'");
	}
	if (cluster && str_eq(spot_text(&kind), STR("Role"))) {
		diag_help(m->diags, manifest_hit(m, "kube/rbac", &kind, spot_value(&kind), "a ClusterRoleBinding gives no Role, only a ClusterRole"),
			"write ClusterRole, or make it a RoleBinding");
	}
}

void
rbac_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), rules = spot_get(&root, "rules");
	struct str kind = m->object->kind;
	bool cluster = str_starts(kind, STR("Cluster"));
	size_t i = 0;

	if (!str_eq(m->object->group, STR(GROUP))) {
		return;
	}
	if (str_eq(kind, STR("RoleBinding")) || str_eq(kind, STR("ClusterRoleBinding"))) {
		binding_check(m, &root, cluster);
	} else if (str_eq(kind, STR("Role")) || str_eq(kind, STR("ClusterRole"))) {
		for (const struct node *item = spot_items(&rules); item; item = item->next) {
			struct spot rule = spot_item(&rules, item, i++);

			if (rule.node->kind == NODE_MAP) {
				rule_check(m, &rule, cluster);
			}
		}
	}
}
