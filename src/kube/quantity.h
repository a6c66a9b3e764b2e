/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities of Kubernetes: 500m, 4Gi, 1e3. */
#ifndef WBRENDER_KUBE_QUANTITY_H
#define WBRENDER_KUBE_QUANTITY_H

#include "base/str.h"

/* The amount in units (cores, bytes), near enough to compare; false if it is no quantity (k8s.io/apimachinery/pkg/api/resource). */
bool quantity_read(struct str, double *ret);

#endif
