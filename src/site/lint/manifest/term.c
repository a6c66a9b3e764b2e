/* SPDX-License-Identifier: Apache-2.0 */
/* What the terms of selectors, affinity and topology spread may say. Sources: pkg/apis/core/validation of Kubernetes, and of its apimachinery
   pkg/apis/meta/v1/validation, ValidateLabelSelectorRequirement. */
#include "site/lint/manifest/term.h"

#include "kube/text.h"
#include "yaml/scalar.h"

#include <stdint.h>

enum { WEIGHT_MAX = 100 };

/* key, operator, values */
static void
requirement_check(struct manifest *m, const struct spot *s)
{
	struct spot key = spot_get(s, "key"), operator = spot_get(s, "operator"), values = spot_get(s, "values");
	struct str word = spot_text(&operator);
	bool in = str_eq(word, STR("In")) || str_eq(word, STR("NotIn")), exists = str_eq(word, STR("Exists")) || str_eq(word, STR("DoesNotExist"));
	bool order = str_eq(word, STR("Gt")) || str_eq(word, STR("Lt"));
	const char *wrong = key.node && key.node->kind == NODE_STRING ? text_label_key(spot_text(&key)) : NULL;
	const struct node *first = spot_items(&values);

	if (wrong) {
		manifest_hit(m, "kube/term", &key, spot_value(&key), "the label key '%s' %s", manifest_cut(m, spot_text(&key)), wrong);
	}
	if (spot_given(&values) && values.node->kind != NODE_LIST) {
		return;
	}
	if (in && !first) {
		diag_help(m->diags, manifest_hit(m, "kube/term", &values, spot_given(&values) ? spot_key(&values) : spot_value(&operator),
			"operator %.*s needs values", STR_FMT(word)), "write values: [...], or operator: %s", str_eq(word, STR("In")) ? "Exists" : "DoesNotExist");
	} else if (exists && first) {
		diag_help(m->diags, manifest_hit(m, "kube/term", &values, spot_key(&values), "operator %.*s takes no values", STR_FMT(word)),
			"leave them out, or write operator: %s", str_eq(word, STR("Exists")) ? "In" : "NotIn");
	} else if (order && (!first || first->next)) {
		manifest_hit(m, "kube/term", &values, spot_given(&values) ? spot_key(&values) : spot_value(&operator), "operator %.*s needs one value",
			STR_FMT(word));
	}
}

static void
number_check(struct manifest *m, const struct spot *s, double most)
{
	double number;

	if (s->node && s->node->kind == NODE_INT && scalar_double(s->node->text, &number) && (number < 1 || number > most)) {
		manifest_hit(m, "kube/term", s, spot_value(s), most == WEIGHT_MAX ? "%s is %s, 1 to 100 is wanted" : "%s is %s, 1 or more is wanted",
			spot_path(m->diags->arena, s), spot_say(m, s));
	}
}

static void
key_check(struct manifest *m, const struct spot *s)
{
	const char *wrong = s->node && s->node->kind == NODE_STRING ? text_label_key(spot_text(s)) : NULL;

	if (wrong) {
		diag_help(m->diags, manifest_hit(m, "kube/term", s, spot_value(s), "the topologyKey '%s' %s", manifest_cut(m, spot_text(s)), wrong),
			"write such as kubernetes.io/hostname or topology.kubernetes.io/zone");
	}
}

void
term_check(struct manifest *m, const struct spot *s)
{
	struct str type = kube_name(s->type->name);

	if (str_ends(type, STR(".LabelSelectorRequirement")) || str_ends(type, STR(".NodeSelectorRequirement"))) {
		requirement_check(m, s);
	} else if (str_ends(type, STR(".PreferredSchedulingTerm")) || str_ends(type, STR(".WeightedPodAffinityTerm"))) {
		struct spot weight = spot_get(s, "weight");

		number_check(m, &weight, WEIGHT_MAX);
	} else if (str_ends(type, STR(".PodAffinityTerm")) || str_ends(type, STR(".TopologySpreadConstraint"))) {
		struct spot skew = spot_get(s, "maxSkew"), key = spot_get(s, "topologyKey");

		number_check(m, &skew, INT32_MAX);
		key_check(m, &key);
	}
}
