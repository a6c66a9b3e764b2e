/* SPDX-License-Identifier: Apache-2.0 */
/* Adds up what the containers of a pod request, and looks for a node that has it. */
#include "site/lint/manifest/room.h"

#include "kube/quantity.h"

#define NVIDIA "nvidia.com/gpu"

/* what a container requests: a limit is a request where nothing else is said */
static double
request(const struct spot *container, struct str name)
{
	struct spot resources = spot_get(container, "resources");
	const struct node *value = node_get(node_get(resources.node, STR("requests")), name);
	double n;

	value = value ? value : node_get(node_get(resources.node, STR("limits")), name);
	return value && value->kind < NODE_LIST && quantity_read(value->text, &n) ? n : 0;
}

/* The containers run beside one another, each init container alone before them
   (https://kubernetes.io/docs/concepts/workloads/pods/init-containers) */
static double
total(const struct spot *spec, struct str name)
{
	struct spot containers = spot_get(spec, "containers"), inits = spot_get(spec, "initContainers");
	double sum = 0, most = 0;
	size_t i = 0;

	for (const struct node *item = spot_items(&containers); item; item = item->next) {
		struct spot container = spot_item(&containers, item, i++);

		sum += request(&container, name);
	}
	i = 0;
	for (const struct node *item = spot_items(&inits); item; item = item->next) {
		struct spot container = spot_item(&inits, item, i++);
		double n = request(&container, name);

		most = n > most ? n : most;
	}
	return sum > most ? sum : most;
}

/* What a node has of a resource, and the text that says it; false if it does not say. Of GPUs a node that states none has none. */
static bool
has(const struct node *node, struct str name, bool gpu, double *ret, struct str *ret_text)
{
	const struct node *value = node_get(node, gpu ? STR("gpu") : name);
	struct str resource = STR(NVIDIA);

	if (gpu && value && value->kind == NODE_MAP) {
		resource = node_text(value, STR("resource")).n > 0 ? node_text(value, STR("resource")) : resource;
		value = node_get(value, STR("count"));
	}
	if (gpu && (!value || !str_eq(resource, name))) {
		*ret = 0;
		*ret_text = STR("0");
		return true;
	}
	*ret_text = value && value->kind < NODE_LIST ? value->text : STR("");
	return quantity_read(*ret_text, ret);
}

static void
resource_check(struct manifest *m, const struct spot *spec, struct str name, bool gpu)
{
	struct spot containers = spot_get(spec, "containers");
	double wanted = total(spec, name), most = -1, n;
	struct str text, largest = STR("");

	for (const struct node *node = wanted > 0 ? m->nodes->first : NULL; node; node = node->next) {
		if (!has(node_real(node), name, gpu, &n, &text)) {
			return;
		}
		largest = n > most ? text : largest;
		most = n > most ? n : most;
	}
	if (most >= 0 && wanted > most) {
		diag_help(m->diags, manifest_hit(m, "kube/no-room", &containers, spot_key(&containers), "the pod requests more '%.*s' than any node has",
			STR_FMT(name)), "the profile's largest node has %.*s", STR_FMT(largest));
	}
}

void
room_check(struct manifest *m, const struct spot *spec)
{
	static const char *const gpus[] = { NVIDIA, "amd.com/gpu" };

	if (!m->nodes || m->nodes->kind != NODE_LIST || !m->nodes->first) {
		return;
	}
	resource_check(m, spec, STR("cpu"), false);
	resource_check(m, spec, STR("memory"), false);
	for (size_t i = 0; i < sizeof(gpus) / sizeof(gpus[0]); i++) {
		resource_check(m, spec, str_of(gpus[i]), true);
	}
}
