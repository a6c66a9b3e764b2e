/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and compares semantic versions, and the ranges of Masterminds/semver. */
#include "helm/version.h"

#include "base/ascii.h"

#include <stdint.h>

enum { MAJOR, MINOR, PATCH, PARTS };

struct version {
	size_t part[PARTS];
	struct str pre;
};

/* one comparison: an operator and a version, some parts of which may be left open ("1.x") */
struct bound {
	struct str op;
	struct version version;
	bool open;                    /* some part is */
	bool open_minor, open_patch;  /* minor and what follows; patch alone */
};

static struct str
rest(struct str s, size_t at)
{
	return str_slice(s, at, s.n);
}

/* dot-separated identifiers of letters, digits and '-' behind a mark; how long they are with it, 0 for none */
static size_t
identifiers(struct str s, char mark)
{
	size_t n = 1;

	if (s.n < 2 || s.s[0] != mark) {
		return 0;
	}
	for (; n < s.n && (ascii_alnum(s.s[n]) || s.s[n] == '-' || (s.s[n] == '.' && s.s[n - 1] != '.' && n > 1)); n++) {
	}
	n -= s.s[n - 1] == '.';
	return n > 1 ? n : 0;
}

static bool
is_open(struct str part)
{
	return part.n == 1 && (part.s[0] == 'x' || part.s[0] == 'X' || part.s[0] == '*');
}

/* Digits of the next part; open: or an x. Behind a dot unless it is the first. How long, 0 for none. */
static size_t
part_of(struct str s, bool first, bool open)
{
	size_t from = first ? 0 : 1, n = from;

	if (!first && (s.n == 0 || s.s[0] != '.')) {
		return 0;
	}
	while (n < s.n && (ascii_digit(s.s[n]) || (open && is_open(str_slice(s, n, n + 1))))) {
		n++;
	}
	return n > from ? n : 0;
}

/* Reads a version, with open parts where a bound is given. How long it is, 0 for none. */
static size_t
read_version(struct str s, struct version *ret, struct bound *bound)
{
	size_t at = s.n > 0 && s.s[0] == 'v', n = 0;
	bool missing = false;

	*ret = (struct version){ 0 };
	for (int i = MAJOR; i < PARTS; i++) {
		struct str text;

		n = missing ? 0 : part_of(rest(s, at), i == MAJOR, bound);
		text = str_slice(s, at + (i > MAJOR), at + n);
		at += n;
		if (i == MAJOR && n == 0) {
			return 0;
		}
		missing = missing || n == 0;
		if (bound && !bound->open && (n == 0 || is_open(text))) {
			bound->open = true;
			bound->open_minor = i == MINOR;
			bound->open_patch = i == PATCH;
		}
		if (n > 0 && !(bound && bound->open) && !str_number(text, SIZE_MAX, &ret->part[i])) {
			return 0;
		}
	}
	n = identifiers(rest(s, at), '-');
	ret->pre = str_slice(s, at + 1, at + n);
	at += n;
	return at + identifiers(rest(s, at), '+');
}

bool
version_valid(struct str s)
{
	struct version v;

	return s.n > 0 && read_version(s, &v, NULL) == s.n;
}

static int
compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* numbers by size and before words, words by bytes, fewer before more; none at all comes last */
static int
compare_pre(struct str a, struct str b)
{
	if (a.n == 0 || b.n == 0) {
		return (a.n == 0) - (b.n == 0);
	}
	for (;;) {
		size_t end_a = str_find(a, '.', 0), end_b = str_find(b, '.', 0), number_a = 0, number_b = 0;
		struct str part_a = str_slice(a, 0, end_a), part_b = str_slice(b, 0, end_b);
		bool is_a = str_number(part_a, SIZE_MAX, &number_a), is_b = str_number(part_b, SIZE_MAX, &number_b);
		int order = is_a && is_b ? compare_numbers(number_a, number_b) : is_a != is_b ? is_b - is_a : str_cmp(part_a, part_b);

		if (order != 0) {
			return order;
		}
		if (end_a == a.n || end_b == b.n) {
			return (end_a < a.n) - (end_b < b.n);
		}
		a = rest(a, end_a + 1);
		b = rest(b, end_b + 1);
	}
}

static int
compare(const struct version *a, const struct version *b)
{
	for (int i = MAJOR; i < PARTS; i++) {
		int order = compare_numbers(a->part[i], b->part[i]);

		if (order != 0) {
			return order;
		}
	}
	return compare_pre(a->pre, b->pre);
}

static bool
is_tilde(const struct version *v, const struct bound *b)
{
	const size_t *part = b->version.part;

	if (compare(v, &b->version) < 0) {
		return false;
	}
	if (part[MAJOR] == 0 && part[MINOR] == 0 && part[PATCH] == 0 && !b->open_minor && !b->open_patch) {
		return true;
	}
	return v->part[MAJOR] == part[MAJOR] && (v->part[MINOR] == part[MINOR] || b->open_minor);
}

static bool
is_caret(const struct version *v, const struct bound *b)
{
	const size_t *part = b->version.part;

	if (compare(v, &b->version) < 0) {
		return false;
	}
	if (part[MAJOR] > 0 || b->open_minor) {
		return v->part[MAJOR] == part[MAJOR];
	}
	if (v->part[MAJOR] > 0) {
		return false;
	}
	if (part[MINOR] > 0 || b->open_patch) {
		return v->part[MINOR] == part[MINOR];
	}
	return v->part[MINOR] == 0 && v->part[PATCH] == part[PATCH];
}

static bool
is_other(const struct version *v, const struct bound *b)
{
	const size_t *part = b->version.part;

	if (!b->open) {
		return compare(v, &b->version) != 0;
	}
	if (v->part[MAJOR] != part[MAJOR]) {
		return true;
	}
	if (b->open_minor) {
		return false;
	}
	if (v->part[MINOR] != part[MINOR]) {
		return true;
	}
	if (b->open_patch) {
		return compare_pre(v->pre, b->version.pre) != 0;
	}
	return compare(v, &b->version) != 0;
}

static bool
is_above(const struct version *v, const struct bound *b)
{
	const size_t *part = b->version.part;

	if (b->open && v->part[MAJOR] == part[MAJOR] && (b->open_minor || b->open_patch)) {
		return b->open_patch && v->part[MINOR] > part[MINOR];
	}
	return b->open && v->part[MAJOR] != part[MAJOR] ? v->part[MAJOR] > part[MAJOR] : compare(v, &b->version) > 0;
}

static bool
is_at_most(const struct version *v, const struct bound *b)
{
	const size_t *part = b->version.part;

	if (!b->open) {
		return compare(v, &b->version) <= 0;
	}
	return v->part[MAJOR] < part[MAJOR]
		|| (v->part[MAJOR] == part[MAJOR] && (v->part[MINOR] <= part[MINOR] || b->open_minor));
}

static bool
holds(const struct version *v, const struct bound *b)
{
	if (str_eq(b->op, STR("!="))) {
		return is_other(v, b);
	}
	if (str_eq(b->op, STR(">"))) {
		return is_above(v, b);
	}
	if (str_eq(b->op, STR("<"))) {
		return compare(v, &b->version) < 0;
	}
	if (str_eq(b->op, STR(">=")) || str_eq(b->op, STR("=>"))) {
		return compare(v, &b->version) >= 0;
	}
	if (str_eq(b->op, STR("<=")) || str_eq(b->op, STR("=<"))) {
		return is_at_most(v, b);
	}
	if (str_eq(b->op, STR("^"))) {
		return is_caret(v, b);
	}
	return b->op.n > 0 && b->op.s[0] == '~' ? is_tilde(v, b) : b->open ? is_tilde(v, b) : compare(v, &b->version) == 0;
}

static size_t
blanks(struct str s, size_t at)
{
	while (at < s.n && (s.s[at] == ' ' || (s.s[at] >= '\t' && s.s[at] <= '\r' && s.s[at] != '\v'))) {
		at++;
	}
	return at;
}

static struct str
operator_at(struct str s)
{
	static const char *const known[] = { "!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (str_starts(s, str_of(known[i]))) {
			return str_of(known[i]);
		}
	}
	return (struct str){ 0 };
}

/* A part of a range in which all comparisons must hold. Walks over them twice: whether one names a pre-release counts for all. */
static bool
all_hold(struct str s, const struct version *v, bool *ret_bad)
{
	bool pre = false, good = true;

	for (int round = 0; round < 2; round++) {
		size_t at = blanks(s, 0);

		do {
			struct bound b = { .op = operator_at(rest(s, at)) };
			size_t n, dash;

			at = blanks(s, at + b.op.n);
			n = read_version(rest(s, at), &b.version, &b);
			if (n == 0) {
				*ret_bad = true;
				return false;
			}
			dash = blanks(s, at + n);
			if (b.op.n == 0 && dash > at + n && dash + 1 < s.n && s.s[dash] == '-' && blanks(s, dash + 1) > dash + 1) {
				struct bound last = { .op = STR("<=") };

				dash = blanks(s, dash + 1);
				n = read_version(rest(s, dash), &last.version, &last);
				*ret_bad = *ret_bad || n == 0;
				b.op = STR(">=");
				pre = pre || last.version.pre.n > 0;
				good = good && (round == 0 || holds(v, &last));
				at = dash;
			}
			pre = pre || b.version.pre.n > 0;
			good = good && (round == 0 || holds(v, &b));
			dash = blanks(s, at + n);
			if (dash < s.n && s.s[dash] == ',') {
				at = blanks(s, dash + 1);
				*ret_bad = *ret_bad || at == s.n;
			} else {
				*ret_bad = *ret_bad || (dash < s.n && dash == at + n);
				at = dash;
			}
			if (*ret_bad) {
				return false;
			}
		} while (at < s.n);
	}
	return good && (pre || v->pre.n == 0);
}

bool
version_in_range(struct str text, struct str range)
{
	struct version v;
	bool bad = false, fits = false;

	if (!version_valid(text)) {
		return false;
	}
	read_version(text, &v, NULL);
	for (size_t at = 0, end; at <= range.n; at = end + 2) {
		for (end = at; end < range.n && !str_starts(rest(range, end), STR("||")); end++) {
		}
		fits = all_hold(str_slice(range, at, end), &v, &bad) || fits;
	}
	return fits && !bad;
}
