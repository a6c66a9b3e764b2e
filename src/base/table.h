/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table from texts to pointers, in an arena. */
#ifndef WBRENDER_BASE_TABLE_H
#define WBRENDER_BASE_TABLE_H

#include "base/str.h"

struct table_slot {
	struct str key;
	void *value;
};

/* set arena and zero the rest before the first use; the keys must outlive the table */
struct table {
	struct arena *arena;
	struct table_slot *slots;
	size_t n, cap;
};

/* the value, or NULL when the key is absent */
void *table_get(const struct table *, struct str key);
/* sets the value, which is not NULL; returns the value it replaces, or NULL */
void *table_put(struct table *, struct str key, void *value);

#endif
