/* SPDX-License-Identifier: Apache-2.0 */
/* Claims of volumes. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_CLAIM_H
#define WBRENDER_SITE_LINT_MANIFEST_CLAIM_H

#include "site/lint/manifest/run.h"

/* of a PersistentVolumeClaim, or a StatefulSet with templates of such; does nothing for other kinds */
void claims_check(struct manifest *);

#endif
