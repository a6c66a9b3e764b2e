/* SPDX-License-Identifier: Apache-2.0 */
/* Terms of selectors, affinity and topology spread. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_TERM_H
#define WBRENDER_SITE_LINT_MANIFEST_TERM_H

#include "site/lint/manifest/run.h"

/* a map of a known type, wherever it stands; does nothing for what is no such term */
void term_check(struct manifest *, const struct spot *);

#endif
