/* SPDX-License-Identifier: Apache-2.0 */
/* Syntax errors in words for people: what the reader met, where, and what is likely meant. */
#ifndef WBRENDER_YAML_PROBLEM_H
#define WBRENDER_YAML_PROBLEM_H

#include "base/diag.h"

struct problem {
	const char *text, *context;   /* libyaml's words; context may be NULL */
	size_t at, context_at;        /* bytes in the source */
};

void problem_add(struct diags *, struct source *, const struct problem *);
/* false, with a finding, when the text begins like UTF-16 or UTF-32 */
bool problem_encoding(struct diags *, struct source *);

#endif
