/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of base/arena: zeroed and aligned memory, marks, owned memory, and the end of the program without memory. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
zeroed_and_aligned(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 1; i < 300; i++) {
		unsigned char *p = arena_alloc(&a, i, 7);

		assert_int_equal((uintptr_t)p % alignof(double), 0);
		for (size_t j = 0; j < i * 7; j++) {
			assert_int_equal(p[j], 0);
		}
		memset(p, 0xAA, i * 7);
		arena_copy(&a, "abc", i % 3);
	}
	assert_non_null(arena_alloc(&a, 0, 16));
	assert_non_null(arena_alloc(&a, 16, 0));
	arena_done(&a);
	assert_null(a.last);
}

static void
copies(void **state)
{
	struct arena a = { 0 };
	char *x = arena_copy(&a, "one\0two", 7), *y = arena_copy(&a, NULL, 0);

	(void)state;
	assert_memory_equal(x, "one\0two\0", 8);
	assert_string_equal(y, "");
	arena_done(&a);
}

static void
large(void **state)
{
	struct arena a = { 0 };
	size_t n = 5 << 20;
	unsigned char *before = arena_alloc(&a, 1, 10), *p = arena_alloc(&a, n, 1), *after = arena_alloc(&a, 1, 10);

	(void)state;
	memset(p, 1, n);
	assert_int_equal(before[9] + after[0] + after[9], 0);
	arena_done(&a);
}

static void
marks(void **state)
{
	struct arena a = { 0 };
	char *kept = arena_copy(&a, "kept", 4);
	struct arena_mark mark = arena_mark(&a);

	(void)state;
	for (int round = 0; round < 3; round++) {
		unsigned char *p = arena_alloc(&a, 100, 1);

		for (size_t i = 0; i < 100; i++) {
			assert_int_equal(p[i], 0);
		}
		memset(p, 0xFF, 100);
		for (size_t i = 0; i < 100; i++) {
			memset(arena_alloc(&a, 4096, 1), 0xFF, 4096);
		}
		memset(arena_alloc(&a, 1 << 20, 1), 0xFF, 1 << 20);
		arena_own(&a, malloc(1 << 10));
		arena_rewind(&a, mark);
		assert_string_equal(kept, "kept");
		assert_null(a.owned);
	}
	arena_done(&a);
}

static void
mark_of_nothing(void **state)
{
	struct arena a = { 0 };
	struct arena_mark mark = arena_mark(&a);

	(void)state;
	memset(arena_alloc(&a, 1000, 1), 0xFF, 1000);
	arena_own(&a, malloc(1));
	arena_rewind(&a, mark);
	assert_null(a.owned);
	assert_int_equal(*(unsigned char *)arena_alloc(&a, 1000, 1), 0);
	arena_done(&a);
}

static void
nested_marks(void **state)
{
	struct arena a = { 0 };
	struct arena_mark outer = arena_mark(&a), inner;
	char *first = arena_copy(&a, "first", 5);

	(void)state;
	arena_own(&a, malloc(1));
	inner = arena_mark(&a);
	memset(arena_alloc(&a, 100000, 1), 0xFF, 100000);
	arena_own(&a, malloc(1));
	arena_rewind(&a, inner);
	assert_non_null(a.owned);
	assert_string_equal(first, "first");
	arena_rewind(&a, outer);
	assert_null(a.owned);
	arena_done(&a);
	arena_done(&a);
}

static void
arrays_that_grow(void **state)
{
	struct arena a = { 0 };
	int *p = arena_realloc(NULL, 2, sizeof(*p));

	(void)state;
	p[0] = 1;
	p[1] = 2;
	p = arena_realloc(p, 20000, sizeof(*p));
	assert_int_equal(p[0] + p[1], 3);
	arena_own(&a, p);
	arena_done(&a);
	free(arena_realloc(NULL, 0, 8));
}

enum how { HOW_REALLOC, HOW_ALLOC, HOW_PRODUCT, HOW_COPY };

/* what a child that asks for too much says, and how it ends */
static void
expect_end(enum how how)
{
	int fds[2], status;
	char said[100] = { 0 };
	pid_t child;

	assert_int_equal(pipe(fds), 0);
	child = fork();
	if (child == 0) {
		struct arena a = { 0 };

		dup2(fds[1], 2);
		switch (how) {
		case HOW_REALLOC:
			arena_realloc(NULL, SIZE_MAX, 1);
			break;
		case HOW_ALLOC:
			arena_alloc(&a, SIZE_MAX, 1);
			break;
		case HOW_PRODUCT:
			arena_alloc(&a, SIZE_MAX / 4, 8);
			break;
		case HOW_COPY:
			arena_copy(&a, "", SIZE_MAX - 1);
			break;
		}
		_exit(0);
	}
	close(fds[1]);
	assert_true(read(fds[0], said, sizeof(said) - 1) > 0);
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_string_equal(said, "wbrender: error: out of memory [io]\n");
}

static void
no_memory(void **state)
{
	(void)state;
	expect_end(HOW_REALLOC);
	expect_end(HOW_ALLOC);
	expect_end(HOW_PRODUCT);
	expect_end(HOW_COPY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zeroed_and_aligned),
		cmocka_unit_test(copies),
		cmocka_unit_test(large),
		cmocka_unit_test(marks),
		cmocka_unit_test(mark_of_nothing),
		cmocka_unit_test(nested_marks),
		cmocka_unit_test(arrays_that_grow),
		cmocka_unit_test(no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
