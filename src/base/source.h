/* SPDX-License-Identifier: Apache-2.0 */
/* A file held whole, and the way from an offset to a line and column. */
#ifndef WBRENDER_BASE_SOURCE_H
#define WBRENDER_BASE_SOURCE_H

#include "base/str.h"

#include <stdint.h>

struct arena;

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
	uint32_t *lines;        /* offset of each line's first byte (SOURCE_MAX fits); made when first needed */
	size_t nlines;
	size_t *points;         /* code points before each block of bytes; made for the first long line */
};

/* reads a file, "-" is standard input; the text belongs to the arena. Returns 0 or an errno value; EFBIG above SOURCE_MAX */
int source_read(struct source *, struct arena *, const char *path);
/* a source over text that is already there */
void source_init(struct source *, struct arena *, const char *name, struct str text);
/* lines end at LF, CRLF or CR; an offset past the end is the end */
struct place source_place(struct source *, size_t at);
/* a line without its end; empty when there is no such line */
struct str source_line(struct source *, size_t line);
/* offset of a line's first byte */
size_t source_line_at(struct source *, size_t line);
struct str source_slice(const struct source *, struct span);

#endif
