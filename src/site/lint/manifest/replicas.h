/* SPDX-License-Identifier: Apache-2.0 */
/* How many pods there are to be. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_REPLICAS_H
#define WBRENDER_SITE_LINT_MANIFEST_REPLICAS_H

#include "site/lint/manifest/run.h"

/* of a HorizontalPodAutoscaler, a PodDisruptionBudget or the updates of a Deployment; does nothing for other kinds */
void replicas_check(struct manifest *);

#endif
