/* SPDX-License-Identifier: Apache-2.0 */
/* What the profile's `render` wants of an object, as data. */
#ifndef WBRENDER_SITE_WANTED_H
#define WBRENDER_SITE_WANTED_H

#include "kube/object.h"
#include "site/profile.h"
#include "yaml/edit.h"

struct wanted;

struct wanted *wanted_new(const struct profile *, struct arena *);
/* a map that the object must hold: labels and annotations of its metadata and of its pod template */
const struct node *wanted_for(struct wanted *, const struct object *);
/* `conflict` of the profile */
enum edit_conflict wanted_conflict(const struct profile *);

#endif
