/* SPDX-License-Identifier: Apache-2.0 */
/* Where an object keeps its pod template. */
#ifndef WBRENDER_KUBE_POD_H
#define WBRENDER_KUBE_POD_H

#include "kube/object.h"

enum { POD_PATH_MAX = 4 };

/* The keys that lead from an object to its pod template, ended by NULL; NULL if its kind has none or the object has nothing
   there. A Pod is its own template: an empty path. Source: the Kubernetes API reference; DeploymentConfig (OpenShift)
   and Rollout (Argo) by their own. */
const char *const *pod_path(const struct object *);
/* the kinds that have pod templates, from 0; NULL at their end */
const char *pod_kind(size_t i);
/* the pod template at such a path; NULL if the path is NULL */
const struct node *pod_template(const struct object *, const char *const *path);
/* a list of its containers: "containers", "initContainers" or "ephemeralContainers"; NULL if there is none */
const struct node *pod_containers(const struct object *, const char *key);

/* A step on the way to a pod template: the key of a map, or the index of a list's item. */
struct pod_step {
	struct str token;
	bool item;
};

struct pod_place {
	const struct pod_step *steps;
	size_t n;                     /* 0: a Pod is its own template */
	const struct node *template;
};

enum { POD_PLACES_MAX = 64 };         /* pod templates of one object */

/* Where more kinds keep their pod templates: {Group/Kind: a JSON pointer or a list of them, with '*' for every item of a list}, a tree as the
   profile's schema has it; NULL: nowhere. */
struct pod_paths;
struct pod_paths *pod_paths_new(struct arena *, const struct node *);
/* The pod templates that an object has, those of pod_path first; how many. Steps are made in the arena. */
size_t pod_places(const struct pod_paths *, struct arena *, const struct object *, struct pod_place ret[POD_PLACES_MAX]);

#endif
