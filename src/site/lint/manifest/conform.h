/* SPDX-License-Identifier: Apache-2.0 */
/* An object against the type that the API of its version gives it. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_CONFORM_H
#define WBRENDER_SITE_LINT_MANIFEST_CONFORM_H

#include "site/lint/manifest/run.h"

/* Adds findings for fields that are unknown, missing or of a wrong type. As the API server does, a null field counts as not there
   (k8s.io/apimachinery, strict decoding), and an empty text as no choice. The spot's type must be known. */
void conform(struct manifest *, const struct spot *);

#endif
