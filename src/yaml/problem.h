/* SPDX-License-Identifier: Apache-2.0 */
/* Syntax errors in words for people: what the reader met, where, and what is likely meant. */
#ifndef WBRENDER_YAML_PROBLEM_H
#define WBRENDER_YAML_PROBLEM_H

#include "base/diag.h"
#include "yaml/node.h"

struct problem {
	const char *text, *context;   /* libyaml's words; context may be NULL */
	size_t at, context_at;        /* bytes in the source */
};

void problem_add(struct diags *, struct source *, const struct problem *);
/* false, with a finding, when the text begins like UTF-16 or UTF-32 */
bool problem_encoding(struct diags *, struct source *);
/* an alias of no anchor, or of the node that holds it */
void problem_alias(struct diags *, struct source *, struct span, struct str name, const struct node *holder);
/* false, with a finding, when a byte order mark stands in a part of the text that holds no scalars */
bool problem_bom(struct diags *, struct source *, struct span part);
/* false, with a finding, when a scalar or an alias of one is the value of a merge key, where Helm's reader (go-yaml) wants a map or a list of maps */
bool problem_merge(struct diags *, struct source *, const struct node *value);

#endif
