/* SPDX-License-Identifier: Apache-2.0 */
/* The chart's values as text. The same values give the same bytes. */
#ifndef WBRENDER_SITE_WRITE_H
#define WBRENDER_SITE_WRITE_H

#include "site/values.h"

/* YAML: a header that names the program and the site, a comment for each section. The text belongs to the arena. */
struct str write_yaml(const struct profile *, const struct node *values, struct arena *);
/* JSON, indented, without comments */
struct str write_json(const struct node *values, struct arena *);

#endif
