/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds and their API versions: what the cluster serves, and what to write instead. */
#include "site/lint/manifest/api.h"

#include "base/arena.h"
#include "schema/suggest.h"
#include "site/lint/manifest/crd.h"
#include "site/lint/manifest/custom.h"

/* What is deprecated and has no end yet, and what else to know of a change. From
   https://kubernetes.io/docs/reference/using-api/deprecation-guide and the API reference. */
static const struct advice {
	const char *api, *kind;
	unsigned deprecated;          /* since this minor version; 0: its end says it */
	const char *text;
} advices[] = {
	{ "extensions/v1beta1", "Ingress", 0, "in networking.k8s.io/v1 'backend' is 'defaultBackend', 'serviceName' and 'servicePort' are 'service.name' and "
		"'service.port.number', and 'pathType' is required" },
	{ "networking.k8s.io/v1beta1", "Ingress", 0, "in networking.k8s.io/v1 'backend' is 'defaultBackend', 'serviceName' and 'servicePort' are "
		"'service.name' and 'service.port.number', and 'pathType' is required" },
	{ "apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", 0, "in apiextensions.k8s.io/v1 each version has its schema, which is required" },
	{ "policy/v1beta1", "PodSecurityPolicy", 0, "use Pod Security admission, or on OpenShift an SCC" },
	{ "extensions/v1beta1", "PodSecurityPolicy", 0, "use Pod Security admission, or on OpenShift an SCC" },
	{ "autoscaling/v2beta1", "HorizontalPodAutoscaler", 0, "in autoscaling/v2 a metric has 'target' with 'type' and 'averageUtilization'" },
	{ "policy/v1beta1", "PodDisruptionBudget", 0, "in policy/v1 an empty 'selector' is all pods of the namespace; it was none" },
	{ "v1", "ComponentStatus", 19, "ask the health endpoints of the components instead" },
	{ "v1", "Endpoints", 33, "write EndpointSlice of discovery.k8s.io/v1 instead" },
};

/* kinds of OpenShift that its first versions had in v1 */
static const char *const moved[][2] = {
	{ "BuildConfig", "build.openshift.io/v1" }, { "DeploymentConfig", "apps.openshift.io/v1" }, { "ImageStream", "image.openshift.io/v1" },
	{ "Route", "route.openshift.io/v1" }, { "SecurityContextConstraints", "security.openshift.io/v1" }, { "Template", "template.openshift.io/v1" },
};

static const struct advice *
advice_of(struct str api, struct str kind)
{
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++) {
		if (str_is(api, advices[i].api) && str_is(kind, advices[i].kind)) {
			return &advices[i];
		}
	}
	return NULL;
}

static struct str
group_of(struct str api)
{
	size_t slash = str_find(api, '/', 0);

	return slash < api.n ? str_slice(api, 0, slash) : STR("");
}

/* of APIs that serve a kind in one version: the one that lasts, of the same group if it can be, of the highest version */
static bool
better(const struct kube_kind *a, const struct kube_kind *b, struct str group)
{
	bool group_a = str_eq(group_of(kube_name(a->api)), group), group_b = str_eq(group_of(kube_name(b->api)), group);

	if (a->until != b->until) {
		return a->until > b->until;
	}
	/* v1 stands before v1beta1 and v2 behind it */
	return group_a != group_b ? group_a : kube_name(a->api).n < kube_name(b->api).n || str_cmp(kube_name(a->api), kube_name(b->api)) > 0;
}

/* the best API for the kind in a version other than the object's own; NULL if there is none */
static const struct kube_kind *
instead(const struct object *o, unsigned version)
{
	const struct kube_kind *found = NULL, *row;
	size_t n;

	for (row = kube_kind_rows(o->kind, &n); n > 0; row++, n--) {
		if (row->since <= version && version <= row->until && !str_eq(kube_name(row->api), o->api)
			&& (!found || better(row, found, o->group))) {
			found = row;
		}
	}
	return found;
}

static void
advise(struct manifest *m, struct diag *diag, const struct kube_kind *other)
{
	const struct advice *advice = advice_of(m->object->api, m->object->kind);

	if (other) {
		diag_help(m->diags, diag, "write %s", kube_pool + other->api);
	}
	if (advice && (other || advice->deprecated > 0)) {
		diag_note(m->diags, diag, "%s", advice->text);
	} else if (advice) {
		diag_help(m->diags, diag, "%s", advice->text);
	}
}

static void
soon_gone(struct manifest *m, const struct spot *api, const struct kube_kind *kind)
{
	const struct object *o = m->object;
	const struct kube_kind *other = instead(o, m->version);
	const struct advice *advice = advice_of(o->api, o->kind);
	struct diag *diag;

	if (advice && advice->deprecated > 0 && m->version >= advice->deprecated) {
		diag = manifest_hit(m, "kube/deprecated-api", api, spot_value(api), "%.*s of %.*s is deprecated since Kubernetes 1.%u", STR_FMT(o->kind),
			STR_FMT(o->api), advice->deprecated);
		advise(m, diag, NULL);
		return;
	}
	/* what will replace it may not be there yet */
	if (kind->until >= kube_newest || (other ? other->until <= kind->until : instead(o, kind->until + 1u) != NULL)) {
		return;
	}
	diag = manifest_hit(m, "kube/deprecated-api", api, spot_value(api), "%.*s of %.*s is gone from Kubernetes 1.%u on", STR_FMT(o->kind),
		STR_FMT(o->api), kind->until + 1u);
	advise(m, diag, other);
}

/* rows of that API, none of which serves the version */
static void
other_version(struct manifest *m, const struct spot *api, const struct kube_kind *row, size_t n)
{
	const struct object *o = m->object;
	const struct kube_kind *before = NULL, *after = NULL;

	for (; n > 0; row++, n--) {
		if (str_eq(kube_name(row->api), o->api)) {
			before = row->until < m->version ? row : before;
			after = row->since > m->version && !after ? row : after;
		}
	}
	if (after) {
		advise(m, manifest_hit(m, "kube/newer-api", api, spot_value(api), "Kubernetes 1.%u has no %.*s of %.*s, 1.%u has", m->version,
			STR_FMT(o->kind), STR_FMT(o->api), after->since), instead(o, m->version));
	} else {
		advise(m, manifest_hit(m, "kube/removed-api", api, spot_value(api), "Kubernetes 1.%u has no %.*s of %.*s, it is gone since 1.%u",
			m->version, STR_FMT(o->kind), STR_FMT(o->api), before->until + 1u), instead(o, m->version));
	}
}

static bool
has_api(const struct kube_kind *row, size_t n, struct str api)
{
	for (; n > 0; row++, n--) {
		if (str_eq(kube_name(row->api), api)) {
			return true;
		}
	}
	return false;
}

/* no version knows the kind in that API */
static void
unknown(struct manifest *m, const struct spot *root, bool elsewhere)
{
	const struct object *o = m->object;
	const struct kube_kind *other = elsewhere ? instead(o, m->version) : NULL;
	struct spot at = spot_get(root, elsewhere ? "apiVersion" : "kind");
	struct suggest near;
	struct diag *diag = manifest_hit(m, "kube/unknown-kind", &at, spot_value(&at), "Kubernetes has no %s in %s", manifest_cut(m, o->kind),
		manifest_cut(m, o->api));

	if (other) {
		diag_help(m->diags, diag, "write %s", kube_pool + other->api);
		return;
	}
	for (size_t i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
		if (str_is(o->kind, moved[i][0]) && o->group.n == 0) {
			diag_help(m->diags, diag, "write %s", moved[i][1]);
			return;
		}
	}
	suggest_init(&near, o->kind, &m->suggest_work);
	for (size_t i = 0; i < kube_kinds_n && !elsewhere; i++) {
		const struct kube_kind *row = &kube_kinds[i];

		if (row->since <= m->version && m->version <= row->until && !suggest_offer(&near, kube_name(row->kind))) {
			break;
		}
	}
	if (near.n > 0 && near.best < SUGGEST_PART) {
		diag->help = suggest_text(&near, m->diags->arena);
	}
}

bool
api_check(struct manifest *m, const struct kube_kind **ret_kind)
{
	const struct object *o = m->object;
	struct spot root = spot_root(o->node), api = spot_get(&root, "apiVersion");
	const struct kube_kind *rows;
	size_t n;

	*ret_kind = kube_kind_find(o->api, o->kind, m->version);
	if (*ret_kind) {
		soon_gone(m, &api, *ret_kind);
		return true;
	}
	rows = kube_kind_rows(o->kind, &n);
	if (has_api(rows, n, o->api)) {
		other_version(m, &api, rows, n);
		return true;
	} else if (kube_group_known(o->group) || (n > 0 && str_find(o->group, '.', 0) >= o->group.n)) {
		/* a group without a dot is Kubernetes' own, misspelt, or of a file that is no manifest at all */
		unknown(m, &root, n > 0);
	} else if (!crd_check(m)) {
		custom_add(m);
	}
	return false;
}
