/* SPDX-License-Identifier: Apache-2.0 */
/* One value against its type: kind, size, form. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_SCALAR_H
#define WBRENDER_SITE_LINT_MANIFEST_SCALAR_H

#include "site/lint/manifest/run.h"

/* True if the value is of the spot's type, as far as itself goes: what is in a list or map is not looked at. Else a finding was added. */
bool scalar_check(struct manifest *, const struct spot *);

#endif
