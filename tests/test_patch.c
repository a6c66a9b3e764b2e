/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/patch: the order of edits, those that overlap, and writing to pipes, full disks and closed ends. */
#include "base/arena.h"
#include "yaml/patch.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

struct bench {
	struct arena arena;
	struct diags diags;
	struct source src;
	struct patch patch;
};

static void
begin(struct bench *b, struct str text)
{
	*b = (struct bench){ 0 };
	diags_init(&b->diags, &b->arena);
	source_init(&b->src, &b->arena, "x", text);
	patch_init(&b->patch, &b->src);
}

static void
end(struct bench *b)
{
	patch_done(&b->patch);
	arena_done(&b->arena);
}

static void
add(struct bench *b, size_t at, size_t n, const char *text, size_t column, const char *rule)
{
	patch_add(&b->patch, (struct span){ at, n }, str_of(text), column, rule);
}

static void
expect(struct bench *b, const char *wanted)
{
	assert_true(patch_seal(&b->patch, &b->diags));
	assert_int_equal(b->diags.count[DIAG_ERROR], 0);
	assert_string_equal(str_z(&b->arena, patch_text(&b->patch, &b->arena)), wanted);
	end(b);
}

static void
nothing(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, STR("abc"));
	expect(&b, "abc");
	begin(&b, STR(""));
	expect(&b, "");
	begin(&b, STR(""));
	add(&b, 0, 0, "new", 0, "r");
	expect(&b, "new");
}

static void
edits(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, STR("0123456789"));
	add(&b, 8, 2, "", 0, "r");
	add(&b, 10, 0, "end", 0, "r");
	add(&b, 0, 0, "start", 0, "r");
	add(&b, 3, 2, "XYZ", 0, "r");
	add(&b, 5, 1, "", 0, "r");
	expect(&b, "start012XYZ67end");
	begin(&b, STR("abc"));
	add(&b, 0, 3, "x", 0, "r");
	expect(&b, "x");
}

static void
one_place(void **state)
{
	struct bench b;

	(void)state;
	/* the deeper column first, then as they were added; both before what is replaced there */
	begin(&b, STR("ab"));
	add(&b, 1, 1, "B", 0, "r");
	add(&b, 1, 0, "(two)", 2, "r");
	add(&b, 1, 0, "(six)", 6, "r");
	add(&b, 1, 0, "(two again)", 2, "r");
	add(&b, 1, 0, "(four)", 4, "r");
	expect(&b, "a(six)(four)(two)(two again)B");
	/* an insertion right behind what is replaced */
	begin(&b, STR("abc"));
	add(&b, 2, 0, "+", 0, "r");
	add(&b, 1, 1, "B", 0, "r");
	expect(&b, "aB+c");
}

static void
expect_overlap(size_t at, size_t n, size_t other_at, size_t other_n)
{
	struct bench b;

	begin(&b, STR("0123456789"));
	add(&b, at, n, "x", 0, "one");
	add(&b, other_at, other_n, "y", 0, "two");
	assert_false(patch_seal(&b.patch, &b.diags));
	assert_int_equal(b.diags.count[DIAG_ERROR], 1);
	assert_string_equal(b.diags.first->code, "render/overlap");
	assert_non_null(strstr(b.diags.first->text, "'one'"));
	assert_non_null(strstr(b.diags.first->text, "'two'"));
	assert_non_null(b.diags.first->related);
	end(&b);
}

static void
marker(void **state)
{
	struct bench b;

	(void)state;
	begin(&b, STR("{a=\n---,c,d}\n"));
	add(&b, 7, 2, " ", 0, "one");
	assert_false(patch_seal(&b.patch, &b.diags));
	assert_string_equal(b.diags.first->code, "render/marker");
	end(&b);
	begin(&b, STR("---\na: b\n"));
	add(&b, 3, 0, " # c", 0, "one");
	expect(&b, "--- # c\na: b\n");
	begin(&b, STR("{a=\n---,c,d}\n"));
	add(&b, 7, 2, "", 0, "one");
	expect(&b, "{a=\n---,d}\n");
}

static void
overlaps(void **state)
{
	(void)state;
	expect_overlap(2, 3, 4, 2);
	expect_overlap(4, 2, 2, 3);
	expect_overlap(2, 5, 3, 1);
	expect_overlap(2, 5, 3, 0);
	expect_overlap(2, 2, 2, 2);
	expect_overlap(2, 2, 2, 5);
}

/* a source of many slices, and what its patch must give */
static void
many(struct bench *b, struct buf *wanted)
{
	enum { PIECES = 5000 };
	static char text[PIECES * 10];

	memset(text, '.', sizeof(text));
	begin(b, (struct str){ text, sizeof(text) });
	*wanted = (struct buf){ .arena = &b->arena };
	for (size_t i = 0; i < PIECES; i++) {
		const char *piece = arena_printf(&b->arena, "<%zu>", i);

		add(b, i * 10, i % 3, piece, 0, "r");
		buf_add(wanted, str_of(piece));
		buf_fill(wanted, '.', 10 - i % 3);
	}
	assert_true(patch_seal(&b->patch, &b->diags));
}

static void
as_text(void **state)
{
	struct bench b;
	struct buf wanted;

	(void)state;
	many(&b, &wanted);
	assert_true(str_eq(patch_text(&b.patch, &b.arena), buf_str(&wanted)));
	end(&b);
}

/* through a pipe to a reader that takes a few bytes at a time; a writer that must not block has to wait for it */
static void
through_a_pipe(bool blocking)
{
	struct bench b;
	struct buf wanted;
	int fds[2], status;
	pid_t child;

	many(&b, &wanted);
	assert_int_equal(pipe(fds), 0);
	child = fork();
	if (child == 0) {
		char piece[713];
		size_t at = 0;
		ssize_t n;

		close(fds[1]);
		while ((n = read(fds[0], piece, sizeof(piece))) > 0) {
			if (at + (size_t)n > wanted.n || memcmp(piece, wanted.s + at, (size_t)n) != 0) {
				_exit(1);
			}
			at += (size_t)n;
			usleep(at < 20000 ? 1000 : 0);
		}
		_exit(at == wanted.n ? 0 : 1);
	}
	close(fds[0]);
	fcntl(fds[1], F_SETPIPE_SZ, 4096);
	if (!blocking) {
		assert_int_equal(fcntl(fds[1], F_SETFL, O_NONBLOCK), 0);
	}
	assert_int_equal(patch_write(&b.patch, fds[1]), 0);
	close(fds[1]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	end(&b);
}

static void
pipes(void **state)
{
	(void)state;
	through_a_pipe(true);
	through_a_pipe(false);
}

static int
written_to(const char *path, int flags)
{
	struct bench b;
	int fd = open(path, flags), error;

	begin(&b, STR("some text\n"));
	add(&b, 0, 0, "more ", 0, "r");
	assert_true(patch_seal(&b.patch, &b.diags));
	error = patch_write(&b.patch, fd);
	if (fd >= 0) {
		close(fd);
	}
	end(&b);
	return error;
}

static void
failures(void **state)
{
	struct bench b;
	int fds[2];

	(void)state;
	assert_int_equal(written_to("/dev/null", O_WRONLY), 0);
	assert_int_equal(written_to("/dev/full", O_WRONLY), ENOSPC);
	assert_int_equal(written_to("/dev/null", O_RDONLY), EBADF);
	assert_int_equal(written_to("/", O_WRONLY), EBADF);
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(fds), 0);
	close(fds[0]);
	begin(&b, STR("text"));
	assert_true(patch_seal(&b.patch, &b.diags));
	assert_int_equal(patch_write(&b.patch, fds[1]), EPIPE);
	close(fds[1]);
	end(&b);
	/* nothing to write succeeds everywhere */
	begin(&b, STR(""));
	assert_int_equal(patch_write(&b.patch, -1), 0);
	end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing),
		cmocka_unit_test(edits),
		cmocka_unit_test(one_place),
		cmocka_unit_test(overlaps), cmocka_unit_test(marker),
		cmocka_unit_test(as_text),
		cmocka_unit_test(pipes),
		cmocka_unit_test(failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
