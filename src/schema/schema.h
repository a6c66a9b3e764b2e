/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Schema compiled once: references resolved, patterns built, unknown keywords refused. */
#ifndef WBRENDER_SCHEMA_SCHEMA_H
#define WBRENDER_SCHEMA_SCHEMA_H

#include "base/diag.h"
#include "base/table.h"
#include "yaml/node.h"

struct match;

/* what a `type` allows, as bits; none: anything */
enum {
	SCHEMA_NULL = 1 << 0,
	SCHEMA_BOOLEAN = 1 << 1,
	SCHEMA_INTEGER = 1 << 2,
	SCHEMA_NUMBER = 1 << 3,
	SCHEMA_STRING = 1 << 4,
	SCHEMA_LIST = 1 << 5,
	SCHEMA_MAP = 1 << 6,
	SCHEMA_ANY = (1 << 7) - 1,
};

/* built-in schemas are not named as a place in findings */
enum schema_origin { SCHEMA_FILE, SCHEMA_BUILTIN };

struct schema_list {
	struct schema **items;
	size_t n;
};

struct schema_prop {
	struct str name;
	struct schema *schema;
	struct schema_prop *next;     /* in the order written */
};

struct schema_pattern {
	struct str text;
	const struct match *match;
	struct schema *schema;
	struct schema_pattern *next;
};

/* names, in the order written */
struct schema_names {
	struct str *items;
	size_t n;
};

/* One schema or subschema. It does not change once compiled. Keywords beside a $ref count, as from draft 2019-09 on. */
struct schema {
	struct source *src;           /* NULL: built in */
	const struct node *node;      /* as written */
	const struct schema *up;      /* the schema around it; NULL: the whole */
	struct str keyword, name;     /* where it stands in that: "properties", "web"; "items", empty */
	bool never;                   /* written as false */
	unsigned types;
	const struct node *title, *description, *fallback, *examples;
	struct schema *ref;
	struct str ref_text;
	const struct node *constant, *choices;
	struct str constant_canon;
	struct table by_choice;       /* texts of canon.h to the nodes of `enum` */
	struct schema_prop *props;
	struct table by_name;         /* of struct schema_prop */
	struct schema_pattern *patterns;
	struct schema *others, *names, *items, *none, *condition, *then, *otherwise;
	struct schema_list all, any, one;
	struct schema_names required;
	size_t min_props, max_props, min_items, max_items, min_length, max_length;
	bool unique;
	const struct match *pattern;
	struct str pattern_text;
	const struct node *minimum, *maximum, *above, *below, *multiple;
	/* while compiling */
	struct schema *made;          /* the one made before */
	struct schema *queued;        /* the one to be read after this one */
	struct schema *back;          /* the way into a walk along references */
	size_t cursor;
	unsigned char walked;
};

/* The schema of a parsed document; it and its source must outlive the result. NULL if an error was added: every one is
   about the schema, with its place. */
const struct schema *schema_compile(struct arena *, struct source *, const struct node *root, enum schema_origin,
	struct diags *);
/* A schema with a $ref by which it would ask itself about the same value for ever; NULL if there is none. For the compiler:
   last and those made before it. */
const struct schema *schema_loop(struct schema *last);
/* the types that a value can have, through $ref and allOf */
unsigned schema_types(const struct schema *);
/* the schema that lists a key, through $ref, allOf, anyOf and oneOf; NULL if none does */
const struct schema *schema_prop(const struct schema *, struct str key);
/* "a number or a string": types as people say them */
const char *schema_types_text(struct arena *, unsigned types);
/* "FILE:LINE:COLUMN (/properties/web/type)"; NULL for a built-in schema */
const char *schema_place(const struct schema *, const char *keyword, struct arena *);

#endif
