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
/* the pod template at such a path; NULL if the path is NULL */
const struct node *pod_template(const struct object *, const char *const *path);
/* a list of its containers: "containers", "initContainers" or "ephemeralContainers"; NULL if there is none */
const struct node *pod_containers(const struct object *, const char *key);

#endif
