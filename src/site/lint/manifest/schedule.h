/* SPDX-License-Identifier: Apache-2.0 */
/* When a CronJob runs. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_SCHEDULE_H
#define WBRENDER_SITE_LINT_MANIFEST_SCHEDULE_H

#include "site/lint/manifest/run.h"

/* does nothing for other kinds */
void schedule_check(struct manifest *);

#endif
