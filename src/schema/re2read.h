/* SPDX-License-Identifier: Apache-2.0 */
/* Go's RE2 syntax, checked and written out for PCRE2. */
#ifndef WBRENDER_SCHEMA_RE2READ_H
#define WBRENDER_SCHEMA_RE2READ_H

#include "schema/re2.h"

struct arena;

/* Reads a pattern in linear time. False if Go refuses it: the error is set then. The grammar is that of Go's regexp/syntax with its
   Perl flags. What is written gives the same answers where a pattern is searched anywhere in a text, captures and places aside. */
bool re2_read(struct arena *, struct str pattern, enum re2_go, struct re2 *ret);

#endif
