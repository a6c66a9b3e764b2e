/* SPDX-License-Identifier: Apache-2.0 */
/* What one rule does with manifests, and what it nearly matches. */
#ifndef WBRENDER_SITE_RENDER_EXPLAIN_H
#define WBRENDER_SITE_RENDER_EXPLAIN_H

#include "site/profile.h"

/* Writes for people which objects the rules of that name match, with what they change in each, and which fail one of their conditions
   only. Where other rules are wrong it does so without them, and their errors become warnings; alone: the profile is without them
   already. False if an error was added: there is no such rule, it is wrong itself, or the manifests are. */
bool explain_rule(struct buf *, struct profile *, struct source *manifests, struct str name, bool alone, struct arena *, struct diags *);

#endif
