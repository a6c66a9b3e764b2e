/* SPDX-License-Identifier: Apache-2.0 */
/* Security contexts that contradict themselves. Sources: pkg/apis/core/validation of Kubernetes, ValidateSecurityContext; pkg/kubelet/kuberuntime,
   verifyRunAsNonRoot. */
#include "site/lint/manifest/security.h"

/* the container's own, else the pod's */
static struct spot
effective(const struct spot *own, const struct spot *pod, const char *key)
{
	struct spot s = spot_get(own, key);

	return spot_given(&s) ? s : spot_get(pod, key);
}

static void
root_check(struct manifest *m, const struct spot *own, const struct spot *pod)
{
	struct spot user = effective(own, pod, "runAsUser"), rule = effective(own, pod, "runAsNonRoot");
	struct diag *diag;

	if (!spot_is(&rule, true) || !user.node || user.node->kind != NODE_INT || !str_eq(user.node->text, STR("0"))) {
		return;
	}
	diag = manifest_hit(m, "kube/privileges", &user, spot_value(&user), "runAsUser 0 is root, which runAsNonRoot: true forbids");
	diag_help(m->diags, diag, "the container would not start: change one of the two");
	diag_relate(m->diags, diag, m->src, spot_key(&rule), "runAsNonRoot is here");
}

void
security_check(struct manifest *m, const struct spot *container)
{
	struct spot own = spot_get(container, "securityContext"), pod = spot_get(container->up->up, "securityContext");
	struct spot privileged = spot_get(&own, "privileged"), rises = spot_get(&own, "allowPrivilegeEscalation");
	struct spot capabilities = spot_get(&own, "capabilities"), add = spot_get(&capabilities, "add");
	size_t i = 0;

	root_check(m, &own, &pod);
	if (!spot_is(&rises, false)) {
		return;
	}
	if (spot_is(&privileged, true)) {
		struct diag *diag = manifest_hit(m, "kube/privileges", &rises, spot_value(&rises), "what is privileged cannot do without allowPrivilegeEscalation");

		diag_help(m->diags, diag, "leave it out, or write privileged: false");
		diag_relate(m->diags, diag, m->src, spot_key(&privileged), "privileged is here");
	}
	for (const struct node *item = spot_items(&add); item; item = item->next) {
		struct spot capability = spot_item(&add, item, i++);

		/* under its other name, SYS_ADMIN, the API server takes it */
		if (str_eq(spot_text(&capability), STR("CAP_SYS_ADMIN"))) {
			manifest_hit(m, "kube/privileges", &capability, spot_value(&capability), "CAP_SYS_ADMIN cannot do without allowPrivilegeEscalation");
		}
	}
}
