/* SPDX-License-Identifier: Apache-2.0 */
/* A pod's spec: containers, volumes, tolerations; and what a workload asks of its template. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_POD_H
#define WBRENDER_SITE_LINT_MANIFEST_POD_H

#include "site/lint/manifest/run.h"

/* kind: NULL for one that the cluster does not serve. known: another version does, so that its pods are what they are elsewhere; of those of a
   custom object less is known. */
void pod_check(struct manifest *, const struct kube_kind *kind, bool known);

#endif
