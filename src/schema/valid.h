/* SPDX-License-Identifier: Apache-2.0 */
/* A value against a compiled schema: adds findings, decides nothing. */
#ifndef WBRENDER_SCHEMA_VALID_H
#define WBRENDER_SCHEMA_VALID_H

#include "schema/schema.h"

/* The tree of a document, read as Helm reads it (aliases and merge keys followed, of equal keys the last). A NULL root is an
   empty document, which is an empty map. The noun is what findings call it: "profile"; NULL: "document". True if it added
   no error. */
bool valid(const struct schema *, struct source *, const struct node *root, const char *noun, struct diags *);

#endif
