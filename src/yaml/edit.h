/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a document as edits of its source: what is missing is inserted in the style of its neighbours. */
#ifndef WBRENDER_YAML_EDIT_H
#define WBRENDER_YAML_EDIT_H

#include "yaml/editor.h"

/* as a list's `text`: its only item, a map, is merged into every item that is a map with
   content, if only in one of its entries; an empty list gets it */
#define EDIT_EVERY STR("*")

/* Brings the map `into` to hold everything that the map `value` holds: maps are merged, to lists the items are appended that
   are not there, scalars are set by `conflict`, what is missing is inserted. A list of maps in `value` may have a merge key, its `text`
   (as Kubernetes' strategic merge patch has): an item that has the same value of that key is merged instead. Nothing is written twice: a second run makes no
   edit. False if an error was added (an alias, an anchor that others refer to, a tag or a wrong kind on the way, each with its
   place). */
bool edit_merge(struct editor *, struct node *into, const struct node *value);

/* Takes out of the map `into` every key that is a leaf of the map `value`, with the comment lines right above it and the
   comment behind it; a map that loses its last key becomes {}. What is not there is no error. False as above. */
bool edit_remove(struct editor *, struct node *into, const struct node *value);

/* The same changes to a tree without aliases (node_flat): what the edits must bring about, for tests and --verify. New nodes
   come from the arena. */
void edit_merge_tree(struct arena *, struct node *into, const struct node *value, enum edit_conflict);
void edit_remove_tree(struct node *into, const struct node *value);

#endif
