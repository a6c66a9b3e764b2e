/* SPDX-License-Identifier: Apache-2.0 */
/* Keys and values of a line, found by text alone. */
#ifndef WBRENDER_REPORT_LINE_H
#define WBRENDER_REPORT_LINE_H

#include "base/source.h"

struct line_entry {
	struct str key;               /* without quotes */
	struct span value;            /* in the line, without comment; n == 0: none */
};

/* behind blanks and tabs */
size_t line_skip(struct str, size_t at);
/* behind the indentation and the dashes of list items */
size_t line_content(struct str line);
/* behind the closing quote of what is quoted at `at`; the text's end when there is none */
size_t line_quoted_end(struct str, size_t at);
/* where the line's first bracket stands: what comes behind it may be in flow style */
size_t line_flow(struct str line);
/* the next key and value at or after from; false when there is none. flow: see line_flow */
bool line_entry(struct str line, size_t from, size_t flow, struct line_entry *ret);
/* a value that tells nothing: empty, null, true, false, the | of a block scalar */
bool line_harmless(struct str value);

#endif
