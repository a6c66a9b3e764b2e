/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of what the schema check stands on: patterns with limits, suggestions, texts of equal values. */
#include "base/arena.h"
#include "schema/canon.h"
#include "schema/match.h"
#include "schema/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const char *
near(const char *wrong, const char *const *words)
{
	static struct arena arena;
	size_t work = SUGGEST_WORK_MAX;
	struct suggest s;

	suggest_init(&s, str_of(wrong), &work);
	for (; *words; words++) {
		assert_true(suggest_offer(&s, str_of(*words)));
	}
	return suggest_text(&s, &arena);
}

static void
suggestions(void **state)
{
	static const char *const words[] = { "className", "pullPolicy", "replicas", "ab", "port", "pork", "ports", "x", NULL };
	size_t work = 5;
	struct suggest s;

	(void)state;
	assert_string_equal(near("pull_policy", words), "did you mean 'pullPolicy'?");
	assert_string_equal(near("PULLPOLICY", words), "did you mean 'pullPolicy'?");
	assert_string_equal(near("erplicas", words), "did you mean 'replicas'?");
	assert_string_equal(near("pory", words), "did you mean 'port' or 'pork'?");
	assert_string_equal(near("ingressClassName", words), "did you mean 'className'?");
	assert_null(near("y", words));
	assert_null(near("banana", words));
	assert_null(near("", words));
	suggest_init(&s, STR("replica"), &work);
	assert_false(suggest_offer(&s, STR("replicas")));
	assert_int_equal(work, 0);
}

static void
patterns(void **state)
{
	struct arena a = { 0 };
	const char *error = NULL;
	size_t at = 0, steps = 0;
	struct match *m = match_new_pcre2(&a, STR("^\\w+$"), &error, &at);
	struct buf b = { .arena = &a };

	(void)state;
	assert_int_equal(match_find(m, STR("abc"), NULL), MATCH_YES);
	assert_int_equal(match_find(m, STR("abc\n"), NULL), MATCH_NO);
	assert_int_equal(match_find(m, STR("é"), NULL), MATCH_NO);
	assert_int_equal(match_find(m, STR(""), NULL), MATCH_NO);
	m = match_new_pcre2(&a, STR("(a+)+$"), &error, &at);
	assert_int_equal(match_find(m, STR("aaaa!"), &steps), MATCH_NO);
	assert_int_equal(steps, MATCH_COST_MIN);
	/* it goes astray, and is searched for again in another way */
	assert_int_equal(match_find(m, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), &steps), MATCH_NO);
	assert_true(steps > 100 * MATCH_COST_MIN);
	assert_int_equal(match_find(m, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!a"), NULL), MATCH_YES);
	assert_int_equal(match_find(m, STR("!aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), NULL), MATCH_YES);
	buf_fill(&b, 'a', 3000);
	buf_byte(&b, '!');
	assert_int_equal(match_find(m, buf_str(&b), NULL), MATCH_LIMIT);
	m = match_new_pcre2(&a, STR("^(?<x>a+)+\\k<x>$"), &error, &at);
	assert_int_equal(match_find(m, STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), NULL), MATCH_LIMIT);
	assert_null(match_new_pcre2(&a, STR("ab[c"), &error, &at));
	assert_string_equal(error, "missing terminating ] for character class");
	assert_int_equal(at, 4);
	arena_done(&a);
}

static void
canonical(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(canon_number(&a, 0.1), "0.1");
	assert_string_equal(canon_number(&a, -0.0), "0");
	assert_string_equal(canon_number(&a, 1e3), "1000");
	assert_string_equal(canon_number(&a, 1e300), "1e+300");
	assert_string_equal(canon_number(&a, 0.1 + 0.2), "0.30000000000000004");
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suggestions),
		cmocka_unit_test(patterns),
		cmocka_unit_test(canonical),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
