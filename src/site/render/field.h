/* SPDX-License-Identifier: Apache-2.0 */
/* The fields of rules, and of `render` itself, that change objects: one row each in one table. To add one: a row, its function here or in a
   file of its own, its place in schemas/site-profile.schema.json and man/wbrender-profile.5, and a folder testdata/edits/FIELD. */
#ifndef WBRENDER_SITE_RENDER_FIELD_H
#define WBRENDER_SITE_RENDER_FIELD_H

#include "site/render/want.h"

/* what of an object a field is about */
enum field_part {
	FIELD_OBJECT = 1,
	FIELD_INHERIT = 2,            /* the object, and its pod templates unless `inherit` is false */
	FIELD_POD = 4,                /* its pod templates */
	FIELD_CONTAINER = 8,          /* the containers that the rule is for */
	FIELD_CONTAINERS = 16,        /* all of them, those for the start and for looking in too */
};

/* Adds what a field wants to a map of wanted data: of the object, of the pod template, or of the container; false if an error was added. */
typedef bool field_wants(const struct want_of *, const struct node *value, struct node *into);

struct field {
	const char *name;
	enum field_part part;
	bool looks;                   /* what it wants depends on what is there */
	const char *to;               /* where its value goes; NULL: its function knows */
	field_wants *wants;           /* NULL: as it is */
	bool bare;                    /* {} says something too */
};
extern const struct field fields[];   /* the last one has no name */

/* Adds what all fields of `from` want that are about one of these parts and look at what is there, or do not. False if an error was added. */
bool fields_put(const struct want_of *, unsigned parts, bool looks, unsigned by, struct node *into);
/* Does a field say anything? Its value is not NULL. */
bool field_says(const struct field *, const struct node *value);
/* has `from` such a field? */
bool fields_any(const struct node *from, unsigned parts, bool looks);

#endif
