/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses and ports of NetworkPolicies. Source: pkg/apis/networking/validation of Kubernetes, ValidateIPBlock and ValidateNetworkPolicyPort. */
#include "site/lint/manifest/network.h"

#include "yaml/scalar.h"

/* A block of addresses: only what cannot be one is found fault with. */
static void
block_check(struct manifest *m, const struct spot *peer)
{
	struct spot block = spot_get(peer, "ipBlock"), cidr = spot_get(&block, "cidr");
	struct str text = spot_text(&cidr);
	size_t slash = str_find(text, '/', 0), bits, most = str_find(text, ':', 0) < slash ? 128 : 32;

	if (!spot_given(&cidr) || cidr.node->kind != NODE_STRING) {
		return;
	}
	if (slash == text.n) {
		diag_help(m->diags, manifest_hit(m, "kube/network-policy", &cidr, spot_value(&cidr), "the cidr '%s' has no length", manifest_cut(m, text)),
			"one address alone is /%zu", most);
	} else if (!str_number(str_slice(text, slash + 1, text.n), most, &bits)) {
		manifest_hit(m, "kube/network-policy", &cidr, spot_value(&cidr), "the length of the cidr '%s' is no number from 0 to %zu",
			manifest_cut(m, text), most);
	}
}

static bool
number_of(const struct spot *s, double *ret)
{
	return s->node && s->node->kind == NODE_INT && scalar_double(s->node->text, ret);
}

static void
range_check(struct manifest *m, const struct spot *port)
{
	struct spot first = spot_get(port, "port"), last = spot_get(port, "endPort");
	double from, to;

	if (!number_of(&last, &to)) {
		return;
	}
	if (!number_of(&first, &from)) {
		manifest_hit(m, "kube/network-policy", &last, spot_key(&last), "an endPort needs a port that is a number");
	} else if (to < from) {
		manifest_hit(m, "kube/network-policy", &last, spot_value(&last), "the endPort %.*s is below the port %.*s", STR_FMT(spot_text(&last)),
			STR_FMT(spot_text(&first)));
	}
}

static void
rules_check(struct manifest *m, const struct spot *rules, const char *key)
{
	size_t i = 0;

	for (const struct node *item = spot_items(rules); item; item = item->next) {
		struct spot rule = spot_item(rules, item, i++), peers = spot_get(&rule, key), ports = spot_get(&rule, "ports");
		size_t n = 0;

		for (const struct node *p = spot_items(&peers); p; p = p->next) {
			struct spot peer = spot_item(&peers, p, n++);

			block_check(m, &peer);
		}
		n = 0;
		for (const struct node *p = spot_items(&ports); p; p = p->next) {
			struct spot port = spot_item(&ports, p, n++);

			range_check(m, &port);
		}
	}
}

void
network_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec");
	struct spot in = spot_get(&spec, "ingress"), out = spot_get(&spec, "egress");

	if (str_eq(m->object->kind, STR("NetworkPolicy")) && str_eq(m->object->group, STR("networking.k8s.io"))) {
		rules_check(m, &in, "from");
		rules_check(m, &out, "to");
	}
}
