/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the cluster serves an object's kind. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_API_H
#define WBRENDER_SITE_LINT_MANIFEST_API_H

#include "site/lint/manifest/run.h"

/* What the object's kind is in the cluster's version: *ret_kind, or NULL where it serves none. Adds findings for kinds that are
   unknown, gone, not yet there, or soon gone. A kind of a group that is not Kubernetes' own is kept as custom. True where Kubernetes
   has the kind in that API, in this version or another. */
bool api_check(struct manifest *, const struct kube_kind **ret_kind);

#endif
