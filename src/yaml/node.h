/* SPDX-License-Identifier: Apache-2.0 */
/* The tree that every reader makes and every writer takes. */
#ifndef WBRENDER_YAML_NODE_H
#define WBRENDER_YAML_NODE_H

#include "base/source.h"
#include "base/table.h"

/* What Helm and Kubernetes take a value for (YAML 1.1 words, see yaml/scalar.h). An integer is a number written without point or exponent. */
enum node_kind { NODE_NULL, NODE_BOOL, NODE_INT, NODE_FLOAT, NODE_STRING, NODE_LIST, NODE_MAP, NODE_ALIAS };
enum node_style { NODE_PLAIN, NODE_SINGLE, NODE_DOUBLE, NODE_LITERAL, NODE_FOLDED, NODE_BLOCK, NODE_FLOW };

struct anchor;

struct node {
	unsigned char kind;         /* enum node_kind */
	unsigned char style;        /* enum node_style */
	bool tagged;                /* written with !tag */
	bool pruned;                /* a collection whose contents were not built (struct want) */
	bool merge;                 /* a key written as a plain <<, or !!merge << */
	bool block_tail;            /* a collection whose last leaf is a block scalar */
	unsigned char wish, by;     /* of wanted data: how it is wanted, and by whom (yaml/editor.h) */
	struct span span;           /* as written, quotes and block header inside, anchor and tag not; a block collection
	                               ends where its last leaf ends; n == 0 at the place where a null is not written */
	struct anchor *anchor;      /* of &name; NULL: it has none (yaml/parse.h) */
	size_t props;               /* where its anchor or tag begins; span.at without */
	struct str text;            /* a scalar's decoded content, an alias's name */
	struct node *key;           /* what it is called in its map; NULL elsewhere */
	struct node *first, *next;  /* of a collection; a sibling */
	union {
		struct node *target;    /* of an alias: the anchored node */
		struct node *last;      /* of a collection */
	};
};

/* The values below are what a key or an item is after aliases: an alias gives its target. Merge keys (<<) are followed
   only by node_find, node_merged and node_flat. */

/* the value of a key; NULL if absent or if this is no map. Of a key given twice the last one, as Helm takes it */
struct node *node_get(const struct node *map, struct str key);
/* the first item that is a map with this text at a key, as written; NULL if there is none or the text is empty */
struct node *node_by_key(const struct node *list, struct str key, struct str text);
/* the entry as written (an alias stays an alias) */
struct node *node_entry(const struct node *map, struct str key);
/* the value of a key, written or brought by a merge key, whichever comes last, as Helm takes it */
struct node *node_find(const struct node *map, struct str key);
/* What merge keys bring for a key: NULL if nothing, with *ret_by the entry that brings it (may be NULL). At most
   NODE_MERGES_MAX maps are looked at. */
enum { NODE_MERGES_MAX = 1000 };
struct node *node_merged(const struct node *map, struct str key, const struct node **ret_by);
/* a text value of a key, merged or not; empty if absent or not a scalar */
struct str node_text(const struct node *map, struct str key);
/* the target of an alias, else the node itself; NULL stays NULL */
struct node *node_real(const struct node *);
/* by JSON Pointer (RFC 6901); NULL if there is none */
struct node *node_at(const struct node *, struct str pointer);
/* "a map", "the string \"2\" (quoted)", "the integer 1": for messages, shortened to 60 characters */
const char *node_describe(struct arena *, const struct node *);
/* "map", "list", "string", "integer", "number", "boolean", "null" */
const char *node_kind_name(unsigned kind);
/* the same data: kinds and texts, maps in any order; quoting does not count */
bool node_equal(const struct node *, const struct node *);
/* how many entries or items */
size_t node_count(const struct node *);

/* new nodes, without a place (span zero) */
struct node *node_new(struct arena *, enum node_kind, struct str text);
struct node *node_map(struct arena *);
struct node *node_list(struct arena *);
void node_append(struct node *list, struct node *item);
/* adds an entry or replaces the one of that key; the value gets the key and must not be in a collection already */
void node_put(struct arena *, struct node *map, struct str key, struct node *value);
/* adds an entry whose key is known not to be there: at once, however large the map */
void node_add(struct arena *, struct node *map, struct str key, struct node *value);
/* the entries of a map without aliases by their keys (base/table.h), for many questions about a large one; NULL: an empty table */
struct table node_index(struct arena *, const struct node *map);
/* The values of a merge key: a list's items or the one, aliases followed. Of several maps the first that has a key wins: add them from the
   last on. `left` is counted down, by empty maps too, for there can be as many; NULL when there are more than that. */
const struct node **node_parts(struct arena *, const struct node *from, size_t *left, size_t *ret_n);
/* a copy without aliases and merge keys, as Helm reads it; spans stay. NULL when it would pass NODE_COPY_MAX nodes */
enum { NODE_COPY_MAX = 1000000 };
struct node *node_flat(struct arena *, const struct node *);
/* Lays a map over another, both without aliases, as Helm does with one values file over another: maps are merged, everything else is
   replaced. Keys keep their places. */
void node_overlay(struct arena *, struct node *map, const struct node *from);

#endif
