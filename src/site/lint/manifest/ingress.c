/* SPDX-License-Identifier: Apache-2.0 */
/* Hosts, paths, backends and class of an Ingress. Source: pkg/apis/networking/validation of Kubernetes. */
#include "site/lint/manifest/ingress.h"

#include "kube/text.h"
#include "site/lint/manifest/port.h"

#include <string.h>

enum {
	PATH_TYPES = 18,              /* the minor version with pathType and ingressClassName */
	SECRET_NAMES = 20,            /* the one that looks at the names of the Secrets */
	LOOSE_NAMES = 34,             /* the one that can let names of Services begin with a digit */
};

static void
host_check(struct manifest *m, const struct spot *s, bool address)
{
	struct str text = spot_text(s);
	const char *wrong = text.n > 0 && s->node->kind == NODE_STRING ? text_host(text) : NULL, *meant;
	struct diag *diag;

	/* of the hosts of certificates, the API server takes what looks like a name */
	if (!wrong || (address && !text_subdomain(text))) {
		return;
	}
	diag = manifest_hit(m, "kube/host", s, spot_value(s), "the host '%s' %s", manifest_cut(m, text), wrong);
	meant = text_host_meant(m->diags->arena, text);
	if (meant) {
		diag_help(m->diags, diag, "write %s%s%s", *meant == '*' ? "\"" : "", meant, *meant == '*' ? "\"" : "");
		/* what is lost of a URL may have been meant for another field */
		manifest_mend_part(m, diag, s, 0, text.n, str_eq_nocase(text, str_of(meant)) ? meant : NULL);
	}
}

/* what a path of type Exact or Prefix may not have */
static const char *
path_wrong(struct str path)
{
	static const struct {
		const char *part, *text;
	} never[] = {
		{ "//", "has a '//'" }, { "/./", "has a '/./'" }, { "/../", "has a '/../'" }, { "%2f", "has a '%2f'" }, { "%2F", "has a '%2F'" },
	};

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		if (memmem(path.s, path.n, never[i].part, strlen(never[i].part))) {
			return never[i].text;
		}
	}
	return str_ends(path, STR("/..")) ? "ends in '/..'" : str_ends(path, STR("/.")) ? "ends in '/.'" : NULL;
}

static void
path_check(struct manifest *m, const struct spot *entry)
{
	struct spot path = spot_get(entry, "path"), type = spot_get(entry, "pathType");
	bool strict = str_eq(spot_text(&type), STR("Exact")) || str_eq(spot_text(&type), STR("Prefix"));
	struct str text = spot_text(&path);
	const char *wrong;

	if (!spot_given(&type) && m->version < 22 && str_eq(m->object->api, STR("networking.k8s.io/v1"))) {
		manifest_hit(m, "kube/missing-field", &type, spot_key(entry), "%s lacks 'pathType'", spot_path(m->diags->arena, entry));
	}
	if (strict && text.n == 0 && (!path.node || path.node->kind == NODE_NULL || path.node->kind == NODE_STRING)) {
		diag_help(m->diags, manifest_hit(m, "kube/path", &path, path.node ? spot_value(&path) : spot_value(&type), "pathType %.*s needs a path",
			STR_FMT(spot_text(&type))), "write path: /");
		return;
	}
	if (text.n == 0 || path.node->kind != NODE_STRING) {
		return;
	}
	wrong = text.s[0] != '/' ? "does not begin with '/'" : strict ? path_wrong(text) : NULL;
	if (wrong) {
		struct diag *diag = manifest_hit(m, "kube/path", &path, spot_value(&path), "the path '%s' %s", manifest_cut(m, text), wrong);

		if (text.s[0] == '^' || text.s[0] == '(' || text.s[0] == '.') {
			diag_help(m->diags, diag, "a pattern begins with / too, and is of pathType ImplementationSpecific");
		}
	}
}

/* a port by name or by number; 0 and an empty name are none */
static void
backend_port_check(struct manifest *m, const struct spot *service)
{
	struct spot port = spot_get(service, "port"), name = spot_get(&port, "name"), number = spot_get(&port, "number"), label = spot_get(service, "name");
	bool named = spot_text(&name).n > 0, numbered = spot_text(&number).n > 0 && !str_eq(spot_text(&number), STR("0"));

	if (named && numbered) {
		diag_help(m->diags, manifest_hit(m, "kube/backend", &port, spot_key(&port), "the port has both a name and a number"), "leave one out");
	} else if (!named && !numbered && (!spot_given(&port) || port.node->kind == NODE_MAP)) {
		diag_help(m->diags, manifest_hit(m, "kube/backend", &port, spot_given(&port) ? spot_key(&port) : spot_key(service),
			"the backend '%s' has no port", manifest_cut(m, spot_text(&label))), "write port: {number: 80}, or port: {name: http}");
	} else if (named) {
		port_check(m, &name);
	} else {
		port_number_check(m, &number);
	}
}

static void
backend_check(struct manifest *m, const struct spot *backend)
{
	struct spot service = spot_get(backend, "service"), resource = spot_get(backend, "resource"), name = spot_get(&service, "name");
	const char *wrong;

	if (!spot_given(backend) || backend->node->kind != NODE_MAP) {
		return;
	}
	if (spot_given(&service) && spot_given(&resource)) {
		manifest_hit(m, "kube/backend", &resource, spot_key(&resource), "the backend has both a service and a resource");
		return;
	}
	if (!spot_given(&service) && !spot_given(&resource)) {
		/* of an older version: these are found to be unknown */
		if (!node_get(backend->node, STR("serviceName")) && !node_get(backend->node, STR("servicePort"))) {
			manifest_hit(m, "kube/backend", backend, spot_key(backend), "the backend has neither a service nor a resource");
		}
		return;
	}
	if (!spot_given(&service) || service.node->kind != NODE_MAP) {
		return;
	}
	backend_port_check(m, &service);
	wrong = spot_text(&name).n > 0 ? (m->version < LOOSE_NAMES ? text_label_1035 : text_label)(spot_text(&name)) : NULL;
	if (wrong) {
		manifest_hit(m, "kube/name", &name, spot_value(&name), "the Service's name '%s' %s", manifest_cut(m, spot_text(&name)), wrong);
	}
}

static void
rules_check(struct manifest *m, const struct spot *rules, bool v1)
{
	size_t i = 0;

	for (const struct node *item = spot_items(rules); item; item = item->next) {
		struct spot rule = spot_item(rules, item, i++), host = spot_get(&rule, "host"), http = spot_get(&rule, "http"), paths = spot_get(&http, "paths");
		size_t at = 0;

		host_check(m, &host, false);
		if (spot_given(&paths) && paths.node->kind == NODE_LIST && !paths.node->first) {
			manifest_hit(m, "kube/path", &paths, spot_key(&paths), "there are no paths");
		}
		for (const struct node *entry = spot_items(&paths); entry; entry = entry->next) {
			struct spot path = spot_item(&paths, entry, at++), backend = spot_get(&path, "backend");

			path_check(m, &path);
			if (v1) {
				backend_check(m, &backend);
			}
		}
	}
}

static void
tls_check(struct manifest *m, const struct spot *list)
{
	size_t i = 0;

	for (const struct node *item = spot_items(list); item; item = item->next) {
		struct spot tls = spot_item(list, item, i++), hosts = spot_get(&tls, "hosts"), secret = spot_get(&tls, "secretName");
		const char *wrong = spot_text(&secret).n > 0 && m->version >= SECRET_NAMES ? text_subdomain(spot_text(&secret)) : NULL;
		size_t at = 0;

		for (const struct node *entry = spot_items(&hosts); entry; entry = entry->next) {
			struct spot host = spot_item(&hosts, entry, at++);

			host_check(m, &host, true);
		}
		if (wrong) {
			manifest_hit(m, "kube/name", &secret, spot_value(&secret), "the Secret's name '%s' %s", manifest_cut(m, spot_text(&secret)), wrong);
		}
	}
}

/* by the field, or by the annotation that was before it */
static void
class_check(struct manifest *m, const struct spot *root, const struct spot *spec)
{
	struct spot class = spot_get(spec, "ingressClassName"), metadata = spot_get(root, "metadata"), annotations = spot_get(&metadata, "annotations");
	struct spot old = spot_get(&annotations, "kubernetes.io/ingress.class");
	const char *wrong;

	if (m->version < PATH_TYPES || !spot_given(&class) || class.node->kind != NODE_STRING) {
		return;
	}
	wrong = text_subdomain(spot_text(&class));
	if (wrong) {
		struct diag *diag = manifest_hit(m, "kube/name", &class, spot_value(&class), "the class '%s' %s", manifest_cut(m, spot_text(&class)), wrong);

		if (spot_text(&class).n == 0) {
			diag_help(m->diags, diag, "leave ingressClassName out for the cluster's default");
		}
	} else if (spot_given(&old) && !str_eq(spot_text(&old), spot_text(&class))) {
		diag_relate(m->diags, manifest_hit(m, "kube/ingress-class", &old, spot_value(&old), "the annotation says class '%s', ingressClassName says '%s'",
			manifest_cut(m, spot_text(&old)), manifest_cut(m, spot_text(&class))), m->src, spot_value(&class), "ingressClassName is here");
	}
}

void
ingress_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), rules = spot_get(&spec, "rules"), tls = spot_get(&spec, "tls");
	struct spot backend = spot_get(&spec, "defaultBackend");
	bool v1 = str_eq(m->object->api, STR("networking.k8s.io/v1"));

	if (!str_eq(m->object->kind, STR("Ingress")) || (!str_eq(m->object->group, STR("networking.k8s.io")) && !str_eq(m->object->group, STR("extensions")))
		|| !spot_given(&spec) || spec.node->kind != NODE_MAP) {
		return;
	}
	if (v1 && !spot_items(&rules) && !spot_given(&backend) && (!spot_given(&rules) || rules.node->kind == NODE_LIST)) {
		manifest_hit(m, "kube/backend", &rules, spot_key(&spec), "the Ingress has neither rules nor a defaultBackend");
	}
	class_check(m, &root, &spec);
	rules_check(m, &rules, v1);
	if (v1) {
		backend_check(m, &backend);
	}
	tls_check(m, &tls);
}
