/* SPDX-License-Identifier: Apache-2.0 */
/* What an Ingress sends where. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_INGRESS_H
#define WBRENDER_SITE_LINT_MANIFEST_INGRESS_H

#include "site/lint/manifest/run.h"

/* does nothing for other kinds */
void ingress_check(struct manifest *);

#endif
