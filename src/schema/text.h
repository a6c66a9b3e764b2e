/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a schema file as a tree. */
#ifndef WBRENDER_SCHEMA_TEXT_H
#define WBRENDER_SCHEMA_TEXT_H

#include "base/diag.h"
#include "yaml/node.h"

/* A file whose name ends with .yaml or .yml is read as YAML, any other as JSON, since that is how Helm reads values.schema.json.
   A tree without aliases and merge keys; NULL if an error was added. */
const struct node *schema_text(struct arena *, struct source *, struct diags *);

#endif
