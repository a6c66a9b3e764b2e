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

/* the controllers whose annotations begin so, and the classes that tell the controller by their name */
static const struct family {
	const char *name, *controllers;
} prefixes[] = {
	{ "nginx.ingress.kubernetes.io/", "ingress-nginx" }, { "nginx.org/", "nginx" }, { "nginx.com/", "nginx" },
	{ "haproxy.router.openshift.io/", "openshift" }, { "route.openshift.io/", "openshift" }, { "haproxy.org/", "haproxy" },
	{ "haproxy-ingress.github.io/", "haproxy-ingress" }, { "alb.ingress.kubernetes.io/", "alb" },
	{ "appgw.ingress.kubernetes.io/", "application-gateway" }, { "traefik.ingress.kubernetes.io/", "traefik" },
	{ "projectcontour.io/", "contour" }, { "konghq.com/", "kong" },
}, classes[] = {
	{ "nginx", "ingress-nginx nginx" }, { "openshift-default", "openshift" }, { "haproxy", "haproxy haproxy-ingress" }, { "alb", "alb" },
	{ "azure-application-gateway", "application-gateway" }, { "webapprouting.kubernetes.azure.com", "ingress-nginx" },
	{ "traefik", "traefik" }, { "contour", "contour" }, { "kong", "kong" },
};

/* is the word among those that blanks part? */
static bool
has_word(const char *words, struct str word)
{
	struct str s = str_of(words);

	for (size_t at = 0; at < s.n;) {
		size_t end = str_find(s, ' ', at);

		if (str_eq(str_slice(s, at, end), word)) {
			return true;
		}
		at = end + 1;
	}
	return false;
}

/* the controllers that it may be; NULL if nobody knows */
static const char *
controllers_of(const struct lint_run *run)
{
	struct str class = lint_text_or(run, "ingress/className", "nginx"), stated = lint_text(run, "cluster/ingressController");

	for (size_t i = 0; stated.n == 0 && i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (str_is(class, classes[i].name)) {
			return classes[i].controllers;
		}
	}
	return stated.n > 0 ? str_z(run->arena, stated) : NULL;
}

void
lint_controller(const struct lint_run *run)
{
	static const char *const scopes[] = { "ingress/global", "ingress/system", "ingress/user" };
	const char *controllers = controllers_of(run);

	for (size_t i = 0; controllers && i < 3; i++) {
		for (const struct node *n = lint_first(run, scopes[i], NODE_MAP); n; n = n->next) {
			for (size_t k = 0; k < sizeof(prefixes) / sizeof(prefixes[0]); k++) {
				if (str_starts(n->key->text, str_of(prefixes[k].name)) && !has_word(controllers, str_of(prefixes[k].controllers))) {
					diag_help(run->diags, lint_hit_node(run, n->key, "'%.*s' is an annotation for %s, which is not the controller",
						STR_FMT(n->key->text), prefixes[k].controllers),
						"use the controller's own, or state cluster.ingressController");
				}
			}
		}
	}
}

void
lint_dns_server(const struct lint_run *run)
{
	struct lint_run mild = lint_mild(run);

	if (lint_at(run, "dnsServer") && !lint_openshift(run) && (run->file == LINT_PROFILE || lint_at(run, "platform"))) {
		struct diag *diag = lint_hit(&mild, "dnsServer", "dnsServer is for OpenShift only");

		diag_help(run->diags, diag, "remove it, or state the platform");
	}
	/* a profile of OpenShift has the default */
	if (run->file == LINT_VALUES && lint_openshift(run) && !lint_at(run, "dnsServer")) {
		diag_help(run->diags, lint_hit(run, "dnsServer", "OpenShift needs 'dnsServer', which is not there"),
			"add 'dnsServer: dns-default.openshift-dns.svc.cluster.local'");
	}
}
