/* SPDX-License-Identifier: Apache-2.0 */
/* A file held whole, and the way from an offset to a line and column. */
#ifndef WBRENDER_BASE_SOURCE_H
#define WBRENDER_BASE_SOURCE_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct stat;

/* largest input in bytes */
enum { SOURCE_MAX = 256 << 20 };

/* bytes [at, at + n) of a source */
struct span {
	size_t at, n;
};

/* both from 1; the column counts code points, as compilers and editors do */
struct place {
	size_t line, column;
};

struct source {
	const char *name;       /* for people: the path as given, "stdin" */
	struct str text;
	struct arena *arena;
	/* found when first needed, and small: a block is some thousand bytes */
	uint32_t *ends;         /* line ends before each block (SOURCE_MAX fits), and in all; known up to `indexed` */
	size_t indexed;
	size_t *points;         /* code points before each block; made for the first long line */
	bool returns;           /* there is a CR */
	size_t line, line_at;   /* a line that was asked for last, and its first byte: the next one is near */
};

/* Reads a file, "-" is standard input; the text belongs to the arena. Returns 0 or an errno value; EFBIG above SOURCE_MAX. The file counts
   as an input from now on: base/sink.h does not write over it. */
int source_read(struct source *, struct arena *, const char *path);
/* the same for a look at what is about to be written over: no input */
int source_peek(struct source *, struct arena *, const char *path);
/* the file will be read: it counts as an input already */
void source_expect(const char *path);
/* is it a file that counts as an input? By device and inode, so under any of its names */
bool source_is_input(const struct stat *);
/* a source over text that is already there */
void source_init(struct source *, struct arena *, const char *name, struct str text);
/* lines end at LF, CRLF or CR; an offset past the end is the end */
struct place source_place(struct source *, size_t at);
/* a line without its end; empty when there is no such line */
struct str source_line(struct source *, size_t line);
/* offset of a line's first byte; the end of the text when there is no such line */
size_t source_line_at(struct source *, size_t line);
/* how many lines there are; behind a last line end there is one more, empty */
size_t source_lines(struct source *);
struct str source_slice(const struct source *, struct span);

#endif
