/* SPDX-License-Identifier: Apache-2.0 */
/* The profile's `render.rules`: which objects each is for, and what it wants of them. */
#ifndef WBRENDER_SITE_RENDER_RULE_H
#define WBRENDER_SITE_RENDER_RULE_H

#include "base/diag.h"
#include "kube/object.h"

#include <stdint.h>

enum { RULES_MAX = 64 };              /* the schema's maxItems; a bit each in a mask */

struct rules;

/* Reads the rules of a profile, a tree without aliases that fits its schema. NULL if an error was added: a pattern or a selector is
   wrong. */
struct rules *rules_new(struct source *, const struct node *profile, struct arena *, struct diags *);
/* The rules that an object matches, bit 0 for the first; they are counted as matched. */
uint64_t rules_match(struct rules *, const struct object *);
/* What a rule wants of the object, of its pod template, of the pod's spec, of its containers and their security (the rule itself); NULL:
   nothing. */
struct rule_wants {
	const struct node *labels, *annotations, *pod_labels, *pod_annotations, *pod_spec, *containers, *security;
};
const struct rule_wants *rules_wants(const struct rules *, size_t index);
size_t rules_count(const struct rules *);
/* those of the matched rules that choose an SCC or a Pod Security Standard, ended by NULL */
void rules_security(const struct rules *, uint64_t matched, const struct node *ret[RULES_MAX + 1]);
/* is the container one that the rule is for? */
bool rules_has_container(const struct rules *, size_t index, const struct node *container);
/* Adds a finding for every rule that matched other than as many objects as it expects, with those it missed nearly. Warnings, or false
   if there were errors. */
bool rules_check(const struct rules *, bool allow_unmatched, struct diags *);
/* The fields of a pod's spec that `from`, a rule or the profile's `render` itself, wants; NULL when there are none. */
struct node *rules_pod_spec(struct arena *, const struct node *from);

#endif
