/* SPDX-License-Identifier: Apache-2.0 */
/* Collects accounts, bindings and Roles of a stream, in any order, and finds the Role to give the rule to. */
#include "site/render/grant.h"

#include "base/arena.h"

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

/* a RoleBinding or a ClusterRoleBinding with one of its accounts */
struct binding {
	struct str namespace, account, role;  /* namespace of the binding; empty: of the whole cluster */
	struct str account_namespace;
	bool to_cluster_role;
	struct binding *next;
};

struct role {
	struct str namespace, name;
	bool cluster;
	uint32_t gives;               /* a bit for each SCC that its rules give already */
	uint32_t lacks;               /* those that it is to give */
	struct role *next;
};

struct grants {
	struct source *manifests;
	struct str release;
	struct arena *arena;
	struct need *needs;
	struct binding *bindings;
	struct role *roles, **last_role;
};

struct grants *
grants_new(struct source *manifests, struct str release, struct arena *a)
{
	struct grants *g = arena_new(a, struct grants);

	*g = (struct grants){ .manifests = manifests, .release = release, .arena = a };
	g->last_role = &g->roles;
	return g;
}

static struct str
keep(struct grants *g, struct str s)
{
	return (struct str){ arena_copy(g->arena, s.s, s.n), s.n };
}

/* One that is not stated is that of the release, which may not be known: then it may be any. */
static bool
same_namespace(const struct grants *g, struct str a, struct str b)
{
	a = a.n > 0 ? a : g->release;
	b = b.n > 0 ? b : g->release;
	return a.n == 0 || b.n == 0 || str_eq(a, b);
}

void
grants_pod(struct grants *g, const struct object *object, const struct scc *scc, struct str account, struct span span)
{
	struct need *need;

	account = account.n > 0 ? account : STR("default");
	for (need = g->needs; need; need = need->next) {
		if (need->scc == scc && str_eq(need->account, account) && same_namespace(g, need->namespace, object->namespace)) {
			return;
		}
	}
	need = arena_new(g->arena, struct need);
	*need = (struct need){ keep(g, object->namespace), keep(g, account), scc, span, false, g->needs };
	g->needs = need;
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

static void
add_role(struct grants *g, const struct object *object, bool cluster)
{
	struct role *role = arena_new(g->arena, struct role);

	*role = (struct role){ .namespace = keep(g, object->namespace), .name = keep(g, object->name), .cluster = cluster,
		.gives = given(node_real(object->node)) };
	*g->last_role = role;
	g->last_role = &role->next;
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
			.to_cluster_role = str_eq(node_text(ref, STR("kind")), STR("ClusterRole")), .next = g->bindings };
		g->bindings = binding;
	}
}

void
grants_object(struct grants *g, const struct object *object)
{
	if (!str_eq(object->group, STR("rbac.authorization.k8s.io"))) {
		return;
	}
	if (str_eq(object->kind, STR("Role")) || str_eq(object->kind, STR("ClusterRole"))) {
		add_role(g, object, object->kind.n > 4);
	} else if (str_eq(object->kind, STR("RoleBinding")) || str_eq(object->kind, STR("ClusterRoleBinding"))) {
		add_bindings(g, object);
	}
}

static bool
binds(const struct grants *g, const struct binding *binding, const struct need *need)
{
	return str_eq(binding->account, need->account) && same_namespace(g, binding->account_namespace, need->namespace);
}

static bool
is_role(const struct grants *g, const struct role *role, const struct binding *binding)
{
	return role->cluster == binding->to_cluster_role && str_eq(role->name, binding->role)
		&& (role->cluster || same_namespace(g, role->namespace, binding->namespace));
}

static size_t
index_of(const struct scc *scc)
{
	size_t i = 0;

	while (scc_at(i) != scc) {
		i++;
	}
	return i;
}

/* is it given already? else *ret_role is the first Role to give it to, or NULL */
static bool
is_given(const struct grants *g, const struct need *need, struct role **ret_role)
{
	uint32_t bit = (uint32_t)1 << index_of(need->scc);

	*ret_role = NULL;
	for (const struct binding *binding = g->bindings; binding; binding = binding->next) {
		if (!binds(g, binding, need)) {
			continue;
		}
		if (binding->to_cluster_role && str_starts(binding->role, STR(SHIPPED))
			&& str_eq(str_slice(binding->role, sizeof(SHIPPED) - 1, binding->role.n), str_of(need->scc->name))) {
			return true;
		}
		for (struct role *role = g->roles; role; role = role->next) {
			if (!is_role(g, role, binding)) {
				continue;
			}
			if (role->gives & bit) {
				return true;
			}
			if (!role->cluster) {
				*ret_role = *ret_role ? *ret_role : role;
			}
		}
	}
	return false;
}

void
grants_decide(struct grants *g)
{
	for (struct need *need = g->needs; need; need = need->next) {
		struct role *role, *same;

		if (is_given(g, need, &role)) {
			continue;
		}
		need->missing = !role && !scc_for_everyone(need->scc);
		/* the same Role may come twice, from a hook and from a template */
		for (same = role ? g->roles : NULL; same; same = same->next) {
			if (!same->cluster && str_eq(same->name, role->name) && same_namespace(g, same->namespace, role->namespace)) {
				same->lacks |= (uint32_t)1 << index_of(need->scc);
			}
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
	const struct scc *scc;
	uint32_t lacks = 0;

	if (!str_eq(object->kind, STR("Role"))) {
		return NULL;
	}
	for (const struct role *role = g->roles; role; role = role->next) {
		if (!role->cluster && str_eq(role->name, object->name) && str_eq(role->namespace, object->namespace)) {
			lacks |= role->lacks;
		}
	}
	for (size_t i = 0; (scc = scc_at(i)); i++) {
		struct node *rule;

		if (lacks >> i & 1) {
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
