/* SPDX-License-Identifier: Apache-2.0 */
/* Kubernetes objects in a document: who they are, and those inside a List. */
#ifndef WBRENDER_KUBE_OBJECT_H
#define WBRENDER_KUBE_OBJECT_H

#include "yaml/parse.h"

struct object {
	struct node *node;            /* the map; an alias where a List names one */
	struct str api, group, kind;  /* "apps/v1", "apps", "Deployment"; the core group is empty */
	struct str namespace, name;   /* empty if not stated; generateName counts as the name */
	const struct object *list;    /* the List it stands in, or NULL */
};

enum { OBJECT_LISTS_MAX = 8 };        /* Lists in Lists */

typedef bool object_visit(const struct object *, void *ctx);

/* Visits the object of a document, or, of a List or ...List, each of its items (kubectl's rule: the kind ends in List and
   items is a list). A document without apiVersion and kind is none. False as soon as a visit returns false. */
bool object_each(const struct doc *, object_visit *, void *ctx);
/* The same for one item of a list before the document is read to its end: false, and nothing is visited, unless the map that is
   the document's root so far has apiVersion and a kind that ends in List, and `items`, its last key so far, holds it. */
bool object_item(const struct doc *, struct node *item, object_visit *, void *ctx);
/* "Deployment default/api", for messages */
const char *object_name(struct arena *, const struct object *);

#endif
