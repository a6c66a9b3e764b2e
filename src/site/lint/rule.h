/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of lint: what a schema cannot say. One row of a table and one function each; no rule knows another. */
#ifndef WBRENDER_SITE_LINT_RULE_H
#define WBRENDER_SITE_LINT_RULE_H

#include "base/diag.h"
#include "kube/object.h"

/* the files that a rule looks at */
enum { LINT_PROFILE = 1, LINT_VALUES = 2, LINT_BOTH = LINT_PROFILE | LINT_VALUES, LINT_MANIFESTS = 4 };

struct lint_rule;

struct lint_facts;

/* one rule on one file */
struct lint_run {
	const struct lint_rule *rule;
	enum diag_level level;        /* of what it finds */
	unsigned file;                /* LINT_PROFILE, LINT_VALUES or LINT_MANIFESTS */
	struct source *src;
	const struct node *root;      /* a map, of manifests the profile; without aliases and merge keys; its schema may find it wrong */
	const struct node *own;       /* what the file itself states of it; the rest are facts of the profile */
	const struct node *previous;  /* see above */
	const struct doc *docs;       /* of manifests */
	struct arena *arena;
	struct diags *diags;
	struct buf *read;             /* gets the paths that are looked at, one a line; NULL: nobody asks */
};

typedef void lint_check(const struct lint_run *);

/* a finding of another layer that reports a rule */
struct lint_by {
	const char *code;             /* a code, or with a star at its end all that begin so; NULL ends a list */
	const char *path;             /* JSON pointer to where, or above it; "": anywhere */
};

struct lint_rule {
	const char *id;               /* WB and the number in the table of mistakes that the rules come from, kube/... of manifests; stable */
	enum diag_level level;
	unsigned files;
	const char *title;            /* what is wrong, in a few words */
	const char *why;
	const char *bad, *good;       /* lines of a profile without its header, or whole manifests; NULL where they would be too long;
	                                 tests/rules.py runs them */
	const char *source;
	lint_check *check;            /* NULL: others report it; of kube/... manifest/manifest.c checks them object by object */
	const struct lint_by *by;     /* NULL: nobody else does */
	bool milder;                  /* some of its findings are warnings */
	const char *before;           /* lines of the installation before, for the examples; or NULL */
};

/* by id; each ends with id == NULL */
extern const struct lint_rule lint_rules[], lint_manifest_rules[];
/* the rule behind one in both tables, the first of NULL; NULL at the end */
const struct lint_rule *lint_rule_next(const struct lint_rule *);
/* NULL if there is none; upper and lower case are the same */
const struct lint_rule *lint_rule_named(struct str id);
/* The rule that a finding of another layer reports; of several that with the longest path. NULL if there is none. */
const struct lint_rule *lint_rule_of(const struct diag *);
/* is it one of those codes? */
bool lint_by_code(const struct lint_by *, struct str code);
/* Whether a rule looks at a field of the profile, at one around it or below it: found out by its own examples. path: as in
   "openshift.scc". */
bool lint_rule_reads(const struct lint_rule *, struct str path, struct arena *);
/* All rules for that kind of file; root may be NULL. docs: manifests; else NULL. */
void lint_rules_run(struct source *, const struct node *root, const struct doc *docs, unsigned file, const struct lint_facts *,
	struct arena *, struct diags *);
/* The values with the facts of the profile: what it says beside the chart's keys. These have no place, and no finding is added there. */
const struct node *lint_overlay(struct arena *, const struct node *values, const struct node *profile);

/* Below, a path is the keys from the root, joined by '/'. */
/* NULL if there is nothing */
const struct node *lint_at(const struct lint_run *, const char *path);
/* a text or number; empty if there is none */
struct str lint_text(const struct lint_run *, const char *path);
/* the same, with what counts where nothing is written */
struct str lint_text_or(const struct lint_run *, const char *path, const char *initial);
bool lint_true(const struct lint_run *, const char *path);
/* stated, and false */
bool lint_false(const struct lint_run *, const char *path);
bool lint_has(const struct lint_run *, const char *list, struct str item);
/* the entries of a map or list; NULL for anything else */
const struct node *lint_first(const struct lint_run *, const char *path, enum node_kind);
/* an amount with a unit at a key; false if there is none */
bool lint_amount(const struct node *map, const char *key, double *ret);
/* the schema found something wrong inside */
bool lint_wrong(const struct lint_run *, const char *path);
/* the profile is of OpenShift */
bool lint_openshift(const struct lint_run *);
/* the minor version, 27 of "1.27"; where nothing is stated the default, 28 */
size_t lint_kubernetes(const struct lint_run *);
/* Adds the rule's finding: at a scalar, at the key of a map or list, or, of what is not there, at what it would stand in. Where
   the schema has an error, or the place is one of the profile's facts, nothing is added, and what comes back is not seen. */
struct diag *lint_hit(const struct lint_run *, const char *path, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* the same at a node: at a scalar, at the key of a map or list, or else at its start; nothing where it is the profile's */
struct diag *lint_hit_node(const struct lint_run *, const struct node *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The schema's finding at a value, now named by the rule, for help and a fix to be added; NULL if it has none. */
struct diag *lint_amend(const struct lint_run *, const char *path);
/* the same run with warnings */
struct lint_run lint_mild(const struct lint_run *);

/* the resource profiles of either file */
struct lint_profile {
	const struct node *node;      /* has the name as its key; NULL: the end */
	const struct node *limits, *requests;         /* maps; may be NULL */
	const char *path, *limits_path, *requests_path;
};
struct lint_profile lint_profile_first(const struct lint_run *);
struct lint_profile lint_profile_next(const struct lint_run *, const struct lint_profile *);

lint_check lint_null_section, lint_placeholder, lint_key_version, lint_lost_host;
lint_check lint_no_hostname, lint_long_hostname, lint_hostname_changed, lint_default_account, lint_namespace, lint_uid_zero,
	lint_uid_form, lint_uid_range, lint_no_uid_range,
	lint_uid_unchecked, lint_foreign_settings,
	lint_nfs_root, lint_group, lint_owner, lint_scc;
lint_check lint_core_roles, lint_ingress_rights, lint_ingress_role, lint_wildcard_rights, lint_custom_host;
lint_check lint_prefix, lint_registry, lint_air_gap, lint_pull_secret, lint_mirror, lint_postgres;
lint_check lint_generate, lint_no_certificates, lint_no_secret, lint_names, lint_certificates_changed, lint_truststore,
	lint_truststore_kind, lint_truststore_secret;
lint_check lint_class, lint_class_ignored, lint_class_exists, lint_shared_cluster, lint_annotations, lint_controller,
	lint_dns_server;
lint_check lint_claim, lint_access_mode, lint_one_node, lint_size, lint_reclaim, lint_slow_volume;
lint_check lint_scopes, lint_gpu, lint_amounts, lint_requests, lint_too_large, lint_description;
lint_check lint_old_cluster, lint_nodes, lint_helm, lint_cards;
lint_check lint_user_pods, lint_owned_labels, lint_system_gpu;

#endif
