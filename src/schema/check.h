/* SPDX-License-Identifier: Apache-2.0 */
/* One run of validation: where it stands in the value, how it words and adds a finding. */
#ifndef WBRENDER_SCHEMA_CHECK_H
#define WBRENDER_SCHEMA_CHECK_H

#include "base/arena.h"
#include "schema/how.h"
#include "schema/match.h"
#include "schema/schema.h"

enum {
	CHECK_DEPTH_MAX = 4000,       /* schemas within schemas */
	CHECK_WORK_MAX = 5000000,     /* a value asked about a schema is one step; a search counts by its cost (schema/match.h) */
	CHECK_SHOWN_MAX = 60,         /* characters of a value in a text */
	CHECK_NAMES_MAX = 10,         /* keys or values listed in a note */
};

/* a value on the way down, and how it was reached */
struct where {
	const struct where *up;
	const struct node *node;
	struct str name;              /* its key */
	size_t index;                 /* its number in a list, from 0 */
	bool item;
	bool key;                     /* the node is the key itself, of the map above */
	bool wrong;                   /* of a wrong kind: nothing more is said about it */
	unsigned depth;
	const struct schema *schema;  /* the schema for the whole of it */
	struct table *keys;           /* of a large map; made when first needed */
};

/* what made a `then` or `else` count */
struct because {
	const struct where *at;
	const struct schema *condition;
	const struct node *entry;     /* the key that demands it; NULL: the condition */
};

/* which keys or items of one map or list some keyword has looked at, for unevaluatedProperties and unevaluatedItems */
struct marks {
	unsigned char *seen;          /* one for each */
	size_t n;
};

/* the resources on the way through the schema, each once, the innermost first: what dynamic references ask */
struct scope {
	const struct scope *up;
	const struct schema_resource *resource;
};

struct check {
	const struct valid_how *how;
	struct source *src;
	struct diags *diags;
	struct arena *arena;          /* of the findings */
	struct arena scratch;
	void (*value)(struct check *, const struct schema *, struct where *);
	bool quiet;                   /* findings are counted only */
	size_t failed;
	unsigned deepest;             /* of those counted */
	unsigned depth;
	size_t work, suggest_work;    /* what is left */
	struct table tried;           /* maps and lists already tried against a schema */
	const struct schema *listed;  /* the schema whose keys were listed last */
	const char *list;             /* that list; NULL: no keys */
	bool stopped;                 /* a limit was reached and has been reported */
	struct because because;
	struct marks *marks;          /* of the value at hand; NULL: nobody asks */
	const struct scope *scope;    /* NULL also where the schema has no dynamic references */
	struct table scopes;          /* each scope once */
};

/* Adds an error about a value and returns it, for help and notes; NULL while quiet. The keyword is named in a note when
   the schema is a file. */
struct diag *check_add(struct check *, const struct where *, const struct schema *, const char *keyword, const char *code,
	struct span, const char *fmt, ...) __attribute__((format(printf, 7, 8)));
/* the same as a warning, which counts for nothing */
struct diag *check_remark(struct check *, const struct where *, const struct schema *, const char *keyword, const char *code,
	struct span, const char *fmt, ...) __attribute__((format(printf, 7, 8)));
/* an error that ends the run: a limit */
void check_stop(struct check *, const struct where *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* how a value does under one of several schemas */
struct check_trial {
	size_t failed;                /* findings; 0: it fits */
	unsigned deepest;
	bool possible;                /* may be the one that was meant */
	const struct marks *marks;    /* when it fits and somebody asks for them; else NULL */
};

/* asks without adding a finding */
struct check_trial check_try(struct check *, const struct schema *, const struct where *);
/* searches for a pattern, at the cost of some steps */
enum match_answer check_match(struct check *, const struct match *, struct str);
/* asks about a value one level down */
void check_under(struct check *, const struct schema *, struct where *);
/* adds what a trial has seen to what is seen of the value at hand; NULL: nothing */
void check_see(struct check *, const struct marks *);
/* that the key or item of that number is seen; SIZE_MAX: all are */
void check_mark(struct check *, size_t index);
/* enters a schema: the scope within it */
const struct scope *check_scope(struct check *, const struct schema *);
/* what a reference of the schema leads to from here */
struct schema *check_referred(const struct check *, const struct schema *);
/* the source that a value's span is in */
struct source *check_source(const struct check *, const struct node *);

/* a value one level down */
struct where where_entry(const struct where *map, const struct node *entry);
struct where where_item(const struct where *list, const struct node *item, size_t index);
struct where where_of_key(const struct where *map, const struct node *entry);
/* its key, or one above it, says so */
bool where_secret(const struct check *, const struct where *);
/* the entry of a map; NULL if absent */
const struct node *where_get(struct check *, struct where *map, struct str key);
/* the place of its key; of an item without one, where it begins; of the whole, its beginning */
struct span where_key(const struct where *);
struct span where_value(const struct where *);
/* The words below are made for findings that are shown: while quiet they are empty. */

/* "'web.hosts[2]'", "the profile" */
const char *where_name(struct check *, const struct where *);
/* the same for a key in it: "'web.hosts'" */
const char *where_name_of(struct check *, const struct where *, struct str key);
/* JSON Pointer */
const char *where_pointer(struct check *, const struct where *);

/* "the integer 420, written 0644"; without the value when it is secret */
const char *say_value(struct check *, const struct where *);
/* the value in quotes and short, for texts that begin with it; NULL when it is secret or no scalar */
const char *say_short(struct check *, const struct where *);
/* a text cut to so many characters */
const char *say_cut(struct arena *, struct str, size_t points);
/* a map or list in one line, as flow style has it, cut at CHECK_SHOWN_MAX */
const char *say_flow(struct check *, const struct node *);
/* the first sentence of a description; NULL if there is none */
const char *say_description(struct check *, const struct schema *);
/* one of several forms in a few words: what it is for, or its type */
const char *say_form(struct check *, const struct schema *);
/* "a, b, c, ... 14 more"; what is added last decides nothing about the order */
void say_listed(struct buf *, size_t *n, struct str text);
const char *say_list_end(struct buf *, size_t n);

#endif
