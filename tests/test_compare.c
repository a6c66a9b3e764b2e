/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of report/compare: the edits make one text of the other, and are as few as can be. */
#include "base/arena.h"
#include "report/compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* how many bytes go and come */
static size_t
compare(const char *from, const char *to)
{
	struct arena a = { 0 };
	struct diags diags;
	struct source src;
	struct patch patch;
	size_t bytes = 0;
	struct str text;

	diags_init(&diags, &a);
	source_init(&src, &a, "old", str_of(from));
	patch_init(&patch, &src);
	compare_lines(&patch, str_of(to), &a);
	assert_true(patch_seal(&patch, &diags));
	for (size_t i = 0; i < patch.n; i++) {
		bytes += patch.edits[i].n + patch.edits[i].text_n;
	}
	text = patch_text(&patch, &a);
	if (!str_eq(text, str_of(to))) {
		fail_msg("'%s' to '%s' gives '%.*s'", from, to, STR_FMT(text));
	}
	patch_done(&patch);
	arena_done(&a);
	return bytes;
}

static void
by_hand(void **state)
{
	(void)state;
	assert_int_equal(compare("", ""), 0);
	assert_int_equal(compare("a\n", "a\n"), 0);
	assert_int_equal(compare("", "a\n"), 2);
	assert_int_equal(compare("a\nb", ""), 3);
	assert_int_equal(compare("a\nb\nc\n", "a\nc\n"), 2);
	assert_int_equal(compare("a\nc\n", "a\nb\nc\n"), 2);
	assert_int_equal(compare("a\nb\nc\nd\n", "b\nx\nd\ne\n"), 8);
	assert_int_equal(compare("a", "a\n"), 3);
	assert_int_equal(compare("a\r\nb\r\n", "a\r\nc\r\n"), 6);
	/* E. Myers' example: a way of five steps */
	assert_int_equal(compare("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n"), 10);
}

/* the length of the longest common subsequence, the slow way */
static size_t
common(const char *a, size_t n, const char *b, size_t m)
{
	size_t best[16][16] = { { 0 } };

	for (size_t i = 1; i <= n; i++) {
		for (size_t k = 1; k <= m; k++) {
			size_t one = best[i - 1][k], two = best[i][k - 1];

			best[i][k] = a[2 * (i - 1)] == b[2 * (k - 1)] ? best[i - 1][k - 1] + 1 : one > two ? one : two;
		}
	}
	return best[n][m];
}

static void
random_lines(char *text, size_t n, uint32_t *seed)
{
	for (size_t i = 0; i < n; i++) {
		*seed = *seed * 1664525 + 1013904223;
		text[2 * i] = (char)('a' + (*seed >> 24) % 3);
		text[2 * i + 1] = '\n';
	}
	text[2 * n] = '\0';
}

static void
shortest(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (size_t i = 0; i < 3000; i++) {
		char from[32], to[32];
		size_t n = i % 13, m = i / 13 % 14;

		random_lines(from, n, &seed);
		random_lines(to, m, &seed);
		assert_int_equal(compare(from, to), 2 * (n + m - 2 * common(from, n, to, m)));
	}
}

/* more than are looked for: still right, and at once */
static void
too_many(void **state)
{
	enum { LINES = 20000 };
	struct arena a = { 0 };
	struct buf from = { .arena = &a }, to = { .arena = &a };

	(void)state;
	buf_add(&from, STR("same\n"));
	buf_add(&to, STR("same\n"));
	for (int i = 0; i < LINES; i++) {
		buf_addf(&from, "old %d\n", i);
		buf_addf(&to, "new %d\n", i);
	}
	assert_int_equal(compare(buf_z(&from), buf_z(&to)), from.n + to.n - 10);
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(by_hand), cmocka_unit_test(shortest), cmocka_unit_test(too_many) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
