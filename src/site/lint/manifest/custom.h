/* SPDX-License-Identifier: Apache-2.0 */
/* Objects of kinds that Kubernetes does not have itself. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_CUSTOM_H
#define WBRENDER_SITE_LINT_MANIFEST_CUSTOM_H

#include "site/lint/manifest/run.h"

/* keeps in mind that the object is of such a kind */
void custom_add(struct manifest *);
/* adds one note that names the kinds of the stream that were not checked */
void custom_tell(struct manifest *);

#endif
