/* SPDX-License-Identifier: Apache-2.0 */
/* Character positions, as libyaml counts them, to byte positions. */
#ifndef WBRENDER_YAML_MARKS_H
#define WBRENDER_YAML_MARKS_H

#include "base/str.h"

struct marks {
	struct str text;
	size_t index, byte;           /* a character and its byte */
	size_t run;                   /* from there to this byte all is ASCII: the distance is the same in both */
};

void marks_init(struct marks *, struct str text);
/* marks_byte, where the cursor must move */
size_t marks_move(struct marks *, size_t index);

/* Byte offset of a character index; past the end is the end. Cheap when the positions asked for are nearly in order. */
static inline size_t
marks_byte(struct marks *m, size_t index)
{
	/* an index before the cursor is a very large distance */
	size_t distance = index - m->index;

	return distance <= m->run - m->byte ? m->byte + distance : marks_move(m, index);
}

/* are the bytes [from, to) known to be ASCII? Only those near the cursor are */
static inline bool
marks_ascii(const struct marks *m, size_t from, size_t to)
{
	return from >= m->byte && to <= m->run;
}

#endif
