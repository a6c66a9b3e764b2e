/* SPDX-License-Identifier: Apache-2.0 */
/* What to say of rules that matched other than as many objects as they expect, or objects that they can change nothing in. */
#ifndef WBRENDER_SITE_RENDER_NEAR_H
#define WBRENDER_SITE_RENDER_NEAR_H

#include "site/render/rule.h"

/* Why an object is not matched: "its kind is 'Job'", of the i-th condition that does not hold. */
const char *near_why(struct arena *, const struct rules *, size_t index, const struct rule_misses *, size_t i, const struct object *,
	const struct pod_place *, size_t n);
/* Adds a finding for every rule that matched other than as many objects as it expects, with those that it missed nearly or that are too many,
   for which the manifests are read again; and a warning for every rule that changes nothing in what it matched. False if there were
   errors; with allow_unmatched all are warnings. profile: its tree. */
bool near_tell(const struct rules *, struct source *src, const struct node *profile, const struct pod_paths *, struct source *manifests,
	bool allow_unmatched, struct diags *);

#endif
