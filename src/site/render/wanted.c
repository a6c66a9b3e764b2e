/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the wanted data once for each path to a pod template. */
#include "site/render/wanted.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "site/render/container.h"
#include "site/render/rule.h"
#include "site/render/survey.h"
#include "yaml/scalar.h"

#include <string.h>

/* the data for objects with one path to their pod template and the same rules */
struct made {
	const char *const *path;
	uint64_t rules;
	struct node *data;
	struct made *next;
};

struct wanted {
	struct rule_wants all;        /* what `render` itself wants */
	const struct node *registry;  /* imageRegistry, {from, to}; or NULL */
	bool inherit;
	struct rules *rules;
	struct sccs *sccs;
	struct grants *grants;        /* NULL: no pod has an SCC to be granted */
	struct source *manifests;
	struct arena *arena;
	struct diags *diags;
	struct made *made;
};

/* {KEY: value} into a map; what a later rule wants counts more */
static void
put(struct wanted *w, struct node *into, const char *key, const struct node *value)
{
	struct node *map = node_map(w->arena), *outer = node_map(w->arena);

	if (value && value->first) {
		edit_combine(w->arena, map, value);
		node_put(w->arena, outer, str_of(key), map);
		edit_combine(w->arena, into, outer);
	}
}

/* {labels, annotations} of an object and of a pod */
static void
put_metadata(struct wanted *w, struct node *into, const struct rule_wants *wants, bool object, bool pod)
{
	if (object) {
		put(w, into, "labels", wants->labels);
		put(w, into, "annotations", wants->annotations);
	}
	if (pod) {
		put(w, into, "labels", wants->pod_labels);
		put(w, into, "annotations", wants->pod_annotations);
	}
}

/* what all that count for the object want of it: {metadata, spec}; pod: of its pod template */
static struct node *
data_of(struct wanted *w, uint64_t rules, bool object, bool pod)
{
	struct node *data = node_map(w->arena), *metadata = node_map(w->arena);

	for (size_t i = 0; i <= rules_count(w->rules); i++) {
		const struct rule_wants *wants = i == 0 ? &w->all : rules_wants(w->rules, i - 1);

		if (i > 0 && !(rules >> (i - 1) & 1)) {
			continue;
		}
		put_metadata(w, metadata, wants, object, pod);
		if (pod) {
			put(w, data, "spec", wants->pod_spec);
		}
	}
	put(w, data, "metadata", metadata);
	return data;
}

/* What the rules want of one container: {name, ...}; NULL: nothing. An error is added where it cannot be had. */
static struct node *
container_of(struct wanted *w, uint64_t rules, const struct node *container)
{
	struct node *into = NULL;

	for (size_t i = 0; i < rules_count(w->rules); i++) {
		const struct node *rule = rules_wants(w->rules, i)->containers;
		struct node *wants;

		if (!rule || !(rules >> i & 1) || !rules_has_container(w->rules, i, container)) {
			continue;
		}
		wants = container_wants(w->arena, rule, container, w->manifests, w->diags);
		if (into && wants) {
			edit_combine(w->arena, into, wants);
		} else {
			into = wants;
		}
	}
	if (into) {
		container_as_written(into, container);
	}
	return into;
}

static void
put_list(struct wanted *w, struct node *spec, const char *key, uint64_t rules, const struct object *object)
{
	const struct node *containers = pod_containers(object, key);
	bool init = strcmp(key, "containers") != 0;   /* or ephemeral: rules are not for them */
	struct node *list = node_list(w->arena);

	list->text = STR("name");
	for (const struct node *item = containers ? containers->first : NULL; item; item = item->next) {
		struct node *wants = init ? NULL : container_of(w, rules, node_real(item));
		struct node *images = w->registry ? container_images(w->arena, w->registry, node_real(item)) : NULL;

		if (wants && images) {
			/* what a rule sets counts more */
			edit_combine(w->arena, images, wants);
		}
		if (wants || images) {
			node_append(list, images ? images : wants);
		}
	}
	if (list->first) {
		node_put(w->arena, spec, str_of(key), list);
	}
}

static void
put_containers(struct wanted *w, struct node *template, uint64_t rules, const struct object *object)
{
	static const char *const keys[] = { "initContainers", "containers", "ephemeralContainers" };
	struct node *spec = node_map(w->arena), *outer = node_map(w->arena);

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		put_list(w, spec, keys[i], rules, object);
	}
	if (spec->first) {
		node_put(w->arena, outer, STR("spec"), spec);
		edit_combine(w->arena, template, outer);
	}
}

static bool
any_containers(const struct wanted *w, uint64_t rules)
{
	if (w->registry) {
		return true;
	}
	for (size_t i = 0; i < rules_count(w->rules); i++) {
		if ((rules >> i & 1) && rules_wants(w->rules, i)->containers) {
			return true;
		}
	}
	return false;
}

/* Does the profile choose an SCC or a Pod Security Standard for pods for which these rules count? ret: those of the rules that do. */
static bool
any_security(const struct wanted *w, uint64_t rules, const struct node *ret[RULES_MAX + 1])
{
	rules_security(w->rules, rules, ret);
	return sccs_all(w->sccs) || ret[0];
}

static void
put_security(struct wanted *w, struct node *template, uint64_t rules, const struct object *object)
{
	const struct node *chosen[RULES_MAX + 1];

	if (any_security(w, rules, chosen)) {
		sccs_put(w->sccs, object, chosen, template);
	}
}

const struct node *
wanted_for(struct wanted *w, const struct object *object)
{
	const char *const *path = pod_path(object);
	uint64_t rules = rules_match(w->rules, object);
	struct made *made;
	struct node *template;
	size_t depth = 0;
	const struct node *chosen[RULES_MAX + 1], *grant = w->grants ? grants_for(w->grants, object) : NULL;
	/* by what its pod template holds, or as what Role it is */
	bool own = (path && (any_containers(w, rules) || any_security(w, rules, chosen))) || grant;

	for (made = own ? NULL : w->made; made; made = made->next) {
		if (made->path == path && made->rules == rules) {
			return made->data;
		}
	}
	made = arena_new(w->arena, struct made);
	made->path = path;
	made->rules = rules;
	made->data = data_of(w, rules, true, path && !*path);
	if (grant) {
		edit_combine(w->arena, made->data, grant);
	}
	if (own && path && !*path) {
		put_containers(w, made->data, rules, object);
		put_security(w, made->data, rules, object);
	}
	if (path && *path) {
		template = data_of(w, rules, w->inherit, true);
		if (own) {
			put_containers(w, template, rules, object);
			put_security(w, template, rules, object);
		}
		while (path[depth]) {
			depth++;
		}
		while (depth > 0 && template->first) {
			struct node *outer = node_map(w->arena);

			node_put(w->arena, outer, str_of(path[--depth]), template);
			template = outer;
		}
		edit_combine(w->arena, made->data, template);
	}
	if (!own) {
		made->next = w->made;
		w->made = made;
	}
	return made->data;
}

bool
wanted_pods(const struct wanted *w)
{
	bool pods = w->all.pod_spec || w->registry || sccs_all(w->sccs);

	for (size_t i = 0; i < rules_count(w->rules); i++) {
		pods = pods || rules_wants(w->rules, i)->pod_spec || rules_wants(w->rules, i)->containers || rules_wants(w->rules, i)->security;
	}
	return pods;
}

bool
wanted_check(const struct wanted *w, bool allow_unmatched, struct diags *diags)
{
	if (w->grants) {
		grants_tell(w->grants, diags);
	}
	return rules_check(w->rules, allow_unmatched, diags);
}

struct wanted *
wanted_new(struct profile *profile, struct source *manifests, struct arena *a, struct diags *diags)
{
	const struct node *render = node_get(profile->root, STR("render"));
	const struct node *inherit = node_get(render, STR("inherit"));
	struct wanted *w = arena_new(a, struct wanted);

	*w = (struct wanted){
		.all = {
			.labels = node_get(render, STR("labels")),
			.annotations = node_get(render, STR("annotations")),
			.pod_labels = node_get(render, STR("podLabels")),
			.pod_annotations = node_get(render, STR("podAnnotations")),
			.pod_spec = rules_pod_spec(a, render),
		},
		.registry = node_get(render, STR("imageRegistry")),
		.inherit = !inherit || scalar_true(inherit->text),
		.rules = rules_new(&profile->src, profile->root, a, diags),
		.manifests = manifests,
		.arena = a,
		.diags = diags,
	};
	if (!w->rules) {
		return NULL;
	}
	w->sccs = sccs_new(profile, manifests, wanted_conflict(profile), a, diags);
	w->grants = survey(profile, manifests, w->sccs, wanted_conflict(profile), a);
	return w;
}

enum edit_conflict
wanted_conflict(const struct profile *profile)
{
	struct str word = node_text(node_get(profile->root, STR("render")), STR("conflict"));

	return str_eq(word, STR("keep")) ? EDIT_KEEP : str_eq(word, STR("fail")) ? EDIT_FAIL : EDIT_OVERWRITE;
}
