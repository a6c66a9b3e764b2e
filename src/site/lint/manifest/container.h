/* SPDX-License-Identifier: Apache-2.0 */
/* The containers of a pod's spec. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_CONTAINER_H
#define WBRENDER_SITE_LINT_MANIFEST_CONTAINER_H

#include "site/lint/manifest/run.h"

/* volumes: the pod's, by name. known: the object is one of Kubernetes', so that each container needs an image. */
void containers_check(struct manifest *, const struct spot *spec, const struct table *volumes, bool known);

#endif
