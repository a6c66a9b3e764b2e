/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the manifests once beforehand, for what must be known of all objects before one of them is changed. */
#ifndef WBRENDER_SITE_RENDER_SURVEY_H
#define WBRENDER_SITE_RENDER_SURVEY_H

#include "kube/pod.h"
#include "site/render/grant.h"
#include "site/render/rule.h"
#include "site/render/scc.h"

/* What the Roles of the manifests lack for the pods' SCCs; NULL if the profile chooses none, or the manifests cannot be read, which
   whoever reads them next says. */
struct grants *survey(struct profile *, struct source *manifests, const struct pod_paths *, const struct sccs *, enum edit_conflict, struct arena *);

#endif
