/* SPDX-License-Identifier: Apache-2.0 */
/* A port of what mail.ParseAddress of Go accepts (RFC 5322, one address, a group of one too). Words encoded by RFC 2047 are not
   decoded: one in a character set unknown to Go is taken here and refused there. */
#include "schema/formatmail.h"

#include "schema/formathost.h"

struct parser {
	struct str s;
	const char *wrong;            /* the last thing that did not fit */
};

static char
peek(const struct parser *p)
{
	return p->s.n > 0 ? p->s.s[0] : 0;
}

static void
skip(struct parser *p, size_t n)
{
	p->s = str_slice(p->s, n, p->s.n);
}

static bool
take(struct parser *p, char c)
{
	bool there = p->s.n > 0 && p->s.s[0] == c;

	skip(p, there);
	return there;
}

static bool
fail(struct parser *p, const char *wrong)
{
	p->wrong = wrong;
	return false;
}

static void
skip_blanks(struct parser *p)
{
	while (peek(p) == ' ' || peek(p) == '\t') {
		skip(p, 1);
	}
}

/* printable and not a blank */
static bool
is_visible(char c)
{
	return (c > ' ' && c < 0x7F) || (unsigned char)c >= 0x80;
}

static bool
is_special(char c)
{
	return str_find(STR("()<>[]:;@\\,\""), c, 0) < 12;
}

/* behind its ( */
static bool
take_comment(struct parser *p)
{
	size_t depth = 1;

	while (p->s.n > 0 && depth > 0) {
		if (peek(p) == '\\' && p->s.n > 1) {
			skip(p, 1);
		} else if (peek(p) == '(') {
			depth++;
		} else if (peek(p) == ')') {
			depth--;
		}
		skip(p, 1);
	}
	return depth == 0 || fail(p, "a comment is not closed");
}

static bool
skip_comments(struct parser *p)
{
	skip_blanks(p);
	while (take(p, '(')) {
		if (!take_comment(p)) {
			return false;
		}
		skip_blanks(p);
	}
	return true;
}

/* dots may stand anywhere in the words of a name; elsewhere between other characters */
static bool
take_atom(struct parser *p, bool loose)
{
	size_t n = 0;
	struct str atom;

	while (n < p->s.n && is_visible(p->s.s[n]) && !is_special(p->s.s[n])) {
		n++;
	}
	if (n == 0) {
		return fail(p, "something is missing");
	}
	atom = str_slice(p->s, 0, n);
	skip(p, n);
	for (size_t i = 0; i < n && !loose; i++) {
		if (atom.s[i] == '.' && (i == 0 || i + 1 == n || atom.s[i - 1] == '.')) {
			return fail(p, "a dot stands between other characters");
		}
	}
	return true;
}

static bool
take_quoted(struct parser *p, bool *ret_empty)
{
	size_t i = 1;
	bool escaped = false;

	*ret_empty = true;
	for (; i < p->s.n && (escaped || p->s.s[i] != '"'); i++) {
		char c = p->s.s[i];

		if (!is_visible(c) && c != ' ' && c != '\t') {
			return fail(p, "a character in the quotes is not allowed");
		}
		*ret_empty = *ret_empty && c == '\\' && !escaped;
		escaped = c == '\\' && !escaped;
	}
	if (i >= p->s.n) {
		return fail(p, "a quote is not closed");
	}
	skip(p, i + 1);
	return true;
}

static bool
take_literal(struct parser *p)
{
	size_t end = 1;

	while (end < p->s.n && is_visible(p->s.s[end]) && str_find(STR("[]\\"), p->s.s[end], 0) == 3) {
		end++;
	}
	if (end == p->s.n || p->s.s[end] != ']' || formathost_ip(str_slice(p->s, 1, end))) {
		return fail(p, "an IP address is wanted in the brackets");
	}
	skip(p, end + 1);
	return true;
}

/* local@domain; where it is none nothing is taken */
static bool
take_spec(struct parser *p)
{
	struct str begin;
	bool empty = false, good;

	begin = p->s;
	skip_blanks(p);
	good = peek(p) == '"' ? take_quoted(p, &empty) : take_atom(p, false);
	if (good && empty) {
		good = fail(p, "nothing stands in the quotes");
	}
	if (good && !take(p, '@')) {
		good = fail(p, "it has no @");
	}
	if (good) {
		skip_blanks(p);
		good = peek(p) == '[' ? take_literal(p) : take_atom(p, false);
	}
	p->s = good ? p->s : begin;
	return good;
}

/* one word at least */
static bool
take_name(struct parser *p)
{
	bool some = false, empty;

	for (;;) {
		if (some && !skip_comments(p)) {
			return false;
		}
		skip_blanks(p);
		if (!(peek(p) == '"' ? take_quoted(p, &empty) : take_atom(p, true))) {
			return some;
		}
		some = true;
	}
}

static bool take_address(struct parser *, bool group, size_t *count);

/* behind the colon of a group */
static bool
take_list(struct parser *p, size_t *addresses)
{
	skip_blanks(p);
	if (take(p, ';')) {
		return skip_comments(p);
	}
	for (;;) {
		skip_blanks(p);
		if (!take_address(p, false, addresses) || !skip_comments(p)) {
			return false;
		}
		if (take(p, ';')) {
			return skip_comments(p);
		}
		if (!take(p, ',')) {
			return fail(p, "a comma is missing");
		}
	}
}

static bool
take_address(struct parser *p, bool group, size_t *addresses)
{
	skip_blanks(p);
	if (p->s.n == 0) {
		return fail(p, "it has no @");
	}
	if (take_spec(p)) {
		skip_blanks(p);
		++*addresses;
		return !take(p, '(') || take_comment(p);
	}
	if (peek(p) != '<' && !take_name(p)) {
		return false;
	}
	skip_blanks(p);
	if (group && take(p, ':')) {
		return take_list(p, addresses);
	}
	if (!take(p, '<')) {
		return fail(p, "it has no @, or no address in <>");
	}
	if (!take_spec(p)) {
		return false;
	}
	++*addresses;
	return take(p, '>') || fail(p, "the > is missing");
}

const char *
formatmail_address(struct str s)
{
	struct parser p = { .s = s };
	size_t addresses = 0;

	if (!take_address(&p, true, &addresses) || !skip_comments(&p)) {
		return p.wrong;
	}
	return p.s.n > 0 || addresses != 1 ? "one address is wanted" : NULL;
}
