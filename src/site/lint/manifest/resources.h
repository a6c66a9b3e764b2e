/* SPDX-License-Identifier: Apache-2.0 */
/* Requests and limits of a container. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_RESOURCES_H
#define WBRENDER_SITE_LINT_MANIFEST_RESOURCES_H

#include "site/lint/manifest/run.h"

/* the map `resources`; it may be absent */
void resources_check(struct manifest *, const struct spot *resources);

#endif
