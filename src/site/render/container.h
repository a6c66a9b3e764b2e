/* SPDX-License-Identifier: Apache-2.0 */
/* What rules want of containers: environment variables, images. */
#ifndef WBRENDER_SITE_RENDER_CONTAINER_H
#define WBRENDER_SITE_RENDER_CONTAINER_H

#include "site/render/want.h"

/* env, with the merge key `name`. False if an error was added: a variable has valueFrom. */
bool container_env(const struct want_of *, const struct node *env, struct node *into);
/* Moves the container's image, and the images that its *_IMAGES_* environment variables name, to another registry; registry: the profile's
   {from, to}. */
bool container_images(const struct want_of *, const struct node *registry, struct node *into);
/* Equal amounts of a resource can be written differently: what is wanted becomes what is there, where that is as much. */
void container_as_written(struct node *wants, const struct node *container);

#endif
