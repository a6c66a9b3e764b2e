/* SPDX-License-Identifier: Apache-2.0 */
/* The large test data, which a test reads where SHARED names its folder. */
#ifndef WBRENDER_TESTS_SHARED_H
#define WBRENDER_TESTS_SHARED_H

#include "yaml/node.h"

/* false: there is no such file, or no shared data at all */
bool shared_read(struct source *, struct arena *, const char *name);
/* a JSON value, with the surrogate pairs that YAML does not know; NULL if it cannot be read. *src must live as long */
const struct node *shared_json(struct source *src, struct arena *, struct str text);

#endif
