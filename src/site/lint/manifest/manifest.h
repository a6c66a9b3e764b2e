/* SPDX-License-Identifier: Apache-2.0 */
/* Checks streams of manifests, document by document. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_MANIFEST_H
#define WBRENDER_SITE_LINT_MANIFEST_MANIFEST_H

#include "site/lint/manifest/run.h"

/* version: a minor version; one that is older or newer than those known counts as the nearest; profile: of the site, or
   NULL */
void manifest_init(struct manifest *, struct source *, unsigned version, const struct node *profile, struct diags *);
/* Checks a document; the arena's memory may be given back afterwards. */
void manifest_document(struct manifest *, const struct doc *, struct arena *scratch);
/* adds what can only be said about the whole stream */
void manifest_end(struct manifest *);

#endif
