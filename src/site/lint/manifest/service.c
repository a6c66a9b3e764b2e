/* SPDX-License-Identifier: Apache-2.0 */
/* What depends on the type of a Service. Source: pkg/apis/core/validation of Kubernetes, ValidateService. */
#include "site/lint/manifest/service.h"

#include "kube/text.h"

/* fields that only some types have */
static const struct {
	const char *field;
	bool node;                    /* NodePort has it, as LoadBalancer does */
} fields[] = {
	{ "allocateLoadBalancerNodePorts", false }, { "externalTrafficPolicy", true }, { "loadBalancerClass", false }, { "loadBalancerSourceRanges", false },
};

/* not null, and no empty text or list */
static bool
filled(const struct spot *s)
{
	return spot_given(s) && (s->node->kind == NODE_LIST ? s->node->first != NULL : s->node->kind != NODE_STRING || s->node->text.n > 0);
}

static void
fields_check(struct manifest *m, const struct spot *spec, struct str type)
{
	bool balancer = str_eq(type, STR("LoadBalancer")), node = str_eq(type, STR("NodePort"));
	struct spot outside = spot_get(spec, "externalIPs");

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct spot s = spot_get(spec, fields[i].field);

		/* external addresses make a Service reachable from outside too, in some versions */
		if (!balancer && !(node && fields[i].node) && filled(&s) && !(fields[i].node && filled(&outside))) {
			diag_help(m->diags, manifest_hit(m, "kube/service", &s, spot_key(&s), "a Service of type %.*s has no %s", STR_FMT(type), fields[i].field),
				fields[i].node ? "leave it out, or write type: LoadBalancer or NodePort" : "leave it out, or write type: LoadBalancer");
		}
	}
}

static void
ports_check(struct manifest *m, const struct spot *spec, struct str type)
{
	struct spot list = spot_get(spec, "ports"), address = spot_get(spec, "clusterIP"), addresses = spot_get(spec, "clusterIPs");
	bool headless = str_eq(spot_text(&address), STR("None"));
	size_t i = 0;

	if (!spot_items(&list) && !headless && !spot_given(&addresses) && (!spot_given(&list) || list.node->kind == NODE_LIST)) {
		diag_help(m->diags, manifest_hit(m, "kube/service", &list, spot_given(&list) ? spot_key(&list) : spot_key(spec), "the Service has no ports"),
			"only one with clusterIP: None, or of type ExternalName, can do without");
	}
	if (headless && !str_eq(type, STR("ClusterIP"))) {
		manifest_hit(m, "kube/service", &address, spot_value(&address), "a Service of type %.*s needs an address, not clusterIP: None", STR_FMT(type));
	}
	for (const struct node *item = str_eq(type, STR("ClusterIP")) ? spot_items(&list) : NULL; item; item = item->next) {
		struct spot port = spot_item(&list, item, i++), node = spot_get(&port, "nodePort");

		if (spot_text(&node).n > 0 && !str_eq(spot_text(&node), STR("0"))) {
			diag_help(m->diags, manifest_hit(m, "kube/service", &node, spot_key(&node), "a Service of type ClusterIP has no nodePort"),
				"leave it out, or write type: NodePort");
		}
	}
}

/* the name may end in a dot */
static void
name_check(struct manifest *m, const struct spot *spec)
{
	struct spot type = spot_get(spec, "type"), name = spot_get(spec, "externalName");
	struct str text = spot_text(&name);
	const char *wrong = text_subdomain(str_ends(text, STR(".")) ? str_slice(text, 0, text.n - 1) : text);

	if (text.n == 0 && (!spot_given(&name) || name.node->kind == NODE_STRING)) {
		manifest_hit(m, "kube/service", &name, spot_value(&type), "a Service of type ExternalName needs an externalName");
	} else if (wrong && name.node->kind == NODE_STRING) {
		manifest_hit(m, "kube/service", &name, spot_value(&name), "the externalName '%s' %s", manifest_cut(m, text),
			text_host(text) ? text_host(text) : wrong);
	}
}

void
service_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), type = spot_get(&spec, "type");
	struct spot affinity = spot_get(&spec, "sessionAffinity"), config = spot_get(&spec, "sessionAffinityConfig");
	struct str text = spot_text(&type).n > 0 ? spot_text(&type) : STR("ClusterIP");

	if (!str_eq(m->object->kind, STR("Service")) || m->object->group.n > 0 || !spec.node || spec.node->kind != NODE_MAP) {
		return;
	}
	if (str_eq(text, STR("ExternalName"))) {
		name_check(m, &spec);
	} else if (str_eq(text, STR("ClusterIP")) || str_eq(text, STR("NodePort")) || str_eq(text, STR("LoadBalancer"))) {
		ports_check(m, &spec, text);
		fields_check(m, &spec, text);
	}
	if (spot_given(&config) && !str_eq(spot_text(&affinity), STR("ClientIP"))) {
		diag_help(m->diags, manifest_hit(m, "kube/service", &config, spot_key(&config), "sessionAffinityConfig needs sessionAffinity: ClientIP"),
			"write that, or leave it out");
	}
}
