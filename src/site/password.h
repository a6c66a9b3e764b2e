/* SPDX-License-Identifier: Apache-2.0 */
/* A password that the profile names, or has in plain text. */
#ifndef WBRENDER_SITE_PASSWORD_H
#define WBRENDER_SITE_PASSWORD_H

#include "site/profile.h"

/* The password as a string: from {env: VARIABLE}, from {file: PATH} (relative to the profile, without the line end behind it), or the
   text itself, with a warning. *ret_secret becomes true when there is one. NULL if an error was added. */
struct node *password_value(struct profile *, const struct node *from, struct arena *, bool *ret_secret, struct diags *);
/* what to do about one in plain text; '$' begins what somebody would have expanded */
const char *password_help(struct str password);

#endif
