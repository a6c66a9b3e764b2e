/* SPDX-License-Identifier: Apache-2.0 */
/* Character positions, as libyaml counts them, to byte positions. */
#ifndef WBRENDER_YAML_MARKS_H
#define WBRENDER_YAML_MARKS_H

#include "base/str.h"

struct marks {
	struct str text;
	bool ascii;
	size_t index, byte;           /* a cursor: a character and its byte */
};

void marks_init(struct marks *, struct str text);
/* Byte offset of a character index; past the end is the end. Cheap when the positions asked for are nearly in order. */
size_t marks_byte(struct marks *, size_t index);

#endif
