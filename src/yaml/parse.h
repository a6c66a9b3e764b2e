/* SPDX-License-Identifier: Apache-2.0 */
/* YAML text to trees with exact byte spans, document by document; the only user of libyaml. */
#ifndef WBRENDER_YAML_PARSE_H
#define WBRENDER_YAML_PARSE_H

#include "base/diag.h"
#include "yaml/node.h"
#include "yaml/scan.h"

enum {
	PARSE_NESTED_MAX = 10000,     /* nested collections, as in kubectl; libyaml 0.2.5 takes quadratic time far beyond */
	PARSE_DEPTH_MAX = 1000,       /* of those that are built: trees may be walked by recursion */
};

/* The parts of a document that are wanted; the rest is read and checked but not built. A list of keys that ends with
   key == NULL; "*" stands for every item of a list. want == NULL for an entry: everything below it. */
struct want {
	const char *key;
	const struct want *want;
	bool each;                    /* hand each over when it is complete (parser_each) */
};

/* an anchored node and the first alias that refers to it */
struct anchor {
	struct str name;
	struct node *node;
	struct span alias;            /* n == 0: none does */
	struct anchor *next;
};

struct doc {
	struct node *root;            /* NULL: a document of comments and blanks only */
	struct span span;             /* from its --- (or first content) to its end */
	size_t index;                 /* from 0 */
	struct anchor *anchors;       /* the last one first */
	struct doc *next;
};

struct parser;

/* the parser belongs to the arena and must be closed; the text must be valid as long as the trees */
struct parser *parser_new(struct arena *, struct source *, struct diags *);
/* Of the collections that are wanted each: called when one is complete, with what is known of the document so far. True takes it:
   it is forgotten then, memory and all, so that a long list needs no more than its longest item. What holds an anchor is
   not handed over. */
typedef bool parser_take(void *ctx, struct node *);
void parser_each(struct parser *, parser_take *, void *ctx);
/* Reads the next document into *ret, its nodes into the given arena. False at the end of the stream and after an error,
   which has then been added to the diags. */
bool parser_next(struct parser *, struct arena *, const struct want *, struct doc *ret);
void parser_close(struct parser *);

#endif
