/* SPDX-License-Identifier: Apache-2.0 */
/* YAML text to trees with exact byte spans, document by document; the only user of libyaml. */
#ifndef WBRENDER_YAML_PARSE_H
#define WBRENDER_YAML_PARSE_H

#include "base/diag.h"
#include "yaml/node.h"

enum {
	PARSE_DEPTH_MAX = 1000,       /* nested collections; libyaml 0.2.5 takes quadratic time far beyond */
	PARSE_DIRECTIVES_MAX = 64,    /* %-lines before one document; likewise */
};

/* The parts of a document that are wanted; the rest is read and checked but not built. A list of keys that ends with
   key == NULL; "*" stands for every item of a list. want == NULL for an entry: everything below it. */
struct want {
	const char *key;
	const struct want *want;
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
/* Reads the next document into *ret, its nodes into the given arena. False at the end of the stream and after an error,
   which has then been added to the diags. */
bool parser_next(struct parser *, struct arena *, const struct want *, struct doc *ret);
void parser_close(struct parser *);

/* the whole stream at once; false if an error was added */
bool parse(struct source *, struct arena *, struct doc **ret_docs, struct diags *);
/* a text that must be one document at most; *ret_root is NULL when it is empty */
bool parse_one(struct source *, struct arena *, struct node **ret_root, struct diags *);

#endif
