/* SPDX-License-Identifier: Apache-2.0 */
/* Reads character classes and escapes as Go does, and writes every class as a plain one of ranges. */
#include "schema/re2class.h"

#include "base/ascii.h"
#include "schema/re2set.h"

enum { POINT_MAX = 0x10FFFF };

bool
re2_is_word(char c)
{
	return ascii_alnum(c) || c == '_';
}

static int
hex(unsigned c)
{
	return c < 0x80 ? ascii_hex((char)c) : -1;
}

/* one code point at *at, 0 at the end; false for bad UTF-8 */
static bool
next(struct str s, size_t *at, unsigned *point, struct re2 *ret)
{
	size_t n;

	*point = 0;
	if (*at == s.n) {
		return true;
	}
	n = str_point(s, *at, point);
	*at += n;
	return n > 0 || re2_refuse(ret, "invalid UTF-8", *at, s.n, NULL);
}

/* the number behind \x; *at ends behind what Go has read when it refuses. False: refused, ret->error says whether for bad UTF-8 */
static bool
read_hex(struct str s, size_t *at, unsigned *ret_point, struct re2 *ret)
{
	unsigned c, value = 0, digits = 0;
	int high, low;

	if (!next(s, at, &c, ret)) {
		return false;
	}
	if (c != '{') {
		high = hex(c);
		if (!next(s, at, &c, ret)) {
			return false;
		}
		low = hex(c);
		*ret_point = (unsigned)(high * 16 + low);
		return high >= 0 && low >= 0;
	}
	for (;; digits++) {
		if (*at == s.n || !next(s, at, &c, ret)) {
			return false;
		}
		if (c == '}') {
			*ret_point = value;
			return digits > 0;
		}
		low = hex(c);
		if (low < 0) {
			return false;
		}
		value = value * 16 + (unsigned)low;
		if (value > POINT_MAX) {
			return false;
		}
	}
}

bool
re2_escape(struct str s, size_t *at, unsigned *ret_point, struct re2 *ret)
{
	static const char letters[] = "afnrtv", meant[] = "\a\f\n\r\t\v";
	size_t from = *at, i = from + 1;
	unsigned c;
	bool good;

	if (i == s.n) {
		*ret = (struct re2){ .error = "trailing backslash at end of expression", .part = { s.n, 0 }, .at = from,
			.help = "write \\\\ for the character" };
		return false;
	}
	if (!next(s, &i, &c, ret)) {
		return false;
	}
	good = c < 0x80 && (!re2_is_word((char)c) || c == '_');
	*ret_point = c;
	if (c == '0' || (c >= '1' && c <= '7' && i < s.n && s.s[i] >= '0' && s.s[i] <= '7')) {
		*ret_point = c - '0';
		for (int n = 1; n < 3 && i < s.n && s.s[i] >= '0' && s.s[i] <= '7'; n++) {
			*ret_point = *ret_point * 8 + (unsigned)(s.s[i++] - '0');
		}
		good = true;
	} else if (c == 'x') {
		good = read_hex(s, &i, ret_point, ret);
		if (ret->error) {
			return false;
		}
	}
	for (size_t k = 0; letters[k]; k++) {
		if (c == (unsigned char)letters[k]) {
			*ret_point = (unsigned char)meant[k];
			good = true;
		}
	}
	*at = i;
	return good || re2_refuse(ret, "invalid escape sequence", from, i, re2_escape_help(c < 0x80 ? (char)c : 0));
}

static void
note(struct span *kept, size_t from, size_t to)
{
	if (kept->n == 0) {
		*kept = (struct span){ from, to - from };
	}
}

/* \p{NAME} or \pN at c->at, into the inside of a class */
static bool
read_unicode(struct re2_class *c, struct buf *out)
{
	size_t from = c->at, at = from + 2, end;
	bool negated = c->s.s[from + 1] == 'P', folds;
	enum re2set_known known;
	struct str name;
	unsigned point;

	if (!next(c->s, &at, &point, c->ret)) {
		return false;
	}
	name = str_slice(c->s, from + 2, at);
	end = at;
	if (point == '{') {
		end = str_find(c->s, '}', from);
		name = str_slice(c->s, from + 3, end);
		if (end == c->s.n) {
			return re2_refuse(c->ret, "invalid character class range", from, end, "the } is missing");
		}
		end++;
	}
	known = re2set_unicode(out, name, negated, c->fold, &folds);
	if (known == RE2SET_UNKNOWN || known == (c->newest ? RE2SET_OLD : RE2SET_NEW)) {
		return re2_refuse(c->ret, "invalid character class range", from, end, known == RE2SET_OLD
			? "a Helm built with Go 1.25 or later finds no script with _ in its name"
			: known == RE2SET_NEW ? "it wants a Helm built with Go 1.25 or later; short names like \\p{Lu} work in all"
			: "it takes Unicode's categories and scripts: \\p{L}, \\p{Lu}, \\p{Greek}");
	}
	if (known != RE2SET_ALL) {
		note(known == RE2SET_NEW ? &c->ret->newer : &c->ret->older, from, end);
	}
	if (folds && c->fold) {
		note(&c->ret->folded, from, end);
	}
	c->at = end;
	return true;
}

/* [:name:] at c->at; *ret_read false: an ordinary [ */
static bool
read_posix(struct re2_class *c, struct buf *out, bool *ret_read)
{
	size_t end = c->at + 2;
	struct str name;

	*ret_read = false;
	if (c->no_name) {
		return true;
	}
	while (end + 1 < c->s.n && !(c->s.s[end] == ':' && c->s.s[end + 1] == ']')) {
		end++;
	}
	if (end + 1 >= c->s.n) {
		c->no_name = true;
		return true;
	}
	end += 2;
	name = str_slice(c->s, c->at, end);
	if (!re2set_posix(out, name, c->fold)) {
		return re2_refuse(c->ret, "invalid character class range", c->at, end, "there is no such class");
	}
	c->at = end;
	*ret_read = true;
	return true;
}

static bool
read_char(struct re2_class *c, size_t open, unsigned *ret)
{
	if (c->at == c->s.n) {
		re2_refuse(c->ret, "missing closing ]", open, c->s.n, "write \\[ for the character");
		return false;
	}
	return c->s.s[c->at] == '\\' ? re2_escape(c->s, &c->at, ret, c->ret) : next(c->s, &c->at, ret, c->ret);
}

/* a character or a range; surrogates, which no text has, are left out */
static bool
read_range(struct re2_class *c, size_t open, struct buf *out)
{
	size_t from = c->at;
	unsigned low, high;

	if (!read_char(c, open, &low)) {
		return false;
	}
	high = low;
	if (c->at + 1 < c->s.n && c->s.s[c->at] == '-' && c->s.s[c->at + 1] != ']') {
		c->at++;
		if (!read_char(c, open, &high)) {
			return false;
		}
		if (high < low) {
			return re2_refuse(c->ret, "invalid character class range", from, c->at, "the first must not come after the second");
		}
	}
	low = low >= 0xD800 && low <= 0xDFFF ? 0xE000 : low;
	high = high >= 0xD800 && high <= 0xDFFF ? 0xD7FF : high;
	if (low <= high) {
		re2set_range(out, low, high);
	}
	return true;
}

static bool
read_item(struct re2_class *c, size_t open, struct buf *out)
{
	char first = c->at < c->s.n ? c->s.s[c->at] : 0, second = c->at + 1 < c->s.n ? c->s.s[c->at + 1] : 0;
	bool read = false;

	if (first == '[' && second == ':' && c->at + 2 < c->s.n && (!read_posix(c, out, &read) || read)) {
		return read;
	}
	if (first == '\\' && (second == 'p' || second == 'P')) {
		return read_unicode(c, out);
	}
	if (first == '\\' && re2set_perl(out, second, c->fold)) {
		c->at += 2;
		return true;
	}
	return read_range(c, open, out);
}

bool
re2_class(struct re2_class *c, struct buf *out)
{
	size_t open = c->at, begin = out->n, inside;
	bool brackets = c->s.s[open] == '[', negated = brackets && open + 1 < c->s.n && c->s.s[open + 1] == '^';

	buf_add(out, negated ? STR("[^") : STR("["));
	inside = out->n;
	if (!brackets) {
		if (!read_item(c, open, out)) {
			return false;
		}
	} else {
		c->at += 1 + negated;
		for (bool first = true; first || c->at == c->s.n || c->s.s[c->at] != ']'; first = false) {
			if (!read_item(c, open, out)) {
				return false;
			}
		}
		c->at++;
	}
	if (out->n == inside) {
		out->n = begin;
		buf_add(out, negated ? STR("(?s:.)") : STR("(?:(?!))"));
	} else {
		buf_byte(out, ']');
	}
	return true;
}
