/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the wanted data once for each path to a pod template. */
#include "site/wanted.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "site/rule.h"
#include "yaml/scalar.h"

/* the data for objects with one path to their pod template and the same rules */
struct made {
	const char *const *path;
	uint64_t rules;
	struct node *data;
	struct made *next;
};

struct wanted {
	struct rule_wants all;        /* what `render` itself wants */
	bool inherit;
	struct rules *rules;
	struct arena *arena;
	struct made *made;
};

/* {KEY: value} into a map; what a later rule wants counts more */
static void
put(struct wanted *w, struct node *into, const char *key, const struct node *value)
{
	struct node *map = node_map(w->arena), *outer = node_map(w->arena);

	if (value && value->first) {
		edit_merge_tree(w->arena, map, value, EDIT_OVERWRITE);
		node_put(w->arena, outer, str_of(key), map);
		edit_merge_tree(w->arena, into, outer, EDIT_OVERWRITE);
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

const struct node *
wanted_for(struct wanted *w, const struct object *object)
{
	const char *const *path = pod_path(object);
	uint64_t rules = rules_match(w->rules, object);
	struct made *made;
	struct node *template;
	size_t depth = 0;

	for (made = w->made; made; made = made->next) {
		if (made->path == path && made->rules == rules) {
			return made->data;
		}
	}
	made = arena_new(w->arena, struct made);
	made->path = path;
	made->rules = rules;
	made->data = data_of(w, rules, true, path && !*path);
	if (path && *path) {
		template = data_of(w, rules, w->inherit, true);
		while (path[depth]) {
			depth++;
		}
		while (depth > 0 && template->first) {
			struct node *outer = node_map(w->arena);

			node_put(w->arena, outer, str_of(path[--depth]), template);
			template = outer;
		}
		edit_merge_tree(w->arena, made->data, template, EDIT_OVERWRITE);
	}
	made->next = w->made;
	w->made = made;
	return made->data;
}

bool
wanted_check(const struct wanted *w, bool allow_unmatched, struct diags *diags)
{
	return rules_check(w->rules, allow_unmatched, diags);
}

struct wanted *
wanted_new(struct profile *profile, struct arena *a, struct diags *diags)
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
		.inherit = !inherit || scalar_true(inherit->text),
		.rules = rules_new(profile, a, diags),
		.arena = a,
	};
	return w->rules ? w : NULL;
}

enum edit_conflict
wanted_conflict(const struct profile *profile)
{
	struct str word = node_text(node_get(profile->root, STR("render")), STR("conflict"));

	return str_eq(word, STR("keep")) ? EDIT_KEEP : str_eq(word, STR("fail")) ? EDIT_FAIL : EDIT_OVERWRITE;
}
