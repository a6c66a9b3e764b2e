/* SPDX-License-Identifier: Apache-2.0 */
/* What YAML allows and people do not mean. */
#ifndef WBRENDER_YAML_CHECK_H
#define WBRENDER_YAML_CHECK_H

#include "base/diag.h"
#include "yaml/parse.h"

/* Adds a finding for every key that its map has already. True if it added none. */
bool yaml_check_keys(struct source *, const struct node *root, enum diag_level, struct diags *);

/* false, with an error, when a key of the document begins with '---': to YAML "---apiVersion: v1" is one key; kubectl and Helm 4 refuse it,
   Helm's templates allow it */
bool yaml_check_separator(struct source *, const struct doc *, struct diags *);

#endif
