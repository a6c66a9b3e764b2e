/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a file whole, and finds lines and columns in it. */
#include "base/source.h"

#include "base/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_FIRST = 64 << 10 };

void
source_init(struct source *src, struct arena *a, const char *name, struct str text)
{
	*src = (struct source){ .name = name, .text = text, .arena = a };
}

/* Large blocks grow by remapping, and what is reserved but not yet written costs no memory: the input is held once. */
enum { BLOCK = 4096 };                /* of source.points */

static int
read_all(int fd, char **ret, size_t *ret_n)
{
	struct stat st;
	size_t cap = READ_FIRST, n = 0;
	char *text;
	ssize_t got;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
		if ((uintmax_t)st.st_size > SOURCE_MAX) {
			return EFBIG;
		}
		cap = (size_t)st.st_size + 1;
	}
	text = arena_realloc(NULL, cap, 1);
	for (;;) {
		if (n == cap) {
			cap *= 2;
			text = arena_realloc(text, cap, 1);
		}
		got = read(fd, text + n, cap - n);
		if (got == 0) {
			break;
		}
		if (got < 0) {
			if (errno == EINTR) {
				continue;
			}
			int error = errno;
			free(text);
			return error;
		}
		n += (size_t)got;
		if (n > SOURCE_MAX) {
			free(text);
			return EFBIG;
		}
	}
	*ret = text;
	*ret_n = n;
	return 0;
}

int
source_read(struct source *src, struct arena *a, const char *path)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? 0 : open(path, O_RDONLY | O_CLOEXEC);
	char *text = NULL;
	size_t n = 0;
	int error;

	if (fd < 0) {
		return errno;
	}
	error = read_all(fd, &text, &n);
	if (!is_stdin) {
		close(fd);
	}
	if (error == 0) {
		arena_own(a, text);
		source_init(src, a, is_stdin ? "stdin" : path, (struct str){ text, n });
	}
	return error;
}

static void
index_lines(struct source *src)
{
	const char *s = src->text.s;
	size_t cap = 64, n = 0;
	uint32_t *lines = arena_realloc(NULL, cap, sizeof(*lines));
	bool returns = src->text.n > 0 && memchr(s, '\r', src->text.n);

	lines[n++] = 0;
	for (size_t i = 0; i < src->text.n; i++) {
		const char *feed = returns ? s + i : memchr(s + i, '\n', src->text.n - i);

		if (!feed) {
			break;
		}
		i = (size_t)(feed - s);
		if (s[i] != '\n' && (s[i] != '\r' || (i + 1 < src->text.n && s[i + 1] == '\n'))) {
			continue;
		}
		if (n == cap) {
			cap *= 2;
			lines = arena_realloc(lines, cap, sizeof(*lines));
		}
		lines[n++] = (uint32_t)(i + 1);
	}
	arena_own(src->arena, lines);
	src->lines = lines;
	src->nlines = n;
}

static void
index_points(struct source *src)
{
	size_t n = src->text.n / BLOCK + 1, points = 0;

	src->points = arena_realloc(NULL, n, sizeof(*src->points));
	arena_own(src->arena, src->points);
	for (size_t i = 0; i < n; i++) {
		src->points[i] = points;
		points += str_points(str_slice(src->text, i * BLOCK, (i + 1) * BLOCK));
	}
}

/* code points of bytes [from, at): a long line is not gone through again for each of its places */
static size_t
points_between(struct source *src, size_t from, size_t at)
{
	size_t first = from / BLOCK, last = at / BLOCK;

	if (at - from < 2 * BLOCK) {
		return str_points(str_slice(src->text, from, at));
	}
	if (!src->points) {
		index_points(src);
	}
	return src->points[last] + str_points(str_slice(src->text, last * BLOCK, at)) - src->points[first]
		- str_points(str_slice(src->text, first * BLOCK, from));
}

struct place
source_place(struct source *src, size_t at)
{
	size_t low = 0, high, from;

	if (!src->lines) {
		index_lines(src);
	}
	if (at > src->text.n) {
		at = src->text.n;
	}
	high = src->nlines;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (src->lines[middle] <= at) {
			low = middle;
		} else {
			high = middle;
		}
	}
	from = src->lines[low];
	if (from == 0 && str_starts(src->text, STR("\xEF\xBB\xBF")) && at >= 3) {
		from = 3;
	}
	return (struct place){ low + 1, points_between(src, from, at) + 1 };
}

size_t
source_line_at(struct source *src, size_t line)
{
	if (!src->lines) {
		index_lines(src);
	}
	return line == 0 || line > src->nlines ? src->text.n : src->lines[line - 1];
}

struct str
source_line(struct source *src, size_t line)
{
	size_t from = source_line_at(src, line);
	struct str text = str_slice(src->text, from, source_line_at(src, line + 1));

	while (text.n > 0 && (text.s[text.n - 1] == '\n' || text.s[text.n - 1] == '\r')) {
		text.n--;
	}
	if (from == 0 && str_starts(text, STR("\xEF\xBB\xBF"))) {
		text = str_slice(text, 3, text.n);
	}
	return text;
}

struct str
source_slice(const struct source *src, struct span span)
{
	return str_slice(src->text, span.at, span.at + span.n);
}
