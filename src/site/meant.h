/* SPDX-License-Identifier: Apache-2.0 */
/* Small changes to a text that undo what people often do to it. */
#ifndef WBRENDER_SITE_MEANT_H
#define WBRENDER_SITE_MEANT_H

#include "base/str.h"

/* The text after a change; the same bytes where it changes nothing. */
typedef struct str meant_change(struct arena *, struct str);

/* the likeliest first; ends with NULL */
extern meant_change *const meant_changes[];

#endif
