/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on host, namespace, account, user ID and versions. */
#include "site/lint/rule.h"

#include "kube/scc.h"
#include "site/version.h"

#include <inttypes.h>
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

/* does the SCC take users of the namespace's range only? */
static bool
wants_range(struct str name)
{
	const struct scc *scc = scc_find(name);

	return scc && scc->user == SCC_USER_RANGE && scc->to == 0;
}

static bool
forbids_root(struct str name)
{
	const struct scc *scc = scc_find(name);

	return scc && scc->user != SCC_USER_ANY && (scc->to == 0 || scc->from > 0);
}

void
lint_uid_range(const struct lint_run *run)
{
	struct str range = lint_text(run, "openshift/uidRange");
	struct str rest = range;
	int64_t from, to;
	size_t uid;

	if (wants_range(lint_text(run, "openshift/scc")) && scc_block(&rest, &from, &to)
		&& str_number(lint_text(run, "uid"), UINT32_MAX, &uid) && ((int64_t)uid < from || (int64_t)uid > to)) {
		struct diag *diag = lint_hit(run, "uid", "the uid %zu lies outside of the namespace's range %.*s", uid, STR_FMT(range));

		diag_help(run->diags, diag, "take one from %" PRId64 " to %" PRId64, from, to);
	}
}

void
lint_no_uid_range(const struct lint_run *run)
{
	struct str scc = lint_text(run, "openshift/scc");

	if (wants_range(scc) && !lint_at(run, "openshift/uidRange")) {
		struct diag *diag = lint_hit(run, "openshift/scc", "'%.*s' wants a uid from the namespace's range, which is not stated",
			STR_FMT(scc));

		diag_help(run->diags, diag, "add 'uidRange' from the namespace's annotation openshift.io/sa.scc.uid-range");
	}
}

void
lint_nfs_root(const struct lint_run *run)
{
	struct str scc = lint_text(run, "openshift/scc");

	if (lint_true(run, "authenticatedNFS") && forbids_root(scc)) {
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
