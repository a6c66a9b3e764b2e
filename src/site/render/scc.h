/* SPDX-License-Identifier: Apache-2.0 */
/* The SCC and the Pod Security Standard that the profile chooses for pods, as wanted data. */
#ifndef WBRENDER_SITE_RENDER_SCC_H
#define WBRENDER_SITE_RENDER_SCC_H

#include "kube/object.h"
#include "kube/scc.h"
#include "site/profile.h"
#include "yaml/edit.h"

struct sccs;

/* Reads render.scc, render.podSecurity and openshift of a profile. */
struct sccs *sccs_new(struct profile *, struct source *manifests, enum edit_conflict, struct arena *, struct diags *);
/* Is anything wanted of every pod? Rules may want it of some. */
bool sccs_all(const struct sccs *);
/* has the rule a field for this? */
bool sccs_rule(const struct node *rule);
/* The SCC of a pod for which these rules count (their nodes, ended by NULL); NULL: none is chosen. */
const struct scc *sccs_of(const struct sccs *, const struct node *const *rules);
/* Adds to what is wanted of a pod template what it needs to be admitted; the template as it is, the rules as above. What it asks for and
   cannot get is an error at its place, or where `strip` takes it away a warning. */
void sccs_put(struct sccs *, const struct object *, const struct node *template, const struct node *const *rules, struct node *wants);

#endif
