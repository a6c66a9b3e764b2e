/* SPDX-License-Identifier: Apache-2.0 */
/* Did you mean: distance of Damerau and Levenshtein over folded words, within a bound on work. */
#include "schema/suggest.h"

#include "base/arena.h"

enum {
	PART_MIN = 4,                 /* shorter words are part of too many others */
	FAR = SUGGEST_LENGTH_MAX + 1,
};

/* without case, dashes and underscores; empty when it is too long to compare */
static struct str
fold(struct str s, char out[SUGGEST_LENGTH_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (c == '-' || c == '_') {
			continue;
		}
		if (n == SUGGEST_LENGTH_MAX) {
			return (struct str){ out, 0 };
		}
		out[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return (struct str){ out, n };
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* a swap of neighbours is one step */
static size_t
distance(struct str a, struct str b)
{
	size_t rows[3][SUGGEST_LENGTH_MAX + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];

	for (size_t j = 0; j <= b.n; j++) {
		last[j] = j;
	}
	for (size_t i = 1; i <= a.n; i++) {
		size_t *oldest = before;

		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			now[j] = least(least(last[j], now[j - 1]) + 1, last[j - 1] + (a.s[i - 1] != b.s[j - 1]));
			if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1]) {
				now[j] = least(now[j], before[j - 2] + 1);
			}
		}
		before = last;
		last = now;
		now = oldest;
	}
	return last[b.n];
}

static bool
is_part(struct str whole, struct str part)
{
	return part.n >= PART_MIN && (str_starts(whole, part) || str_ends(whole, part));
}

void
suggest_init(struct suggest *s, struct str wrong, size_t *work)
{
	*s = (struct suggest){ .best = FAR, .work = work };
	s->wrong = fold(wrong, s->fold);
}

/* how far a is from b; FAR when that is too far to be meant */
static size_t
apart(struct str a, struct str b)
{
	size_t limit = a.n / 3 > 1 ? a.n / 3 : 1, d = FAR;
	size_t gap = a.n > b.n ? a.n - b.n : b.n - a.n;

	if (gap <= limit) {
		d = distance(a, b);
	}
	/* a word of which nothing remains was not misspelt */
	if (d <= limit && d < least(a.n, b.n)) {
		return d;
	}
	return is_part(a, b) || is_part(b, a) ? SUGGEST_PART : FAR;
}

bool
suggest_offer(struct suggest *s, struct str candidate)
{
	char buf[SUGGEST_LENGTH_MAX];
	struct str a = s->wrong, b = fold(candidate, buf);
	size_t cost = (a.n + 1) * (b.n + 1), d;

	if (*s->work < cost) {
		*s->work = 0;
		return false;
	}
	*s->work -= cost;
	if (a.n == 0 || b.n == 0) {
		return true;
	}
	d = apart(a, b);
	if (d > s->best || d == FAR) {
		return true;
	}
	if (d < s->best) {
		s->best = d;
		s->n = 0;
	}
	for (size_t i = 0; i < s->n; i++) {
		if (str_eq(s->found[i], candidate)) {
			return true;
		}
	}
	if (s->n < SUGGEST_SHOWN_MAX) {
		s->found[s->n++] = candidate;
	}
	return true;
}

const char *
suggest_text(const struct suggest *s, struct arena *a)
{
	struct buf b = { .arena = a };

	if (s->n == 0) {
		return NULL;
	}
	for (size_t i = 0; i < s->n; i++) {
		buf_addf(&b, "%s'%.*s'", i == 0 ? "did you mean " : i + 1 == s->n ? " or " : ", ", STR_FMT(s->found[i]));
	}
	buf_byte(&b, '?');
	return buf_z(&b);
}
