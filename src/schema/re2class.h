/* SPDX-License-Identifier: Apache-2.0 */
/* Escapes and character classes of Go's regular expressions. */
#ifndef WBRENDER_SCHEMA_RE2CLASS_H
#define WBRENDER_SCHEMA_RE2CLASS_H

#include "schema/re2.h"

/* where reading stands, and what holds there */
struct re2_class {
	struct str s;
	size_t at;                    /* at a [, or at a \ before one of d D s S w W p P; afterwards behind it */
	bool fold, newest;            /* (?i); Go 1.25 judges */
	bool no_name;                 /* no :] stands further on: then none is looked for again */
	struct re2 *ret;
};

/* a letter, a digit or _ */
bool re2_is_word(char);
/* Reads one class and writes it. False if Go refuses it: ret->error is set then. */
bool re2_class(struct re2_class *, struct buf *out);
/* Reads a character written with a \ at *at, which then is behind it. False as above. */
bool re2_escape(struct str, size_t *at, unsigned *ret_point, struct re2 *ret);

#endif
