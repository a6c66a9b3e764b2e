/* SPDX-License-Identifier: Apache-2.0 */
/* A pod's spec: containers, volumes, tolerations; and what a workload asks of its template. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_POD_H
#define WBRENDER_SITE_LINT_MANIFEST_POD_H

#include "site/lint/manifest/run.h"

/* kind: NULL for a custom object, of whose pods less is known */
void pod_check(struct manifest *, const struct kube_kind *kind);

#endif
