/* SPDX-License-Identifier: Apache-2.0 */
/* Values that come from several sources: maps that are quick to look into and to change, every key and value with its place. */
#ifndef WBRENDER_HELM_VALUE_H
#define WBRENDER_HELM_VALUE_H

#include "base/table.h"
#include "yaml/node.h"

enum {
	VALUE_COPIES_MAX = 2000000,   /* values copied while charts are computed: Helm copies all values for each chart */
};

struct value;

/* an entry of a map; value is NULL once it is deleted */
struct value_entry {
	struct str key;
	struct span span;             /* of the key */
	struct source *src;
	struct value *value;
	struct value_entry *next;
};

/* why a key is not there */
struct value_lost {
	struct str key;
	struct span span;             /* of the null that deleted it */
	struct source *src;
	struct value_lost *next;
};

struct value {
	const struct node *node;      /* a scalar as written; of maps and lists the kind and the place */
	struct source *src;           /* that the place is in */
	struct value_entry *first, *last;  /* of a map, in the order added */
	struct table *table;          /* the same by key, once there are many */
	size_t entries;               /* all of them, deleted ones too */
	struct value_lost *lost;      /* of a map */
	struct value **items;         /* of a list */
	size_t n;                     /* entries that are not deleted, or items */
};

/* what all values of one computation share */
struct values {
	struct arena *arena;
	size_t left;                  /* of VALUE_COPIES_MAX */
	bool over;                    /* it was not enough: what has been computed is not to be used */
	struct source **sources;      /* of nodes made by value_tree */
	size_t nsources, cap, last;
};

void values_init(struct values *, struct arena *);
/* a tree without aliases and merge keys (yaml/load.h) as a value; the tree and the source must live as long */
struct value *value_of(struct values *, const struct node *flat, struct source *);
/* an empty map without a place of its own: it takes the given one */
struct value *value_map(struct values *, struct source *, struct span);
bool value_is_map(const struct value *);
bool value_is_null(const struct value *);
/* "a map", "the string \"2\" (quoted)": for messages */
const char *value_describe(struct values *, const struct value *);
/* NULL if absent or if this is no map */
struct value *value_get(const struct value *map, struct str key);
/* the entry, or NULL */
struct value_entry *value_entry(const struct value *map, struct str key);
/* sets a key; the place is that of the key */
void value_put(struct values *, struct value *map, struct str key, struct source *, struct span, struct value *);
/* as the entry of another map has it */
void value_put_entry(struct values *, struct value *map, const struct value_entry *, struct value *);
/* takes a key out; the null that did it is remembered */
void value_delete(struct values *, struct value *map, struct str key, const struct value *null);
/* The values of a later file over those before: maps are merged, all else is replaced, null too. Changes both. */
void value_merge(struct values *, struct value *, struct value *later);
/* A copy whose maps may be changed; lists and scalars are shared. */
struct value *value_copy(struct values *, const struct value *);

/* A tree of nodes for those who read nodes; the source of each is known to value_source. */
struct node *value_tree(struct values *, const struct value *);
/* the source that the span of a node made by value_tree, or of a copy of it, is in; ctx are the values (schema/how.h) */
struct source *value_source(void *ctx, const struct node *);

#endif
