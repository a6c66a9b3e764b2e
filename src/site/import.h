/* SPDX-License-Identifier: Apache-2.0 */
/* A site profile made from a values file. */
#ifndef WBRENDER_SITE_IMPORT_H
#define WBRENDER_SITE_IMPORT_H

#include "base/diag.h"

/* The text of a profile from which `values` makes the data of that file again. Keys that the chart's template has not go under `values`; comments
   stay with their keys, or, with a warning, are lost where the file is written so that lines cannot be moved. The text belongs to the arena.
   *ret_secret: a password is in it. False if an error was added. */
bool import_values(struct source *, struct arena *, struct str *ret, bool *ret_secret, struct diags *);

#endif
