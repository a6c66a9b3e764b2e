/* SPDX-License-Identifier: Apache-2.0 */
/* Whether some node of the profile has room for a pod. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_ROOM_H
#define WBRENDER_SITE_LINT_MANIFEST_ROOM_H

#include "site/lint/manifest/run.h"

/* Adds findings for what a pod requests and none of the profile's cluster.nodes has. Nothing is said of what a node does not state. */
void room_check(struct manifest *, const struct spot *spec);

#endif
