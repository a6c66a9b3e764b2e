/* SPDX-License-Identifier: Apache-2.0 */
/* Names of container images. */
#ifndef WBRENDER_KUBE_IMAGE_H
#define WBRENDER_KUBE_IMAGE_H

#include "base/str.h"

#include <stdbool.h>

/* is it Docker Hub, under one of its names? index.docker.io is its old one, registry-1.docker.io where it answers. */
bool image_on_hub(struct str registry);
/* The image's name with the registry and path `from` changed to `to`; the same text when it is not below `from`, or below `to` already. A
   name without registry is one of docker.io, one without path of docker.io/library (github.com/distribution/reference,
   ParseNormalizedNamed); Docker Hub's names are one. Tag and digest stay. */
struct str image_move(struct arena *, struct str image, struct str from, struct str to);

/* What is wrong with an image's name: "has capital letters in 'Web'", as said behind it; NULL for a right one. Source:
   github.com/distribution/reference, regexp.go and normalize.go, which the kubelet asks: the API server takes any text. */
const char *image_wrong(struct arena *, struct str image);

#endif
