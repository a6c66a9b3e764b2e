/* SPDX-License-Identifier: Apache-2.0 */
/* Which parts of a line may be secret and are not shown in an excerpt. */
#ifndef WBRENDER_REPORT_MASK_H
#define WBRENDER_REPORT_MASK_H

#include "base/source.h"

enum { MASK_SPANS = 32 };         /* masked apart in one line; where there are more, all that follows is masked */

/* Writes at most max spans, and MASK_SPANS, in order, as bytes of the line as source_line gives it, only such as touch
   the window; returns how many. The last reaches to the window's end when there would be more. Judges by the keys on the
   line, by those above a line without a key or inside a block of text, by an environment variable's name, and by what is
   the data of a Secret. */
size_t report_masks(struct source *, size_t line, struct span window, struct span *ret, size_t max);

#endif
