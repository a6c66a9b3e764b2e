/* SPDX-License-Identifier: Apache-2.0 */
/* What a line holds of the data of a Secret. */
#ifndef WBRENDER_REPORT_SEALED_H
#define WBRENDER_REPORT_SEALED_H

#include "base/source.h"

/* Writes at most max spans as report_masks of report/mask.h does: the values below `data` and `stringData` in a document
   that names `kind: Secret` anywhere, in block or flow style. Where the text leaves it open what belongs to a value, the
   value is taken to be longer. */
size_t sealed_spans(struct source *, size_t line, struct span window, struct span *ret, size_t max);

#endif
