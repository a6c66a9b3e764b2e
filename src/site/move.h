/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a values file rearranged as a profile, with its comments. */
#ifndef WBRENDER_SITE_MOVE_H
#define WBRENDER_SITE_MOVE_H

#include "yaml/node.h"

struct move {
	struct source *src;
	const struct node *root;      /* of the file, as written */
	const struct node *known;     /* what stays where it is, without aliases */
	const struct node *rest;      /* what goes under `values`, without aliases */
	const struct node *sizes;     /* what is written in the place of the chart's resource profiles; NULL: they are moved as they are */
	const struct node *head;      /* the entries to begin with */
	size_t begin;                 /* where the file's text begins to count: behind a header that goes */
	bool rest_first;              /* `values` stands before the others, for anchors in it */
};

/* The text, for the caller to read again: it may not be what was meant. False where lines cannot be moved at all. */
bool move_text(const struct move *, struct arena *, struct str *ret);
/* the same from the trees, without comments */
struct str move_emit(const struct move *, struct arena *);

#endif
