/* SPDX-License-Identifier: Apache-2.0 */
/* A map against the keywords about maps. */
#ifndef WBRENDER_SCHEMA_OBJECT_H
#define WBRENDER_SCHEMA_OBJECT_H

#include "schema/check.h"

/* adds what is wrong with the keys, and asks about each value */
void object_check(struct check *, const struct schema *, struct where *map);
/* asks the schema's `unevaluatedProperties` about the keys that nothing has looked at */
void object_unseen(struct check *, const struct schema *, struct where *, const struct marks *);
/* "because 'mode' is 'ha' (line 8)"; NULL if there is no condition on a key. Then *ret_key is that key's place */
const char *object_because(struct check *, struct span *ret_key);

#endif
