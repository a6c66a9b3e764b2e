/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Schema compiled once: references resolved, patterns built, every keyword read by its draft. */
#ifndef WBRENDER_SCHEMA_SCHEMA_H
#define WBRENDER_SCHEMA_SCHEMA_H

#include "base/diag.h"
#include "base/table.h"
#include "yaml/node.h"

struct format;
struct match;
struct resource;
struct store;

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

/* built-in schemas are not named as a place in findings, and nothing is said about them */
enum schema_origin { SCHEMA_FILE, SCHEMA_BUILTIN };

/* how a schema is read; zeroed: as Helm 4 reads a chart's values.schema.json */
struct schema_options {
	unsigned helm;                /* 3: as Helm up to 3.18.4 reads it; 4 or 0: as Helm 4 and later Helm 3 do */
	unsigned draft;               /* where no $schema says it (schema/draft.h); 0: as Helm takes it */
	enum schema_origin origin;
	bool meta;                    /* it is a metaschema: formats are asserted in every draft */
	struct store *store;          /* where references to other files lead (schema/store.h); NULL: to the metaschemas only */
};

/* what all parts of one compiled schema have in common */
struct schema_set {
	unsigned helm;
	enum schema_origin origin;
	bool dynamic;                 /* a reference depends on how it was reached */
	bool differs;                 /* the other Helm may come to another verdict */
};

/* a schema with a URI of its own, and what dynamic references find in it */
struct schema_resource {
	struct str uri;
	struct table dynamic;         /* names of $dynamicAnchor to struct schema */
	struct schema *recursive;     /* the whole of it, when it says $recursiveAnchor: true */
};

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

/* what a key demands when it is there: other keys, or a schema for the whole map */
struct schema_need {
	struct str name;
	const char *keyword;
	struct schema_names names;
	struct schema *schema;
	struct schema_need *next;
};

/* One schema or subschema. It does not change once compiled. */
struct schema {
	const struct schema_set *set;
	const struct schema_resource *resource;
	struct source *src;           /* NULL: built in */
	const struct node *node;      /* as written */
	const struct schema *up;      /* the schema around it; NULL: the whole */
	struct str keyword, name;     /* where it stands in that: "properties", "web"; "items", empty; or a pointer and empty */
	bool never;                   /* written as false */
	unsigned types;
	const struct node *title, *description, *fallback, *examples;
	struct schema *ref;
	struct str ref_text;
	struct str dynamic;           /* ref is only where to go when no schema on the way has this $dynamicAnchor */
	bool recursive;               /* the same for $recursiveAnchor */
	const struct node *constant, *choices;
	struct str constant_canon;
	struct table by_choice;       /* texts of canon.h to the nodes of `enum` */
	struct schema_prop *props;
	struct table by_name;         /* of struct schema_prop */
	struct schema_pattern *patterns;
	struct schema *others, *names, *none, *condition, *then, *otherwise;
	struct schema_list first;     /* of the first items of a list; then `items` is for those behind them */
	struct schema *items, *more_items, *contains;
	struct schema *unseen_props, *unseen_items;
	struct schema_list all, any, one;
	struct schema_names required;
	struct schema_need *needs;
	size_t min_props, max_props, min_items, max_items, min_length, max_length, min_contains, max_contains;
	bool unique;
	bool contains_sees;           /* what `contains` fits counts as seen for `unevaluatedItems` */
	const struct match *pattern;
	struct str pattern_text;
	const struct format *format;  /* NULL also for one that this Helm does not know */
	bool format_only_said;        /* as a remark: what does not fit is a warning */
	const struct node *minimum, *maximum, *above, *below, *multiple;
	/* while compiling */
	struct resource *home;
	bool used;                    /* reached from the whole, not only written in it */
	bool read;
	struct schema *made;          /* the one made before */
	struct schema *queued;        /* the one to be read after this one */
	struct schema *back;          /* the way into a walk along references */
	size_t cursor;
	unsigned char walked;
};

/* The schema of a tree without aliases (schema/text.h reads one, with its place); it and its source must outlive the result.
   NULL if an error was added: every one is about the schema, with its place. Its metaschema is not asked: schema/load.h. */
const struct schema *schema_compile(struct arena *, struct source *, const struct node *root, const struct schema_options *,
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
