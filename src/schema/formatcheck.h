/* SPDX-License-Identifier: Apache-2.0 */
/* What every check of a format is. */
#ifndef WBRENDER_SCHEMA_FORMATCHECK_H
#define WBRENDER_SCHEMA_FORMATCHECK_H

#include "base/str.h"

/* NULL if the text is of the format, else what is wrong with it, without its name: "three numbers, four are wanted" */
typedef const char *format_check(struct str text);

#endif
