/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities of Kubernetes: 500m, 4Gi, 1e3. */
#ifndef WBRENDER_KUBE_QUANTITY_H
#define WBRENDER_KUBE_QUANTITY_H

#include "base/str.h"

/* The amount in units (cores, bytes), near enough to compare; false if it is no quantity (k8s.io/apimachinery/pkg/api/resource). */
bool quantity_read(struct str, double *ret);

/* it is written as a quantity, whatever its amount: a sign is allowed, and any number of digits */
bool quantity_valid(struct str);
/* the quantity that a wrong one was meant to be, such as 8Gi for 8 gib; NULL if there is no telling */
const char *quantity_meant(struct arena *, struct str);

#endif
