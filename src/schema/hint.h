/* SPDX-License-Identifier: Apache-2.0 */
/* What to write instead, where a schema is not what its metaschema wants. */
#ifndef WBRENDER_SCHEMA_HINT_H
#define WBRENDER_SCHEMA_HINT_H

#include "base/diag.h"
#include "yaml/node.h"

/* Adds help to the findings about a schema from the one given on: for the mistakes that many make. root: the schema; draft: its
   draft; stated: its $schema says so. */
void hint_add(struct diags *, struct diag *from, const struct node *root, unsigned draft, bool stated);

#endif
