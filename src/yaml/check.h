/* SPDX-License-Identifier: Apache-2.0 */
/* What YAML allows and people do not mean. */
#ifndef WBRENDER_YAML_CHECK_H
#define WBRENDER_YAML_CHECK_H

#include "base/diag.h"
#include "yaml/node.h"

/* Adds a finding for every key that its map has already. True if it added none. */
bool yaml_check_keys(struct source *, const struct node *root, enum diag_level, struct diags *);

#endif
