/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on images. */
#include "site/lint/rule.h"

#include "kube/image.h"
#include "site/version.h"

#include <string.h>

/* a prefix without a host (no dot, colon or "localhost" before the first '/') is on Docker Hub */
static bool
on_docker_hub(struct str server)
{
	struct str host = str_slice(server, 0, str_find(server, '/', 0));

	if (image_on_hub(host) || str_ends(host, STR(".docker.io"))) {
		return true;
	}
	return str_find(host, '.', 0) == host.n && str_find(host, ':', 0) == host.n && !str_eq(host, STR("localhost"));
}

/* "registry.acme.example/aedev/" of "https://registry.acme.example/aedev"; empty where there is no scheme */
static struct str
no_scheme(struct str server)
{
	const char *found = memmem(server.s, server.n, "://", 3);

	return found ? str_slice(server, (size_t)(found - server.s) + 3, server.n) : (struct str){ 0 };
}

void
lint_prefix(const struct lint_run *run)
{
	const struct node *node = lint_at(run, "image/server");
	struct str server = lint_text(run, "image/server"), image;
	size_t last = server.n, tag;
	struct diag *diag;

	/* with a scheme it is no prefix at all */
	if (server.n == 0 || str_ends(str_trim(server), STR("/")) || no_scheme(server).n > 0) {
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

static bool
is_prefix(struct str server)
{
	for (size_t i = 0, slash = str_find(server, '/', 0); i < server.n; i++) {
		char c = server.s[i];

		/* a port is in the host's name, a tag is not */
		if (c == '@' || (c == ':' && i > slash && str_ends(server, STR("/"))) || c == ' ' || (c >= 'A' && c <= 'Z')) {
			return false;
		}
	}
	return no_scheme(server).n == 0;
}

void
lint_registry(const struct lint_run *run)
{
	struct str server = lint_text(run, "image/server"), bare = no_scheme(server);
	struct diag *diag;

	if (is_prefix(server)) {
		return;
	}
	diag = lint_hit(run, "image/server", "'%.*s' is no image prefix", STR_FMT(server));
	if (bare.n > 0 && is_prefix(bare)) {
		diag_help(run->diags, diag, "write %.*s%s", STR_FMT(bare), str_ends(bare, STR("/")) ? "" : "/");
	} else {
		diag_help(run->diags, diag, "a registry and a path, in lower case, without scheme, tag and digest: registry.acme.example/aedev/");
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

/* BYOK8s environment preparation 5.7.1; the ingress controller's image depends on the Kubernetes version */
static const char *const images[] = { "ae-app-proxy", "ae-auth", "ae-auth-api", "ae-auth-escrow", "ae-deploy", "ae-docs", "ae-editor",
	"ae-git-proxy", "ae-git-storage", "ae-object-storage", "ae-operation-controller", "ae-operation-create-project",
	"ae-repository", "ae-storage", "ae-sync", "ae-ui", "ae-workspace", "ae-wagonwheel", "ae-auth-keycloak", "postgres" };

/* is it in the list, with a registry before it and a tag behind it or without? */
static bool
is_mirrored(const struct lint_run *run, const char *image)
{
	for (const struct node *n = lint_first(run, "image/mirrored", NODE_LIST); n; n = n->next) {
		struct str name = n->text;

		for (size_t at = str_find(name, '/', 0); at < name.n; at = str_find(name, '/', 0)) {
			name = str_slice(name, at + 1, name.n);
		}
		name = str_slice(name, 0, str_find(name, '@', 0));
		if (str_is(str_slice(name, 0, str_find(name, ':', 0)), image)) {
			return true;
		}
	}
	return false;
}

void
lint_mirror(const struct lint_run *run)
{
	enum { NAMED = 5, INGRESS_V1 = 19 };
	const char *ingress = lint_kubernetes(run) >= INGRESS_V1 ? "ae-nginx-ingress-v1" : "ae-nginx-ingress-v1beta1";
	struct buf missing = { .arena = run->arena };
	size_t n = 0, count = sizeof(images) / sizeof(images[0]);

	if (!lint_at(run, "image/mirrored")) {
		return;
	}
	for (size_t i = 0; i <= count; i++) {
		const char *image = i < count ? images[i] : ingress;

		if (!is_mirrored(run, image) && n++ < NAMED) {
			buf_addf(&missing, "%s%s", n > 1 ? ", " : "", image);
		}
	}
	if (n > 0) {
		struct diag *diag = lint_hit(run, "image/mirrored", "the mirror lacks %zu of the images", n);

		diag_help(run->diags, diag, "copy %s%s", buf_z(&missing), n > NAMED ? " and others" : "");
		if (!is_mirrored(run, ingress)) {
			diag_note(run->diags, diag, "on Kubernetes 1.%zu the ingress controller's image is %s", lint_kubernetes(run), ingress);
		}
	}
}

void
lint_postgres(const struct lint_run *run)
{
	struct str tag = lint_text(run, "image/tags/postgres"), workbench = lint_text_or(run, "workbenchVersion", WORKBENCH_USUAL);
	struct lint_run mild = lint_mild(run);
	size_t major;

	if (!str_number(str_slice(tag, 0, str_find(tag, '.', 0)), 1000, &major)) {
		return;
	}
	if (major < 10) {
		/* an upgrade has a database to lose */
		struct diag *diag = lint_hit(run->previous ? run : &mild, "image/tags/postgres", "Postgres %.*s is no longer supported", STR_FMT(tag));

		diag_help(run->diags, diag, "use 16.2, and restore the database by Anaconda's script");
	} else if (version_number(workbench) >= 50701 && !str_eq(tag, STR("16.2")) && !str_starts(tag, STR("16.2-"))) {
		diag_help(run->diags, lint_hit(&mild, "image/tags/postgres", "Workbench %.*s comes with Postgres 16.2, this is %.*s",
			STR_FMT(workbench), STR_FMT(tag)), "use 16.2");
	}
}
