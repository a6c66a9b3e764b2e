/* SPDX-License-Identifier: Apache-2.0 */
/* Brings values into a values.yaml that is there, and leaves every other byte of it alone. */
#ifndef WBRENDER_SITE_BASE_H
#define WBRENDER_SITE_BASE_H

#include "site/profile.h"

/* The text of a values file, changed so that Helm reads from it what it reads from the file with the values laid over it (-f FILE -f VALUES): of
   what is already so no byte changes, and what the values do not name stays. A list is replaced whole; a map gets what it lacks. The result is
   read again and compared before it is given back. The text belongs to the arena. *ret_secret: a password is in it. False if an error was
   added: the file cannot be read, or an alias or a shared anchor stands in the way. */
bool base_update(struct source *base, const struct node *values, struct profile *, struct arena *, struct str *ret, bool *ret_secret,
	struct diags *);

#endif
