/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a pattern by the grammar of Go's regexp/syntax and writes it for PCRE2, piece by piece. */
#include "schema/re2read.h"

#include "base/arena.h"
#include "schema/re2class.h"
#include "schema/re2set.h"
#include "schema/re2size.h"

#include <stdint.h>
#include <string.h>

enum flags { FOLD = 1, LINES = 2, DOT_ALL = 4, LAZY = 8 };
struct group {
	size_t open;                  /* its ( in the pattern */
	size_t at;                    /* and in what is written */
	bool captures, fold;          /* fold: what PCRE2 has in force before it */
	unsigned flags;               /* to come back to behind it */
	struct re2_sum row, choice;
	struct re2_piece last;
	bool has_last;
};

struct reader {
	struct str s;
	size_t at;
	struct buf out;
	struct re2 *ret;
	enum re2_go go;
	unsigned flags;
	bool fold;                    /* what PCRE2 has in force here */
	struct group *stack;
	size_t n, cap;
	size_t repeat;                /* where the last repeat began, if it ended here; SIZE_MAX */
	bool no_name;                 /* no :] stands further on */
};

static bool
refuse(struct reader *r, const char *error, size_t from, size_t to, const char *help)
{
	return re2_refuse(r->ret, error, from, to, help);
}

static bool
refuse_at(struct reader *r, const char *error, size_t at, const char *help)
{
	refuse(r, error, 0, r->s.n, help);
	r->ret->at = at;
	return false;
}

static bool
check_limits(struct reader *r, const struct re2_piece *p)
{
	const char *error = re2_piece_error(p);

	return !error || refuse_at(r, error, r->at, NULL);
}

static void
push(struct reader *r, enum re2_op op, size_t at)
{
	struct group *g = &r->stack[r->n - 1];

	if (g->has_last) {
		re2_sum_add(&g->row, &g->last, RE2_CONCAT);
	}
	g->last = (struct re2_piece){ .op = op, .at = at, .height = 1, .size = 1, .product = 1 };
	g->has_last = true;
}

/* (?i) and (?-i) are written before the next thing that minds them, so that a repeat follows what it repeats */
static void
write_fold(struct reader *r)
{
	bool fold = r->flags & FOLD;

	if (fold != r->fold) {
		buf_add(&r->out, fold ? STR("(?i)") : STR("(?-i)"));
		r->fold = fold;
	}
}

static void
add_literal(struct reader *r, unsigned point)
{
	write_fold(r);
	push(r, RE2_LITERAL, r->out.n);
	if (point >= 0xD800 && point <= 0xDFFF) {
		buf_add(&r->out, STR("(?:(?!))"));       /* no text has one */
	} else {
		re2set_point(&r->out, point);
	}
}

static void
add(struct reader *r, enum re2_op op, struct str text)
{
	push(r, op, r->out.n);
	buf_add(&r->out, text);
}

static bool
end_branch(struct reader *r, struct group *g)
{
	struct re2_piece row;

	if (g->has_last) {
		re2_sum_add(&g->row, &g->last, RE2_CONCAT);
	}
	row = re2_sum_end(&g->row, RE2_CONCAT, g->at);
	g->row = (struct re2_sum){ 0 };
	g->has_last = false;
	re2_sum_add(&g->choice, &row, RE2_CHOICE);
	return check_limits(r, &row);
}

static bool
open_group(struct reader *r, size_t open, bool captures, unsigned flags)
{
	if (r->n == r->cap) {
		struct group *old = r->stack;

		r->cap = r->cap * 2 + 8;
		r->stack = arena_alloc(r->out.arena, r->cap, sizeof(*r->stack));
		if (old) {
			memcpy(r->stack, old, r->n * sizeof(*old));
		}
	}
	if (r->n > RE2_NESTED_MAX) {
		return refuse_at(r, "expression nests too deeply", open, NULL);
	}
	r->stack[r->n++] = (struct group){ .open = open, .at = r->out.n, .captures = captures, .fold = r->fold, .flags = r->flags };
	r->flags = flags;
	if (r->n > 1) {
		buf_byte(&r->out, '(');       /* which captures nothing: schema/match.c asks for that */
	}
	return true;
}

static bool
close_group(struct reader *r)
{
	struct group *g = &r->stack[r->n - 1];
	struct re2_piece p;

	if (r->n == 1) {
		return refuse_at(r, "unexpected )", r->at, "write \\) for the character");
	}
	if (!end_branch(r, g)) {
		return false;
	}
	p = re2_sum_end(&g->choice, RE2_CHOICE, g->at);
	if (g->captures) {
		p = (struct re2_piece){ RE2_ONE, g->at, p.height + 1, p.size + 2, p.product };
	}
	/* what is repeated is the whole group now */
	p.op = p.op == RE2_LITERAL || p.op == RE2_ANCHOR || p.op == RE2_REPEAT ? RE2_ONE : p.op;
	buf_byte(&r->out, ')');
	r->flags = g->flags;
	r->fold = g->fold;
	r->n--;
	r->at++;
	push(r, p.op, p.at);
	r->stack[r->n - 1].last = p;
	return check_limits(r, &p);
}

/* at (?P<name> or (?<name> */
static bool
read_name(struct reader *r, size_t from)
{
	size_t open = r->at, end = str_find(r->s, '>', from);
	struct str name = str_slice(r->s, from, end);
	bool good = name.n > 0;

	for (size_t i = 0; i < name.n; i++) {
		good = good && re2_is_word(name.s[i]);
	}
	if (end == r->s.n || !good) {
		return refuse(r, "invalid named capture", open, end == r->s.n ? end : end + 1,
			name.n > 0 && (name.s[0] == '=' || name.s[0] == '!') ? re2_group_help(str_slice(r->s, open + 2, r->s.n))
				: "a name has letters, digits and _");
	}
	r->at = end + 1;
	return open_group(r, open, true, r->flags);
}

/* at "(?": flags, alone or with a group */
static bool
read_group(struct reader *r)
{
	static const struct { char letter; unsigned flag; } known[] = { { 'i', FOLD }, { 'm', LINES }, { 's', DOT_ALL }, { 'U', LAZY } };
	struct str rest = str_slice(r->s, r->at + 2, r->s.n);
	unsigned flags = r->flags, point;
	bool off = false, seen = false;
	size_t at = r->at + 2, n;

	if ((rest.n > 2 && str_starts(rest, STR("P<"))) || (rest.n > 1 && rest.s[0] == '<')) {
		return read_name(r, r->at + (rest.s[0] == 'P' ? 4 : 3));
	}
	while (at < r->s.n) {
		bool flag = false;

		n = str_point(r->s, at, &point);
		if (n == 0) {
			return refuse(r, "invalid UTF-8", at, r->s.n, NULL);
		}
		at += n;
		for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			if (point == (unsigned char)known[i].letter) {
				flags = off ? flags & ~known[i].flag : flags | known[i].flag;
				flag = true;
			}
		}
		if (flag) {
			seen = true;
		} else if (point == '-' && !off) {
			off = true;
			seen = false;
		} else if ((point == ':' || point == ')') && (!off || seen)) {
			size_t open = r->at;

			r->at = at;
			if (point == ':') {
				return open_group(r, open, false, flags);
			}
			r->flags = flags;
			return true;
		} else {
			break;
		}
	}
	return refuse(r, "invalid or unsupported Perl syntax", r->at, at, re2_group_help(rest));
}

static void
write_repeat(struct reader *r, struct re2_piece *p, int least, int most, bool lazy)
{
	if (p->op == RE2_ANCHOR) {
		/* PCRE2 does not repeat anchors: once is as good as often, and none at all is always true */
		if (least == 0) {
			r->out.n = p->at;
			buf_add(&r->out, STR("(?:)"));
		}
		return;
	}
	if (p->op == RE2_REPEAT) {
		struct str again = str_of(arena_printf(r->out.arena, "(?:%.*s)", str_cut(r->out.n - p->at), r->out.s + p->at));

		r->out.n = p->at;
		buf_add(&r->out, again);
	}
	if (most < 0) {
		buf_addf(&r->out, "{%d,}", least);
	} else {
		buf_addf(&r->out, least == most ? "{%d}" : "{%d,%d}", least, most);
	}
	if (lazy) {
		buf_byte(&r->out, '?');
	}
}

/* the repeat from..r->at of the last piece */
static bool
add_repeat(struct reader *r, size_t from, int least, int most)
{
	struct group *g = &r->stack[r->n - 1];
	struct re2_piece *p = &g->last;
	bool lazy = r->at < r->s.n && r->s.s[r->at] == '?';

	r->at += lazy;
	if (r->repeat != SIZE_MAX) {
		return refuse(r, "invalid nested repetition operator", r->repeat, r->at,
			r->s.s[from] == '+' ? "Go's regular expressions never try again: leave the second + out" : "write (?:...) around the first");
	}
	if (!g->has_last) {
		return refuse(r, "missing argument to repetition operator", from, r->at, "write \\ before it for the character");
	}
	write_repeat(r, p, least, most, lazy);
	if (!re2_piece_repeat(p, least, most, r->s.s[from] == '{')) {
		return refuse(r, "invalid repeat count", from, r->at, "repeats in one another may come to 1000 at most");
	}
	r->repeat = from;
	return check_limits(r, p);
}

static bool
read_repeat(struct reader *r)
{
	char c = r->s.s[r->at];
	int least = c == '+', most = c == '?' ? 1 : -1;
	size_t from = r->at;

	if (c != '{') {
		r->at++;
		return add_repeat(r, from, least, most);
	}
	if (!re2_counts(r->s, &r->at, &least, &most)) {
		add_literal(r, '{');
		r->at++;
		r->repeat = SIZE_MAX;
		return true;
	}
	if (least < 0 || least > RE2_REPEAT_MAX || most > RE2_REPEAT_MAX || (most >= 0 && least > most)) {
		return refuse(r, "invalid repeat count", from, r->at, "a count may be 1000 at most, and the first not above the second");
	}
	return add_repeat(r, from, least, most);
}

/* \Q...\E: all characters between */
static bool
read_quoted(struct reader *r)
{
	unsigned point;
	size_t n;

	for (r->at += 2; r->at < r->s.n; r->at += n) {
		if (str_starts(str_slice(r->s, r->at, r->s.n), STR("\\E"))) {
			r->at += 2;
			return true;
		}
		n = str_point(r->s, r->at, &point);
		if (n == 0) {
			return refuse(r, "invalid UTF-8", r->at, r->s.n, NULL);
		}
		add_literal(r, point);
	}
	return true;
}

/* \p{..}, \d, [...]: what re2class.c reads */
static bool
read_set(struct reader *r)
{
	struct re2_class c = { .s = r->s, .at = r->at, .fold = r->flags & FOLD, .newest = r->go == RE2_GO_NEW, .no_name = r->no_name, .ret = r->ret };

	write_fold(r);
	push(r, RE2_ONE, r->out.n);
	if (!re2_class(&c, &r->out)) {
		return false;
	}
	r->at = c.at;
	r->no_name = c.no_name;
	return true;
}

static bool
read_escape(struct reader *r)
{
	char c = r->at + 1 < r->s.n ? r->s.s[r->at + 1] : 0;
	unsigned point;

	switch (c) {
	case 'A': add(r, RE2_ANCHOR, STR("\\A")); break;
	case 'z': add(r, RE2_ANCHOR, STR("\\z")); break;
	case 'b': add(r, RE2_ANCHOR, STR("\\b")); break;
	case 'B': add(r, RE2_ANCHOR, STR("\\B")); break;
	case 'Q': return read_quoted(r);
	case 'p': case 'P': case 'd': case 'D': case 's': case 'S': case 'w': case 'W': return read_set(r);
	default:
		if (!re2_escape(r->s, &r->at, &point, r->ret)) {
			return false;
		}
		add_literal(r, point);
		return true;
	}
	r->at += 2;
	return true;
}

static bool
read_one(struct reader *r)
{
	struct group *g = &r->stack[r->n - 1];
	unsigned point;
	size_t n;

	switch (r->s.s[r->at]) {
	case '(':
		if (str_starts(str_slice(r->s, r->at, r->s.n), STR("(?"))) {
			return read_group(r);
		}
		r->at++;
		return open_group(r, r->at - 1, true, r->flags);
	case ')':
		return close_group(r);
	case '|':
		buf_byte(&r->out, '|');
		r->at++;
		return end_branch(r, g);
	case '^':
		add(r, RE2_ANCHOR, r->flags & LINES ? STR("(?m:^)") : STR("\\A"));
		break;
	case '$':
		add(r, RE2_ANCHOR, r->flags & LINES ? STR("(?m:$)") : STR("\\z"));
		break;
	case '.':
		add(r, RE2_ONE, r->flags & DOT_ALL ? STR("(?s:.)") : STR("."));
		break;
	case '[':
		return read_set(r);
	case '\\':
		return read_escape(r);
	default:
		n = str_point(r->s, r->at, &point);
		if (n == 0) {
			return refuse(r, "invalid UTF-8", r->at, r->s.n, NULL);
		}
		add_literal(r, point);
		r->at += n - 1;
	}
	r->at++;
	return true;
}

bool
re2_read(struct arena *a, struct str pattern, enum re2_go go, struct re2 *ret)
{
	struct reader r = { .s = pattern, .out = { .arena = a }, .ret = ret, .go = go, .repeat = SIZE_MAX };

	*ret = (struct re2){ 0 };
	open_group(&r, 0, false, 0);
	while (r.at < pattern.n) {
		char c = pattern.s[r.at];

		if (c == '*' || c == '+' || c == '?' || c == '{') {
			if (!read_repeat(&r)) {
				return false;
			}
			continue;
		}
		r.repeat = SIZE_MAX;
		if (!read_one(&r)) {
			return false;
		}
	}
	if (r.n > 1) {
		return refuse_at(&r, "missing closing )", r.stack[r.n - 1].open, "write \\( for the character");
	}
	if (!end_branch(&r, &r.stack[0])) {
		return false;
	}
	ret->pcre2 = buf_str(&r.out);
	return true;
}
