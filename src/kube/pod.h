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

#endif
