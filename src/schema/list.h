/* SPDX-License-Identifier: Apache-2.0 */
/* A list against the keywords about lists. */
#ifndef WBRENDER_SCHEMA_LIST_H
#define WBRENDER_SCHEMA_LIST_H

#include "schema/check.h"

/* adds what is wrong with the number and the order of items, and asks about each */
void list_check(struct check *, const struct schema *, struct where *);
/* asks the schema's `unevaluatedItems` about the items that nothing has looked at */
void list_unseen(struct check *, const struct schema *, struct where *, const struct marks *);

#endif
