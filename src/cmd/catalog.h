/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of lint in words, from their table. */
#ifndef WBRENDER_CMD_CATALOG_H
#define WBRENDER_CMD_CATALOG_H

#include "cmd/explain_field.h"
#include "site/lint/rule.h"

/* the names of the formats, as enum explain_format has them; ends with NULL */
extern const char *const catalog_formats[];

/* one rule, all of it */
struct str catalog_rule(struct arena *, const struct lint_rule *, enum explain_format);
/* All rules, or with a code those that its findings report; as text a line each. */
struct str catalog_all(struct arena *, struct str code, enum explain_format);
/* do findings of that code report a rule? */
bool catalog_has(struct str code);

#endif
