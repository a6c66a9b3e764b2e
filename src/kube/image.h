/* SPDX-License-Identifier: Apache-2.0 */
/* Names of container images. */
#ifndef WBRENDER_KUBE_IMAGE_H
#define WBRENDER_KUBE_IMAGE_H

#include "base/str.h"

/* The image's name with the registry and path `from` changed to `to`; the same text when it is not below `from`, or below `to` already. A
   name without registry is one of docker.io, one without path of docker.io/library (github.com/distribution/reference,
   ParseNormalizedNamed). Tag and digest stay. */
struct str image_move(struct arena *, struct str image, struct str from, struct str to);

#endif
