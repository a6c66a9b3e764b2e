/* SPDX-License-Identifier: Apache-2.0 */
/* Reads quantities. */
#include "kube/quantity.h"

#include "base/arena.h"

#include <stdlib.h>

enum { DIGITS_MAX = 30 };

static const struct suffix {
	const char *name;
	double factor;
} suffixes[] = {
	{ "", 1 }, { "n", 1e-9 }, { "u", 1e-6 }, { "m", 1e-3 },
	{ "k", 1e3 }, { "M", 1e6 }, { "G", 1e9 }, { "T", 1e12 }, { "P", 1e15 }, { "E", 1e18 },
	{ "Ki", 0x1p10 }, { "Mi", 0x1p20 }, { "Gi", 0x1p30 }, { "Ti", 0x1p40 }, { "Pi", 0x1p50 }, { "Ei", 0x1p60 },
};

/* bytes of a number: digits, a point, an exponent of digits */
static size_t
number_length(struct str s)
{
	size_t n = 0, digits = 0, at;

	for (; n < s.n && ((s.s[n] >= '0' && s.s[n] <= '9') || s.s[n] == '.'); n++) {
		digits += s.s[n] != '.';
	}
	at = n + 1;
	if (digits == 0 || n == s.n || (s.s[n] != 'e' && s.s[n] != 'E')) {
		return digits == 0 ? 0 : n;
	}
	at += at < s.n && (s.s[at] == '-' || s.s[at] == '+');
	/* 1E is an exa */
	if (at == s.n) {
		return n;
	}
	for (; at < s.n; at++) {
		if (s.s[at] < '0' || s.s[at] > '9') {
			return n;
		}
	}
	return s.n;
}

bool
quantity_read(struct str s, double *ret)
{
	char digits[DIGITS_MAX + 1] = { 0 };
	size_t n = number_length(s);
	struct str suffix = str_slice(s, n, s.n);

	if (n == 0 || n > DIGITS_MAX) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		digits[i] = s.s[i];
	}
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (str_is(suffix, suffixes[i].name)) {
			*ret = strtod(digits, NULL) * suffixes[i].factor;
			return true;
		}
	}
	return false;
}

static size_t
digits_from(struct str s, size_t at)
{
	while (at < s.n && s.s[at] >= '0' && s.s[at] <= '9') {
		at++;
	}
	return at;
}

static size_t
sign_from(struct str s, size_t at)
{
	return at + (at < s.n && (s.s[at] == '-' || s.s[at] == '+'));
}

/* where a number with a sign and a point ends; 0 if there is none */
static size_t
number_end(struct str s)
{
	size_t from = sign_from(s, 0), at = digits_from(s, from), whole = at - from;

	if (at < s.n && s.s[at] == '.') {
		from = ++at;
		at = digits_from(s, from);
		return whole > 0 || at > from ? at : 0;
	}
	return whole > 0 ? at : 0;
}

bool
quantity_valid(struct str s)
{
	size_t at = number_end(s);
	struct str suffix = str_slice(s, at, s.n);

	if (at == 0) {
		return false;
	}
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (str_is(suffix, suffixes[i].name)) {
			return true;
		}
	}
	if (suffix.s[0] != 'e' && suffix.s[0] != 'E') {
		return false;
	}
	at = sign_from(suffix, 1);
	return at < suffix.n && digits_from(suffix, at) == suffix.n;
}

/* the suffix that a text is, exactly or but for the case of its letters; NULL if none */
static const char *
suffix_like(struct str text, bool exactly)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		struct str name = str_of(suffixes[i].name);

		/* nobody writes thousandths with a large M, or of bytes */
		if (exactly ? str_eq(text, name) : str_eq_nocase(text, name) && !str_eq(name, STR("m"))) {
			return suffixes[i].name;
		}
	}
	return NULL;
}

const char *
quantity_meant(struct arena *a, struct str s)
{
	size_t at = number_end(s);
	struct str suffix = str_trim(str_slice(s, at, s.n));
	const char *like = suffix_like(suffix, true);

	if (!like && suffix.n > 1 && (suffix.s[suffix.n - 1] == 'b' || suffix.s[suffix.n - 1] == 'B')) {
		suffix.n--;
	}
	like = like ? like : suffix_like(suffix, false);
	return at > 0 && like ? arena_printf(a, "%.*s%s", STR_FMT(str_slice(s, 0, at)), like) : NULL;
}
