/* SPDX-License-Identifier: Apache-2.0 */
/* What every claim of a volume must say. Source: pkg/apis/core/validation of Kubernetes, ValidatePersistentVolumeClaimSpec. */
#include "site/lint/manifest/claim.h"

#define ALONE "ReadWriteOncePod"

/* its key, or that of what it would stand in */
static struct span
near(const struct spot *s, const struct spot *around)
{
	return spot_given(s) ? spot_key(s) : spot_key(around);
}

static void
claim_check(struct manifest *m, const struct spot *claim)
{
	struct spot spec = spot_get(claim, "spec"), modes = spot_get(&spec, "accessModes"), resources = spot_get(&spec, "resources");
	struct spot requests = spot_get(&resources, "requests"), storage = spot_get(&requests, "storage");
	bool alone = false;
	size_t n = 0;

	if (!spec.node || spec.node->kind != NODE_MAP) {
		return;
	}
	for (const struct node *item = spot_items(&modes); item; item = item->next, n++) {
		alone = alone || str_eq(node_real(item)->text, STR(ALONE));
	}
	if (n == 0 && (!spot_given(&modes) || modes.node->kind == NODE_LIST)) {
		diag_help(m->diags, manifest_hit(m, "kube/claim", &modes, near(&modes, &spec), "the claim has no accessModes"), "write accessModes: [ReadWriteOnce]");
	} else if (alone && n > 1) {
		manifest_hit(m, "kube/claim", &modes, spot_key(&modes), "the access mode " ALONE " allows no other beside it");
	}
	if (spot_text(&storage).n == 0 && (!spot_given(&storage) || storage.node->kind == NODE_STRING)) {
		diag_help(m->diags, manifest_hit(m, "kube/claim", &storage, near(&storage, &spec), "the claim says no size"),
			"write resources: {requests: {storage: 10Gi}}");
	}
}

void
claims_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), list = spot_get(&spec, "volumeClaimTemplates");
	size_t i = 0;

	if (str_eq(m->object->kind, STR("PersistentVolumeClaim")) && m->object->group.n == 0) {
		claim_check(m, &root);
	}
	for (const struct node *item = str_eq(m->object->kind, STR("StatefulSet")) ? spot_items(&list) : NULL; item; item = item->next) {
		struct spot claim = spot_item(&list, item, i++);

		claim_check(m, &claim);
	}
}
