/* SPDX-License-Identifier: Apache-2.0 */
/* What people write from habit, of Helm, Kubernetes or another product, where the profile calls it otherwise. */
#ifndef WBRENDER_SITE_HABIT_H
#define WBRENDER_SITE_HABIT_H

#include "yaml/node.h"

/* Paths are JSON pointers; NULL where nothing is known. */
/* What to do about a key that is not known in its map; exact: only where the key itself is known to be written from habit. */
const char *habit_key(struct str path, bool exact);
/* what to do about a text that is not one of those wanted; kind: about a value of a wrong kind or size */
const char *habit_value(struct str path, const struct node *value, bool kind);

/* what a document is that is no map of keys */
const char *habit_document(const struct node *root);

#endif
