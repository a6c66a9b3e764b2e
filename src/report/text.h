/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as text for people: place, message, the line itself with a caret, notes. */
#ifndef WBRENDER_REPORT_TEXT_H
#define WBRENDER_REPORT_TEXT_H

#include "base/diag.h"

#include <stdio.h>

enum {
	REPORT_SHOWN_MAX = 50,        /* findings shown unless told otherwise */
	REPORT_COLUMNS_MAX = 100,     /* of a line's excerpt; longer lines are cut round the place */
};

struct report_style {
	bool colour;
	bool summary;                 /* count errors and warnings at the end */
	size_t columns;               /* of the terminal; 0: not known */
	size_t most;                  /* findings shown; 0: all */
};

/* what suits a stream: colour, summary and excerpts as narrow as it is on a terminal; NO_COLOR, CLICOLOR_FORCE and TERM=dumb are respected */
struct report_style report_style(FILE *, size_t most);
/* sorts the findings; the text belongs to their arena and is empty when there are none */
struct str report_build(struct diags *, const struct report_style *);
/* the same, written and flushed; false when that failed, with errno set */
bool report_text(FILE *, struct diags *, const struct report_style *);

#endif
