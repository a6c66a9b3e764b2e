/* SPDX-License-Identifier: Apache-2.0 */
/* Texts read to their end at once. */
#ifndef WBRENDER_YAML_STREAM_H
#define WBRENDER_YAML_STREAM_H

#include "yaml/parse.h"

/* the whole stream at once; false if an error was added */
bool parse(struct source *, struct arena *, struct doc **ret_docs, struct diags *);
/* a text that must be one document at most; *ret_root is NULL when it is empty,
   the first where there are several; false if an error was added */
bool parse_one(struct source *, struct arena *, struct node **ret_root, struct diags *);

#endif
