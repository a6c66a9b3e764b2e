/* SPDX-License-Identifier: Apache-2.0 */
/* What the profile's `render` wants of an object, as data. */
#ifndef WBRENDER_SITE_RENDER_WANTED_H
#define WBRENDER_SITE_RENDER_WANTED_H

#include "kube/object.h"
#include "site/profile.h"
#include "yaml/edit.h"

struct wanted;

/* NULL if an error was added: a rule is wrong */
struct wanted *wanted_new(struct profile *, struct source *manifests, struct arena *, struct diags *);
/* A map that the object must hold: labels and annotations of its metadata and of its pod template, fields of the pod's spec. Of two
   rules the later one counts; the object is counted as matched by each. */
const struct node *wanted_for(struct wanted *, const struct object *);
/* is anything wanted of pods that is not metadata? */
bool wanted_pods(const struct wanted *);
/* Findings for the rules that matched other than as many objects as they expect; false if they are errors. */
bool wanted_check(const struct wanted *, bool allow_unmatched, struct diags *);
/* `conflict` of the profile */
enum edit_conflict wanted_conflict(const struct profile *);

#endif
