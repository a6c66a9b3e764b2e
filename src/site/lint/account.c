/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on host, namespace, account, user ID and versions. */
#include "site/lint/rule.h"

#include "site/version.h"

#include <stdint.h>
#include <string.h>

enum { COMMON_NAME_MAX = 64 };        /* of a certificate, RFC 5280 */

#define LOST_HOST "airgap.svc.anaconda.com.s3.amazonaws.com"

void
lint_placeholder(const struct lint_run *run)
{
	struct str host = lint_text(run, "hostname");

	if (str_eq(host, STR("example.com")) || str_ends(host, STR(".example.com"))) {
		struct diag *diag = lint_hit(run, "hostname", "the hostname '%.*s' is the template's placeholder", STR_FMT(host));

		diag_help(run->diags, diag, "write the cluster's own name");
	}
}

void
lint_long_hostname(const struct lint_run *run)
{
	struct str host = lint_text(run, "hostname");

	if (host.n > COMMON_NAME_MAX) {
		struct diag *diag = lint_hit(run, "hostname", "the hostname has %zu characters, a certificate's common name at most %d",
			host.n, COMMON_NAME_MAX);

		diag_help(run->diags, diag, "choose a shorter one");
	}
}

void
lint_default_account(const struct lint_run *run)
{
	if (str_eq(lint_text(run, "serviceAccountName"), STR("default"))) {
		struct diag *diag = lint_hit(run, "serviceAccountName", "'default' is the account of every pod in the namespace");

		diag_help(run->diags, diag, "make an account for Workbench, such as 'anaconda-enterprise'");
	}
}

void
lint_namespace(const struct lint_run *run)
{
	struct str name = lint_text(run, "namespace");

	if (str_eq(name, STR("default")) || str_starts(name, STR("kube-")) || str_starts(name, STR("openshift-"))) {
		struct diag *diag = lint_hit(run, "namespace", "the namespace '%.*s' is not for Workbench alone", STR_FMT(name));

		diag_help(run->diags, diag, "make one of its own");
	}
}

static bool
is_restricted(struct str scc)
{
	return str_starts(scc, STR("restricted"));
}

/* "start/length" or "start-end" */
static bool
range_read(struct str s, size_t *ret_from, size_t *ret_to)
{
	size_t slash = str_find(s, '/', 0), dash = str_find(s, '-', 0), at = slash < s.n ? slash : dash, second;

	if (!str_number(str_slice(s, 0, at), UINT32_MAX, ret_from) || !str_number(str_slice(s, at + 1, s.n), UINT32_MAX, &second)) {
		return false;
	}
	*ret_to = slash < s.n ? *ret_from + second - 1 : second;
	return second > 0;
}

void
lint_uid_range(const struct lint_run *run)
{
	struct str range = lint_text(run, "openshift/uidRange");
	size_t uid, from, to;

	if (is_restricted(lint_text(run, "openshift/scc")) && range_read(range, &from, &to)
		&& str_number(lint_text(run, "uid"), UINT32_MAX, &uid) && (uid < from || uid > to)) {
		struct diag *diag = lint_hit(run, "uid", "the uid %zu lies outside of the namespace's range %.*s", uid, STR_FMT(range));

		diag_help(run->diags, diag, "take one from %zu to %zu", from, to);
	}
}

void
lint_no_uid_range(const struct lint_run *run)
{
	struct str scc = lint_text(run, "openshift/scc");

	if (is_restricted(scc) && !lint_at(run, "openshift/uidRange")) {
		struct diag *diag = lint_hit(run, "openshift/scc", "'%.*s' wants a uid from the namespace's range, which is not stated",
			STR_FMT(scc));

		diag_help(run->diags, diag, "add 'uidRange' from the namespace's annotation openshift.io/sa.scc.uid-range");
	}
}

void
lint_nfs_root(const struct lint_run *run)
{
	struct str scc = lint_text(run, "openshift/scc");

	if (lint_true(run, "authenticatedNFS") && (is_restricted(scc) || str_starts(scc, STR("nonroot")))) {
		struct diag *diag = lint_hit(run, "openshift/scc", "'%.*s' lets no pod run as user 0, which authenticatedNFS needs",
			STR_FMT(scc));

		diag_help(run->diags, diag, "use 'anyuid', or turn authenticatedNFS off");
	}
}

void
lint_scc(const struct lint_run *run)
{
	if (str_eq(lint_text(run, "openshift/scc"), STR("privileged"))) {
		struct diag *diag = lint_hit(run, "openshift/scc", "'privileged' gives pods the rights of their node");

		diag_help(run->diags, diag, "'restricted-v2' is enough, with authenticatedNFS 'anyuid'");
	}
}

void
lint_version(const struct lint_run *run)
{
	for (const struct version_gate *gate = version_gates; gate->key; gate++) {
		const char *path = version_path(run->arena, gate->key);

		if (version_lacks(gate, lint_text(run, "workbenchVersion")) && lint_at(run, path)) {
			lint_hit(run, path, "the chart up to %s has no '%s'", gate->last, gate->key);
		}
	}
}

/* the depth of trees is limited by the parser */
static void
find_lost(const struct lint_run *run, const struct node *node)
{
	if (node->kind == NODE_STRING && node->text.n > 0 && memmem(node->text.s, node->text.n, LOST_HOST, sizeof(LOST_HOST) - 1)) {
		struct diag *diag = diag_add(run->diags, run->rule->level, run->rule->id, run->src, node->span,
			"'" LOST_HOST "' was abandoned and taken by others");

		diag_help(run->diags, diag, "use https://airgap.svc.anaconda.com");
	}
	for (const struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		find_lost(run, child);
	}
}

void
lint_lost_host(const struct lint_run *run)
{
	find_lost(run, run->root);
}
