/* SPDX-License-Identifier: Apache-2.0 */
/* Values as texts that are equal when JSON Schema calls the values equal. */
#ifndef WBRENDER_SCHEMA_CANON_H
#define WBRENDER_SCHEMA_CANON_H

#include "schema/decimal.h"

enum { CANON_DEPTH_MAX = 1000 };

/* Adds the text: 1 is 1.0 but not "1" nor true, maps in any order. False when it is nested too deeply or the work, which
   counts nodes down, has run out; what was added is then of no use. */
bool canon_add(struct buf *, const struct node *, enum decimal_kind, size_t *work);
/* Are two values the same to Helm? yes is true, 0x10 is 16. False too when that takes more than NODE_COPY_MAX steps. */
bool canon_equal(struct arena *, const struct node *, const struct node *);
/* a number in the fewest digits that give it back */
const char *canon_number(struct arena *, double);

#endif
