/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of lint: what a schema cannot say. One row of a table and one function each; no rule knows another. */
#ifndef WBRENDER_SITE_LINT_RULE_H
#define WBRENDER_SITE_LINT_RULE_H

#include "base/diag.h"
#include "yaml/node.h"

/* the files that a rule looks at */
enum { LINT_PROFILE = 1, LINT_VALUES = 2, LINT_BOTH = LINT_PROFILE | LINT_VALUES, LINT_MANIFESTS = 4 };

struct lint_rule;

/* one rule on one file */
struct lint_run {
	const struct lint_rule *rule;
	unsigned file;                /* LINT_PROFILE or LINT_VALUES */
	struct source *src;
	const struct node *root;      /* without aliases and merge keys; its schema may find it wrong */
	struct arena *arena;
	struct diags *diags;
	struct buf *read;             /* gets the paths that are looked at, one a line; NULL: nobody asks */
};

typedef void lint_check(const struct lint_run *);

struct lint_rule {
	const char *id;               /* WB and the number in the table of mistakes that the rules come from, kube/... of manifests; stable */
	enum diag_level level;
	unsigned files;
	const char *title;            /* what is wrong, in a few words */
	const char *why;
	const char *bad, *good;       /* lines of a profile, without its header, or whole manifests; NULL where they would be too long;
	                                 tests/rules.py runs them */
	const char *source;
	lint_check *check;            /* NULL of manifests: manifest/manifest.c checks them object by object */
};

/* by id; each ends with id == NULL */
extern const struct lint_rule lint_rules[], lint_manifest_rules[];
/* the rule behind one in both tables, the first of NULL; NULL at the end */
const struct lint_rule *lint_rule_next(const struct lint_rule *);
/* NULL if there is none; upper and lower case are the same */
const struct lint_rule *lint_rule_named(struct str id);
/* Whether a rule looks at a field of the profile, at one around it or below it: found out by its own examples. path: as in
   "openshift.scc". */
bool lint_rule_reads(const struct lint_rule *, struct str path, struct arena *);
/* All rules for that kind of file; root may be NULL. */
void lint_rules_run(struct source *, const struct node *root, unsigned file, struct arena *, struct diags *);

/* Below, a path is the keys from the root, joined by '/'. */
/* NULL if there is nothing */
const struct node *lint_at(const struct lint_run *, const char *path);
/* a text or number; empty if there is none */
struct str lint_text(const struct lint_run *, const char *path);
/* the same, with what counts where nothing is written */
struct str lint_text_or(const struct lint_run *, const char *path, const char *initial);
bool lint_true(const struct lint_run *, const char *path);
bool lint_has(const struct lint_run *, const char *list, struct str item);
/* the schema found something wrong inside */
bool lint_wrong(const struct lint_run *, const char *path);
/* the profile is of OpenShift */
bool lint_openshift(const struct lint_run *);
/* Adds the rule's finding: at a scalar, at the key of a map or list, or, of what is not there, at what it would stand in. Where
   the schema has an error, nothing is added, and what comes back is not seen. */
struct diag *lint_hit(const struct lint_run *, const char *path, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

lint_check lint_placeholder, lint_long_hostname, lint_default_account, lint_namespace, lint_uid_range, lint_no_uid_range,
	lint_nfs_root, lint_scc, lint_version, lint_lost_host;
lint_check lint_prefix, lint_registry, lint_air_gap, lint_pull_secret, lint_postgres, lint_no_certificates, lint_no_secret,
	lint_names, lint_truststore, lint_truststore_kind, lint_truststore_secret;
lint_check lint_class, lint_class_ignored, lint_class_exists, lint_shared_cluster, lint_annotations, lint_dns_server;
lint_check lint_access_mode, lint_one_node, lint_size, lint_scopes, lint_gpu, lint_default_profile, lint_requests, lint_too_large,
	lint_description, lint_old_cluster, lint_nodes, lint_helm;

#endif
