/* SPDX-License-Identifier: Apache-2.0 */
/* The profile's `render.rules`: which objects each is for, and what it wants of them. */
#ifndef WBRENDER_SITE_RENDER_RULE_H
#define WBRENDER_SITE_RENDER_RULE_H

#include "base/diag.h"
#include "kube/pod.h"

#include <stdint.h>

enum { RULES_MAX = 64 };              /* the schema's maxItems; a bit each in a mask */

struct rules;

/* Reads the rules of a profile, a tree without aliases that fits its schema. NULL if an error was added: a pattern or a selector is
   wrong. */
struct rules *rules_new(struct source *, const struct node *profile, struct arena *, struct diags *);
/* The rules that an object matches, bit 0 for the first; they are counted as matched. The object's pod templates: kube/pod.h. */
uint64_t rules_match(struct rules *, const struct object *, const struct pod_place *, size_t n);
/* Adds an error for each pattern that was too costly for a text: whether that matches is not known. True if there was none. */
bool rules_tell(const struct rules *, struct diags *);
/* The conditions of a rule that do not hold for an object, and what it has instead; empty where that is not one text. */
enum { RULE_CONDITIONS = 8 };
struct rule_misses {
	const char *fields[RULE_CONDITIONS];
	struct str is[RULE_CONDITIONS];
	size_t n;
};
void rules_misses(const struct rules *, size_t index, const struct object *, const struct pod_place *, size_t n, struct rule_misses *ret);

/* who wants something, as node.by: the profile's `render` itself, a rule by its number, or what the profile says of its storage */
enum { RENDER_BY = 1, STORAGE_BY = 2, RULES_BY = 3 };
/* What a rule, or `render` itself, wants: of the object; of its pod templates, as the object's inherited and on their own. What depends on what is
   there is left to fields_put. */
struct rule_wants {
	const struct node *from;
	unsigned by;
	struct node *object, *inherited, *pod;
	bool looks_at_object, looks_at_pod, containers;       /* it has fields that look at these */
	const struct node *security;  /* the rule, where it chooses an SCC or a standard; else NULL */
};
/* false if an error was added */
bool rules_read_wants(struct arena *, struct source *, const struct node *from, unsigned by, struct rule_wants *ret, struct diags *);
const struct rule_wants *rules_wants(const struct rules *, size_t index);
size_t rules_count(const struct rules *);
/* those of the matched rules that choose an SCC or a Pod Security Standard, ended by NULL */
void rules_security(const struct rules *, uint64_t matched, const struct node *ret[RULES_MAX + 1]);
/* is the container one that the rule is for? */
bool rules_has_container(const struct rules *, size_t index, const struct node *container);
struct str rules_name(const struct rules *, size_t index);
/* the rule as the profile has it */
const struct node *rules_node(const struct rules *, size_t index);
/* how many objects a rule has matched, how many of them have pods, and how many it expects; stated: in the profile */
struct rule_tally {
	size_t least, most, matched, with_pods;
	bool stated;
};
struct rule_tally rules_tally(const struct rules *, size_t index);
/* does a rule's condition on the kind hold for that one? */
bool rules_fit_kind(const struct rules *, size_t index, struct str kind);
/* the first rule of that name from an index on; SIZE_MAX: there is none */
size_t rules_named(const struct rules *, struct str name, size_t from);

#endif
