/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of lint in words, from their table. */
#ifndef WBRENDER_CMD_CATALOG_H
#define WBRENDER_CMD_CATALOG_H

#include "cmd/explain_field.h"
#include "site/lint/rule.h"

/* the names of the formats, as enum explain_format has them; ends with NULL */
extern const char *const catalog_formats[];

/* what wbrender(1) says of a code of findings; generated from it by scripts/embed-codes; ends with code == NULL */
struct catalog_code {
	const char *code, *text;
};
extern const struct catalog_code catalog_codes[];

/* one rule, all of it */
struct str catalog_rule(struct arena *, const struct lint_rule *, enum explain_format);
/* All rules, or with a code those that its findings report; as text a line each. */
struct str catalog_all(struct arena *, struct str code, enum explain_format);
/* NULL if there is no such code; upper and lower case are the same */
const struct catalog_code *catalog_code_named(struct str);
/* the code, the rules that its findings report, and the field of the profile that has its name, or NULL */
struct str catalog_code(struct arena *, const struct catalog_code *, const struct field *, enum explain_format);

#endif
