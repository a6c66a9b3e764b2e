/* SPDX-License-Identifier: Apache-2.0 */
/* What the functions of the fields share (site/render/field.h). */
#ifndef WBRENDER_SITE_RENDER_WANT_H
#define WBRENDER_SITE_RENDER_WANT_H

#include "base/diag.h"
#include "yaml/editor.h"

struct want_of {
	struct arena *arena;
	struct source *profile, *manifests;   /* for findings */
	const struct node *from;      /* what has the field: a rule, or the profile's `render` */
	const struct node *here;      /* the object, the pod template or the container as it is; NULL where it is not looked at */
	struct diags *diags;
};

/* The map at a key of wanted data, made when it is not there. */
struct node *want_map(struct arena *, struct node *in, const char *key);
/* Puts a value where a pointer says, making the maps on the way; the value may be used only there. */
void want_put(struct arena *, struct node *into, const char *pointer, struct node *value);
/* A node that says that something is to be absent; from: the place in the profile that says so. */
struct node *want_absent(struct arena *, const struct node *from);
/* Says of a tree of wanted data who wants it; rest: where nobody is said yet. */
void want_sign(struct node *, unsigned by, bool rest);
/* a text that the profile has, or that stands for what it has there */
struct node *want_text(struct arena *, struct str text, const struct node *from);

#endif
