/* SPDX-License-Identifier: Apache-2.0 */
/* Collects accounts, bindings and Roles of a stream, in any order, and finds the Role to give the rule to. */
#include "site/render/grant.h"

#include "base/arena.h"
#include "base/table.h"

#define RBAC "rbac.authorization.k8s.io"
#define GROUP "security.openshift.io"
#define RESOURCE "securitycontextconstraints"
#define SHIPPED "system:openshift:scc:" /* ClusterRoles, one for each SCC */

/* a service account whose pods need an SCC */
struct need {
	struct str namespace, account;
	const struct scc *scc;
	struct span span;
	bool missing;                 /* nothing here gives it */
	struct need *next;
};

/* an account in a RoleBinding or a ClusterRoleBinding */
struct binding {
	struct str namespace, account_namespace, account, role;
	bool to_cluster_role;
	struct binding *next, *same;  /* same: of the same account */
};

/* Roles of one name: the same may come twice, from a hook and from a template */
struct role {
	bool cluster;
	uint32_t gives;               /* a bit for each SCC that its rules give already */
	uint32_t lacks;               /* those that it is to give */
};

struct grants {
	struct source *manifests;
	struct str release;
	struct arena *arena;
	struct need *needs, **last_need;
	struct binding *bindings, **last_binding;
	struct table needed, accounts, roles; /* by need, account, role, each with its namespace, which may be empty: that of the release */
};

struct grants *
grants_new(struct source *manifests, struct str release, struct arena *a)
{
	struct grants *g = arena_new(a, struct grants);

	*g = (struct grants){ .manifests = manifests, .release = release, .arena = a, .needed = { .arena = a }, .accounts = { .arena = a },
		.roles = { .arena = a } };
	g->last_need = &g->needs;
	g->last_binding = &g->bindings;
	return g;
}

static struct str
keep(struct grants *g, struct str s)
{
	return (struct str){ arena_copy(g->arena, s.s, s.n), s.n };
}

/* "SORT/NAMESPACE/NAME"; what states no namespace is in that of the release */
static struct str
key_of(const struct grants *g, const char *sort, struct str namespace, struct str name)
{
	namespace = namespace.n > 0 ? namespace : g->release;
	return str_of(arena_printf(g->arena, "%s/%.*s/%.*s", sort, STR_FMT(namespace), STR_FMT(name)));
}

void
grants_pod(struct grants *g, const struct object *object, const struct scc *scc, struct str account, struct span span)
{
	struct need *need;
	struct str key;

	account = account.n > 0 ? account : STR("default");
	key = key_of(g, scc->name, object->namespace, account);
	if (table_get(&g->needed, key)) {
		return;
	}
	need = arena_new(g->arena, struct need);
	*need = (struct need){ .namespace = keep(g, object->namespace), .account = keep(g, account), .scc = scc, .span = span };
	table_put(&g->needed, key, need);
	*g->last_need = need;
	g->last_need = &need->next;
}

static const struct node *
items(const struct node *map, struct str key)
{
	const struct node *list = node_find(map, key);

	return list && list->kind == NODE_LIST ? list->first : NULL;
}

static bool
has(const struct node *rule, struct str key, struct str word)
{
	for (const struct node *item = items(rule, key); item; item = item->next) {
		const struct node *real = node_real(item);

		if (real->kind < NODE_LIST && (str_eq(real->text, word) || str_eq(real->text, STR("*")))) {
			return true;
		}
	}
	return false;
}

/* what the rules give: one without names gives all */
static uint32_t
given(const struct node *object)
{
	uint32_t gives = 0;

	for (const struct node *item = items(object, STR("rules")); item; item = item->next) {
		const struct node *rule = node_real(item);
		bool all = !items(rule, STR("resourceNames"));
		const struct scc *scc;

		if (!has(rule, STR("apiGroups"), STR(GROUP)) || !has(rule, STR("resources"), STR(RESOURCE)) || !has(rule, STR("verbs"), STR("use"))) {
			continue;
		}
		for (size_t i = 0; (scc = scc_at(i)); i++) {
			if (all || has(rule, STR("resourceNames"), str_of(scc->name))) {
				gives |= (uint32_t)1 << i;
			}
		}
	}
	return gives;
}

/* Only the manifests' own namespaces are known before all is read, so that Roles are found by them as stated. */
static void
add_role(struct grants *g, const struct object *object, bool cluster)
{
	struct str key = str_of(arena_printf(g->arena, "%s/%.*s/%.*s", cluster ? "ClusterRole" : "Role", STR_FMT(object->namespace), STR_FMT(object->name)));
	uint32_t gives = given(node_real(object->node));
	struct role *role = table_get(&g->roles, key);

	if (role) {
		role->gives &= gives;
		return;
	}
	role = arena_new(g->arena, struct role);
	*role = (struct role){ .cluster = cluster, .gives = gives };
	table_put(&g->roles, key, role);
}

static void
add_bindings(struct grants *g, const struct object *object)
{
	const struct node *map = node_real(object->node), *ref = node_find(map, STR("roleRef"));

	for (const struct node *item = items(map, STR("subjects")); item; item = item->next) {
		const struct node *subject = node_real(item);
		struct binding *binding;

		if (!str_eq(node_text(subject, STR("kind")), STR("ServiceAccount"))) {
			continue;
		}
		binding = arena_new(g->arena, struct binding);
		*binding = (struct binding){ .namespace = keep(g, object->namespace), .account = keep(g, node_text(subject, STR("name"))),
			.role = keep(g, node_text(ref, STR("name"))), .account_namespace = keep(g, node_text(subject, STR("namespace"))),
			.to_cluster_role = str_eq(node_text(ref, STR("kind")), STR("ClusterRole")) };
		*g->last_binding = binding;
		g->last_binding = &binding->next;
	}
}

void
grants_object(struct grants *g, const struct object *object)
{
	if (!str_eq(object->group, STR(RBAC))) {
		return;
	}
	if (str_eq(object->kind, STR("Role")) || str_eq(object->kind, STR("ClusterRole"))) {
		add_role(g, object, object->kind.n > 4);
	} else if (str_eq(object->kind, STR("RoleBinding")) || str_eq(object->kind, STR("ClusterRoleBinding"))) {
		add_bindings(g, object);
	}
}

static uint32_t
bit_of(const struct scc *scc)
{
	size_t i = 0;

	while (scc_at(i) != scc) {
		i++;
	}
	return (uint32_t)1 << i;
}

/* Where nobody says the release's namespace, it is that of a binding for the account of a pod that states none. */
static void
guess_release(struct grants *g)
{
	struct table accounts = { .arena = g->arena };

	for (struct need *need = g->needs; need; need = need->next) {
		if (need->namespace.n == 0) {
			table_put(&accounts, need->account, need);
		}
	}
	for (const struct binding *binding = g->bindings; binding && g->release.n == 0; binding = binding->next) {
		if (table_get(&accounts, binding->account)) {
			g->release = binding->account_namespace;
		}
	}
}

static struct role *
find_role(const struct grants *g, const struct binding *binding)
{
	const char *sort = binding->to_cluster_role ? "ClusterRole" : "Role";
	struct str namespace = binding->to_cluster_role ? (struct str){ 0 } : binding->namespace;
	struct role *role = table_get(&g->roles, str_of(arena_printf(g->arena, "%s/%.*s/%.*s", sort, STR_FMT(namespace), STR_FMT(binding->role))));

	if (role || binding->to_cluster_role) {
		return role;
	}
	/* one of the two does not state the release's */
	if (namespace.n == 0) {
		return table_get(&g->roles, key_of(g, sort, namespace, binding->role));
	}
	return str_eq(namespace, g->release) ? table_get(&g->roles, str_of(arena_printf(g->arena, "%s//%.*s", sort, STR_FMT(binding->role)))) : NULL;
}

/* is it given already? else *ret_role is the first Role to give it to, or NULL */
static bool
is_given(const struct grants *g, const struct need *need, struct role **ret_role)
{
	struct str shipped = str_of(arena_printf(g->arena, SHIPPED "%s", need->scc->name));
	const struct binding *binding = table_get(&g->accounts, key_of(g, "", need->namespace, need->account));

	*ret_role = NULL;
	for (; binding; binding = binding->same) {
		struct role *role = find_role(g, binding);

		if ((binding->to_cluster_role && str_eq(binding->role, shipped)) || (role && (role->gives & bit_of(need->scc)))) {
			return true;
		}
		if (role && !role->cluster && !*ret_role) {
			*ret_role = role;
		}
	}
	return false;
}

void
grants_decide(struct grants *g)
{
	guess_release(g);
	for (struct binding *binding = g->bindings; binding; binding = binding->next) {
		struct str key = key_of(g, "", binding->account_namespace, binding->account);
		struct binding *first = table_get(&g->accounts, key);

		if (first) {
			/* the first stays first */
			binding->same = first->same;
			first->same = binding;
		} else {
			table_put(&g->accounts, key, binding);
		}
	}
	for (struct need *need = g->needs; need; need = need->next) {
		struct role *role;

		if (is_given(g, need, &role)) {
			continue;
		}
		need->missing = !role && !scc_for_everyone(need->scc);
		if (role) {
			role->lacks |= bit_of(need->scc);
		}
	}
}

void
grants_tell(const struct grants *g, struct diags *diags)
{
	for (const struct need *need = g->needs; need; need = need->next) {
		struct str namespace = need->namespace.n > 0 ? need->namespace : g->release;
		struct diag *diag;

		if (!need->missing) {
			continue;
		}
		diag = diag_add(diags, DIAG_NOTE, "render/grant", g->manifests, need->span,
			"the service account '%.*s' must be let use the SCC '%s'; no Role that is bound to it is among these manifests",
			STR_FMT(need->account), need->scc->name);
		diag_help(diags, diag, "oc adm policy add-scc-to-user %s -z %.*s%s%.*s", need->scc->name, STR_FMT(need->account),
			namespace.n > 0 ? " -n " : "", STR_FMT(namespace));
	}
}

static struct node *
one(struct arena *a, struct str text)
{
	struct node *list = node_list(a);

	node_append(list, node_new(a, NODE_STRING, text));
	return list;
}

const struct node *
grants_for(const struct grants *g, const struct object *object)
{
	struct arena *a = g->arena;
	struct node *map = node_map(a), *rules = node_list(a);
	const struct role *role;
	const struct scc *scc;

	if (!str_eq(object->kind, STR("Role")) || !str_eq(object->group, STR(RBAC))) {
		return NULL;
	}
	role = table_get(&g->roles, str_of(arena_printf(a, "Role/%.*s/%.*s", STR_FMT(object->namespace), STR_FMT(object->name))));
	for (size_t i = 0; (scc = scc_at(i)); i++) {
		struct node *rule;

		if (role && (role->lacks >> i & 1)) {
			rule = node_map(a);
			node_put(a, rule, STR("apiGroups"), one(a, STR(GROUP)));
			node_put(a, rule, STR("resources"), one(a, STR(RESOURCE)));
			node_put(a, rule, STR("resourceNames"), one(a, str_of(scc->name)));
			node_put(a, rule, STR("verbs"), one(a, STR("use")));
			node_append(rules, rule);
		}
	}
	if (!rules->first) {
		return NULL;
	}
	node_put(a, map, STR("rules"), rules);
	return map;
}
