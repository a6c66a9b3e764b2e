/* SPDX-License-Identifier: Apache-2.0 */
/* A view of bytes that owns nothing, and a buffer that grows in an arena. */
#ifndef WBRENDER_BASE_STR_H
#define WBRENDER_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

/* n bytes; not NUL-terminated unless where it comes from says so */
struct str {
	const char *s;
	size_t n;
};

#define STR(lit) ((struct str){ (lit), sizeof(lit) - 1 })
/* the two arguments of "%.*s"; what is longer than INT_MAX is cut */
#define STR_FMT(x) str_cut((x).n), (x).s

/* a view of a NUL-terminated string; NULL gives the empty view */
struct str str_of(const char *z);
/* a NUL-terminated copy */
const char *str_z(struct arena *, struct str);
bool str_eq(struct str, struct str);
/* is it the NUL-terminated string? NULL is the empty one */
bool str_is(struct str, const char *z);
/* the same but for the case of ASCII letters */
bool str_eq_nocase(struct str, struct str);
/* byte order; negative, 0 or positive */
int str_cmp(struct str, struct str);
bool str_starts(struct str, struct str prefix);
bool str_ends(struct str, struct str suffix);
/* index of the first byte c at or after from; s.n when there is none */
size_t str_find(struct str s, char c, size_t from);
/* bytes [from, to); both are cut to the length */
struct str str_slice(struct str, size_t from, size_t to);
/* without blanks and tabs at both ends */
struct str str_trim(struct str);
/* n as the int that a printf precision takes */
int str_cut(size_t n);
/* how many code points; the text is UTF-8 */
size_t str_points(struct str);
/* the code point at `at`, which is below the length; returns its bytes, 0 when there is no valid UTF-8 (RFC 3629) */
size_t str_point(struct str, size_t at, unsigned *ret);
/* a whole number from 0 to max in decimal digits and nothing else; false otherwise */
bool str_number(struct str, size_t max, size_t *ret);

struct buf {
	struct arena *arena;
	char *s;
	size_t n, cap;
};

void buf_add(struct buf *, struct str);
void buf_byte(struct buf *, char);
/* a code point as UTF-8 */
void buf_point(struct buf *, unsigned point);
/* in decimal digits; sooner than by buf_addf */
void buf_number(struct buf *, size_t n);
/* n times c */
void buf_fill(struct buf *, char c, size_t n);
void buf_addf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *, const char *fmt, va_list) __attribute__((format(printf, 2, 0)));
/* what is in it; valid until the next addition */
struct str buf_str(const struct buf *);
/* the same, NUL-terminated */
const char *buf_z(struct buf *);

/* a number in decimal digits */
struct str str_decimal(struct arena *, size_t n);
/* a formatted NUL-terminated text in the arena */
const char *arena_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
