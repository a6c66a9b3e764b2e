/* SPDX-License-Identifier: Apache-2.0 */
/* What is likely not meant in rules that are right by their form: a match that hits nothing, a rule that can change nothing. */
#ifndef WBRENDER_SITE_RENDER_DOUBT_H
#define WBRENDER_SITE_RENDER_DOUBT_H

#include "site/render/rule.h"

/* a text of a rule's match */
struct doubt {
	const struct node *at;
	const char *text, *help;      /* as of a finding */
	const char *fix;              /* the only right text for the place, or NULL */
};

enum { DOUBTS = 16 };             /* of one rule */

/* What is likely not meant in a rule's match, in its order; how many. profile: for the kinds in its podPaths. */
size_t doubt_match(struct arena *, const struct node *profile, const struct node *rule, struct doubt ret[DOUBTS]);
/* What a rule's `set` writes that Kubernetes does not know: a field that the kind has not, a value of another type (aim.c). As above. */
size_t doubt_set(struct arena *, const struct node *profile, const struct node *rule, struct doubt ret[DOUBTS]);
/* The same of the fields that hold what Kubernetes has: security contexts, resources, topologySpreadConstraints, dnsConfig. */
size_t doubt_fields(struct arena *, const struct node *profile, const struct node *rule, struct doubt ret[DOUBTS]);
/* Has the rule no field that changes anything? */
bool doubt_changes_nothing(const struct node *rule);
/* Has the rule nothing that would change an object? Not where it only checks how many there are, by an `expect` that may fail. */
bool doubt_idle(const struct rules *, size_t index);
/* the finding about that */
void doubt_tell_idle(const struct rules *, size_t index, struct source *profile, struct diags *);
/* The fields of a rule that are for pods and their containers, "'gpu' and 'env'"; NULL: there are none. ret_first: the value of the first. */
const char *doubt_pod_fields(struct arena *, const struct node *rule, const struct node **ret_first, size_t *ret_n);
/* Adds a warning for each of these in the rules of a profile, and for a name that two of them have. */
void doubt_rules(const struct rules *, struct source *, const struct node *profile, struct diags *);

#endif
