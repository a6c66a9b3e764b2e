/* SPDX-License-Identifier: Apache-2.0 */
/* The profile's short forms as the Kubernetes objects that they stand for. New nodes carry the place of the short form. */
#ifndef WBRENDER_SITE_SHORT_H
#define WBRENDER_SITE_SHORT_H

#include "base/diag.h"
#include "yaml/node.h"

/* "key=value:Effect", "key:Effect", "key" (kubectl's taint syntax) as a Toleration; a map is copied */
struct node *short_toleration(struct arena *, const struct node *);
/* a list of them */
struct node *short_tolerations(struct arena *, const struct node *list);
/* A label selector in kubectl's syntax as required node affinity, {prefer: SELECTOR} as preferred with weight 100; any other
   map is copied. NULL if an error was added. */
struct node *short_affinity(struct arena *, struct source *, const struct node *, struct diags *);

/* a new node that stands at the place of another */
struct node *short_node(struct arena *, enum node_kind, struct str text, const struct node *from);

#endif
