/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as exact decimals: compared and divided without rounding. */
#ifndef WBRENDER_SCHEMA_DECIMAL_H
#define WBRENDER_SCHEMA_DECIMAL_H

#include "yaml/node.h"

enum {
	DECIMAL_DIGITS_MAX = 800,     /* significant digits; what has more is no number here */
	DECIMAL_STEP_MAX = 37,        /* those of a divisor */
	DECIMAL_EXPONENT_MAX = 100000,
};

/* Values are doubles to Helm before anything is compared, and then the shortest decimal of the double; a schema's numbers are
   what is written. */
enum decimal_kind { DECIMAL_DOUBLE, DECIMAL_WRITTEN };

/* digits * 10^exponent; zero has no digits, others none at their ends that is 0 */
struct decimal {
	bool negative;
	size_t n;
	long exponent;
	char digits[DECIMAL_DIGITS_MAX];
};

/* the number of a NODE_INT or NODE_FLOAT; false if it has none: .inf, .nan, too many digits */
bool decimal_read(struct decimal *, const struct node *, enum decimal_kind);
/* negative, 0 or positive */
int decimal_cmp(const struct decimal *, const struct decimal *);
/* 1.0 and 1e3 too */
bool decimal_whole(const struct decimal *);
/* true if the number is a multiple of the step, which is above 0 and has at most DECIMAL_STEP_MAX digits */
bool decimal_multiple(const struct decimal *, const struct decimal *step);
/* adds a text that is the same for equal numbers only */
void decimal_add(struct buf *, const struct decimal *);

#endif
