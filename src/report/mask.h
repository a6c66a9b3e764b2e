/* SPDX-License-Identifier: Apache-2.0 */
/* Which parts of a line may be secret and are not shown in an excerpt. */
#ifndef WBRENDER_REPORT_MASK_H
#define WBRENDER_REPORT_MASK_H

#include "base/source.h"

/* Writes at most max spans in order, as bytes of the line as source_line gives it, only such as touch the window; returns
   how many. The last reaches to the window's end when there would be more. Judges by the keys on the line, by those
   above a line without a key or inside a block of text, and by an environment variable's name. */
size_t report_masks(struct source *, size_t line, struct span window, struct span *ret, size_t max);

#endif
