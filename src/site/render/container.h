/* SPDX-License-Identifier: Apache-2.0 */
/* What a rule wants of containers: resources, GPUs, environment, security context. */
#ifndef WBRENDER_SITE_RENDER_CONTAINER_H
#define WBRENDER_SITE_RENDER_CONTAINER_H

#include "base/diag.h"
#include "yaml/node.h"

/* has the rule a field for containers? */
bool container_fields(const struct node *rule);
/* A map that the container must hold, with its name: {name, resources, env, ...}. env has the merge key `name` (yaml/edit.h). A GPU
   goes to resources.limits, and to requests where they state it (kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus: requests must
   equal limits); a container with resource claims (DRA, KEP-3063) gets none, with a warning. NULL if an error was added: an
   environment variable has valueFrom. */
struct node *container_wants(struct arena *, const struct node *rule, const struct node *container, struct source *manifests, struct diags *);
/* Moves the container's image, and the images that its *_IMAGES_* environment variables name, to another registry; registry: the profile's
   {from, to}. {name, image, env}, or NULL when nothing is to be moved. */
struct node *container_images(struct arena *, const struct node *registry, const struct node *container);
/* 1 and "1" are the same quantity: what all rules want becomes what is there, where that is the same */
void container_as_written(struct node *wants, const struct node *container);
/* what `gpu` wants of the pod's spec: tolerations, runtimeClassName; into a map */
void container_gpu_pod(struct arena *, struct node *spec, const struct node *gpu);

#endif
