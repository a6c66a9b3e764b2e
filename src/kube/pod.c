/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds that carry pods, and the path to the template of each. */
#include "kube/pod.h"

#include "base/arena.h"
#include "yaml/pointer.h"

static const struct {
	const char *kind;
	const char *groups[3];        /* "" is the core group; ended by NULL */
	const char *path[POD_PATH_MAX + 1];
} kinds[] = {
	{ "Pod", { "" }, { NULL } },
	{ "PodTemplate", { "" }, { "template" } },
	{ "ReplicationController", { "" }, { "spec", "template" } },
	{ "Deployment", { "apps", "extensions" }, { "spec", "template" } },
	{ "ReplicaSet", { "apps", "extensions" }, { "spec", "template" } },
	{ "DaemonSet", { "apps", "extensions" }, { "spec", "template" } },
	{ "StatefulSet", { "apps" }, { "spec", "template" } },
	{ "Job", { "batch" }, { "spec", "template" } },
	{ "CronJob", { "batch" }, { "spec", "jobTemplate", "spec", "template" } },
	{ "DeploymentConfig", { "apps.openshift.io", "" }, { "spec", "template" } },
	{ "Rollout", { "argoproj.io" }, { "spec", "template" } },
};

const char *
pod_kind(size_t i)
{
	return i < sizeof(kinds) / sizeof(kinds[0]) ? kinds[i].kind : NULL;
}

static bool
in_group(const char *const *groups, struct str group)
{
	for (size_t i = 0; groups[i]; i++) {
		if (str_is(group, groups[i])) {
			return true;
		}
	}
	return false;
}

const struct node *
pod_template(const struct object *o, const char *const *path)
{
	const struct node *node = path ? node_real(o->node) : NULL;

	for (const char *const *key = path; key && *key; key++) {
		node = node_find(node, str_of(*key));
	}
	return node;
}

const char *const *
pod_path(const struct object *o)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!str_is(o->kind, kinds[i].kind)
			|| !in_group(kinds[i].groups, o->group)) {
			continue;
		}
		const struct node *node = pod_template(o, kinds[i].path);

		return node && node->kind != NODE_NULL ? kinds[i].path : NULL;
	}
	return NULL;
}

const struct node *
pod_containers(const struct object *o, const char *key)
{
	const struct node *list = node_find(node_find(pod_template(o, pod_path(o)), STR("spec")), str_of(key));

	return list && list->kind == NODE_LIST ? list : NULL;
}

struct way {
	struct str group, kind;
	struct str tokens[POINTER_TOKENS_MAX];
	size_t n;
	struct way *next;
};

struct pod_paths {
	struct way *first;
};

static void
add_way(struct arena *a, struct pod_paths *paths, struct str name, struct str pointer)
{
	struct way *way = arena_new(a, struct way);
	size_t slash = str_find(name, '/', 0);

	way->group = slash < name.n ? str_slice(name, 0, slash) : (struct str){ 0 };
	way->kind = slash < name.n ? str_slice(name, slash + 1, name.n) : name;
	way->n = pointer_read(a, pointer, way->tokens);
	way->next = paths->first;
	paths->first = way;
}

struct pod_paths *
pod_paths_new(struct arena *a, const struct node *from)
{
	struct pod_paths *paths = arena_new(a, struct pod_paths);

	for (const struct node *entry = from ? from->first : NULL; entry; entry = entry->next) {
		for (const struct node *item = entry->kind == NODE_LIST ? entry->first : entry; item; item = entry->kind == NODE_LIST ? item->next : NULL) {
			add_way(a, paths, entry->key->text, item->text);
		}
	}
	return paths;
}

struct walk {
	struct arena *arena;
	const struct way *way;
	struct pod_step steps[POINTER_TOKENS_MAX];
	struct pod_place *places;
	size_t n;
};

static void
add_place(struct walk *w, const struct node *template)
{
	struct pod_step *steps = arena_alloc(w->arena, w->way->n, sizeof(*steps));

	if (w->n < POD_PLACES_MAX && template->kind == NODE_MAP) {
		for (size_t i = 0; i < w->way->n; i++) {
			steps[i] = w->steps[i];
		}
		w->places[w->n++] = (struct pod_place){ steps, w->way->n, template };
	}
}

/* from a node on by the tokens from depth on */
static void
walk(struct walk *w, const struct node *node, size_t depth)
{
	struct str token = depth < w->way->n ? w->way->tokens[depth] : (struct str){ 0 };
	size_t wanted, i = 0;

	node = node_real(node);
	if (!node || node->kind == NODE_NULL) {
		return;
	}
	if (depth == w->way->n) {
		add_place(w, node);
		return;
	}
	if (node->kind != NODE_LIST) {
		w->steps[depth] = (struct pod_step){ token, false };
		walk(w, node_find(node, token), depth + 1);
		return;
	}
	for (const struct node *item = node->first; item && w->n < POD_PLACES_MAX; item = item->next, i++) {
		if (str_eq(token, STR("*")) || (pointer_index(token, &wanted) && wanted == i)) {
			w->steps[depth] = (struct pod_step){ str_decimal(w->arena, i), true };
			walk(w, item, depth + 1);
		}
	}
}

size_t
pod_places(const struct pod_paths *paths, struct arena *a, const struct object *o, struct pod_place ret[POD_PLACES_MAX])
{
	const char *const *path = pod_path(o);
	struct walk w = { .arena = a, .places = ret };

	if (path) {
		struct pod_step *steps = arena_alloc(a, POD_PATH_MAX, sizeof(*steps));
		size_t n = 0;

		for (; path[n]; n++) {
			steps[n] = (struct pod_step){ str_of(path[n]), false };
		}
		ret[w.n++] = (struct pod_place){ steps, n, pod_template(o, path) };
	}
	for (const struct way *way = paths ? paths->first : NULL; way; way = way->next) {
		if (str_eq(way->group, o->group) && str_eq(way->kind, o->kind) && way->n > 0) {
			w.way = way;
			walk(&w, o->node, 0);
		}
	}
	return w.n;
}
