/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the affinity that a rule wants. */
#include "site/affinity.h"

#include "site/short.h"
#include "yaml/edit.h"

#include <string.h>

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

struct node *
affinity_products(struct arena *a, struct source *src, const struct node *gpu, const char *vendor, struct diags *diags)
{
	const struct node *products = node_get(gpu, STR("product"));
	struct buf selector = { .arena = a };

	if (strcmp(vendor, "nvidia") != 0) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "profile/affinity", src, products->key->span,
			"'product' is for GPUs of nvidia, the vendor is %s", vendor);

		diag_help(diags, diag, "name a label of its nodes in the rule's affinity");
		return NULL;
	}
	for (const struct node *item = products->kind == NODE_LIST ? products->first : products; item; item = products->kind == NODE_LIST ? item->next : NULL) {
		buf_add(&selector, selector.n == 0 ? STR("nvidia.com/gpu.product in (") : STR(","));
		buf_add(&selector, item->text);
	}
	buf_byte(&selector, ')');
	return affinity_wants(a, src, short_node(a, NODE_STRING, buf_str(&selector), products), diags);
}
