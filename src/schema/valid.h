/* SPDX-License-Identifier: Apache-2.0 */
/* A value against a compiled schema: adds findings, decides nothing. */
#ifndef WBRENDER_SCHEMA_VALID_H
#define WBRENDER_SCHEMA_VALID_H

#include "schema/how.h"
#include "schema/schema.h"

/* A tree without aliases and merge keys, all keys of which are texts (yaml/load.h, node_flat). True if it added no error. */
bool valid_tree(const struct schema *, struct source *, const struct node *flat, const struct valid_how *, struct diags *);
/* whether it would add none */
bool valid_quietly(const struct schema *, const struct node *flat, const struct valid_how *);
/* The tree of a document as the parser made it. A NULL root is an empty document, which is an empty map. True if it added no
   error. */
bool valid(const struct schema *, struct source *, const struct node *root, const char *noun, struct diags *);

#endif
