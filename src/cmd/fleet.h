/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender values for many sites: a file for each in one folder. */
#ifndef WBRENDER_CMD_FLEET_H
#define WBRENDER_CMD_FLEET_H

#include "cmd/make.h"

/* Writes the values of each profile to DIR/NAME.yaml, or .json, NAME being the site's; check: compares them with that file instead. A site that
   is wrong does not stop the others; two that would have the same file are both refused. Findings and a summary go to standard error; an
   exit status comes back. */
int fleet(const struct make *, const char *const *paths, size_t n, const char *dir, bool check, struct arena *, struct diags *);

#endif
