/* SPDX-License-Identifier: Apache-2.0 */
/* What one rule does with manifests, and what it nearly matches. */
#ifndef WBRENDER_SITE_RENDER_EXPLAIN_H
#define WBRENDER_SITE_RENDER_EXPLAIN_H

#include "site/profile.h"

/* Writes for people which objects the rule of that name matches, with what it changes in each, and which fail one of its conditions
   only. False if an error was added: there is no such rule, or the manifests are wrong. */
bool explain_rule(struct buf *, struct profile *, struct source *manifests, struct str name, struct arena *, struct diags *);

#endif
