/* SPDX-License-Identifier: Apache-2.0 */
/* A rule's `set`: values at JSON pointers, but for places that must not change. */
#ifndef WBRENDER_SITE_RENDER_SET_H
#define WBRENDER_SITE_RENDER_SET_H

#include "site/render/want.h"

/* Is the key of a label or an annotation Helm's or the cluster's own: helm.sh/hook, postrenderer.helm.sh/..., openshift.io/scc? */
bool set_reserved(struct str key);
/* Checks the pointers and values of `set` as far as they can be without the objects; false if an error was added. */
bool set_check(const struct want_of *, const struct node *set);
/* Of the object, which is w.here: each value at its pointer (RFC 6901), instead of whatever is there; null takes the key out; '-' behind a list
   appends. False if an error was added: the place is a selector, a Secret's data or another that is never changed. */
bool set_wants(const struct want_of *, const struct node *set, struct node *into);

#endif
