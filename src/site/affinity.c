/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the affinity that a rule wants. */
#include "site/affinity.h"

#include "site/short.h"
#include "yaml/edit.h"

struct node *
affinity_wants(struct arena *a, struct source *src, const struct node *from, struct diags *diags)
{
	struct node *value = short_affinity(a, src, from, diags);
	const struct node *required = node_at(value, STR("/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution"));
	struct node *terms = node_get(required, STR("nodeSelectorTerms"));

	if (terms && terms->first && terms->first->next) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "profile/affinity", src, terms->first->next->span,
			"a rule's affinity has %zu nodeSelectorTerms, one is wanted", node_count(terms));

		diag_help(diags, diag, "say either by one term, as in 'zone in (a,b)'");
		diag_note(diags, diag, "what a rule requires is added to every term that pods have already");
		return NULL;
	}
	if (terms) {
		terms->text = EDIT_EVERY;
	}
	return value;
}
