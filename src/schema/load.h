/* SPDX-License-Identifier: Apache-2.0 */
/* A user's schema file: read, checked against its metaschema, compiled; and values checked against it for both Helms. */
#ifndef WBRENDER_SCHEMA_LOAD_H
#define WBRENDER_SCHEMA_LOAD_H

#include "schema/schema.h"
#include "schema/valid.h"

/* a schema file as one Helm takes it, and as the other does where that may differ */
struct loaded {
	const struct schema *schema;  /* NULL: it cannot be used, and errors were added */
	const struct schema *other;   /* as Helm 3 up to 3.18.4 takes it, or Helm 4 under helm 3; NULL: no difference is possible */
	const char *other_refuses;    /* the other Helm refuses the schema, for this reason; else NULL */
	unsigned helm;
};

/* Reads, checks and compiles the text of a schema file. False if an error was added; if there is an `other`, values may still be
   checked, for the warning that it takes them. */
bool load_schema(struct loaded *, struct arena *, struct source *, const struct schema_options *, struct diags *);
/* the same of a tree that has been read (schema/text.h) */
bool load_tree(struct loaded *, struct arena *, struct source *, const struct node *root, const struct schema_options *,
	struct diags *);
/* Values against it. Where the other Helm would come to another verdict, a warning says so. True if no error was added. */
bool load_check(const struct loaded *, struct source *, const struct node *flat, const struct valid_how *, struct diags *);
/* Takes out the warnings of words and numbers that Helm reads otherwise where an error says what comes of it: that is one
   finding. load_check does it. */
void load_settle(struct diags *);

#endif
