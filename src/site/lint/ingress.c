/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on the ingress and DNS. */
#include "site/lint/rule.h"

void
lint_class(const struct lint_run *run)
{
	struct str class = lint_text_or(run, "ingress/className", "nginx");

	if (!lint_true(run, "ingress/install") && lint_at(run, "cluster/ingressClasses") && !lint_wrong(run, "cluster/ingressClasses")
		&& !lint_has(run, "cluster/ingressClasses", class)) {
		struct diag *diag = lint_hit(run, "ingress/className", "the cluster has no ingress class '%.*s'", STR_FMT(class));

		diag_help(run->diags, diag, "take one of cluster.ingressClasses, or let the chart install a controller");
	}
}

void
lint_class_ignored(const struct lint_run *run)
{
	if (lint_true(run, "ingress/installClass") && !lint_true(run, "ingress/install")) {
		struct diag *diag = lint_hit(run, "ingress/installClass", "installClass does nothing while install is false");

		diag_help(run->diags, diag, "remove it, or set install to true");
	}
}

void
lint_class_exists(const struct lint_run *run)
{
	struct str class = lint_text_or(run, "ingress/className", "nginx");
	bool exists = lint_has(run, "cluster/ingressClasses", class), make = lint_true(run, "ingress/installClass");

	if (!lint_true(run, "ingress/install") || !lint_at(run, "cluster/ingressClasses") || exists != make) {
		return;
	}
	if (make) {
		diag_help(run->diags, lint_hit(run, "ingress/installClass", "the ingress class '%.*s' exists already", STR_FMT(class)),
			"set installClass to false, or choose another className");
	} else {
		diag_help(run->diags, lint_hit(run, "ingress/className", "nobody makes the ingress class '%.*s'", STR_FMT(class)),
			"set installClass to true");
	}
}

void
lint_shared_cluster(const struct lint_run *run)
{
	if (lint_true(run, "ingress/install") && !lint_true(run, "dedicatedCluster")) {
		struct diag *diag = lint_hit(run, "ingress/install", "the bundled ingress controller is for clusters of Workbench alone");

		diag_help(run->diags, diag, "state 'dedicatedCluster: true', or use the cluster's own controller");
	}
}

/* the chart's own annotation */
static bool
is_owned(struct str key)
{
	return str_eq(key, STR("kubernetes.io/ingress.class")) || str_eq(key, STR("nginx.org/mergeable-ingress-type"));
}

static void
check_annotations(const struct lint_run *run, const char *scope)
{
	const struct node *all = lint_at(run, "ingress/global"), *own = lint_at(run, scope);

	for (const struct node *n = own && own->kind == NODE_MAP ? own->first : NULL; n; n = n->next) {
		const struct node *other = all && all != own ? node_get(all, n->key->text) : NULL;
		struct diag *diag;

		if (is_owned(n->key->text)) {
			diag = diag_add(run->diags, run->rule->level, run->rule->id, run->src, n->key->span,
				"the chart sets the annotation '%.*s' itself", STR_FMT(n->key->text));
			diag_help(run->diags, diag, "remove it");
		} else if (other && !node_equal(other, n)) {
			diag = diag_add(run->diags, run->rule->level, run->rule->id, run->src, n->span,
				"the annotation '%.*s' has another value in ingress.global", STR_FMT(n->key->text));
			diag_relate(run->diags, diag, run->src, other->span, "that is here");
		}
	}
}

void
lint_annotations(const struct lint_run *run)
{
	check_annotations(run, "ingress/global");
	check_annotations(run, "ingress/system");
	check_annotations(run, "ingress/user");
}

void
lint_dns_server(const struct lint_run *run)
{
	if (lint_at(run, "dnsServer") && !lint_openshift(run)) {
		struct diag *diag = lint_hit(run, "dnsServer", "dnsServer is for OpenShift only");

		diag_help(run->diags, diag, "remove it, or state the platform");
	}
}
