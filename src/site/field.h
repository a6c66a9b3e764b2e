/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of the site profile, as its schema has them: found by name, listed, described. */
#ifndef WBRENDER_SITE_FIELD_H
#define WBRENDER_SITE_FIELD_H

#include "yaml/node.h"

enum {
	FIELD_DEPTH_MAX = 16,         /* names in a path; deeper ones are not found */
	FIELD_PARTS = 64,         /* schemas that are put together for one field */
};

struct field {
	const char *path;             /* as people say it: "cluster.nodes.cpu" */
	const char *exact;            /* with lists and free names: "cluster.nodes[].cpu", "resourceProfiles.NAME.cpu" */
	const struct node *schema;    /* its entry under properties */
	bool required;                /* in the map that it stands in */
	const char *choice;           /* one of the values of its enum, when that was named too; else NULL */
	struct field *next;
};

/* The built-in schema of the profile, or of the values: the trees that the functions below walk through. */
const struct node *field_profile(void);
const struct node *field_values(void);
/* A field by its name, its parts joined by '.' or '/': lists with or without [N], free names as they are, as NAME, or left
   out. Behind a field with a fixed choice, one of its values. The last part alone will do where only one field has it.
   False if there is none. */
bool field_find(const struct node *root, struct str name, struct arena *, struct field *ret);
/* Those below a schema, in its order, each before those below it; depth: at most so many names deep. NULL if there are none.
   at: the field that the schema belongs to, NULL for the root. */
struct field *field_list(const struct node *root, const struct field *at, unsigned depth, struct arena *);
/* a keyword of the field itself or of what it refers to; NULL if there is none */
const struct node *field_keyword(const struct node *root, const struct node *schema, const char *keyword);

#endif
