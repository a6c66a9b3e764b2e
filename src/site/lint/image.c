/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on images, certificates and Keycloak. */
#include "site/lint/rule.h"

#define SECRET_CERTS "anaconda-enterprise-certs"
#define SECRET_KEYCLOAK "anaconda-enterprise-keycloak"

/* a prefix without a host (no dot, colon or "localhost" before the first '/') is on Docker Hub */
static bool
on_docker_hub(struct str server)
{
	struct str host = str_slice(server, 0, str_find(server, '/', 0));

	if (str_eq(host, STR("docker.io")) || str_ends(host, STR(".docker.io"))) {
		return true;
	}
	return str_find(host, '.', 0) == host.n && str_find(host, ':', 0) == host.n && !str_eq(host, STR("localhost"));
}

void
lint_prefix(const struct lint_run *run)
{
	const struct node *node = lint_at(run, "image/server");
	struct str server = lint_text(run, "image/server"), image;
	size_t last = server.n, tag;
	struct diag *diag;

	if (server.n == 0 || str_ends(str_trim(server), STR("/"))) {
		return;
	}
	while (last > 0 && server.s[last - 1] != '/') {
		last--;
	}
	diag = lint_hit(run, "image/server", "'%.*s' does not end in '/', and is put before each image name as it is", STR_FMT(server));
	image = str_slice(server, last, server.n);
	tag = str_find(image, ':', 0);
	if (last > 0 && str_starts(image, STR("ae-"))) {
		diag_help(run->diags, diag, "leave out the image's name: %.*s", STR_FMT(str_slice(server, 0, last)));
	} else if (last > 0 && tag < image.n) {
		diag_help(run->diags, diag, "leave out the tag: %.*s/", STR_FMT(str_slice(server, 0, last + tag)));
	} else {
		diag_help(run->diags, diag, "write %.*s/", STR_FMT(server));
	}
	if ((last == 0 || (!str_starts(image, STR("ae-")) && tag == image.n)) && node->style <= NODE_DOUBLE && diag->span.at == node->span.at && diag->span.n == node->span.n) {
		diag->fix = "/";
		diag->fix_at = (struct span){ node->span.at + node->span.n - (node->style != NODE_PLAIN), 0 };
	}
}

void
lint_registry(const struct lint_run *run)
{
	struct str server = lint_text(run, "image/server");

	for (size_t i = 0; i < server.n; i++) {
		char c = server.s[i];

		if (c == '@' || c == ' ' || (c >= 'A' && c <= 'Z') || str_starts(str_slice(server, i, server.n), STR("://"))) {
			diag_help(run->diags, lint_hit(run, "image/server", "'%.*s' is no image prefix", STR_FMT(server)),
				"a registry and a path, in lower case, without scheme and digest: registry.acme.example/aedev/");
			return;
		}
	}
}

void
lint_air_gap(const struct lint_run *run)
{
	struct str server = lint_text_or(run, "image/server", "aedev/");

	if (lint_true(run, "airGapped") && on_docker_hub(server)) {
		struct diag *diag = lint_hit(run, "image/server", "the cluster is air-gapped, but its images come from Docker Hub ('%.*s')",
			STR_FMT(server));

		diag_help(run->diags, diag, "set image.server to a registry inside");
	}
}

void
lint_pull_secret(const struct lint_run *run)
{
	const struct node *secrets = lint_at(run, "image/pullSecrets");
	bool none = !secrets || secrets->kind == NODE_NULL || (secrets->kind == NODE_LIST && !secrets->first);

	if (lint_at(run, "image/server") && on_docker_hub(lint_text(run, "image/server")) && none
		&& !lint_wrong(run, "image")) {
		struct diag *diag = lint_hit(run, "image/server", "images on Docker Hub need a pull secret, and none is named");

		diag_help(run->diags, diag, "name it in image.pullSecrets");
	}
}

void
lint_postgres(const struct lint_run *run)
{
	struct str tag = lint_text(run, "image/tags/postgres");
	size_t major;

	if (str_number(str_slice(tag, 0, str_find(tag, '.', 0)), 1000, &major) && major < 10) {
		struct diag *diag = lint_hit(run, "image/tags/postgres", "Postgres %.*s is no longer supported", STR_FMT(tag));

		diag_help(run->diags, diag, "use 16.2, and restore the database by Anaconda's script");
	}
}

void
lint_no_certificates(const struct lint_run *run)
{
	if (str_eq(lint_text(run, "generateCerts"), STR("load")) && !lint_at(run, "certificates/dir")
		&& (!lint_at(run, "certificates/cert") || !lint_at(run, "certificates/key"))) {
		struct diag *diag = lint_hit(run, "generateCerts", "'load' reads certificate and key, and they are not stated");

		diag_help(run->diags, diag, "add certificates.dir, or certificates.cert and .key");
	}
}

void
lint_no_secret(const struct lint_run *run)
{
	struct str secret = lint_text_or(run, "certificates/secret", SECRET_CERTS);

	if (str_eq(lint_text(run, "generateCerts"), STR("skip")) && lint_at(run, "cluster/existingSecrets")
		&& !lint_has(run, "cluster/existingSecrets", secret)) {
		struct diag *diag = lint_hit(run, "generateCerts", "'skip' wants the secret '%.*s', which cluster.existingSecrets lacks",
			STR_FMT(secret));

		diag_help(run->diags, diag, "make the secret beforehand, or use 'generate' or 'load'");
	}
}

void
lint_names(const struct lint_run *run)
{
	struct str host = lint_text(run, "hostname");
	const char *wildcard = arena_printf(run->arena, "*.%.*s", STR_FMT(host));
	bool own = lint_has(run, "cluster/certificateSANs", host), below = lint_has(run, "cluster/certificateSANs", str_of(wildcard));

	if (lint_at(run, "cluster/certificateSANs") && !lint_wrong(run, "cluster/certificateSANs") && host.n > 0 && !(own && below)) {
		struct diag *diag = lint_hit(run, "cluster/certificateSANs", "the certificate does not cover '%s'",
			own ? wildcard : str_z(run->arena, host));

		diag_help(run->diags, diag, "it needs both %.*s and %s; a wildcard of the parent covers neither the subdomains", STR_FMT(host),
			wildcard);
	}
}

void
lint_truststore(const struct lint_run *run)
{
	static const char *const keys[] = { "keycloak/truststore", "keycloak/truststore_password", "keycloak/truststore_secret" };
	size_t set = 0;

	for (size_t i = 0; i < 3; i++) {
		set += lint_text(run, keys[i]).n > 0;
	}
	if (set > 0 && set < 3 && !lint_wrong(run, "keycloak")) {
		struct diag *diag = lint_hit(run, "keycloak", "only %zu of truststore, truststore_password and truststore_secret is set", set);

		diag_help(run->diags, diag, "set all three, or none");
	}
}

void
lint_truststore_kind(const struct lint_run *run)
{
	struct str path = lint_text(run, "keycloak/truststore");

	if (path.n > 0 && !str_ends(path, STR(".jks")) && !str_ends(path, STR(".p12")) && !str_ends(path, STR(".pfx"))) {
		struct diag *diag = lint_hit(run, "keycloak/truststore", "'%.*s' does not look like a truststore", STR_FMT(path));

		diag_help(run->diags, diag, "it is a file .jks or .p12");
	}
}

void
lint_truststore_secret(const struct lint_run *run)
{
	struct str name = lint_text(run, "keycloak/truststore_secret");

	if (str_eq(name, STR(SECRET_CERTS)) || str_eq(name, STR(SECRET_KEYCLOAK))) {
		struct diag *diag = lint_hit(run, "keycloak/truststore_secret", "'%.*s' is a secret of the chart itself", STR_FMT(name));

		diag_help(run->diags, diag, "use another name, such as anaconda-enterprise-truststore");
	}
}
