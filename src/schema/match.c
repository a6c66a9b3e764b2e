/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions by PCRE2, set up to answer as Go's RE2 does and to stop in time. */
#include "schema/match.h"

#include "base/arena.h"
#include "schema/re2read.h"
#include "schema/re2size.h"

#include <assert.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* a pattern that nothing has been searched for yet */
struct later {
	struct arena *arena;
	struct str pattern;
	const struct match *made;
};

/* Tried one after the other, for PCRE2 does not say what a search has cost. */
static const struct {
	uint32_t limit;                 /* PCRE2's match limit */
	size_t cost;
} tries[] = { { 1000, MATCH_COST_MIN }, { 10000, 1000 }, { MATCH_WORK_MAX, 10000 } };

enum {
	TRIES = sizeof(tries) / sizeof(tries[0]),
	BROAD_MAX = 2000000,            /* subject squared, times pattern: so far all ways are followed at once */
	BROAD_COST = 50000,
	BROAD_SPACE = 20000,            /* ints to follow them in */
};

struct match {
	struct later *later;            /* NULL: it is made */
	size_t n;                       /* length of the pattern */
	pcre2_code *code;
	pcre2_match_context *contexts[TRIES];
	pcre2_general_context *memory;  /* for what lives as long as one search */
};

/* compiled patterns die with the arena */
static void *
arena_take(size_t n, void *arena)
{
	return arena_alloc(arena, n, 1);
}

static void
arena_leave(void *p, void *arena)
{
	(void)p;
	(void)arena;
}

static void *
heap_take(size_t n, void *unused)
{
	(void)unused;
	return arena_realloc(NULL, n, 1);
}

static void
heap_free(void *p, void *unused)
{
	(void)unused;
	free(p);
}

static struct match *
compile(struct arena *a, struct str pattern, int *ret_error, size_t *ret_at)
{
	enum { OPTIONS = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_BACKSLASH_C
		| PCRE2_NEVER_UCP | PCRE2_NO_AUTO_CAPTURE };
	pcre2_general_context *lasting = pcre2_general_context_create(arena_take, arena_leave, a);
	pcre2_compile_context *context = pcre2_compile_context_create(lasting);
	struct match *m = arena_new(a, struct match);

	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	pcre2_set_parens_nest_limit(context, MATCH_NESTED_MAX);
	m->code = pcre2_compile((PCRE2_SPTR)(pattern.s ? pattern.s : ""), pattern.n, OPTIONS, ret_error, ret_at, context);
	if (!m->code) {
		return NULL;
	}
	m->memory = pcre2_general_context_create(heap_take, heap_free, NULL);
	m->n = pattern.n;
	arena_own(a, m->memory);
	for (size_t i = 0; i < TRIES; i++) {
		m->contexts[i] = pcre2_match_context_create(lasting);
		pcre2_set_match_limit(m->contexts[i], tries[i].limit);
		pcre2_set_depth_limit(m->contexts[i], MATCH_DEPTH_MAX);
		pcre2_set_heap_limit(m->contexts[i], MATCH_HEAP_MAX);
	}
	return m;
}

struct match *
match_new_pcre2(struct arena *a, struct str pattern, const char **ret_error, size_t *ret_at)
{
	int error = PCRE2_ERROR_PATTERN_STRING_TOO_LONG;
	struct match *m = NULL;
	char text[256];

	*ret_at = MATCH_PATTERN_MAX;
	if (pattern.n <= MATCH_PATTERN_MAX) {
		m = compile(a, pattern, &error, ret_at);
	}
	if (!m) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)text, sizeof(text));
		*ret_error = arena_printf(a, "%s", text);
	}
	return m;
}

struct match *
match_new_re2(struct arena *a, struct str pattern, enum re2_go go, struct re2 *ret)
{
	struct match *m = NULL;
	size_t at;
	int error;

	if (pattern.n > MATCH_PATTERN_MAX) {
		*ret = (struct re2){ 0 };
	} else if (re2_read(a, pattern, go, ret)) {
		m = compile(a, ret->pcre2, &error, &at);
	}
	return m;
}

struct match *
match_later_re2(struct arena *a, struct str pattern)
{
	struct match *m = arena_new(a, struct match);

	m->later = arena_new(a, struct later);
	*m->later = (struct later){ .arena = a, .pattern = pattern };
	return m;
}

static const struct match *
made(const struct match *m)
{
	struct re2 re2;

	if (!m->later) {
		return m;
	}
	if (!m->later->made) {
		m->later->made = match_new_re2(m->later->arena, m->later->pattern, RE2_GO_OLD, &re2);
	}
	assert(m->later->made);
	return m->later->made;
}

static bool
is_limit(int answer)
{
	return answer == PCRE2_ERROR_MATCHLIMIT || answer == PCRE2_ERROR_DEPTHLIMIT || answer == PCRE2_ERROR_HEAPLIMIT;
}

/* By all ways through the pattern at once: slower as a rule, but nothing sends it astray. Not for what looks back at a group. */
static int
find_broadly(const struct match *m, PCRE2_SPTR subject, size_t n, pcre2_match_data *data)
{
	int *space = arena_realloc(NULL, BROAD_SPACE, sizeof(*space));
	int answer = pcre2_dfa_match(m->code, subject, n, 0, PCRE2_DFA_SHORTEST, data, m->contexts[TRIES - 1], space, BROAD_SPACE);

	free(space);
	return answer < 0 && answer != PCRE2_ERROR_NOMATCH ? PCRE2_ERROR_MATCHLIMIT : answer;
}

enum match_answer
match_find(const struct match *pattern, struct str subject, size_t *steps)
{
	const struct match *m = made(pattern);
	pcre2_match_data *data = pcre2_match_data_create(1, m->memory);
	PCRE2_SPTR s = (PCRE2_SPTR)(subject.s ? subject.s : "");
	int answer = PCRE2_ERROR_MATCHLIMIT;
	size_t cost = 0;

	for (size_t i = 0; i < TRIES && is_limit(answer); i++) {
		answer = pcre2_match(m->code, s, subject.n, 0, 0, data, m->contexts[i]);
		cost += tries[i].cost;
	}
	if (is_limit(answer) && subject.n > 0 && BROAD_MAX / subject.n / subject.n >= m->n) {
		answer = find_broadly(m, s, subject.n, data);
		cost += BROAD_COST;
	}
	pcre2_match_data_free(data);
	if (steps) {
		*steps += cost;
	}
	/* 0: more groups than the one asked for */
	return is_limit(answer) ? MATCH_LIMIT : answer >= 0 ? MATCH_YES : MATCH_NO;
}
