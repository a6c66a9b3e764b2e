/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a document as edits of its source: what is missing is inserted in the style of its neighbours. */
#ifndef WBRENDER_YAML_EDIT_H
#define WBRENDER_YAML_EDIT_H

#include "yaml/editor.h"

/* Brings the map `into` to be as the map `value` wants it: maps are merged, to lists the items are appended that are not there, scalars are
   set by `conflict`, what is missing is inserted, what is to be absent is taken out, with the comment lines right above it and the comment behind
   it; a map that loses its last key becomes {}. Nothing is written twice: a second run makes no edit. False if an error was added (an alias, an
   anchor that others refer to, a tag or a wrong kind on the way, each with its place). */
bool edit_merge(struct editor *, struct node *into, const struct node *value);

/* Takes away, in the map `into`, the values that edit_merge cannot turn into those of the map `value` where they stand: lists, and what is
   no map where one is wanted or the other way round; in block style also an empty {}, so that what is filled in becomes lines. A
   null is left of each, for edit_merge to fill in the text that comes out. What value does not name, or is the same, stays.
   False as above. */
bool edit_vacate(struct editor *, struct node *into, const struct node *value);

/* The same changes to a tree without aliases (node_flat): what the edits must bring about, for tests and --verify. New nodes
   come from the arena. */
void edit_apply(struct arena *, struct node *into, const struct node *value, enum edit_conflict);
/* Adds wanted data to wanted data, into a map: of two wishes for one place the later one counts. The added nodes are copies. */
void edit_combine(struct arena *, struct node *into, const struct node *value);

#endif
