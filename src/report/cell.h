/* SPDX-License-Identifier: Apache-2.0 */
/* One character of user text at a time: how it is shown and how many columns that takes. */
#ifndef WBRENDER_REPORT_CELL_H
#define WBRENDER_REPORT_CELL_H

#include "base/str.h"

enum cell_kind {
	CELL_PLAIN,                   /* shown as it is */
	CELL_TAB,
	CELL_ESCAPE,                  /* a control or invisible character */
	CELL_BYTE,                    /* not UTF-8 */
	CELL_MASK,                    /* a hidden value; never made by cell_at */
};

struct cell {
	size_t at, n;                 /* bytes of the text */
	unsigned point;               /* code point, or the byte */
	unsigned width;               /* columns as shown; of a tab 1 */
	enum cell_kind kind;
};

/* the character that begins at a byte before the end */
struct cell cell_at(struct str text, size_t at);
/* as shown: what could move the cursor, colour the terminal or turn the text round is written as an escape */
void cell_add(struct buf *, struct str text, const struct cell *);
/* a whole text on one line, tabs and line ends escaped too */
void cell_add_text(struct buf *, struct str text);

#endif
