/* SPDX-License-Identifier: Apache-2.0 */
/* Checks one file: a site profile, a values file or manifests, told apart by their header. */
#ifndef WBRENDER_SITE_LINT_LINT_H
#define WBRENDER_SITE_LINT_LINT_H

#include "base/diag.h"
#include "site/lint/facts.h"

/* adds findings; the source must outlive them */
void lint(struct source *, const struct lint_facts *, struct arena *, struct diags *);

#endif
