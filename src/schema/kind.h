/* SPDX-License-Identifier: Apache-2.0 */
/* Types and allowed values, and what to write instead of a wrong one. */
#ifndef WBRENDER_SCHEMA_KIND_H
#define WBRENDER_SCHEMA_KIND_H

#include "schema/check.h"

/* 1.0 and 1e3 are integers too */
bool kind_whole(double);
/* types as in struct schema; the node is no alias */
bool kind_fits(unsigned types, const struct node *);
/* the `type` of a schema; marks the value as wrong when it has another */
void kind_check(struct check *, const struct schema *, struct where *);
/* what to write for a value that has none of the types, where one answer is right */
void kind_help(struct check *, struct diag *, const struct schema *, unsigned types, const struct where *);
/* what to do about a template, a shell variable or a placeholder that was not filled in; NULL for other texts */
const char *kind_unfilled(struct str);
/* which values the schema's `enum` allows, the nearest first */
void kind_choices(struct check *, const struct schema *, const struct where *, struct diag *);
/* a value of the schema, as it is written */
const char *kind_written(struct check *, const struct node *);
/* an allowed word that YAML took for something else: on for "on" */
bool kind_unquoted(const struct node *value, const struct node *choice);

#endif
