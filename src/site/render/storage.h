/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps pods together that share a volume of one node. */
#ifndef WBRENDER_SITE_RENDER_STORAGE_H
#define WBRENDER_SITE_RENDER_STORAGE_H

#include "site/render/want.h"

/* Of a pod that mounts the profile's storage claim, where its accessMode is ReadWriteOnce: a label of our own and an affinity to all pods that have
   it, on one node. The first of them may go anywhere: a pod's affinity to itself holds where nobody else is
   (kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node). For Workbench: Postgres, git-storage and object-storage. */
bool storage_wants(const struct want_of *, const struct node *storage, struct node *into);
/* Is it ReadWriteOnce, so that anything is wanted? */
bool storage_on_one_node(const struct node *storage);

#endif
