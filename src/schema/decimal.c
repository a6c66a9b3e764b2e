/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals as digits and an exponent. */
#include "schema/decimal.h"

#include "yaml/scalar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
add_digit(struct decimal *d, char c, bool *full)
{
	if (d->n == 0 && c == '0') {
		return true;
	}
	if (d->n == DECIMAL_DIGITS_MAX) {
		*full = true;
		return false;
	}
	d->digits[d->n++] = c;
	return true;
}

/* as JSON writes numbers, and with a '+' or digits missing beside the point; false for anything else */
static bool
parse(struct decimal *d, struct str text)
{
	long exponent = 0, sign = 1;
	bool full = false;
	size_t i = 0;

	d->n = 0;
	d->exponent = 0;
	d->negative = text.n > 0 && text.s[0] == '-';
	i += text.n > 0 && (text.s[0] == '-' || text.s[0] == '+');
	for (; i < text.n && is_digit(text.s[i]); i++) {
		add_digit(d, text.s[i], &full);
	}
	if (i < text.n && text.s[i] == '.') {
		for (i++; i < text.n && is_digit(text.s[i]); i++) {
			d->exponent--;
			add_digit(d, text.s[i], &full);
		}
	}
	if (i < text.n && (text.s[i] == 'e' || text.s[i] == 'E')) {
		i++;
		if (i < text.n && (text.s[i] == '-' || text.s[i] == '+')) {
			sign = text.s[i++] == '-' ? -1 : 1;
		}
		for (; i < text.n && is_digit(text.s[i]); i++) {
			exponent = exponent < DECIMAL_EXPONENT_MAX ? exponent * 10 + (text.s[i] - '0') : exponent;
		}
		d->exponent += sign * (exponent < DECIMAL_EXPONENT_MAX ? exponent : DECIMAL_EXPONENT_MAX);
	}
	while (d->n > 0 && d->digits[d->n - 1] == '0') {
		d->n--;
		d->exponent++;
	}
	if (d->n == 0) {
		d->exponent = 0;
		d->negative = false;
	}
	return i == text.n && !full;
}

/* 017 and 1_000 are not what their digits say */
static bool
is_plain(struct str text)
{
	size_t i = text.n > 0 && (text.s[0] == '-' || text.s[0] == '+');

	if (i + 1 < text.n && text.s[i] == '0' && text.s[i + 1] != '.' && text.s[i + 1] != 'e' && text.s[i + 1] != 'E') {
		return false;
	}
	for (; i < text.n; i++) {
		if (!is_digit(text.s[i]) && !strchr(".eE+-", text.s[i])) {
			return false;
		}
	}
	return text.n > 0;
}

bool
decimal_read(struct decimal *d, const struct node *node, enum decimal_kind kind)
{
	char text[40];
	double number;
	int n = 0;

	if (is_plain(node->text) && (kind == DECIMAL_WRITTEN || (node->kind == NODE_INT && node->text.n <= 15))) {
		return parse(d, node->text);
	}
	if (!scalar_double(node->text, &number)) {
		return false;
	}
	for (int digits = 15; digits <= 17; digits++) {
		n = snprintf(text, sizeof(text), "%.*g", digits, number);
		if (strtod(text, NULL) == number) {
			break;
		}
	}
	return parse(d, (struct str){ text, (size_t)n });
}

/* of numbers without their signs */
static int
magnitude_cmp(const struct decimal *a, const struct decimal *b)
{
	long size_a = (long)a->n + a->exponent, size_b = (long)b->n + b->exponent;
	int order;

	if (a->n == 0 || b->n == 0) {
		return (a->n > 0) - (b->n > 0);
	}
	if (size_a != size_b) {
		return size_a < size_b ? -1 : 1;
	}
	order = memcmp(a->digits, b->digits, a->n < b->n ? a->n : b->n);
	return order != 0 ? order : (a->n > b->n) - (a->n < b->n);
}

int
decimal_cmp(const struct decimal *a, const struct decimal *b)
{
	if (a->negative != b->negative) {
		return a->negative ? -1 : 1;
	}
	return a->negative ? magnitude_cmp(b, a) : magnitude_cmp(a, b);
}

bool
decimal_whole(const struct decimal *d)
{
	return d->exponent >= 0;
}

bool
decimal_multiple(const struct decimal *d, const struct decimal *step)
{
	__extension__ unsigned __int128 divisor = 0, rest = 0;
	long zeros = d->exponent - step->exponent;

	/* neither ends with 0: with the divisor's zeros more it cannot divide */
	if (d->n > 0 && zeros < 0) {
		return false;
	}
	for (size_t i = 0; i < step->n && i < DECIMAL_STEP_MAX; i++) {
		divisor = divisor * 10 + (unsigned)(step->digits[i] - '0');
	}
	for (size_t i = 0; i < d->n; i++) {
		rest = (rest * 10 + (unsigned)(d->digits[i] - '0')) % divisor;
	}
	for (; zeros > 0 && rest != 0; zeros--) {
		rest = rest * 10 % divisor;
	}
	return rest == 0;
}

void
decimal_add(struct buf *b, const struct decimal *d)
{
	buf_addf(b, "%s%zu:", d->negative ? "-" : "", d->n);
	buf_add(b, (struct str){ d->digits, d->n });
	buf_addf(b, "e%ld;", d->exponent);
}
