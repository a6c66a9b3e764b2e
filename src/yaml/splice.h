/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an edit: where exactly it goes in, and in which style. */
#ifndef WBRENDER_YAML_SPLICE_H
#define WBRENDER_YAML_SPLICE_H

#include "yaml/editor.h"

/* a map or list of the document on the way down, and what is known of its surroundings */
struct site {
	struct node *entry;           /* as written: the alias, if it is one */
	struct node *map;
	const struct site *parent;    /* NULL: the object itself */
	size_t step;                  /* how much deeper a level stands here */
	bool json;                    /* written as JSON */
	const struct anchor *shared;  /* the anchor through which an alias sees this too */
};

/* what the site's map is called: its key; empty in a list */
struct str splice_name(const struct site *);
/* what a child is called in its map or list: its key, or its index */
struct str splice_token_of(struct editor *, const struct node *in, const struct node *child);
/* adds "/" and the token, escaped as in a JSON pointer */
void splice_token(struct buf *, struct str token);
/* JSON pointer from the object to a key, or with an empty one to the site itself */
const char *splice_pointer(struct editor *, const struct site *, struct str key);
/* adds an error about a node of the object */
struct diag *splice_refuse(struct editor *, const char *code, const struct node *, const char *text);
/* "metadata.labels"; for the object itself "the object"; key may be empty */
const char *splice_path(struct editor *, const struct site *, struct str key);
/* false, with an error, when the site is seen through an alias too: an edit here would change that place */
bool splice_allowed(struct editor *, const struct site *, const struct node *place, struct str key);

/* inserts the entries of `what`, which the site's map lacks */
bool splice_missing(struct editor *, const struct site *, const struct node *what);
/* appends items to a list; the site's map is the list */
bool splice_items(struct editor *, const struct site *, const struct node *what);
/* takes a run of neighbours out of the site's map or list: those behind before (NULL: from the first on) up to last. When it
   is all of them, {} or [] is left */
bool splice_out(struct editor *, const struct site *, const struct node *before, const struct node *last);
/* puts entries or items in the place of such a run */
bool splice_instead(struct editor *, const struct site *, const struct node *before, const struct node *last, const struct node *what);
/* puts a lone entry or item in the place of another; the comments above it stay */
bool splice_replace(struct editor *, const struct site *, const struct node *child, const struct node *what);
/* the child of the site's map or list beside which new ones are put; NULL: there is none */
const struct node *splice_place(struct editor *, const struct site *);
/* takes the value of an entry away, so that a null is left behind its key, to be filled in the text that comes out */
bool splice_away(struct editor *, const struct site *, const struct node *entry);
/* puts a value where a null is */
bool splice_null(struct editor *, const struct site *parent, const struct node *null, const struct node *value);
/* puts a scalar in the place of another, quoted as that one is */
void splice_scalar(struct editor *, const struct site *parent, const struct node *entry, const struct node *value);
/* `*name` becomes `{<<: *name, k: v}` */
void splice_alias(struct editor *, const struct site *, const struct node *what);

#endif
