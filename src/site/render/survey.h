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
/* The parts of documents that tell which rules match an object, and whose its pods are; for parser_next. */
const struct want *survey_parts(const struct pod_paths *);

#endif
