/* SPDX-License-Identifier: Apache-2.0 */
/* The profile as the chart's values. */
#ifndef WBRENDER_SITE_VALUES_H
#define WBRENDER_SITE_VALUES_H

#include "site/profile.h"

/* The values that the profile states or its platform sets, and always hostname, serviceAccountName and uid, in the order of
   the chart's template; full: every key of the template, with its default. Checked against the schema of the chart's
   values. *ret_secret: a password is in them. NULL if an error was added. */
struct node *values_build(struct profile *, bool full, struct arena *, bool *ret_secret, struct diags *);

/* The same as YAML text: a header that names the program and the site, a comment for each section. Same profile, same bytes. */
struct str values_text(const struct profile *, const struct node *values, struct arena *);

#endif
