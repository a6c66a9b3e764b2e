/* SPDX-License-Identifier: Apache-2.0 */
/* The table of what the API server does not let change. */
#include "kube/immutable.h"

/* below: pointers to what is fixed; but: those of it that are not, a '*' for any one part */
static const struct {
	const char *kind, *group;
	const char *below[4], *but[8];
} fixed[] = {
	{ "Job", "batch", { "/spec/template", "/spec/completions", "/spec/completionMode" }, { NULL } },
	{ "StatefulSet", "apps", { "/spec" }, { "/spec/replicas", "/spec/template", "/spec/updateStrategy", "/spec/minReadySeconds", "/spec/ordinals",
		"/spec/persistentVolumeClaimRetentionPolicy", "/spec/revisionHistoryLimit" } },
	{ "Pod", "", { "/spec" }, { "/spec/containers/*/image", "/spec/initContainers/*/image", "/spec/activeDeadlineSeconds",
		"/spec/terminationGracePeriodSeconds", "/spec/tolerations" } },
	{ "PersistentVolumeClaim", "", { "/spec" }, { "/spec/resources", "/spec/volumeAttributesClassName" } },
	{ "StorageClass", "storage.k8s.io", { "/provisioner", "/parameters", "/reclaimPolicy", "/volumeBindingMode" }, { NULL } },
	{ "RoleBinding", "rbac.authorization.k8s.io", { "/roleRef" }, { NULL } },
	{ "ClusterRoleBinding", "rbac.authorization.k8s.io", { "/roleRef" }, { NULL } },
	{ "Service", "", { "/spec/clusterIP", "/spec/clusterIPs" }, { NULL } },
	{ "Secret", "", { "/type" }, { NULL } },
};

enum { KINDS = sizeof(fixed) / sizeof(fixed[0]) };

/* is the pointer one that the pattern is for, or below it? */
static bool
is_below(struct str pointer, struct str pattern)
{
	size_t at = 0;

	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.s[i] == '*') {
			at = str_find(pointer, '/', at);
		} else if (at >= pointer.n || pointer.s[at++] != pattern.s[i]) {
			return false;
		}
	}
	return at == pointer.n || pointer.s[at] == '/';
}

/* the first of the patterns that fits, or NULL */
static const char *
any_of(struct str pointer, const char *const *patterns, size_t n)
{
	for (size_t i = 0; i < n && patterns[i]; i++) {
		if (is_below(pointer, str_of(patterns[i]))) {
			return patterns[i];
		}
	}
	return NULL;
}

static size_t
find(const struct object *o)
{
	size_t i = 0;

	while (i < KINDS && !(str_is(o->kind, fixed[i].kind) && str_is(o->group, fixed[i].group))) {
		i++;
	}
	return i;
}

bool
immutable_kind(const struct object *o)
{
	return find(o) < KINDS && !node_find(node_find(node_find(o->node, STR("metadata")), STR("annotations")), STR("helm.sh/hook"));
}

const char *
immutable_field(const struct object *o, struct str pointer)
{
	size_t i = find(o);

	return i < KINDS && !any_of(pointer, fixed[i].but, 8) ? any_of(pointer, fixed[i].below, 4) : NULL;
}
