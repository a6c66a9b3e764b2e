/* SPDX-License-Identifier: Apache-2.0 */
/* A sealed patch as a unified diff, for people. */
#ifndef WBRENDER_REPORT_DIFF_H
#define WBRENDER_REPORT_DIFF_H

#include "yaml/patch.h"

enum { DIFF_CONTEXT = 3 };            /* unchanged lines shown round a change, as diff -u does */

/* The diff of the patch's source and its result, without secret values (report/mask.h); empty when they are the same. Linear in the
   text: the patch knows what changed. The text belongs to the arena. */
struct str diff_build(const struct patch *, const char *new_name, bool colour, struct arena *);

#endif
