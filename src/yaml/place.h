/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and columns as libyaml sees them: LF, CRLF, CR, NEL, LS and PS end a line. */
#ifndef WBRENDER_YAML_PLACE_H
#define WBRENDER_YAML_PLACE_H

#include "base/source.h"

/* where a line's content ends and the next line begins; equal at the end of a text without a final line break */
struct line_end {
	size_t at, next;
	struct str nl;                /* the line break to use beside it: LF, CRLF or CR as its neighbours have it */
};

/* length of the line break at an offset; 0 when there is none */
size_t place_break(struct str text, size_t at);
/* true if a line break stands right before the offset */
bool place_is_break(struct str text, size_t at);
/* the end of the line in which the offset stands */
struct line_end place_line_end(struct str text, size_t at);
/* for an offset at the start of a line: there itself */
struct line_end place_line_start(struct str text, size_t at);
/* Blank lines with a tab, the last one perhaps with a comment, may stand behind a plain scalar, which takes the tabs in, and
   behind nothing else. From the start of a line: the start of the one behind the last of them; the same offset when there are
   none. */
size_t place_tab_lines(struct str text, size_t line);
/* Tabs at the start of a line are nothing between the tokens of flow style, but a plain scalar takes them in. From
   the end of a token: all from its line's end to the next token, when such are in it; else n == 0. */
struct span place_tabs(struct str text, size_t at);
/* column from 0 in code points */
size_t place_column(struct str text, size_t at);
/* the end of the last line with content of a block scalar, its line break not included */
size_t place_content_end(struct str text, struct span block);

#endif
