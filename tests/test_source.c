/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of base/source: files that can and cannot be read, and places in texts with all kinds of line ends. */
#include "base/arena.h"
#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
expect(struct source *src, size_t at, size_t line, size_t column)
{
	struct place place = source_place(src, at);

	if (place.line != line || place.column != column) {
		fail_msg("offset %zu is %zu:%zu, wanted %zu:%zu", at, place.line, place.column, line, column);
	}
}

static struct source
of(struct arena *a, struct str text)
{
	struct source src;

	source_init(&src, a, "x", text);
	return src;
}

static void
line_ends(void **state)
{
	struct arena a = { 0 };
	struct source lf = of(&a, STR("ab\nc\n\nd")), crlf = of(&a, STR("ab\r\nc\r\n\r\nd")), cr = of(&a, STR("ab\rc\r\rd\r"));
	struct source mixed = of(&a, STR("a\n\rb\r\n\nc"));

	(void)state;
	expect(&lf, 0, 1, 1);
	expect(&lf, 2, 1, 3);
	expect(&lf, 3, 2, 1);
	expect(&lf, 5, 3, 1);
	expect(&lf, 6, 4, 1);
	expect(&lf, 7, 4, 2);
	expect(&lf, 99, 4, 2);
	expect(&crlf, 3, 1, 4);
	expect(&crlf, 4, 2, 1);
	expect(&crlf, 7, 3, 1);
	expect(&crlf, 9, 4, 1);
	expect(&cr, 2, 1, 3);
	expect(&cr, 3, 2, 1);
	expect(&cr, 5, 3, 1);
	expect(&cr, 6, 4, 1);
	expect(&cr, 8, 5, 1);
	expect(&mixed, 2, 2, 1);
	expect(&mixed, 3, 3, 1);
	expect(&mixed, 6, 4, 1);
	expect(&mixed, 7, 5, 1);
	assert_true(str_eq(source_line(&crlf, 1), STR("ab")));
	assert_true(str_eq(source_line(&crlf, 3), STR("")));
	assert_true(str_eq(source_line(&cr, 2), STR("c")));
	assert_true(str_eq(source_line(&lf, 4), STR("d")));
	assert_true(str_eq(source_line(&lf, 0), STR("")));
	assert_true(str_eq(source_line(&lf, 5), STR("")));
	assert_int_equal(source_line_at(&lf, 2), 3);
	assert_int_equal(source_line_at(&lf, 9), lf.text.n);
	arena_done(&a);
}

static void
characters(void **state)
{
	struct arena a = { 0 };
	struct source src = of(&a, STR("\xC3\xA4: \xF0\x9F\x9A\x80 x\n\xE6\x97\xA5y"));
	struct source bom = of(&a, STR("\xEF\xBB\xBF" "a: b\nc"));
	struct source empty = of(&a, STR("")), none = of(&a, str_of(NULL));

	(void)state;
	expect(&src, 2, 1, 2);
	expect(&src, 4, 1, 4);
	expect(&src, 8, 1, 5);
	expect(&src, 9, 1, 6);
	expect(&src, 14, 2, 2);
	expect(&bom, 0, 1, 1);
	expect(&bom, 3, 1, 1);
	expect(&bom, 6, 1, 4);
	expect(&bom, 8, 2, 1);
	assert_true(str_eq(source_line(&bom, 1), STR("a: b")));
	expect(&empty, 0, 1, 1);
	expect(&none, 5, 1, 1);
	assert_true(str_eq(source_line(&empty, 1), STR("")));
	assert_true(str_eq(source_slice(&src, (struct span){ 0, 2 }), STR("\xC3\xA4")));
	assert_true(str_eq(source_slice(&src, (struct span){ 14, 99 }), STR("y")));
	arena_done(&a);
}

static void
many_lines(void **state)
{
	enum { LINES = 10000 };
	struct arena a = { 0 };
	struct buf b = { .arena = &a };
	struct source src;

	(void)state;
	for (size_t i = 0; i < LINES; i++) {
		buf_fill(&b, 'x', i % 7);
		buf_byte(&b, '\n');
	}
	src = of(&a, buf_str(&b));
	for (size_t line = 1, at = 0; line <= LINES; line++) {
		expect(&src, at, line, 1);
		assert_int_equal(source_line(&src, line).n, (line - 1) % 7);
		at += (line - 1) % 7 + 1;
	}
	arena_done(&a);
}

/* lines of every ending, asked for out of order, over many blocks */
static void
any_order(void **state)
{
	static const char *const ends[] = { "\n", "\r\n", "\r" };
	enum { LINES = 9001, STEP = 4567 };

	(void)state;
	for (size_t kinds = 1; kinds <= 3; kinds++) {
		struct arena a = { 0 };
		struct buf b = { .arena = &a };
		size_t starts[LINES + 1];
		struct source src;

		for (size_t i = 0; i < LINES; i++) {
			starts[i] = b.n;
			buf_fill(&b, 'x', i * i % 11 + 1);
			buf_add(&b, str_of(ends[i % kinds]));
		}
		starts[LINES] = b.n;
		src = of(&a, buf_str(&b));
		assert_int_equal(source_lines(&src), LINES + 1);
		for (size_t i = 0, line = 0; i <= LINES; i++, line = (line + STEP) % (LINES + 1)) {
			assert_int_equal(source_line_at(&src, line + 1), starts[line]);
			assert_int_equal(source_place(&src, starts[line]).line, line + 1);
			assert_int_equal(source_line(&src, line + 1).n, line < LINES ? line * line % 11 + 1 : 0);
			if (line > 0) {
				assert_int_equal(source_place(&src, starts[line] - 1).line, line);
			}
		}
		arena_done(&a);
	}
}

/* a new empty file that is already open for writing */
static int
temporary(char *path)
{
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	return fd;
}

static void
files(void **state)
{
	static const char text[] = "kind: Pod\n";
	char path[] = "/tmp/wbrender-test-XXXXXX";
	struct arena a = { 0 };
	struct source src;
	int fd = temporary(path);

	(void)state;
	assert_int_equal(source_read(&src, &a, path), 0);
	assert_int_equal(src.text.n, 0);
	assert_int_equal(write(fd, text, sizeof(text) - 1), (int)sizeof(text) - 1);
	assert_int_equal(source_read(&src, &a, path), 0);
	assert_true(str_eq(src.text, STR(text)));
	assert_string_equal(src.name, path);
	/* one byte above the limit, of which nothing is stored */
	assert_int_equal(ftruncate(fd, (off_t)SOURCE_MAX + 1), 0);
	assert_int_equal(source_read(&src, &a, path), EFBIG);
	close(fd);
	unlink(path);
	assert_int_equal(source_read(&src, &a, path), ENOENT);
	assert_int_equal(source_read(&src, &a, "/dev/null"), 0);
	assert_int_equal(src.text.n, 0);
	assert_int_equal(source_read(&src, &a, "/"), EISDIR);
	assert_int_equal(source_read(&src, &a, "/dev/null/x"), ENOTDIR);
	assert_int_equal(source_read(&src, &a, ""), ENOENT);
	arena_done(&a);
}

/* reads standard input, which a child fills in small pieces or does not fill; the count of bytes, or minus the error */
static long
read_stdin(int fd)
{
	struct arena a = { 0 };
	struct source src;
	int kept = dup(0), error;
	long n;

	if (fd >= 0) {
		dup2(fd, 0);
	} else {
		close(0);
	}
	error = source_read(&src, &a, "-");
	dup2(kept, 0);
	close(kept);
	n = error == 0 ? (long)src.text.n : -error;
	if (error == 0) {
		assert_string_equal(src.name, "stdin");
	}
	arena_done(&a);
	return n;
}

static void
standard_input(void **state)
{
	enum { PIECES = 3000, PIECE = 100 };
	int fds[2], status;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	child = fork();
	if (child == 0) {
		char piece[PIECE];

		memset(piece, 'x', sizeof(piece));
		for (int i = 0; i < PIECES; i++) {
			if (write(fds[1], piece, sizeof(piece)) != PIECE) {
				_exit(1);
			}
		}
		_exit(0);
	}
	close(fds[1]);
	assert_int_equal(read_stdin(fds[0]), PIECES * PIECE);
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(read_stdin(-1), -EBADF);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_ends),
		cmocka_unit_test(characters),
		cmocka_unit_test(many_lines),
		cmocka_unit_test(any_order),
		cmocka_unit_test(files),
		cmocka_unit_test(standard_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
