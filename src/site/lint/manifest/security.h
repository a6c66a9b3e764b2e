/* SPDX-License-Identifier: Apache-2.0 */
/* Security contexts that contradict themselves. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_SECURITY_H
#define WBRENDER_SITE_LINT_MANIFEST_SECURITY_H

#include "site/lint/manifest/run.h"

/* a container in a list of a pod's spec */
void security_check(struct manifest *, const struct spot *container);

#endif
