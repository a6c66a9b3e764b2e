/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a document as edits of its source: what is missing is inserted in the style of its neighbours. */
#ifndef WBRENDER_YAML_EDIT_H
#define WBRENDER_YAML_EDIT_H

#include "yaml/editor.h"

/* Brings the map `into` to hold everything that the map `value` holds: maps are merged, scalars set by `conflict`, what is
   missing is inserted. Nothing is written twice: a second run makes no edit. False if an error was added (an alias, an anchor
   that others refer to, a tag or a wrong kind on the way, each with its place). */
bool edit_merge(struct editor *, struct node *into, const struct node *value);

#endif
