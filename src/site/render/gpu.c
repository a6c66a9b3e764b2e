/* SPDX-License-Identifier: Apache-2.0 */
/* GPUs by the device plugins of three vendors, or by any extended resource. */
#include "site/render/gpu.h"

#include "site/affinity.h"
#include "site/short.h"
#include "yaml/edit.h"
#include "yaml/scalar.h"

#include <string.h>

/* A plugin's usual resource; taint: the key of the taint that its nodes have by convention, else the resource's own name. */
static const struct vendor {
	const char *name, *domain, *resource, *taint;
} vendors[] = {
	{ "nvidia", "nvidia.com/", "nvidia.com/gpu", "nvidia.com/gpu" },      /* github.com/NVIDIA/k8s-device-plugin */
	{ "amd", "amd.com/", "amd.com/gpu", "amd.com/gpu" },                  /* github.com/ROCm/k8s-device-plugin */
	{ "intel", "gpu.intel.com/", "gpu.intel.com/i915", NULL },            /* intel.github.io/intel-device-plugins-for-kubernetes */
};

/* by its name, else by the resource's domain; NULL: another one's */
static const struct vendor *
vendor_of(const struct node *gpu)
{
	struct str name = node_text(gpu, STR("vendor")), resource = node_text(gpu, STR("resource"));

	for (size_t i = 0; i < sizeof(vendors) / sizeof(vendors[0]); i++) {
		if (name.n > 0 ? str_is(name, vendors[i].name) : str_starts(resource, str_of(vendors[i].domain))) {
			return &vendors[i];
		}
	}
	return name.n == 0 && resource.n == 0 ? &vendors[0] : NULL;
}

static struct str
resource_of(const struct node *gpu)
{
	struct str resource = node_text(gpu, STR("resource"));
	const struct vendor *vendor = vendor_of(gpu);

	return resource.n > 0 ? resource : str_of(vendor ? vendor->resource : "");
}

/* mig-1g.5gb, mig-1g.5gb.me (k8s-device-plugin, internal/rm) */
static bool
is_mig(struct str name)
{
	static const char *const parts[] = { "mig-", "#", "g.", "#", "gb" };
	size_t at = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct str part = str_of(parts[i]);
		size_t from = at;

		if (!str_eq(part, STR("#"))) {
			if (!str_starts(str_slice(name, at, name.n), part)) {
				return false;
			}
			at += part.n;
			continue;
		}
		while (at < name.n && name.s[at] >= '0' && name.s[at] <= '9') {
			at++;
		}
		if (at == from) {
			return false;
		}
	}
	return at == name.n || name.s[at] == '.';
}

static void
warn(const struct want_of *w, const struct node *at, const char *text, const char *help)
{
	struct diag *diag = diag_add(w->diags, DIAG_WARNING, "render/gpu", w->profile, at->span, "'%.*s' %s", STR_FMT(at->text), text);

	diag_help(w->diags, diag, "%s", help);
}

static bool
check(const struct want_of *w, const struct node *gpu)
{
	const struct node *resource = node_get(gpu, STR("resource")), *vendor = node_get(gpu, STR("vendor"));
	size_t count = 1;
	struct str name;

	if (!resource) {
		return true;
	}
	name = str_slice(resource->text, str_find(resource->text, '/', 0) + 1, resource->text.n);
	if (vendor && !str_starts(resource->text, str_of(vendor_of(gpu)->domain))) {
		struct diag *diag = diag_add(w->diags, DIAG_ERROR, "render/gpu", w->profile, resource->span,
			"'%.*s' is no resource of the vendor '%.*s', whose begin with '%s'", STR_FMT(resource->text), STR_FMT(vendor->text), vendor_of(gpu)->domain);

		diag_help(w->diags, diag, "take the vendor out: the resource says it");
		return false;
	}
	str_number(node_text(gpu, STR("count")), SOURCE_MAX, &count);
	if (str_ends(name, STR(".shared")) && count > 1) {
		warn(w, resource, "is a part of a shared GPU: two of them give no more than one, and may be refused at the node", "write 'count: 1'");
	}
	if (str_ends(name, STR("_monitoring"))) {
		warn(w, resource, "lets a monitor look at all GPUs and is nothing to work with", "leave '_monitoring' out");
	}
	if (str_starts(name, STR("mig-")) && str_starts(resource->text, STR("nvidia.com/")) && !is_mig(name)) {
		warn(w, resource, "is not what a MIG slice is called", "write it as in nvidia.com/mig-1g.5gb");
	}
	return true;
}

static void
tolerate(const struct want_of *w, const struct node *gpu, struct node *spec)
{
	const struct vendor *vendor = vendor_of(gpu);
	struct str key = vendor && vendor->taint ? str_of(vendor->taint) : resource_of(gpu);
	struct node *list = node_list(w->arena), *toleration = node_map(w->arena);

	node_put(w->arena, toleration, STR("key"), want_text(w->arena, key, gpu));
	node_put(w->arena, toleration, STR("operator"), want_text(w->arena, STR("Exists"), gpu));
	node_put(w->arena, toleration, STR("effect"), want_text(w->arena, STR("NoSchedule"), gpu));
	node_append(list, toleration);
	node_put(w->arena, spec, STR("tolerations"), list);
}

bool
gpu_of_pod(const struct want_of *w, const struct node *gpu, struct node *into)
{
	const struct node *tolerates = node_get(gpu, STR("tolerate")), *class = node_get(gpu, STR("runtimeClassName"));
	struct node *spec = want_map(w->arena, into, "spec"), *affinity;
	bool good = check(w, gpu);

	if (class) {
		node_put(w->arena, spec, STR("runtimeClassName"), want_text(w->arena, class->text, class));
	}
	if (!tolerates || scalar_true(tolerates->text)) {
		tolerate(w, gpu, spec);
	}
	if (node_get(gpu, STR("product"))) {
		const struct vendor *vendor = vendor_of(gpu);

		affinity = affinity_products(w->arena, w->profile, gpu, vendor ? vendor->name : "another", w->diags);
		if (affinity) {
			node_put(w->arena, spec, STR("affinity"), affinity);
		}
		good = affinity && good;
	}
	return good;
}

static void
put(const struct want_of *w, struct node *into, const char *part, struct str resource, struct node *value)
{
	node_put(w->arena, want_map(w->arena, want_map(w->arena, into, "resources"), part), resource, value);
}

bool
gpu_of_container(const struct want_of *w, const struct node *gpu, struct node *into)
{
	const struct node *resources = node_find(w->here, STR("resources")), *claims = node_find(resources, STR("claims"));
	const struct node *count = node_get(gpu, STR("count"));
	struct str resource = resource_of(gpu), n = count ? count->text : STR("1");
	bool limited = node_find(node_find(resources, STR("limits")), resource);

	if (claims && claims->kind == NODE_LIST && claims->first) {
		struct diag *diag = diag_add(w->diags, DIAG_WARNING, "render/gpu", w->manifests, claims->key->span,
			"the container '%.*s' claims devices by DRA and gets no GPU resource", STR_FMT(node_text(w->here, STR("name"))));

		diag_help(w->diags, diag, "leave it out by 'match.container'");
		return true;
	}
	count = count ? count : gpu;
	put(w, into, "limits", resource, short_node(w->arena, NODE_INT, n, count));
	if (node_find(node_find(resources, STR("requests")), resource)) {
		put(w, into, "requests", resource, limited ? short_node(w->arena, NODE_INT, n, count) : want_absent(w->arena, count));
	}
	return true;
}
