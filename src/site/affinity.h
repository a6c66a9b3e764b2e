/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule wants of the affinity of pods. */
#ifndef WBRENDER_SITE_AFFINITY_H
#define WBRENDER_SITE_AFFINITY_H

#include "base/diag.h"
#include "yaml/node.h"

/* The affinity to merge into a pod's, from a full Affinity or a short form (site/short.h). Of nodeSelectorTerms any one is enough and
   within one all must hold (kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node), so that what is required goes into every
   term that is there: a term more would widen the choice. NULL if an error was added: a wrong selector, or several terms, which would
   have to be multiplied with those that are there. */
struct node *affinity_wants(struct arena *, struct source *, const struct node *from, struct diags *);
/* The affinity to nodes with one of a rule's GPU products, by the label of NVIDIA's gpu-feature-discovery. NULL if an error was added:
   the vendor is another. */
struct node *affinity_products(struct arena *, struct source *, const struct node *gpu, const char *vendor, struct diags *);

#endif
