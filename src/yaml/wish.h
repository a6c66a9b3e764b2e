/* SPDX-License-Identifier: Apache-2.0 */
/* Wanted data against what a document holds. */
#ifndef WBRENDER_YAML_WISH_H
#define WBRENDER_YAML_WISH_H

#include "yaml/editor.h"

/* Does the data already hold all that is wanted? Aliases, merge keys and keys given twice are read as Helm does. */
bool wish_holds(struct editor *, const struct node *data, const struct node *wanted);
/* has the list an item equal to this one? */
bool wish_has_item(struct editor *, const struct node *list, const struct node *item);
/* the item at a decimal index; NULL if there is none */
struct node *wish_item(const struct node *list, struct str index);
/* a map with an entry, of a merge key too, that is neither null nor an empty collection */
bool wish_is_full_map(struct editor *, const struct node *item);
/* is a child of `in` to be taken out? */
bool wish_goes(struct editor *, const struct node *in, const struct node *child, const struct node *wanted);
/* What is to be written where there is nothing yet: the wanted data without what is to be absent; NULL if that is all. */
const struct node *wish_new(struct editor *, const struct node *wanted);

#endif
