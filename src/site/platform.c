/* SPDX-License-Identifier: Apache-2.0 */
/* The platforms as tables: one row for each, one for each thing that it sets or that its pages advise. */
#include "site/platform.h"

#include <stddef.h>
#include <string.h>

/* the pages of the vendor */
#define DOCS "https://www.anaconda.com/docs/data-science/"
#define BYOK8S DOCS "5.7.1/environment-prep/byok8s-prep"
#define EKS "https://anaconda.com/docs/data-science/latest/environment-prep/env-specific-reqs/eks"
#define GKE DOCS "5.5.2/install/guides/gke.md"
#define AKS DOCS "5.6.2/install/guides/aks.md"

const struct platform platforms[] = {
	{ "vanilla", "Kubernetes as it comes", NULL, BYOK8S },
	{ "tanzu", "VMware Tanzu", NULL, BYOK8S },
	{ "openshift", "Red Hat OpenShift", NULL, BYOK8S },
	{ "anthos", "Google Anthos", NULL, BYOK8S },
	{ "eks", "Amazon EKS", NULL, EKS },
	{ "aks", "Microsoft AKS", NULL, AKS },
	{ "gke", "Google GKE", NULL, GKE },
	{ "rosa", "Red Hat OpenShift on AWS", "openshift", BYOK8S },
	{ NULL, NULL, NULL, NULL },
};

static const struct preset presets[] = {
	{ "openshift", "dnsServer", "dns-default.openshift-dns.svc.cluster.local",
		"the chart's own ingress controller resolves names through OpenShift's DNS service, which has another name than that of Kubernetes", BYOK8S },
	{ "openshift", "uid", NULL, "under the SCC restricted it must lie in the namespace's range, its annotation openshift.io/sa.scc.uid-range", BYOK8S },
	{ "openshift", "openshift.scc", NULL,
		"recent versions grant no SCC directly: the role of the service account names it, with the verb 'use'", BYOK8S },
	{ "eks", "cluster.nodes", NULL, "m5.2xlarge at least, m5.4xlarge advised", EKS },
	{ "eks", "storage.volume", NULL, "EBS is ReadWriteOnce and serves storage only; one EFS volume for storage and persistence is advised", EKS },
	{ "eks", "persistence.volume", NULL, "EFS, its access point with the owner uid of the profile, the group 0 and the mode 770 or 775", EKS },
	{ "aks", "cluster.nodes", NULL, "Standard_D8s_v4 at least, Standard_D16s_v4 advised", AKS },
	{ "aks", "storage.volume", NULL, "an NFS server on a machine of its own (Standard_D4s_v3, 1 TiB); Azure Files over NFS is too slow", AKS },
	{ "aks", "persistence.volume", NULL, "on the same NFS server; Azure Files over NFS is too slow", AKS },
	{ "gke", "cluster.nodes", NULL, "n2-standard-8 at least, n2-standard-16 advised", GKE },
	{ "gke", "storage.volume", NULL, "Filestore Basic SSD (2.5 TiB and more) or High Scale SSD (10 TiB and more), with NO_ROOT_SQUASH", GKE },
	{ "gke", "persistence.volume", NULL, "Filestore too, which is ReadWriteMany, with NO_ROOT_SQUASH", GKE },
	{ NULL, NULL, NULL, NULL, NULL },
};

const struct platform *
platform_named(struct str name)
{
	for (const struct platform *p = platforms; p->name; p++) {
		if (str_is(name, p->name)) {
			return p;
		}
	}
	return NULL;
}

/* the first row of a platform from there on */
static const struct preset *
row_of(const char *platform, const struct preset *from)
{
	while (from->platform && strcmp(from->platform, platform) != 0) {
		from++;
	}
	return from->platform ? from : NULL;
}

const struct preset *
platform_preset(const struct platform *p, const struct preset *last)
{
	const char *whose = last ? last->platform : p->name;
	const struct preset *next = row_of(whose, last ? last + 1 : presets);

	if (!next && p->like && strcmp(whose, p->like) != 0) {
		next = row_of(p->like, presets);
	}
	return next;
}

const char *
platform_value(struct str platform, const char *field)
{
	const struct platform *p = platform_named(platform);

	for (const struct preset *preset = p ? platform_preset(p, NULL) : NULL; preset; preset = platform_preset(p, preset)) {
		if (preset->value && strcmp(preset->field, field) == 0) {
			return preset->value;
		}
	}
	return NULL;
}
