/* SPDX-License-Identifier: Apache-2.0 */
/* The part of a schema that has a say about one value. */
#ifndef WBRENDER_SCHEMA_PART_H
#define WBRENDER_SCHEMA_PART_H

#include "yaml/node.h"

/* A tree that comes to the same verdict about the value: without the properties that the value has not, as far down as they are written in place,
   and without the definitions that are then not used. It shares what it keeps with the schema, which is one of our own: its references
   all begin with "#/definitions/". The verdict only: what is said about a key that is not allowed draws on all of the schema. */
const struct node *part_of(struct arena *, const struct node *schema, const struct node *value);

#endif
