/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the pods of a stream have the ports that its Services name. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_TARGET_H
#define WBRENDER_SITE_LINT_MANIFEST_TARGET_H

#include "site/lint/manifest/run.h"

/* takes note of the object, a Service or a workload */
void target_add(struct manifest *);
/* at the end of the stream */
void targets_check(struct manifest *);

#endif
