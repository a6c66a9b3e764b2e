/* SPDX-License-Identifier: Apache-2.0 */
/* A field of the profile, for wbrender explain. */
#ifndef WBRENDER_CMD_EXPLAIN_FIELD_H
#define WBRENDER_CMD_EXPLAIN_FIELD_H

#include "site/field.h"

enum explain_format { EXPLAIN_TEXT, EXPLAIN_JSON, EXPLAIN_MARKDOWN };

/* all that is known of the field */
void explain_field(struct buf *, const struct field *, enum explain_format);
/* a line for each field, the deepest left out; as JSON or Markdown: all that is known of each */
void explain_fields(struct buf *, enum explain_format);
/* the names of all fields, for completion and "did you mean"; ends with NULL */
const char *const *explain_field_names(struct arena *);

#endif
