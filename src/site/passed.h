/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile passes on to the chart in its `values`. */
#ifndef WBRENDER_SITE_PASSED_H
#define WBRENDER_SITE_PASSED_H

#include "base/diag.h"
#include "schema/schema.h"

/* Any key may be passed on, for the chart may have more than its published template; but one that is nearly one of the template's is a
   warning. more: a map without aliases; schema: of the chart's values. */
void passed_check(const struct schema *, struct source *, const struct node *more, struct diags *);
/* Adds a warning for each place where what is passed on replaces something else that the profile's own fields say. said: the chart's values
   made of these, without aliases; keys at the top without a place are not the profile's. */
void passed_replaces(const struct node *said, struct source *, const struct node *more, struct diags *);

#endif
