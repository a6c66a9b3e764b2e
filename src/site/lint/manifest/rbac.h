/* SPDX-License-Identifier: Apache-2.0 */
/* Roles and who gets them. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_RBAC_H
#define WBRENDER_SITE_LINT_MANIFEST_RBAC_H

#include "site/lint/manifest/run.h"

/* does nothing for other kinds */
void rbac_check(struct manifest *);

#endif
