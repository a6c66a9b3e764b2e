/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a file whole, and finds lines and columns in it. */
#include "base/source.h"

#include "base/arena.h"
#include "base/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	READ_FIRST = 64 << 10,
	BLOCK = 4096,                 /* of source.ends and source.points */
};

void
source_init(struct source *src, struct arena *a, const char *name, struct str text)
{
	*src = (struct source){ .name = name, .text = text, .arena = a };
}

/* Large blocks grow by remapping, and what is reserved but not yet written costs no memory: the input is held once. */

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

/* the files that were read, by device and inode: a file may have several names */
struct identity {
	dev_t device;
	ino_t inode;
};

static struct arena inputs_arena;
static struct table inputs = { .arena = &inputs_arena };

static struct identity
identity_of(const struct stat *st)
{
	struct identity id;

	/* with all bytes between the members, for they are compared */
	memset(&id, 0, sizeof(id));
	id.device = st->st_dev;
	id.inode = st->st_ino;
	return id;
}

static void
note_input(const struct stat *st)
{
	struct identity id = identity_of(st);
	struct str key = { (const char *)&id, sizeof(id) };

	if (S_ISREG(st->st_mode) && !table_get(&inputs, key)) {
		key.s = arena_copy(&inputs_arena, key.s, key.n);
		table_put(&inputs, key, &inputs);
	}
}

void
source_expect(const char *path)
{
	struct stat st;

	if ((strcmp(path, "-") == 0 ? fstat(0, &st) : stat(path, &st)) == 0) {
		note_input(&st);
	}
}

bool
source_is_input(const struct stat *st)
{
	struct identity id = identity_of(st);

	return S_ISREG(st->st_mode) && table_get(&inputs, (struct str){ (const char *)&id, sizeof(id) });
}

static int
read_path(struct source *src, struct arena *a, const char *path, bool input)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct stat st;
	int fd = is_stdin ? 0 : open(path, O_RDONLY | O_CLOEXEC);
	char *text = NULL;
	size_t n = 0;
	int error;

	if (fd < 0) {
		return errno;
	}
	if (input && fstat(fd, &st) == 0) {
		note_input(&st);
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

int
source_read(struct source *src, struct arena *a, const char *path)
{
	return read_path(src, a, path, true);
}

int
source_peek(struct source *src, struct arena *a, const char *path)
{
	return read_path(src, a, path, false);
}

/* is a line over behind the byte at an offset? */
static bool
is_end(const struct source *src, size_t at)
{
	char c = src->text.s[at];

	return c == '\n' || (c == '\r' && (at + 1 == src->text.n || src->text.s[at + 1] != '\n'));
}

static size_t
ends_between(const struct source *src, size_t from, size_t to)
{
	const char *s = src->text.s;
	size_t n = 0;

	for (size_t at = from; at < to; at++) {
		n += s[at] == '\n';
	}
	for (size_t at = from; src->returns && (at = str_find(str_slice(src->text, 0, to), '\r', at)) < to; at++) {
		n += is_end(src, at);
	}
	return n;
}

static size_t
blocks(const struct source *src)
{
	return src->text.n / BLOCK + 1;
}

/* counts line ends block by block, as long as fewer than so many blocks or lines were seen */
static void
index_lines(struct source *src, size_t block, size_t line)
{
	size_t n = blocks(src);

	if (!src->ends) {
		src->ends = arena_alloc(src->arena, n + 1, sizeof(*src->ends));
		src->returns = src->text.n > 0 && memchr(src->text.s, '\r', src->text.n);
		src->line = 1;
	}
	for (size_t i = src->indexed; i < n && (i < block || src->ends[i] < line); i = ++src->indexed) {
		src->ends[i + 1] = src->ends[i] + (uint32_t)ends_between(src, i * BLOCK, i + 1 < n ? (i + 1) * BLOCK : src->text.n);
	}
}

size_t
source_lines(struct source *src)
{
	index_lines(src, blocks(src), 0);
	return src->ends[blocks(src)] + 1;
}

/* the last block that has fewer than so many line ends before it */
static size_t
block_of(const struct source *src, size_t ends)
{
	size_t low = 0, high = src->indexed + 1;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (src->ends[middle] < ends) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}

size_t
source_line_at(struct source *src, size_t line)
{
	size_t at, ends, block;

	index_lines(src, 0, line);
	if (line == 0 || line > src->ends[src->indexed] + (size_t)1) {
		return src->text.n;
	}
	if (line == src->line) {
		return src->line_at;
	}
	at = src->line_at;
	ends = 1;
	if (line != src->line + 1) {
		block = line > 1 ? block_of(src, line - 1) : 0;
		at = block * BLOCK;
		ends = line - 1 - src->ends[block];
	}
	while (ends > 0) {
		at = src->returns ? at : str_find(src->text, '\n', at);
		ends -= is_end(src, at);
		at++;
	}
	src->line = line;
	src->line_at = at;
	return at;
}

static void
index_points(struct source *src)
{
	size_t n = blocks(src), points = 0;

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
	size_t block, line, from;

	if (at > src->text.n) {
		at = src->text.n;
	}
	block = at / BLOCK;
	index_lines(src, block, 0);
	line = src->ends[block] + ends_between(src, block * BLOCK, at) + 1;
	from = source_line_at(src, line);
	if (from == 0 && str_starts(src->text, STR("\xEF\xBB\xBF")) && at >= 3) {
		from = 3;
	}
	return (struct place){ line, points_between(src, from, at) + 1 };
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
