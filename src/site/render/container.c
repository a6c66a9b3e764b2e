/* SPDX-License-Identifier: Apache-2.0 */
/* Builds what a container must hold from a rule and from what the container has. */
#include "site/render/container.h"

#include "kube/image.h"
#include "site/short.h"
#include "yaml/scalar.h"

#include <string.h>

/* the extended resource of a vendor's device plugin, which is also the key of the taint of its nodes */
static const struct {
	const char *vendor, *resource;
} vendors[] = {
	{ "nvidia", "nvidia.com/gpu" },       /* github.com/NVIDIA/k8s-device-plugin */
	{ "amd", "amd.com/gpu" },             /* github.com/ROCm/k8s-device-plugin */
	{ "intel", "gpu.intel.com/i915" },    /* intel.github.io/intel-device-plugins-for-kubernetes */
};

static struct str
vendor_resource(const struct node *gpu)
{
	struct str vendor = node_text(gpu, STR("vendor"));

	for (size_t i = 0; i < sizeof(vendors) / sizeof(vendors[0]); i++) {
		if (str_eq(str_of(vendors[i].vendor), vendor)) {
			return str_of(vendors[i].resource);
		}
	}
	return str_of(vendors[0].resource);
}

bool
container_fields(const struct node *rule)
{
	static const char *const fields[] = { "gpu", "resources", "env", "securityContext", "imagePullPolicy" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (node_get(rule, str_of(fields[i]))) {
			return true;
		}
	}
	return false;
}

/* the map at a key, made when it is not there */
static struct node *
map_at(struct arena *a, struct node *in, const char *key)
{
	struct node *map = node_get(in, str_of(key));

	if (!map) {
		map = node_map(a);
		node_put(a, in, str_of(key), map);
	}
	return map;
}

static void
put_quantity(struct arena *a, struct node *into, const char *part, struct str resource, const struct node *value)
{
	node_put(a, map_at(a, map_at(a, into, "resources"), part), resource, short_node(a, value->kind, value->text, value));
}

static const char *const parts[] = { "limits", "requests" };

static void
put_resources(struct arena *a, struct node *into, const struct node *resources)
{
	for (size_t i = 0; i < 2; i++) {
		const struct node *part = node_get(resources, str_of(parts[i]));

		for (const struct node *value = part ? part->first : NULL; value; value = value->next) {
			put_quantity(a, into, parts[i], value->key->text, value);
		}
	}
}

static void
put_gpu(struct arena *a, struct node *into, const struct node *gpu, const struct node *container, struct source *manifests, struct diags *diags)
{
	const struct node *resources = node_find(container, STR("resources")), *claims = node_find(resources, STR("claims"));
	const struct node *count = node_get(gpu, STR("count"));
	struct str resource = node_text(gpu, STR("resource"));
	struct node *one = short_node(a, NODE_INT, STR("1"), gpu);

	if (claims && claims->kind == NODE_LIST && claims->first) {
		struct diag *diag = diag_add(diags, DIAG_WARNING, "render/gpu", manifests, claims->key->span,
			"the container '%.*s' claims devices by DRA and gets no GPU resource", STR_FMT(node_text(container, STR("name"))));

		diag_help(diags, diag, "leave it out by 'match.container'");
		return;
	}
	resource = resource.n > 0 ? resource : vendor_resource(gpu);
	count = count ? count : one;
	put_quantity(a, into, "limits", resource, count);
	if (node_find(node_find(resources, STR("requests")), resource)) {
		put_quantity(a, into, "requests", resource, count);
	}
}

static bool
put_env(struct arena *a, struct node *into, const struct node *env, const struct node *container, struct source *manifests, struct diags *diags)
{
	const struct node *there = node_find(container, STR("env"));
	struct node *list = node_list(a);
	bool good = true;

	list->text = STR("name");
	for (const struct node *variable = env->first; variable; variable = variable->next) {
		const struct node *old = there && there->kind == NODE_LIST ? node_by_key(there, STR("name"), variable->key->text) : NULL;
		const struct node *from = node_find(node_real(old), STR("valueFrom"));
		struct node *item = node_map(a);

		if (from) {
			struct diag *diag = diag_add(diags, DIAG_ERROR, "render/env", manifests, from->key->span,
				"the environment variable '%.*s' has 'valueFrom', which a value cannot replace", STR_FMT(variable->key->text));

			diag_help(diags, diag, "take it out of the rule's env");
			good = false;
		}
		node_put(a, item, STR("name"), short_node(a, NODE_STRING, variable->key->text, variable));
		node_put(a, item, STR("value"), short_node(a, NODE_STRING, variable->text, variable));
		node_append(list, item);
	}
	if (list->first) {
		node_put(a, into, STR("env"), list);
	}
	return good;
}

struct node *
container_wants(struct arena *a, const struct node *rule, const struct node *container, struct source *manifests, struct diags *diags)
{
	const struct node *resources = node_get(rule, STR("resources")), *gpu = node_get(rule, STR("gpu")), *env = node_get(rule, STR("env"));
	const struct node *security = node_get(rule, STR("securityContext")), *pull = node_get(rule, STR("imagePullPolicy"));
	struct node *into = node_map(a);
	bool good = true;

	node_put(a, into, STR("name"), node_new(a, NODE_STRING, node_text(container, STR("name"))));
	if (resources) {
		put_resources(a, into, resources);
	}
	if (gpu) {
		put_gpu(a, into, gpu, container, manifests, diags);
	}
	if (env) {
		good = put_env(a, into, env, container, manifests, diags);
	}
	if (security) {
		node_put(a, into, STR("securityContext"), node_flat(a, security));
	}
	if (pull) {
		node_put(a, into, STR("imagePullPolicy"), short_node(a, NODE_STRING, pull->text, pull));
	}
	return good ? into : NULL;
}

/* the text moved, as an entry of the map; false when it stays */
static bool
put_moved(struct arena *a, struct node *into, const char *key, const struct node *registry, const struct node *old)
{
	struct str text = old && old->kind == NODE_STRING ? old->text : (struct str){ 0 };
	struct str moved = image_move(a, text, node_text(registry, STR("from")), node_text(registry, STR("to")));

	if (str_eq(moved, text)) {
		return false;
	}
	node_put(a, into, str_of(key), short_node(a, NODE_STRING, moved, registry));
	return true;
}

struct node *
container_images(struct arena *a, const struct node *registry, const struct node *container)
{
	const struct node *env = node_find(container, STR("env"));
	struct str name = node_text(container, STR("name"));
	struct node *into = node_map(a), *list = node_list(a);
	bool moved;

	list->text = STR("name");
	node_put(a, into, STR("name"), node_new(a, NODE_STRING, name));
	moved = put_moved(a, into, "image", registry, node_find(container, STR("image")));
	for (const struct node *item = env && env->kind == NODE_LIST ? env->first : NULL; item; item = item->next) {
		struct str variable = node_text(node_real(item), STR("name"));
		struct node *entry = node_map(a);

		node_put(a, entry, STR("name"), node_new(a, NODE_STRING, variable));
		if (variable.n > 0 && memmem(variable.s, variable.n, "_IMAGES_", 8)
			&& put_moved(a, entry, "value", registry, node_find(node_real(item), STR("value")))) {
			node_append(list, entry);
		}
	}
	if (list->first) {
		node_put(a, into, STR("env"), list);
	}
	return name.n > 0 && (moved || list->first) ? into : NULL;
}

void
container_as_written(struct node *wants, const struct node *container)
{
	for (size_t i = 0; i < 2; i++) {
		const struct node *there = node_find(node_find(container, STR("resources")), str_of(parts[i]));
		struct node *part = node_get(node_get(wants, STR("resources")), str_of(parts[i]));

		for (struct node *value = part ? part->first : NULL; value; value = value->next) {
			const struct node *old = node_real(node_find(there, value->key->text));

			if (old && old->kind < NODE_LIST && str_eq(old->text, value->text)) {
				value->kind = old->kind;
			}
		}
	}
}

void
container_gpu_pod(struct arena *a, struct node *spec, const struct node *gpu)
{
	const struct node *tolerate = node_get(gpu, STR("tolerate")), *class = node_get(gpu, STR("runtimeClassName"));
	struct node *list = node_get(spec, STR("tolerations")), *toleration = node_map(a);

	if (class) {
		node_put(a, spec, STR("runtimeClassName"), short_node(a, NODE_STRING, class->text, class));
	}
	if (tolerate && !scalar_true(tolerate->text)) {
		return;
	}
	if (!list) {
		list = node_list(a);
		node_put(a, spec, STR("tolerations"), list);
	}
	node_put(a, toleration, STR("key"), short_node(a, NODE_STRING, vendor_resource(gpu), gpu));
	node_put(a, toleration, STR("operator"), short_node(a, NODE_STRING, STR("Exists"), gpu));
	node_put(a, toleration, STR("effect"), short_node(a, NODE_STRING, STR("NoSchedule"), gpu));
	node_append(list, toleration);
}
