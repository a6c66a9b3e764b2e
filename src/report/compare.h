/* SPDX-License-Identifier: Apache-2.0 */
/* Two texts as the edits, by whole lines, that make one of the other. */
#ifndef WBRENDER_REPORT_COMPARE_H
#define WBRENDER_REPORT_COMPARE_H

#include "yaml/patch.h"

/* lines that are looked for apart; where more differ, all from the first to the last difference is one edit */
enum { COMPARE_LINES_MAX = 1000 };

/* Adds to an empty patch the edits that turn its source into the text, which must live as long as the patch; none where they are the
   same. As few lines as possible (E. Myers, An O(ND) Difference Algorithm, 1986), within COMPARE_LINES_MAX. */
void compare_lines(struct patch *, struct str text, struct arena *);

#endif
