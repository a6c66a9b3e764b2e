/* SPDX-License-Identifier: Apache-2.0 */
/* How large a pattern becomes when its repeats are written out: the limits of Go's parser. */
#ifndef WBRENDER_SCHEMA_RE2SIZE_H
#define WBRENDER_SCHEMA_RE2SIZE_H

#include "schema/re2.h"

#include <stdint.h>

enum {
	RE2_REPEAT_MAX = 1000,        /* of {n,m}, and of the product of nested ones, as in Go */
	RE2_NESTED_MAX = 1000,        /* height of the expression, as in Go; nested groups of any kind here */
	RE2_SIZE_MAX = 3355443,       /* size with all repeats written out, as in Go */
};

enum re2_op { RE2_LITERAL, RE2_ANCHOR, RE2_ONE, RE2_CONCAT, RE2_CHOICE, RE2_REPEAT };

/* what may be repeated: the last thing written in a branch */
struct re2_piece {
	enum re2_op op;
	size_t at;                    /* where it begins in what is written */
	size_t height;
	uint64_t size, product;       /* with repeats written out; the greatest product of nested counts */
};

/* several pieces in a row, or several branches */
struct re2_sum {
	size_t n, height;             /* height: the greatest of a part */
	uint64_t size, product;
	struct re2_piece only;            /* the one, as long as n is 1 */
};

/* adds a part to a row (RE2_CONCAT) or to the branches of a choice (RE2_CHOICE) */
void re2_sum_add(struct re2_sum *, const struct re2_piece *, enum re2_op joined);
/* the whole as one piece that begins at `at` */
struct re2_piece re2_sum_end(const struct re2_sum *, enum re2_op joined, size_t at);
/* The piece becomes its repeat, {least,most}, most -1 for none; counted: written with braces. False if nested counts come
   to more than RE2_REPEAT_MAX. */
bool re2_piece_repeat(struct re2_piece *, int least, int most, bool counted);
/* what Go says of a piece beyond its limits; NULL for one within */
const char *re2_piece_error(const struct re2_piece *);

/* {n} {n,} {n,m} at *at, which then is behind it; false: the brace is a character. *most is -1 for none, *least -1 for a
   number too big. */
bool re2_counts(struct str, size_t *at, int *least, int *most);

#endif
