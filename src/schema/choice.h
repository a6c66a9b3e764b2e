/* SPDX-License-Identifier: Apache-2.0 */
/* anyOf, oneOf and not: what to say when none of several forms fits. */
#ifndef WBRENDER_SCHEMA_CHOICE_H
#define WBRENDER_SCHEMA_CHOICE_H

#include "schema/check.h"

void choice_check(struct check *, const struct schema *, struct where *);

#endif
