/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as Go's strconv writes them. */
#include "yaml/number.h"

#include "base/arena.h"
#include "yaml/scalar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* the digits of Go's strconv.FormatFloat(f, 'g', -1, 64) */
static struct str
float_text(struct arena *a, double number)
{
	char text[40];
	struct buf b = { .arena = a };
	int exponent = 0;
	char *e;

	for (int digits = 0; digits <= 16; digits++) {
		snprintf(text, sizeof(text), "%.*e", digits, number);
		if (strtod(text, NULL) == number) {
			break;
		}
	}
	e = strchr(text, 'e');
	exponent = e[1] == '-' ? -(e[2] - '0') * 10 - (e[3] - '0') : (e[2] - '0') * 10 + (e[3] - '0');
	if (e[4]) {
		exponent = exponent * 10 + (e[1] == '-' ? -(e[4] - '0') : e[4] - '0');
	}
	if (exponent < -4 || exponent >= 6) {
		buf_add(&b, str_of(text));
	} else {
		int after = (int)(e - text) - (strchr(text, '.') ? 2 : 1) - (text[0] == '-') - exponent;

		buf_addf(&b, "%.*f", after > 0 ? after : 0, number);
	}
	return buf_str(&b);
}

struct str
number_text(struct arena *a, const struct node *node)
{
	double number;
	struct str text = node->text;

	if (!scalar_double(text, &number)) {
		return text;
	}
	if (node->kind == NODE_INT && text.n > 0 && (text.s[0] != '0' || text.n == 1) && text.s[0] != '+' && text.s[0] != '-'
		&& str_find(text, '_', 0) == text.n) {
		return text;
	}
	if (node->kind == NODE_INT && number > -9e15 && number < 9e15) {
		return str_of(arena_printf(a, "%.0f", number));
	}
	return node->kind == NODE_INT ? text : float_text(a, number);
}

/* 1.20 loses its zero, and 1e3 its form: both are often meant as texts, of a version or a hash */
static const char *
float_read(struct arena *a, struct str text, double number)
{
	bool point = str_find(text, '.', 0) < text.n, power = str_find(text, 'e', 0) < text.n || str_find(text, 'E', 0) < text.n;
	struct str read = float_text(a, number);

	/* 1e+20 stays as good as it was */
	return number != 0 && (power ? str_find(read, 'e', 0) == read.n : point && str_ends(text, STR("0"))) ? str_z(a, read) : NULL;
}

const char *
number_read(struct arena *a, const struct node *node)
{
	struct str digits = node->text;
	const char *exact;
	double number;

	if (!scalar_double(node->text, &number)) {
		return NULL;
	}
	if (digits.n > 0 && (digits.s[0] == '-' || digits.s[0] == '+')) {
		digits = str_slice(digits, 1, digits.n);
	}
	for (size_t i = 0; i < digits.n; i++) {
		if (digits.s[i] < '0' || digits.s[i] > '9') {
			return node->kind == NODE_INT ? arena_printf(a, "%.0f", number) : float_read(a, node->text, number);
		}
	}
	if (digits.n == 0 || (digits.s[0] != '0' && digits.n <= 15)) {
		return NULL;
	}
	exact = arena_printf(a, "%.0f", number < 0 ? -number : number);
	if ((digits.n > 1 && digits.s[0] == '0') || (digits.n > 15 && !str_is(digits, exact))) {
		return arena_printf(a, "%s%s", number < 0 ? "-" : "", exact);
	}
	return NULL;
}
