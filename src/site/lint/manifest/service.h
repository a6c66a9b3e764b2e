/* SPDX-License-Identifier: Apache-2.0 */
/* What a Service of its type may have. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_SERVICE_H
#define WBRENDER_SITE_LINT_MANIFEST_SERVICE_H

#include "site/lint/manifest/run.h"

/* does nothing for other kinds */
void service_check(struct manifest *);

#endif
