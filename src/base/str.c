/* SPDX-License-Identifier: Apache-2.0 */
/* Views of bytes, and a buffer that grows in an arena. */
#include "base/str.h"

#include "base/arena.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

struct str
str_of(const char *z)
{
	return (struct str){ z, z ? strlen(z) : 0 };
}

const char *
str_z(struct arena *a, struct str s)
{
	return arena_copy(a, s.s, s.n);
}

bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
str_is(struct str s, const char *z)
{
	size_t i = 0;

	while (z && i < s.n && z[i] != '\0' && z[i] == s.s[i]) {
		i++;
	}
	return i == s.n && (!z || z[i] == '\0');
}

bool
str_eq_nocase(struct str a, struct str b)
{
	if (a.n != b.n) {
		return false;
	}
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.s[i]) != lower(b.s[i])) {
			return false;
		}
	}
	return true;
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.s, b.s, n);

	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_slice(s, 0, prefix.n), prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_slice(s, s.n - suffix.n, s.n), suffix);
}

size_t
str_find(struct str s, char c, size_t from)
{
	const char *p = from < s.n ? memchr(s.s + from, c, s.n - from) : NULL;

	return p ? (size_t)(p - s.s) : s.n;
}

struct str
str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.n) {
		to = s.n;
	}
	if (from > to) {
		from = to;
	}
	return (struct str){ s.s ? s.s + from : NULL, to - from };
}

struct str
str_trim(struct str s)
{
	while (s.n > 0 && (s.s[0] == ' ' || s.s[0] == '\t')) {
		s = str_slice(s, 1, s.n);
	}
	while (s.n > 0 && (s.s[s.n - 1] == ' ' || s.s[s.n - 1] == '\t')) {
		s.n--;
	}
	return s;
}

int
str_cut(size_t n)
{
	return n > INT_MAX ? INT_MAX : (int)n;
}

size_t
str_points(struct str s)
{
	size_t points = 0;

	for (size_t i = 0; i < s.n; i++) {
		points += ((unsigned char)s.s[i] & 0xC0) != 0x80;
	}
	return points;
}

size_t
str_point(struct str text, size_t at, unsigned *ret)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *s = (const unsigned char *)text.s + at;
	size_t want = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
	unsigned point = want <= 1 ? s[0] : s[0] & (0x7FU >> want);

	if (want == 0 || want > text.n - at) {
		return 0;
	}
	for (size_t i = 1; i < want; i++) {
		if ((s[i] & 0xC0) != 0x80) {
			return 0;
		}
		point = point << 6 | (s[i] & 0x3FU);
	}
	if (point < least[want] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
		return 0;
	}
	*ret = point;
	return want;
}

bool
str_number(struct str s, size_t max, size_t *ret)
{
	size_t value = 0;

	if (s.n == 0) {
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		size_t digit = (size_t)(s.s[i] - '0');

		if (s.s[i] < '0' || s.s[i] > '9' || value > max / 10 || digit > max - value * 10) {
			return false;
		}
		value = value * 10 + digit;
	}
	*ret = value;
	return true;
}

static void
reserve(struct buf *b, size_t more)
{
	if (b->cap - b->n <= more) {
		size_t cap = (b->n + more + 1) * 2;
		char *s = arena_alloc(b->arena, cap < 64 ? 64 : cap, 1);

		if (b->n > 0) {
			memcpy(s, b->s, b->n);
		}
		b->s = s;
		b->cap = cap < 64 ? 64 : cap;
	}
}

void
buf_add(struct buf *b, struct str s)
{
	reserve(b, s.n);
	if (s.n > 0) {
		memcpy(b->s + b->n, s.s, s.n);
	}
	b->n += s.n;
}

void
buf_byte(struct buf *b, char c)
{
	buf_add(b, (struct str){ &c, 1 });
}

void
buf_point(struct buf *b, unsigned point)
{
	if (point < 0x80) {
		buf_byte(b, (char)point);
		return;
	}
	if (point >= 0x10000) {
		buf_byte(b, (char)(0xF0 | point >> 18));
		buf_byte(b, (char)(0x80 | (point >> 12 & 0x3F)));
	} else if (point >= 0x800) {
		buf_byte(b, (char)(0xE0 | point >> 12));
	} else {
		buf_byte(b, (char)(0xC0 | point >> 6));
	}
	if (point >= 0x800) {
		buf_byte(b, (char)(0x80 | (point >> 6 & 0x3F)));
	}
	buf_byte(b, (char)(0x80 | (point & 0x3F)));
}

void
buf_number(struct buf *b, size_t n)
{
	char digits[20];              /* of 64 bits */
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	buf_add(b, (struct str){ digits + at, sizeof(digits) - at });
}

struct str
str_decimal(struct arena *a, size_t n)
{
	struct buf b = { .arena = a };

	buf_number(&b, n);
	return buf_str(&b);
}

void
buf_fill(struct buf *b, char c, size_t n)
{
	reserve(b, n);
	memset(b->s + b->n, c, n);
	b->n += n;
}

void
buf_vaddf(struct buf *b, const char *fmt, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n > 0) {
		reserve(b, (size_t)n + 1);
		vsnprintf(b->s + b->n, (size_t)n + 1, fmt, args);
		b->n += (size_t)n;
	}
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vaddf(b, fmt, args);
	va_end(args);
}

struct str
buf_str(const struct buf *b)
{
	return (struct str){ b->s, b->n };
}

const char *
buf_z(struct buf *b)
{
	reserve(b, 1);
	b->s[b->n] = '\0';
	return b->s;
}

const char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	struct buf b = { .arena = a };
	va_list args;

	va_start(args, fmt);
	buf_vaddf(&b, fmt, args);
	va_end(args);
	return buf_z(&b);
}
