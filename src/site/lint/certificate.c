/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on certificates and Keycloak. */
#include "site/lint/rule.h"

#include "site/password.h"

#define SECRET_CERTS "anaconda-enterprise-certs"

void
lint_generate(const struct lint_run *run)
{
	if (lint_true(run, "production") && str_eq(lint_text_or(run, "generateCerts", "generate"), STR("generate"))) {
		struct diag *diag = lint_hit(run, "generateCerts", "self-signed certificates in production");

		diag_help(run->diags, diag, "use 'load' or 'skip' with certificates of your own");
	}
}

void
lint_no_certificates(const struct lint_run *run)
{
	static const struct {
		const char *when, *path, *text, *help;
	} wanted[] = {
		{ "certificates/intermediates", "certificates/chain", "the intermediates", "add certificates.chain" },
		{ "certificates/privateCA", "certificates/rootCA", "the private root", "add certificates.rootCA" },
	};

	if (!str_eq(lint_text(run, "generateCerts"), STR("load")) || lint_at(run, "certificates/dir")) {
		return;
	}
	if (!lint_at(run, "certificates/cert") || !lint_at(run, "certificates/key")) {
		struct diag *diag = lint_hit(run, "generateCerts", "'load' reads certificate and key, and they are not stated");

		diag_help(run->diags, diag, "add certificates.dir, or certificates.cert and .key");
	}
	for (size_t i = 0; i < 2; i++) {
		if (lint_true(run, wanted[i].when) && !lint_at(run, wanted[i].path)) {
			diag_help(run->diags, lint_hit(run, "generateCerts", "'load' needs the certificate of %s, which is not stated",
				wanted[i].text), "%s", wanted[i].help);
		}
	}
}

void
lint_no_secret(const struct lint_run *run)
{
	static const char *const keys[] = { "tls.crt", "tls.key", "wildcard.crt", "wildcard.key", "keystore.jks", "rootca.crt" };
	struct str secret = lint_text_or(run, "certificates/secret", SECRET_CERTS);

	if (str_eq(lint_text(run, "generateCerts"), STR("skip")) && lint_at(run, "cluster/existingSecrets")
		&& !lint_has(run, "cluster/existingSecrets", secret)) {
		struct diag *diag = lint_hit(run, "generateCerts", "'skip' wants the secret '%.*s', which cluster.existingSecrets lacks",
			STR_FMT(secret));

		diag_help(run->diags, diag, "make the secret beforehand, or use 'generate' or 'load'");
	}
	for (size_t i = 0; lint_at(run, "certificates/secretKeys") && i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (str_eq(lint_text(run, "generateCerts"), STR("skip")) && !lint_has(run, "certificates/secretKeys", str_of(keys[i]))) {
			diag_help(run->diags, lint_hit(run, "certificates/secretKeys", "the secret '%.*s' lacks the key '%s'", STR_FMT(secret),
				keys[i]), "it has six: tls.crt, tls.key, wildcard.crt, wildcard.key, keystore.jks, rootca.crt");
		}
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
lint_certificates_changed(const struct lint_run *run)
{
	struct str now = lint_text_or(run, "generateCerts", "generate"), then = node_text(run->previous, STR("generateCerts"));

	then = then.n > 0 ? then : STR("generate");
	if (run->previous && !str_eq(now, then)) {
		struct diag *diag = lint_hit(run, "generateCerts", "'%.*s' makes no new certificates, it was '%.*s' before", STR_FMT(now),
			STR_FMT(then));

		diag_help(run->diags, diag, "existing secrets are kept: delete " SECRET_CERTS " first");
	}
}

static bool
is_set(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	return node && (node->kind == NODE_MAP || lint_text(run, path).n > 0);
}

void
lint_truststore(const struct lint_run *run)
{
	bool store = is_set(run, "keycloak/truststore"), secret = is_set(run, "keycloak/truststore_secret");
	bool password = is_set(run, "keycloak/truststore_password");

	/* a profile may leave the password to --set */
	if ((store != secret || (password && !store) || (store && !password && run->file == LINT_VALUES)) && !lint_wrong(run, "keycloak")) {
		struct diag *diag = lint_hit(run, "keycloak", "only a part of truststore, truststore_password and truststore_secret is set");

		diag_help(run->diags, diag, "set all three, or none");
	}
}

void
lint_truststore_kind(const struct lint_run *run)
{
	const struct node *password = lint_at(run, "keycloak/truststore_password");
	struct str path = lint_text(run, "keycloak/truststore");

	if (path.n > 0 && !str_ends(path, STR(".jks")) && !str_ends(path, STR(".p12")) && !str_ends(path, STR(".pfx"))) {
		struct diag *diag = lint_hit(run, "keycloak/truststore", "'%.*s' does not look like a truststore", STR_FMT(path));

		diag_help(run->diags, diag, "it is a file .jks or .p12");
	}
	/* values are made from a profile and need not be kept */
	if (run->file == LINT_PROFILE && password && password->kind == NODE_STRING && password->text.n > 0) {
		diag_help(run->diags, lint_hit(run, "keycloak/truststore_password", "the truststore password stands in the profile in plain text"),
			"%s", password_help(password->text));
	}
}

void
lint_truststore_secret(const struct lint_run *run)
{
	static const char *const owned[] = { SECRET_CERTS, "anaconda-enterprise-keycloak", "anaconda-enterprise-platform-token-secret",
		"anaconda-config-files" };
	struct str name = lint_text(run, "keycloak/truststore_secret"), url = lint_text(run, "ldap/address");

	for (size_t i = 0; i < sizeof(owned) / sizeof(owned[0]); i++) {
		if (str_is(name, owned[i])) {
			struct diag *diag = lint_hit(run, "keycloak/truststore_secret", "'%.*s' is a secret of the chart itself", STR_FMT(name));

			diag_help(run->diags, diag, "use another name, such as anaconda-enterprise-truststore");
		}
	}
	if (str_starts(url, STR("ldaps://")) && lint_true(run, "ldap/privateCA") && lint_text(run, "keycloak/truststore").n == 0) {
		diag_help(run->diags, lint_hit(run, run->file == LINT_PROFILE ? "ldap/address" : "keycloak",
			"Keycloak does not know the private CA of '%.*s'", STR_FMT(url)), "set keycloak.truststore, with its password and secret");
	}
}
