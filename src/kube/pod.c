/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds that carry pods, and the path to the template of each. */
#include "kube/pod.h"

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

static bool
in_group(const char *const *groups, struct str group)
{
	for (size_t i = 0; groups[i]; i++) {
		if (str_eq(str_of(groups[i]), group)) {
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
		if (kinds[i].kind[0] != o->kind.s[0] || !str_eq(str_of(kinds[i].kind), o->kind)
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
