/* SPDX-License-Identifier: Apache-2.0 */
/* The table of fields, and what the plain ones want. */
#include "site/render/field.h"

#include "base/arena.h"
#include "site/affinity.h"
#include "site/render/container.h"
#include "site/render/gpu.h"
#include "site/render/set.h"
#include "site/render/storage.h"
#include "site/short.h"
#include "yaml/edit.h"

/* [a, b] as [{name: a}, {name: b}] */
static bool
pull_secrets(const struct want_of *w, const struct node *value, struct node *into)
{
	struct node *list = short_node(w->arena, NODE_LIST, (struct str){ 0 }, value);

	for (const struct node *item = value->first; item; item = item->next) {
		struct node *map = short_node(w->arena, NODE_MAP, (struct str){ 0 }, item);

		node_put(w->arena, map, STR("name"), want_text(w->arena, item->text, item));
		node_append(list, map);
	}
	want_put(w->arena, into, "/spec/imagePullSecrets", list);
	return true;
}

static bool
tolerations(const struct want_of *w, const struct node *value, struct node *into)
{
	want_put(w->arena, into, "/spec/tolerations", short_tolerations(w->arena, value));
	return true;
}

static bool
affinity(const struct want_of *w, const struct node *value, struct node *into)
{
	struct node *wanted = affinity_wants(w->arena, w->profile, value, w->diags);

	if (wanted) {
		want_put(w->arena, into, "/spec/affinity", wanted);
	}
	return wanted;
}

/* {labels: [k], annotations: [k]} */
static bool
removed(const struct want_of *w, const struct node *value, struct node *into)
{
	bool good = true;

	for (const struct node *list = value->first; list; list = list->next) {
		struct node *map = want_map(w->arena, want_map(w->arena, into, "metadata"), str_z(w->arena, list->key->text));

		for (const struct node *key = list->first; key; key = key->next) {
			if (set_reserved(key->text)) {
				diag_add(w->diags, DIAG_ERROR, "profile/remove", w->profile, key->span,
					"'%.*s' is Helm's or the cluster's own and is not removed", STR_FMT(key->text));
				good = false;
			}
			node_put(w->arena, map, key->text, want_absent(w->arena, key));
		}
	}
	return good;
}

/* Of two that set the same the later one counts. */
const struct field fields[] = {
	{ "remove", FIELD_INHERIT, false, NULL, removed },
	{ "labels", FIELD_INHERIT, false, "/metadata/labels", NULL },
	{ "annotations", FIELD_INHERIT, false, "/metadata/annotations", NULL },
	{ "podLabels", FIELD_POD, false, "/metadata/labels", NULL },
	{ "podAnnotations", FIELD_POD, false, "/metadata/annotations", NULL },
	{ "nodeSelector", FIELD_POD, false, "/spec/nodeSelector", NULL },
	{ "tolerations", FIELD_POD, false, NULL, tolerations },
	{ "affinity", FIELD_POD, false, NULL, affinity },
	{ "topologySpreadConstraints", FIELD_POD, false, "/spec/topologySpreadConstraints", NULL },
	{ "imagePullSecrets", FIELD_POD, false, NULL, pull_secrets },
	{ "podSecurityContext", FIELD_POD, false, "/spec/securityContext", NULL },
	{ "serviceAccountName", FIELD_POD, false, "/spec/serviceAccountName", NULL },
	{ "priorityClassName", FIELD_POD, false, "/spec/priorityClassName", NULL },
	{ "runtimeClassName", FIELD_POD, false, "/spec/runtimeClassName", NULL },
	{ "schedulerName", FIELD_POD, false, "/spec/schedulerName", NULL },
	{ "dnsPolicy", FIELD_POD, false, "/spec/dnsPolicy", NULL },
	{ "dnsConfig", FIELD_POD, false, "/spec/dnsConfig", NULL },
	{ "storage", FIELD_POD, true, NULL, storage_wants },
	{ "gpu", FIELD_POD, false, NULL, gpu_of_pod, .bare = true },
	{ "gpu", FIELD_CONTAINER, true, NULL, gpu_of_container, .bare = true },
	{ "imageRegistry", FIELD_CONTAINERS, true, NULL, container_images },
	{ "resources", FIELD_CONTAINER, true, "/resources", NULL },
	{ "env", FIELD_CONTAINER, true, NULL, container_env },
	{ "securityContext", FIELD_CONTAINER, true, "/securityContext", NULL },
	{ "imagePullPolicy", FIELD_CONTAINER, true, "/imagePullPolicy", NULL },
	{ "set", FIELD_OBJECT, true, NULL, set_wants },
	{ .name = NULL },
};

bool
field_says(const struct field *f, const struct node *value)
{
	return value->kind != NODE_NULL && (value->kind < NODE_LIST || value->first || (f->bare && value->kind == NODE_MAP));
}

bool
fields_put(const struct want_of *w, unsigned parts, bool looks, unsigned by, struct node *into)
{
	bool good = true;

	for (const struct field *f = fields; f->name; f++) {
		const struct node *value = (f->part & parts) && f->looks == looks ? node_get(w->from, str_of(f->name)) : NULL;
		struct node *one;

		if (!value || !field_says(f, value)) {
			continue;
		}
		one = node_map(w->arena);
		if (f->wants) {
			good = f->wants(w, value, one) && good;
		} else {
			want_put(w->arena, one, f->to, node_flat(w->arena, value));
		}
		want_sign(one, by, false);
		edit_combine(w->arena, into, one);
	}
	return good;
}

bool
fields_any(const struct node *from, unsigned parts, bool looks)
{
	for (const struct field *f = fields; f->name; f++) {
		if ((f->part & parts) && f->looks == looks && node_get(from, str_of(f->name))) {
			return true;
		}
	}
	return false;
}
