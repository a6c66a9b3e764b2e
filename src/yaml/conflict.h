/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a value that is there when another is wanted. */
#ifndef WBRENDER_YAML_CONFLICT_H
#define WBRENDER_YAML_CONFLICT_H

#include "yaml/splice.h"

/* May another value take the place of this one? Where not, *ret_good says if that is no error. */
bool conflict_yields(struct editor *, const struct site *parent, const struct node *entry, const struct node *value, bool *ret_good);
/* is the value of this key nothing that a message may show? */
bool conflict_is_secret(const struct site *parent, struct str key);

#endif
