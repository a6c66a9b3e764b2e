/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the wanted data once for each path to a pod template. */
#include "site/wanted.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "yaml/scalar.h"

/* the data for objects with one path to their pod template */
struct made {
	const char *const *path;
	struct node *data;
	struct made *next;
};

struct wanted {
	const struct node *labels, *annotations, *pod_labels, *pod_annotations;
	bool inherit;
	struct arena *arena;
	struct made *made;
};

static void
copy_into(struct wanted *w, struct node *map, const struct node *from)
{
	if (!from) {
		return;
	}
	for (const struct node *entry = from->first; entry; entry = entry->next) {
		struct node *value = node_new(w->arena, NODE_STRING, entry->text);

		value->span = entry->span;
		node_put(w->arena, map, entry->key->text, value);
	}
}

/* {metadata: {labels, annotations}} */
static struct node *
metadata_of(struct wanted *w, bool object, bool pod)
{
	struct node *labels = node_map(w->arena), *annotations = node_map(w->arena), *metadata = node_map(w->arena);

	if (object) {
		copy_into(w, labels, w->labels);
		copy_into(w, annotations, w->annotations);
	}
	if (pod) {
		copy_into(w, labels, w->pod_labels);
		copy_into(w, annotations, w->pod_annotations);
	}
	if (labels->first) {
		node_put(w->arena, metadata, STR("labels"), labels);
	}
	if (annotations->first) {
		node_put(w->arena, metadata, STR("annotations"), annotations);
	}
	return metadata;
}

static struct node *
wrap(struct wanted *w, const char *key, struct node *inner)
{
	struct node *map = node_map(w->arena);

	if (inner->first) {
		node_put(w->arena, map, str_of(key), inner);
	}
	return map;
}

const struct node *
wanted_for(struct wanted *w, const struct object *object)
{
	const char *const *path = pod_path(object);
	struct made *made;
	struct node *template;
	size_t depth = 0;

	for (made = w->made; made; made = made->next) {
		if (made->path == path) {
			return made->data;
		}
	}
	made = arena_new(w->arena, struct made);
	made->path = path;
	made->data = wrap(w, "metadata", metadata_of(w, true, path && !*path));
	if (path && *path) {
		template = wrap(w, "metadata", metadata_of(w, w->inherit, true));
		while (path[depth]) {
			depth++;
		}
		while (depth > 0) {
			template = wrap(w, path[--depth], template);
		}
		if (template->first) {
			node_put(w->arena, made->data, template->first->key->text, template->first);
		}
	}
	made->next = w->made;
	w->made = made;
	return made->data;
}

struct wanted *
wanted_new(const struct profile *profile, struct arena *a)
{
	const struct node *rules = node_get(profile->root, STR("render"));
	const struct node *inherit = node_get(rules, STR("inherit"));
	struct wanted *w = arena_new(a, struct wanted);

	*w = (struct wanted){
		.labels = node_get(rules, STR("labels")),
		.annotations = node_get(rules, STR("annotations")),
		.pod_labels = node_get(rules, STR("podLabels")),
		.pod_annotations = node_get(rules, STR("podAnnotations")),
		.inherit = !inherit || scalar_true(inherit->text),
		.arena = a,
	};
	return w;
}

enum edit_conflict
wanted_conflict(const struct profile *profile)
{
	struct str word = node_text(node_get(profile->root, STR("render")), STR("conflict"));

	return str_eq(word, STR("keep")) ? EDIT_KEEP : str_eq(word, STR("fail")) ? EDIT_FAIL : EDIT_OVERWRITE;
}
