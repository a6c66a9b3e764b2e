/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule's `gpu` wants. */
#ifndef WBRENDER_SITE_RENDER_GPU_H
#define WBRENDER_SITE_RENDER_GPU_H

#include "site/render/want.h"

/* Of the pod: the toleration of the vendor's taint, runtimeClassName, affinity to the products. Warns of a count that gives no more than one of a shared
   resource does, and of names that no device plugin has. */
bool gpu_of_pod(const struct want_of *, const struct node *gpu, struct node *into);
/* Of a container: the count in resources.limits; in requests the same where they have the resource too, none where they alone have it
   (kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus). A container with resource claims (DRA, KEP-3063) gets none, with a warning. */
bool gpu_of_container(const struct want_of *, const struct node *gpu, struct node *into);

#endif
