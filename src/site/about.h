/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to say about a field of the profile beyond its schema's own words. */
#ifndef WBRENDER_SITE_ABOUT_H
#define WBRENDER_SITE_ABOUT_H

#include "site/field.h"

struct page {
	const char *path;             /* the field that it is about, and those below it */
	const char *title, *url;      /* of the vendor, or of Kubernetes or Helm where it is about these */
};

/* What a value must be: a line, and lines indented below it where there are several forms. No line break at the end. */
const char *about_type(const struct node *root, const struct node *schema, struct arena *);
/* where it goes: a key of values.yaml, or what else becomes of it */
const char *about_goes(const struct field *, struct arena *);
/* the page to read on it; NULL if there is none */
const struct page *about_page(const struct field *);
/* a value of the field, such as one of its examples, in the maps and lists that it stands in */
struct node *about_placed(const struct field *, const struct node *value, struct arena *);

#endif
