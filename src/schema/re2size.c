/* SPDX-License-Identifier: Apache-2.0 */
/* Adds up heights, sizes and repeats as Go's regexp/syntax does, which refuses what grows too large. */
#include "schema/re2size.h"

void
re2_sum_add(struct re2_sum *sum, const struct re2_piece *p, enum re2_op joined)
{
	/* a literal goes on in the one before; a row in a row is one row */
	bool goes_on = joined == RE2_CONCAT && sum->n > 0 && p->op == RE2_LITERAL && sum->only.op == RE2_LITERAL;
	size_t height = p->op == joined ? p->height - 1 : p->height;

	sum->n += !goes_on;
	sum->height = height > sum->height ? height : sum->height;
	sum->size += p->size + (joined == RE2_CHOICE && sum->n > 1);
	sum->product = p->product > sum->product ? p->product : sum->product;
	sum->only = *p;
	if (goes_on) {
		sum->only.size = sum->size;
	}
}

struct re2_piece
re2_sum_end(const struct re2_sum *sum, enum re2_op joined, size_t at)
{
	struct re2_piece p = { .op = RE2_ONE, .at = at, .height = 1, .size = 1, .product = 1 };

	if (sum->n == 1) {
		p = sum->only;
		p.at = at;
	} else if (sum->n > 1) {
		p = (struct re2_piece){ joined, at, sum->height + 1, sum->size, sum->product };
	}
	return p;
}

bool
re2_piece_repeat(struct re2_piece *p, int least, int most, bool counted)
{
	uint64_t times = most < 0 ? (uint64_t)least : (uint64_t)most;

	p->op = p->op == RE2_ANCHOR && least > 0 ? RE2_ANCHOR : RE2_REPEAT;
	p->height++;
	if (!counted) {
		p->size += most < 0 && least == 0 ? 2 : 1;
		return true;
	}
	p->size = most >= 0 ? times * p->size + (uint64_t)(most - least) : least > 0 ? 1 + times * p->size : 2 + p->size;
	p->size = p->size ? p->size : 1;
	p->product = most == 0 ? 1 : times == 0 ? p->product : times * p->product;
	return times <= 1 || p->product <= RE2_REPEAT_MAX;
}

const char *
re2_piece_error(const struct re2_piece *p)
{
	return p->height > RE2_NESTED_MAX ? "expression nests too deeply" : p->size > RE2_SIZE_MAX ? "expression too large" : NULL;
}

/* digits as Go takes them for a count: no 0 before others; -1 above what fits */
static bool
read_count(struct str s, size_t *at, int *ret)
{
	size_t from = *at;

	for (*ret = 0; *at < s.n && s.s[*at] >= '0' && s.s[*at] <= '9'; ++*at) {
		*ret = *ret < 0 || *ret >= 100000000 ? -1 : *ret * 10 + (s.s[*at] - '0');
	}
	return *at > from && (*at == from + 1 || s.s[from] != '0');
}

bool
re2_counts(struct str s, size_t *at, int *least, int *most)
{
	size_t i = *at + 1;

	if (!read_count(s, &i, least) || i == s.n) {
		return false;
	}
	*most = *least;
	if (s.s[i] == ',') {
		i++;
		if (i < s.n && s.s[i] == '}') {
			*most = -1;
		} else if (!read_count(s, &i, most)) {
			return false;
		} else if (*most < 0) {
			*least = -1;
		}
	}
	if (i == s.n || s.s[i] != '}') {
		return false;
	}
	*at = i + 1;
	return true;
}
