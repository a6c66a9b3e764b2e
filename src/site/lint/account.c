/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on host, namespace, account, user and group IDs. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "kube/scc.h"

#include <inttypes.h>
#include <string.h>

enum {
	COMMON_NAME_MAX = 64,         /* of a certificate, RFC 5280 */
	HOST_MAX = 253,               /* RFC 1035, without the last dot */
};

/* one label of a host's name, and nothing more */
static bool
is_label(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-') {
			return false;
		}
	}
	return s.n > 0;
}

static bool
is_address(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] != '.' && s.s[i] != ':' && (s.s[i] < '0' || s.s[i] > '9')) {
			return false;
		}
	}
	return str_find(s, '.', 0) < s.n || str_find(s, ':', 0) < s.n;
}

void
lint_no_hostname(const struct lint_run *run)
{
	struct str host = lint_text(run, "hostname");
	bool address = is_address(host), label = is_label(host);
	struct diag *diag = address || label || host.n > HOST_MAX ? lint_amend(run, "hostname") : NULL;

	if (diag && (address || label)) {
		diag_help(run->diags, diag, "%s", address ? "an address is no name, and has no subdomains for sessions"
			: "write the whole name, with its domain");
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
lint_hostname_changed(const struct lint_run *run)
{
	struct str now = lint_text(run, "hostname"), then = node_text(run->previous, STR("hostname"));

	if (run->previous && now.n > 0 && then.n > 0 && !str_eq(now, then)) {
		struct diag *diag = lint_hit(run, "hostname", "the hostname was '%.*s' before", STR_FMT(then));

		diag_help(run->diags, diag, "DNS, certificates and Keycloak's settings have to change with it");
	}
}

void
lint_namespace(const struct lint_run *run)
{
	struct str name = lint_text_or(run, "namespace", "anaconda-enterprise");

	if (str_eq(name, STR("default")) || str_starts(name, STR("kube-")) || str_starts(name, STR("openshift-"))) {
		struct diag *diag = lint_hit(run, "namespace", "the namespace '%.*s' is not for Workbench alone", STR_FMT(name));

		diag_help(run->diags, diag, "make one of its own");
	} else if (lint_has(run, "cluster/occupiedNamespaces", name)) {
		diag_help(run->diags, lint_hit(run, "namespace", "the namespace '%.*s' holds something else already", STR_FMT(name)),
			"make one of its own");
	}
}

void
lint_uid_zero(const struct lint_run *run)
{
	size_t uid;

	if (str_number(lint_text(run, "uid"), UINT32_MAX, &uid) && uid == 0) {
		(void)lint_amend(run, "uid");
	}
}

void
lint_uid_form(const struct lint_run *run)
{
	size_t uid;

	if (!str_number(lint_text(run, "uid"), UINT32_MAX, &uid) || uid > 0) {
		(void)lint_amend(run, "uid");
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

	if (range.n > 0 && !scc_block(&rest, &from, &to)) {
		diag_help(run->diags, lint_hit(run, "openshift/uidRange", "the range %.*s holds no user ID", STR_FMT(range)),
			"write the first and the last, 1000660000-1000669999, or the first and how many, 1000660000/10000");
		return;
	}
	if (range.n > 0 && wants_range(lint_text(run, "openshift/scc")) && str_number(lint_text(run, "uid"), UINT32_MAX, &uid)
		&& ((int64_t)uid < from || (int64_t)uid > to)) {
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

/* nothing at all is stated of OpenShift, of whose ranges nobody may have thought */
void
lint_uid_unchecked(const struct lint_run *run)
{
	const struct node *openshift = lint_at(run, "openshift");

	if (lint_openshift(run) && lint_at(run, "uid") && (!openshift || (openshift->kind == NODE_MAP && !openshift->first))) {
		diag_help(run->diags, lint_hit(run, "uid", "whether the namespace allows the uid %.*s is not known", STR_FMT(lint_text(run, "uid"))),
			"state 'openshift: {scc, uidRange}', the range from the annotation openshift.io/sa.scc.uid-range");
	}
}

/* OpenShift's own, where the profile says that it is another platform */
void
lint_foreign_settings(const struct lint_run *run)
{
	static const char *const paths[] = { "openshift", "render/scc" };
	struct str platform = lint_text(run, "platform");
	const struct node *rules = node_get(lint_at(run, "render"), STR("rules"));

	if (platform.n == 0 || lint_wrong(run, "platform") || lint_openshift(run)) {
		return;
	}
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct node *set = lint_at(run, paths[i]);

		if (set && (set->kind < NODE_LIST || set->first)) {
			diag_help(run->diags, lint_hit(run, paths[i], "'%s' is for OpenShift, and the platform is '%.*s'", strrchr(paths[i], '/')
				? "render.scc" : paths[i], STR_FMT(platform)), "remove it, or state 'platform: openshift'");
		}
	}
	for (const struct node *rule = rules && rules->kind == NODE_LIST ? rules->first : NULL; rule; rule = rule->next) {
		const struct node *scc = node_get(rule, STR("scc"));

		if (scc) {
			diag_help(run->diags, lint_hit_node(run, scc, "'scc' is for OpenShift, and the platform is '%.*s'", STR_FMT(platform)),
				"remove it, or state 'platform: openshift'");
		}
	}
	if (str_eq(lint_text(run, "ingress/className"), STR("openshift-default"))) {
		diag_help(run->diags, lint_hit(run, "ingress/className", "'openshift-default' is the class of OpenShift's router, and the platform is '%.*s'",
			STR_FMT(platform)), "name a class that the cluster has");
	}
}

void
lint_nfs_root(const struct lint_run *run)
{
	struct str scc = lint_text(run, "openshift/scc");

	if (!lint_true(run, "authenticatedNFS")) {
		return;
	}
	if (forbids_root(scc)) {
		struct diag *diag = lint_hit(run, "openshift/scc", "'%.*s' lets no pod run as user 0, which authenticatedNFS needs",
			STR_FMT(scc));

		diag_help(run->diags, diag, "use 'anyuid', or turn authenticatedNFS off");
	}
	if (str_eq(lint_text(run, "podSecurity"), STR("restricted"))) {
		diag_help(run->diags, lint_hit(run, "podSecurity", "'restricted' lets no pod run as user 0, which authenticatedNFS needs"),
			"use 'baseline', or turn authenticatedNFS off");
	}
}

static const char *const volumes[] = { "storage", "persistence" };

void
lint_group(const struct lint_run *run)
{
	struct str gid = lint_text_or(run, "gid", "0");
	struct lint_run mild = lint_mild(run);

	if (str_eq(gid, STR("0")) && lint_false(run, "rootGroup")) {
		diag_help(run->diags, lint_hit(run, lint_at(run, "gid") ? "gid" : "rootGroup", "the containers have the group 0, which is forbidden"),
			"permit it, or set 'gid' to the group of the volumes");
	}
	for (size_t i = 0; i < 2; i++) {
		const char *path = arena_printf(run->arena, "%s/owner/gid", volumes[i]);
		struct str owner = lint_text(run, path);

		if (owner.n > 0 && !str_eq(owner, gid)) {
			diag_help(run->diags, lint_hit(&mild, path, "the volume belongs to the group %.*s, the containers have %.*s",
				STR_FMT(owner), STR_FMT(gid)), "make it 0, or state 'gid: %.*s' for the volume's annotation pv.beta.kubernetes.io/gid",
				STR_FMT(owner));
		}
	}
}

void
lint_owner(const struct lint_run *run)
{
	struct str uid = lint_text(run, "uid");

	for (size_t i = 0; i < 2; i++) {
		const char *user = arena_printf(run->arena, "%s/owner/uid", volumes[i]);
		const char *mode = arena_printf(run->arena, "%s/owner/mode", volumes[i]);
		struct str owner = lint_text(run, user), bits = lint_text(run, mode);

		if (owner.n > 0 && uid.n > 0 && !str_eq(owner, uid)) {
			diag_help(run->diags, lint_hit(run, user, "the volume belongs to the user %.*s, the containers run as %.*s",
				STR_FMT(owner), STR_FMT(uid)), "make it %.*s", STR_FMT(uid));
		}
		/* the last but one digit is the group's; 7 is all */
		if (bits.n >= 3 && bits.s[bits.n - 2] != '7') {
			diag_help(run->diags, lint_hit(run, mode, "the volume's group may not write with the mode %.*s", STR_FMT(bits)),
				"use 770 or 775");
		}
	}
}
