/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of base/str and base/table: views, buffers, and the hash table. */
#include "base/arena.h"
#include "base/table.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define assert_str(got, wanted) assert_true(str_eq((got), STR(wanted)))

static void
comparing(void **state)
{
	(void)state;
	assert_true(str_eq(str_of(NULL), STR("")));
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_true(str_eq_nocase(STR("AbZ-\xC3\x84"), STR("aBz-\xC3\x84")));
	assert_false(str_eq_nocase(STR("\xC3\x84"), STR("\xC3\xA4")));
	assert_false(str_eq_nocase(STR("["), STR("{")));
	assert_true(str_cmp(STR("a"), STR("b")) < 0);
	assert_true(str_cmp(STR("ab"), STR("a")) > 0);
	assert_true(str_cmp(STR(""), STR("a")) < 0);
	assert_true(str_cmp(STR("\x7F"), STR("\x80")) < 0);
	assert_int_equal(str_cmp(STR("same"), STR("same")), 0);
	assert_int_equal(str_cmp(str_of(NULL), str_of(NULL)), 0);
}

static void
parts(void **state)
{
	(void)state;
	assert_true(str_starts(STR("abc"), STR("ab")));
	assert_true(str_starts(STR("abc"), STR("")));
	assert_false(str_starts(STR("ab"), STR("abc")));
	assert_true(str_ends(STR("abc"), STR("bc")));
	assert_false(str_ends(STR("c"), STR("bc")));
	assert_int_equal(str_find(STR("abcabc"), 'b', 0), 1);
	assert_int_equal(str_find(STR("abcabc"), 'b', 2), 4);
	assert_int_equal(str_find(STR("abc"), 'x', 0), 3);
	assert_int_equal(str_find(STR("abc"), 'a', 9), 3);
	assert_int_equal(str_find(str_of(NULL), 'a', 0), 0);
	assert_str(str_slice(STR("abc"), 1, 2), "b");
	assert_str(str_slice(STR("abc"), 1, 99), "bc");
	assert_str(str_slice(STR("abc"), 5, 2), "");
	assert_str(str_slice(STR("abc"), 2, 1), "");
	assert_null(str_slice(str_of(NULL), 0, 3).s);
	assert_str(str_trim(STR(" \t a b\t ")), "a b");
	assert_str(str_trim(STR(" \t ")), "");
	assert_str(str_trim(STR("\n")), "\n");
}

static void
counting(void **state)
{
	size_t n = 7;

	(void)state;
	assert_int_equal(str_points(STR("")), 0);
	assert_int_equal(str_points(STR("a\xC3\xA4\xE6\x97\xA5\xF0\x9F\x9A\x80")), 4);
	assert_int_equal(str_cut(5), 5);
	assert_int_equal(str_cut((size_t)INT_MAX + 1), INT_MAX);
	assert_true(str_number(STR("0"), 9, &n));
	assert_int_equal(n, 0);
	assert_true(str_number(STR("0009"), 9, &n));
	assert_int_equal(n, 9);
	assert_true(str_number(STR("18446744073709551615"), SIZE_MAX, &n));
	assert_true(n == SIZE_MAX);
	n = 7;
	assert_false(str_number(STR("18446744073709551616"), SIZE_MAX, &n));
	assert_false(str_number(STR("10"), 9, &n));
	assert_false(str_number(STR(""), 9, &n));
	assert_false(str_number(STR("1 "), 9, &n));
	assert_false(str_number(STR("-1"), 9, &n));
	assert_false(str_number(STR("+1"), 9, &n));
	assert_false(str_number(STR("1\0"), 9, &n));
	assert_int_equal(n, 7);
}

static void
buffers(void **state)
{
	struct arena a = { 0 };
	struct buf b = { .arena = &a };
	char long_text[1000];

	(void)state;
	assert_string_equal(buf_z(&b), "");
	buf_add(&b, str_of(NULL));
	buf_add(&b, STR("a\0b"));
	buf_byte(&b, 'c');
	buf_fill(&b, ' ', 3);
	buf_fill(&b, 'x', 0);
	assert_true(str_eq(str_decimal(&a, 0), STR("0")));
	assert_true(str_eq(str_decimal(&a, SIZE_MAX), str_of(arena_printf(&a, "%zu", SIZE_MAX))));
	buf_addf(&b, "%d-%s-%.*s", 42, "z", STR_FMT(str_slice(STR("abcdef"), 2, 4)));
	assert_str(buf_str(&b), "a\0bc   42-z-cd");
	assert_int_equal(buf_z(&b)[b.n], '\0');
	memset(long_text, 'y', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	for (int i = 0; i < 100; i++) {
		buf_addf(&b, "%s", long_text);
	}
	assert_int_equal(b.n, 14 + 100 * 999);
	assert_int_equal(b.s[0], 'a');
	assert_int_equal(b.s[b.n - 1], 'y');
	assert_string_equal(arena_printf(&a, "%zu", (size_t)5), "5");
	assert_string_equal(str_z(&a, str_slice(STR("abc"), 0, 2)), "ab");
	arena_done(&a);
}

static void
tables(void **state)
{
	enum { MANY = 5000 };
	struct arena a = { 0 };
	struct table t = { .arena = &a };
	static int values[MANY];
	int other = 1;

	(void)state;
	assert_null(table_get(&t, STR("absent")));
	for (int i = 0; i < MANY; i++) {
		values[i] = i;
		assert_null(table_put(&t, str_of(arena_printf(&a, "key %d", i)), &values[i]));
	}
	assert_int_equal(t.n, MANY);
	for (int i = 0; i < MANY; i++) {
		assert_ptr_equal(table_get(&t, str_of(arena_printf(&a, "key %d", i))), &values[i]);
	}
	assert_null(table_get(&t, STR("key 5000")));
	assert_null(table_get(&t, STR("")));
	assert_null(table_put(&t, STR(""), &other));
	assert_null(table_put(&t, STR("a\0b"), &other));
	assert_null(table_get(&t, STR("a")));
	assert_ptr_equal(table_get(&t, STR("")), &other);
	assert_ptr_equal(table_put(&t, STR("key 7"), &other), &values[7]);
	assert_ptr_equal(table_get(&t, STR("key 7")), &other);
	assert_int_equal(t.n, MANY + 2);
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comparing),
		cmocka_unit_test(parts),
		cmocka_unit_test(counting),
		cmocka_unit_test(buffers),
		cmocka_unit_test(tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
