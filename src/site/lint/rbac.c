/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on the rights of the service account: roles and bindings among manifests. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "schema/check.h"

#define RBAC "rbac.authorization.k8s.io"

enum { INGRESS_V1_ONLY = 22 };        /* from here on no other API group has ingresses; Kubernetes deprecation guide */

typedef void role_visit(const struct lint_run *, const struct object *);

struct walk {
	const struct lint_run *run;
	role_visit *visit;
	bool roles;                   /* else bindings */
};

static bool
visit_object(const struct object *o, void *p)
{
	const struct walk *w = p;

	if (str_eq(o->group, STR(RBAC)) && o->node->kind == NODE_MAP
		&& (str_ends(o->kind, STR("Role")) ? w->roles : str_ends(o->kind, STR("RoleBinding")) && !w->roles)) {
		w->visit(w->run, o);
	}
	return true;
}

/* every Role and ClusterRole, or every binding */
static void
each(const struct lint_run *run, bool roles, role_visit *visit)
{
	struct walk w = { run, visit, roles };

	for (const struct doc *doc = run->docs; doc; doc = doc->next) {
		(void)object_each(doc, visit_object, &w);
	}
}

static const struct node *
items(const struct node *list)
{
	return list && list->kind == NODE_LIST ? list->first : NULL;
}

/* the item of a list at a key, or NULL */
static const struct node *
item(const struct node *rule, const char *key, const char *text)
{
	for (const struct node *n = items(node_get(rule, str_of(key))); n; n = n->next) {
		if (node_real(n)->kind < NODE_LIST && str_is(node_real(n)->text, text)) {
			return node_real(n);
		}
	}
	return NULL;
}

static const struct node *
rules_of(const struct object *o)
{
	return items(node_get(o->node, STR("rules")));
}

/* does a rule of the role grant something on the resource, in this group or in all? */
static bool
grants(const struct object *o, const char *group, const char *resource)
{
	for (const struct node *r = rules_of(o); r; r = r->next) {
		const struct node *rule = node_real(r);

		if ((item(rule, "apiGroups", group) || item(rule, "apiGroups", "*")) && (item(rule, "resources", resource)
			|| item(rule, "resources", "*"))) {
			return true;
		}
	}
	return false;
}

/* the name of the service account; empty if no profile states it */
static struct str
account(const struct lint_run *run)
{
	return run->root != run->own ? lint_text_or(run, "serviceAccountName", "anaconda-enterprise") : STR("");
}

static void
core_roles(const struct lint_run *run, const struct object *o)
{
	for (const struct node *r = rules_of(o); r; r = r->next) {
		const struct node *rule = node_real(r), *roles = item(rule, "resources", "roles");

		if (roles && item(rule, "apiGroups", "") && !item(rule, "apiGroups", RBAC) && !item(rule, "apiGroups", "*")) {
			diag_help(run->diags, lint_hit_node(run, roles, "the core API group has no 'roles': this grants nothing"),
				"put them into a rule of their own with apiGroups [" RBAC "]");
		}
	}
}

void
lint_core_roles(const struct lint_run *run)
{
	each(run, true, core_roles);
}

static void
ingress_rights(const struct lint_run *run, const struct object *o)
{
	if (grants(o, "networking.k8s.io", "ingresses")) {
		return;
	}
	for (const struct node *r = rules_of(o); r; r = r->next) {
		const struct node *group = item(node_real(r), "apiGroups", "extensions");

		if (group && item(node_real(r), "resources", "ingresses")) {
			diag_help(run->diags, lint_hit_node(run, group, "Kubernetes 1.%zu has no ingresses in 'extensions'", lint_kubernetes(run)),
				"write networking.k8s.io");
			return;
		}
	}
}

/* Does a binding give the role to the account? */
static bool
binds(const struct object *binding, const struct object *role, struct str name)
{
	const struct node *ref = node_get(binding->node, STR("roleRef"));

	if (!str_eq(node_text(ref, STR("name")), role->name) || !str_eq(node_text(ref, STR("kind")), role->kind)) {
		return false;
	}
	for (const struct node *s = items(node_get(binding->node, STR("subjects"))); s; s = s->next) {
		if (str_eq(node_text(node_real(s), STR("kind")), STR("ServiceAccount")) && str_eq(node_text(node_real(s), STR("name")), name)) {
			return true;
		}
	}
	return false;
}

struct bound {
	const struct object *role;
	struct str account;
	bool found;
};

static bool
visit_bound(const struct object *o, void *p)
{
	struct bound *b = p;

	b->found |= str_eq(o->kind, STR("RoleBinding")) && binds(o, b->role, b->account);
	return true;
}

/* is this the account's own role? Only a profile can tell */
static bool
is_own_role(const struct lint_run *run, const struct object *o)
{
	struct bound b = { o, account(run), false };

	for (const struct doc *doc = run->docs; b.account.n > 0 && str_eq(o->kind, STR("Role")) && doc; doc = doc->next) {
		(void)object_each(doc, visit_bound, &b);
	}
	return b.found;
}

static const struct node *
name_of(const struct object *o)
{
	const struct node *name = node_get(node_get(o->node, STR("metadata")), STR("name"));

	return name ? name : o->node;
}

static void
own_ingress_rights(const struct lint_run *run, const struct object *o)
{
	if (is_own_role(run, o) && !grants(o, "networking.k8s.io", "ingresses") && !grants(o, "extensions", "ingresses")) {
		diag_help(run->diags, lint_hit_node(run, name_of(o), "the role of '%.*s' has no right to ingresses", STR_FMT(account(run))),
			"add a rule for ingresses of networking.k8s.io: Workbench makes one for each session");
	}
}

void
lint_ingress_rights(const struct lint_run *run)
{
	if (lint_kubernetes(run) >= INGRESS_V1_ONLY) {
		each(run, true, ingress_rights);
	}
	each(run, true, own_ingress_rights);
}

static void
subject_namespace(const struct lint_run *run, const struct object *o)
{
	for (const struct node *s = items(node_get(o->node, STR("subjects"))); s && str_eq(o->kind, STR("ClusterRoleBinding")); s = s->next) {
		const struct node *subject = node_real(s);

		if (str_eq(node_text(subject, STR("kind")), STR("ServiceAccount")) && node_text(subject, STR("namespace")).n == 0) {
			diag_help(run->diags, lint_hit_node(run, subject, "a service account of no namespace is bound"),
				"add 'namespace': a cluster's binding has none of its own");
		}
	}
}

/* the controller's role: it watches what ingresses lead to */
static bool
is_controller_role(const struct object *o)
{
	return str_eq(o->kind, STR("ClusterRole")) && str_ends(o->name, STR("-ingress")) && grants(o, "networking.k8s.io", "ingresses");
}

static void
endpoint_slices(const struct lint_run *run, const struct object *o)
{
	if (is_controller_role(o) && !grants(o, "discovery.k8s.io", "endpointslices")) {
		diag_help(run->diags, lint_hit_node(run, name_of(o), "the ingress controller's role has no right to endpointslices"),
			"add them beside endpoints, with list and watch");
	}
}

struct named {
	struct str role;
	bool found;
};

static bool
visit_named(const struct object *o, void *p)
{
	struct named *n = p;

	n->found |= str_eq(o->kind, STR("ClusterRoleBinding")) && str_eq(node_text(node_get(o->node, STR("roleRef")), STR("name")), n->role);
	return true;
}

static void
own_controller_role(const struct lint_run *run, const struct object *o)
{
	struct named named = { str_of(arena_printf(run->arena, "%.*s-ingress", STR_FMT(account(run)))), false };

	if (!is_own_role(run, o)) {
		return;
	}
	for (const struct doc *doc = run->docs; doc; doc = doc->next) {
		(void)object_each(doc, visit_named, &named);
	}
	if (!named.found) {
		diag_help(run->diags, lint_hit_node(run, name_of(o), "ingress.install wants a ClusterRole and its binding, and there are none"),
			"add both, named '%.*s'", STR_FMT(named.role));
	}
}

void
lint_ingress_role(const struct lint_run *run)
{
	const char *wanted = arena_printf(run->arena, "%.*s-ingress", STR_FMT(lint_text_or(run, "serviceAccountName", "anaconda-enterprise")));
	bool install = lint_true(run, "ingress/install");

	each(run, false, subject_namespace);
	each(run, true, endpoint_slices);
	if (install && run->file == LINT_MANIFESTS) {
		each(run, true, own_controller_role);
	} else if (install && lint_at(run, "cluster/clusterRoles") && !lint_has(run, "cluster/clusterRoles", str_of(wanted))) {
		diag_help(run->diags, lint_hit(run, "ingress/install", "the bundled controller wants the ClusterRole '%s', which the cluster lacks",
			wanted), "make it and its binding beforehand");
	}
}

/* "pods, services"; an empty one is the core group. NULL: there is none */
static const char *
listed(const struct lint_run *run, const struct node *rule, const char *key)
{
	struct buf b = { .arena = run->arena };
	size_t n = 0;

	for (const struct node *i = items(node_get(rule, str_of(key))); i; i = i->next) {
		if (node_real(i)->kind < NODE_LIST) {
			say_listed(&b, &n, node_real(i)->text.n > 0 ? node_real(i)->text : STR("the core group"));
		}
	}
	return n > 0 ? say_list_end(&b, n) : NULL;
}

/* what a rule with a '*' is about */
static const char *
scope(const struct lint_run *run, const struct node *rule, bool resources)
{
	const char *names = resources ? listed(run, rule, "apiGroups") : listed(run, rule, "resources");

	if (resources) {
		return names && !item(rule, "apiGroups", "*") ? arena_printf(run->arena, "all of %s", names) : "everything";
	}
	names = names ? names : listed(run, rule, "nonResourceURLs");
	return names ? names : "nothing";
}

static void
wildcard_rights(const struct lint_run *run, const struct object *o)
{
	for (const struct node *r = rules_of(o); r; r = r->next) {
		const struct node *rule = node_real(r), *verbs = item(rule, "verbs", "*"), *resources = item(rule, "resources", "*");

		/* the controller's own rights to ingressclasses */
		if (verbs && !resources && item(rule, "resources", "ingressclasses") && node_count(node_get(rule, STR("resources"))) == 1) {
			continue;
		}
		if (resources || verbs) {
			diag_help(run->diags, lint_hit_node(run, resources ? resources : verbs, "%s to %s", verbs ? "all rights" : "rights",
				scope(run, rule, resources != NULL)),
				"Workbench needs those of its RBAC template only");
		}
	}
}

void
lint_wildcard_rights(const struct lint_run *run)
{
	each(run, true, wildcard_rights);
}

static void
custom_host(const struct lint_run *run, const struct object *o)
{
	for (const struct node *r = rules_of(o); r; r = r->next) {
		const struct node *rule = node_real(r), *routes = item(rule, "resources", "routes"), *verbs = node_get(rule, STR("verbs"));

		if (routes && item(rule, "apiGroups", "route.openshift.io") && !grants(o, "route.openshift.io", "routes/custom-host")
			&& verbs && (item(rule, "verbs", "create") || item(rule, "verbs", "*"))) {
			diag_help(run->diags, lint_hit_node(run, routes, "routes may be made, but not with a host name of their own"),
				"add 'routes/custom-host'");
			return;
		}
	}
	if (lint_openshift(run) && is_own_role(run, o) && !grants(o, "route.openshift.io", "routes")) {
		diag_help(run->diags, lint_hit_node(run, name_of(o), "the role of '%.*s' has no right to routes", STR_FMT(account(run))),
			"add a rule for routes and routes/custom-host of route.openshift.io");
	}
}

void
lint_custom_host(const struct lint_run *run)
{
	each(run, true, custom_host);
}

/* a verb other than 'use', or NULL */
static const struct node *
other_verb(const struct node *rule)
{
	for (const struct node *v = items(node_get(rule, STR("verbs"))); v; v = v->next) {
		if (!str_eq(node_real(v)->text, STR("use"))) {
			return node_real(v);
		}
	}
	return NULL;
}

/* a rule on the use of SCCs: 'use', of those it names; others manage them */
static void
scc_rights(const struct lint_run *run, const struct object *o)
{
	struct lint_run mild = lint_mild(run);
	/* without a profile it may be the Role of a chart that needs it */
	const struct lint_run *grave = run->root != run->own ? run : &mild;

	for (const struct node *r = rules_of(o); r; r = r->next) {
		const struct node *rule = node_real(r), *scc = item(rule, "resources", "securitycontextconstraints");
		const struct node *privileged = item(rule, "resourceNames", "privileged"), *anyuid = item(rule, "resourceNames", "anyuid");

		if (!scc || !(item(rule, "verbs", "use") || items(node_get(rule, STR("resourceNames"))) || is_own_role(run, o))) {
			continue;
		}
		if (!items(node_get(rule, STR("resourceNames")))) {
			diag_help(run->diags, lint_hit_node(grave, scc, "this is a right to every SCC, 'privileged' too"), "name those meant in resourceNames");
		}
		if (other_verb(rule)) {
			diag_help(run->diags, lint_hit_node(grave, other_verb(rule), "an SCC is used, nothing else"), "write [use]");
		}
		if (privileged) {
			diag_help(run->diags, lint_hit_node(grave, privileged, "'privileged' gives pods the rights of their node"),
				"'restricted-v2' is enough, with authenticatedNFS 'anyuid'");
		}
		if (anyuid && run->root != run->own && !lint_true(run, "authenticatedNFS")) {
			diag_help(run->diags, lint_hit_node(&mild, anyuid, "'anyuid' lets pods run as root, which nothing here needs"),
				"use 'restricted-v2'");
		}
	}
}

void
lint_scc(const struct lint_run *run)
{
	struct lint_run mild = lint_mild(run);
	struct str scc = lint_text(run, "openshift/scc");

	if (run->file == LINT_MANIFESTS) {
		each(run, true, scc_rights);
	} else if (str_eq(scc, STR("privileged"))) {
		diag_help(run->diags, lint_hit(run, "openshift/scc", "'privileged' gives pods the rights of their node"),
			"'restricted-v2' is enough, with authenticatedNFS 'anyuid'");
	} else if (str_eq(scc, STR("anyuid")) && !lint_true(run, "authenticatedNFS")) {
		diag_help(run->diags, lint_hit(&mild, "openshift/scc", "'anyuid' lets pods run as root, which nothing here needs"),
			"use 'restricted-v2', or state 'authenticatedNFS: true'");
	}
}
