/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds whose CustomResourceDefinition stands in the same stream. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_CRD_H
#define WBRENDER_SITE_LINT_MANIFEST_CRD_H

#include "site/lint/manifest/run.h"

/* Keeps the schemas of a CustomResourceDefinition; does nothing for other objects. */
void crd_add(struct manifest *);
/* Holds the object against the schema of its kind, if that came before; false if none did. What a schema does not list is unknown,
   and null counts as not given, as the API server prunes it. Rules in CEL and formats are not looked at. */
bool crd_check(struct manifest *);

#endif
