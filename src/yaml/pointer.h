/* SPDX-License-Identifier: Apache-2.0 */
/* JSON pointers (RFC 6901). */
#ifndef WBRENDER_YAML_POINTER_H
#define WBRENDER_YAML_POINTER_H

#include "base/str.h"

enum { POINTER_TOKENS_MAX = 32 };

/* The tokens of a pointer, unescaped into the arena; how many, and 0 where it is none, leads nowhere or has more than POINTER_TOKENS_MAX. */
size_t pointer_read(struct arena *, struct str pointer, struct str ret[POINTER_TOKENS_MAX]);
/* the number that a token is, as the index of a list's item; false where it is none */
bool pointer_index(struct str token, size_t *ret);

#endif
