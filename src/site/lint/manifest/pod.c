/* SPDX-License-Identifier: Apache-2.0 */
/* Volumes, tolerations and restart policy of a pod template, and whether its workload selects it. */
#include "site/lint/manifest/pod.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "kube/text.h"
#include "site/lint/manifest/conform.h"
#include "site/lint/manifest/container.h"
#include "site/lint/manifest/metadata.h"
#include "site/lint/manifest/room.h"
#include "site/lint/manifest/scc.h"

/* Puts the names of a list's items into a table; adds findings for those that come twice or have another form than a DNS label. */
static void
volumes_check(struct manifest *m, const struct spot *list, struct table *names)
{
	size_t i = 0;

	for (const struct node *item = spot_items(list); item; item = item->next) {
		struct spot volume = spot_item(list, item, i++), name = spot_get(&volume, "name");
		const struct node *first = NULL, *second = NULL;
		const char *wrong = spot_text(&name).n > 0 ? text_label(spot_text(&name)) : NULL;
		struct node *before = spot_text(&name).n > 0 ? table_put(names, spot_text(&name), node_real(item)) : NULL;

		if (wrong) {
			manifest_hit(m, "kube/name", &name, spot_value(&name), "the volume's name '%s' %s", manifest_cut(m, spot_text(&name)), wrong);
		}
		if (before) {
			diag_relate(m->diags, manifest_hit(m, "kube/duplicate-name", &name, spot_value(&name), "there are two volumes '%s'",
				manifest_cut(m, spot_text(&name))), m->src, node_get(before, STR("name"))->span, "the first is here");
		}
		for (const struct node *entry = spot_entries(&volume); entry; entry = entry->next) {
			if (node_real(entry)->kind != NODE_NULL && !str_eq(node_real(entry->key)->text, STR("name"))) {
				second = first && !second ? entry : second;
				first = first ? first : entry;
			}
		}
		if (second) {
			struct spot s = spot_entry(&volume, second);

			manifest_hit(m, "kube/volume-source", &s, second->key->span, "the volume '%s' has two sources, '%s' and '%s'",
				manifest_cut(m, spot_text(&name)), manifest_cut(m, node_real(first->key)->text), manifest_cut(m, s.name));
		}
	}
}

/* a StatefulSet's claims are volumes too */
static void
claims(const struct object *o, struct table *names)
{
	const struct node *list = node_get(node_get(node_real(o->node), STR("spec")), STR("volumeClaimTemplates"));

	for (const struct node *item = list && list->kind == NODE_LIST ? list->first : NULL; item; item = item->next) {
		struct str name = node_text(node_get(node_real(item), STR("metadata")), STR("name"));

		if (name.n > 0) {
			table_put(names, name, node_real(item));
		}
	}
}

/* https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration */
static void
tolerations_check(struct manifest *m, const struct spot *list)
{
	size_t i = 0;

	for (const struct node *item = spot_items(list); item; item = item->next) {
		struct spot toleration = spot_item(list, item, i++), key = spot_get(&toleration, "key");
		struct spot operator = spot_get(&toleration, "operator"), value = spot_get(&toleration, "value");
		struct spot seconds = spot_get(&toleration, "tolerationSeconds"), effect = spot_get(&toleration, "effect");
		bool exists = str_eq(spot_text(&operator), STR("Exists"));

		if (exists && spot_text(&value).n > 0) {
			diag_help(m->diags, manifest_hit(m, "kube/toleration", &value, spot_value(&value), "operator Exists takes no value"),
				"remove it, or write operator: Equal");
		}
		if (!exists && spot_text(&key).n == 0 && toleration.node->kind == NODE_MAP) {
			manifest_hit(m, "kube/toleration", &toleration, spot_key(&toleration), "a toleration without a key needs operator: Exists");
		}
		if (spot_given(&seconds) && !str_eq(spot_text(&effect), STR("NoExecute"))) {
			manifest_hit(m, "kube/toleration", &seconds, spot_value(&seconds), "tolerationSeconds needs effect: NoExecute");
		}
	}
}

/* ValidatePodSpec, validatePodDNSConfig */
static void
dns_check(struct manifest *m, const struct spot *spec)
{
	struct spot policy = spot_get(spec, "dnsPolicy"), config = spot_get(spec, "dnsConfig"), servers = spot_get(&config, "nameservers");

	if (str_eq(spot_text(&policy), STR("None")) && !spot_items(&servers) && (!spot_given(&servers) || servers.node->kind == NODE_LIST)) {
		diag_help(m->diags, manifest_hit(m, "kube/dns", &policy, spot_value(&policy), "dnsPolicy None needs a nameserver"),
			"write dnsConfig: {nameservers: [...]}");
	}
}

static void
restart_check(struct manifest *m, const struct spot *spec)
{
	struct spot policy = spot_get(spec, "restartPolicy");
	struct str kind = m->object->kind, text = spot_text(&policy);
	bool job = str_eq(kind, STR("Job")) || str_eq(kind, STR("CronJob"));
	struct diag *diag;

	if (str_eq(kind, STR("Pod")) || str_eq(kind, STR("PodTemplate")) || (job ? str_eq(text, STR("OnFailure")) || str_eq(text, STR("Never"))
		: text.n == 0 || str_eq(text, STR("Always")))) {
		return;
	}
	if (text.n > 0) {
		diag = manifest_hit(m, "kube/restart-policy", &policy, spot_value(&policy), "the pods of a %.*s cannot have restartPolicy '%s'",
			STR_FMT(kind), manifest_cut(m, text));
	} else {
		diag = manifest_hit(m, "kube/restart-policy", &policy, spot_key(spec), "the pods of a %.*s need a restartPolicy", STR_FMT(kind));
	}
	diag_help(m->diags, diag, job ? "write OnFailure or Never" : "write Always, or leave it out");
}

/* the kinds whose selector must fit their template; a Job makes its own */
static void
selector_check(struct manifest *m, const struct spot *template)
{
	static const char *const kinds[] = { "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "ReplicationController" };
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), selector = spot_get(&spec, "selector");
	struct spot metadata = spot_get(template, "metadata"), labels = spot_get(&metadata, "labels");
	bool known = false, plain = str_eq(m->object->kind, STR("ReplicationController"));
	const struct node *by;
	struct diag *diag;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		known = known || str_is(m->object->kind, kinds[i]);
	}
	if (!known || !selector.node || selector.node->kind != NODE_MAP) {
		return;
	}
	if (!selector.node->first) {
		if (!plain) {
			manifest_hit(m, "kube/selector", &selector, spot_value(&selector), "the selector is empty");
		}
		return;
	}
	if (metadata_selects(&selector, labels.node, plain, &by)) {
		return;
	}
	diag = manifest_hit(m, "kube/selector", &selector, by->key ? by->key->span : node_real(by)->span, "the selector does not match the labels of the template");
	if (by->key && spot_text(&labels).n == 0) {
		struct str key = node_real(by->key)->text;
		const struct node *other = node_get(labels.node, key);

		if (other) {
			diag_relate(m->diags, diag, m->src, other->span, "the template's label is here");
		} else {
			diag_help(m->diags, diag, "the template has no label '%s'", manifest_cut(m, key));
		}
	}
}

/* the fields of a pod, where those around it have no type in this version */
static void
spec_check(struct manifest *m, const struct spot *spec)
{
	const struct kube_kind *pod = kube_kind_find(STR("v1"), STR("Pod"), m->version);
	const struct kube_field *f = kube_field_find(&kube_types[pod->type], STR("spec"), m->version);
	struct spot s = *spec;

	s.type = &kube_types[f->type];
	conform(m, &s);
}

void
pod_check(struct manifest *m, const struct kube_kind *kind, bool known)
{
	const char *const *path = pod_path(m->object);
	struct spot steps[POD_PATH_MAX + 2];
	struct table volumes = { .arena = m->scratch };
	struct spot spec, list, tolerations, metadata;
	size_t n = 0;

	if (!path) {
		return;
	}
	steps[0] = spot_root(m->object->node);
	for (; path[n]; n++) {
		steps[n + 1] = spot_get(&steps[n], path[n]);
	}
	spec = spot_get(&steps[n], "spec");
	if (n > 0) {
		metadata = spot_get(&steps[n], "metadata");
		metadata_maps_check(m, &metadata);
	}
	if (!spec.node || spec.node->kind != NODE_MAP) {
		return;
	}
	if (known && !kind) {
		spec_check(m, &spec);
	}
	list = spot_get(&spec, "volumes");
	volumes_check(m, &list, &volumes);
	claims(m->object, &volumes);
	containers_check(m, &spec, &volumes, known);
	tolerations = spot_get(&spec, "tolerations");
	tolerations_check(m, &tolerations);
	scc_check(m, &steps[n]);
	room_check(m, &spec);
	if (known) {
		dns_check(m, &spec);
		restart_check(m, &spec);
		selector_check(m, &steps[n]);
	}
}
