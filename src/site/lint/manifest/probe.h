/* SPDX-License-Identifier: Apache-2.0 */
/* How a container is asked whether it lives. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_PROBE_H
#define WBRENDER_SITE_LINT_MANIFEST_PROBE_H

#include "site/lint/manifest/run.h"

/* the probes and lifecycle hooks of a container, a map */
void probes_check(struct manifest *, const struct spot *container);

#endif
