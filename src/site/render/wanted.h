/* SPDX-License-Identifier: Apache-2.0 */
/* What the profile's `render` wants of an object, as data. */
#ifndef WBRENDER_SITE_RENDER_WANTED_H
#define WBRENDER_SITE_RENDER_WANTED_H

#include "site/profile.h"
#include "site/render/rule.h"
#include "yaml/edit.h"

struct wanted;

/* NULL if an error was added: a rule is wrong */
struct wanted *wanted_new(struct profile *, struct source *manifests, struct arena *, struct diags *);
/* A map that the object must hold: labels and annotations of its metadata and of its pod template, fields of the pod's spec. Of two
   rules the later one counts; the object is counted as matched by each. */
const struct node *wanted_for(struct wanted *, const struct object *, bool *ret_lasting);
/* The data for objects is no longer used, but for what was lasting. */
void wanted_forget(struct wanted *);
void wanted_done(struct wanted *);
/* what must be known of objects: their metadata, their pods too, or all of them */
enum wanted_of { WANTED_METADATA, WANTED_PODS, WANTED_ALL };
enum wanted_of wanted_of(const struct wanted *);
/* the rules, and how often each has matched */
const struct rules *wanted_rules(const struct wanted *);
/* the name of who wants something (node.by): a rule's, else 'render' or 'storage' */
struct str wanted_by(const struct wanted *, unsigned by);
/* the pod templates of an object, those of the profile's podPaths too (kube/pod.h) */
size_t wanted_places(const struct wanted *, struct arena *, const struct object *, struct pod_place ret[POD_PLACES_MAX]);
/* Findings for the rules that matched other than as many objects as they expect; false if they are errors. */
bool wanted_check(const struct wanted *, bool allow_unmatched, struct diags *);
/* `conflict` of the profile */
enum edit_conflict wanted_conflict(const struct profile *);

#endif
