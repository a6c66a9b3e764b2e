/* SPDX-License-Identifier: Apache-2.0 */
/* Text in lines of a certain width. */
#ifndef WBRENDER_BASE_WRAP_H
#define WBRENDER_BASE_WRAP_H

#include "base/str.h"

/* Adds a text in words, the first line beginning where the buffer stands, at a column counted from 0, the others behind the
   prefix and as many blanks as bring them to that column; lines are no longer than columns, where words allow. A line break
   ends the last line. */
void wrap(struct buf *, struct str text, const char *prefix, size_t column, size_t columns);

#endif
