/* SPDX-License-Identifier: Apache-2.0 */
/* What a pod template must change to be admitted under an SCC or a Pod Security Standard. */
#ifndef WBRENDER_SITE_RENDER_FIT_H
#define WBRENDER_SITE_RENDER_FIT_H

#include "site/render/context.h"

/* What is wanted of a pod template, a tree without aliases, as a map for edit_merge; an empty one if it fits as it is. What cannot
   be made to fit is told. */
struct node *fit_template(struct fit *, const struct node *template);
/* Only the profile's user and group, where the SCC wants a user of its own and the pod names none. */
struct node *fit_user(struct fit *, const struct node *template);

#endif
