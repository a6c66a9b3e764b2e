/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the compiler share: the schemas made so far, by node and by URI. */
#ifndef WBRENDER_SCHEMA_COMPILER_H
#define WBRENDER_SCHEMA_COMPILER_H

#include "base/arena.h"
#include "schema/draft.h"
#include "schema/schema.h"

enum {
	COMPILER_CHOICES_MAX = 1000000,  /* nodes in all const and enum of one schema */
	COMPILER_FILES_MAX = 1000,       /* schema files that one schema leads to */
};

/* the URI that Helm gives to values.schema.json */
#define COMPILER_BASE "file:///values.schema.json"

/* a schema with a URI of its own, while it is compiled */
struct resource {
	struct schema_resource open;
	struct source *src;           /* NULL: built in */
	struct dialect dialect;
	struct schema *whole;
	struct table anchors;         /* names to struct schema */
	bool used;
	struct resource *next;
};

struct compiler {
	struct arena *arena;
	struct diags *diags;
	const struct schema_options *options;
	struct schema_set *set;
	struct table by_node;         /* address of a node to its struct schema */
	struct table by_uri;          /* of struct resource */
	struct table by_name;         /* of struct keyword */
	struct table dialects;        /* by the URI of a metaschema */
	struct table patterns;        /* texts to what was made of them */
	struct table formats;         /* names of formats that something has been said about */
	struct table maps;            /* address of a large map to the table of its entries */
	struct resource *resources;
	struct schema *last;          /* the one made last, and through it all of them */
	struct schema *first, **end;  /* those still to be read */
	size_t files, canon_work, suggest_work;
};

/* adds an error: a keyword has a value of a wrong kind */
void compiler_refuse(struct compiler *, const struct schema *, const struct node *value, const char *keyword, const char *wanted);
/* the keyword of that name in the schema's dialect; NULL if it has none */
const struct keyword *compiler_keyword(struct compiler *, const struct schema *, struct str name);
/* the schema made for a node; NULL if none was */
struct schema *compiler_at(const struct compiler *, const struct node *);
/* that the schema counts, and has to be read */
void compiler_use(struct compiler *, struct schema *);

/* Makes the schemas of a document, and the resources within it. base: its URI. NULL if an error was added. */
struct resource *resource_add(struct compiler *, struct source *, const struct node *root, struct str base,
	const struct dialect *without_schema);
/* makes the schemas within a node that is not known as a schema, for a reference leads there */
struct schema *resource_extend(struct compiler *, const struct node *, const struct schema *up, struct str pointer);

/* what a reference leads to */
struct referred {
	struct schema *schema;        /* NULL: nothing */
	struct str anchor;            /* its name, when it was reached by one */
	bool ignored;                 /* nothing, and Helm takes it as true */
};

/* follows the reference that is the value of a keyword; what is wrong with it is added */
struct referred refer(struct compiler *, struct schema *, const struct node *value, struct str text);

/* The pattern that a node's text is, for values or for keys; NULL if Helm cannot use it: then an error was added, or a warning
   where Helm never looks at it. */
const struct match *keyword_pattern(struct compiler *, const struct schema *, const struct node *, bool of_keys);
/* reads `format` into the schema */
void keyword_format(struct compiler *, struct schema *, const struct node *value);
/* reads one keyword into the schema */
void keyword_read(struct compiler *, struct schema *, const struct keyword *, const struct node *value);

#endif
