/* SPDX-License-Identifier: Apache-2.0 */
/* An object's name, labels and annotations. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_METADATA_H
#define WBRENDER_SITE_LINT_MANIFEST_METADATA_H

#include "site/lint/manifest/run.h"

/* kind: NULL for a custom object, of which the name's form is not known */
void metadata_check(struct manifest *, const struct kube_kind *kind);
/* labels and annotations of a template that has them; a spot of the map that holds metadata */
void metadata_maps_check(struct manifest *, const struct spot *metadata);
/* keys and values of a map of labels; it may be absent */
void metadata_labels_check(struct manifest *, const struct spot *labels);
/* the same object a second time in the stream; a hook may be one as well */
void metadata_seen(struct manifest *);
/* Whether labels fit a selector with matchLabels and matchExpressions, or a plain map of labels; what is not there fits. Else
   *ret_by is the entry or item that does not. */
bool metadata_selects(const struct spot *selector, const struct node *labels, bool plain, const struct node **ret_by);

#endif
