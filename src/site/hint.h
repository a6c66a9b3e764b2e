/* SPDX-License-Identifier: Apache-2.0 */
/* What a person needs beside a finding of a built-in schema: the value that was meant, or the field that has another name. */
#ifndef WBRENDER_SITE_HINT_H
#define WBRENDER_SITE_HINT_H

#include "base/diag.h"
#include "yaml/node.h"

enum { HINT_TRIALS_MAX = 2000 };      /* changed values that are held against the schema, in one file */

/* Adds help to the findings of a file from first on. schema: "site-profile" or "workbench-values"; root: the document.
   A value is changed as people mistake themselves, two changes at most, until the schema takes it. */
void hint(const char *schema, struct source *, const struct node *root, struct diag *first, struct diags *);

#endif
