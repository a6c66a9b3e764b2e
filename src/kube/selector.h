/* SPDX-License-Identifier: Apache-2.0 */
/* Label selectors: in kubectl's words, and those that the objects of a stream hold. */
#ifndef WBRENDER_KUBE_SELECTOR_H
#define WBRENDER_KUBE_SELECTOR_H

#include "kube/object.h"

struct requirement {
	struct str key;
	const char *operator;         /* as in a nodeSelectorTerm: In NotIn Exists DoesNotExist Gt Lt */
	struct str *values;
	size_t n;
	struct requirement *next;
};

/* Reads "a=b, c in (x,y), d notin (z), e, !f, g>1" (k8s.io/apimachinery/pkg/labels, Parse). NULL when it is wrong, with what
   is wrong and at which byte; an empty text is wrong. */
struct requirement *selector_parse(struct arena *, struct str text, const char **reterr_text, size_t *reterr_at);

/* Calls back for every label key that a selector of the object names: spec.selector (a map of labels, or matchLabels and
   matchExpressions) and spec.podSelector, the peers of a NetworkPolicy, and in a pod template the terms of affinity to and away from pods
   and the topology spread. */
typedef void selector_visit(const struct node *key, void *ctx);
void selector_keys(const struct object *, selector_visit *, void *ctx);

#endif
