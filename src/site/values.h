/* SPDX-License-Identifier: Apache-2.0 */
/* The profile as the chart's values. */
#ifndef WBRENDER_SITE_VALUES_H
#define WBRENDER_SITE_VALUES_H

#include "site/profile.h"

/* The values that the profile states or its platform sets, and always hostname, serviceAccountName and uid, in the order of
   the chart's template; full: every key of the template, with its default, that the stated Workbench has. Checked against the
   schema of the chart's values. *ret_secret: a password is in them. NULL if an error was added. */
struct node *values_build(struct profile *, bool full, struct arena *, bool *ret_secret, struct diags *);

/* Adds an error for each key, in a tree without aliases, that Helm reads as another one: yes is true, 0x10 is 16. True if it added none. */
bool values_check_keys(struct source *, const struct node *, struct diags *);
/* does the tree of a values file hold a password or the like (base/secret.h)? */
bool values_secret(const struct node *values);
/* the one-line comment of a key at the top of the values */
const char *values_comment(const struct profile *, struct str key);

#endif
