/* SPDX-License-Identifier: Apache-2.0 */
/* Whether OpenShift's security context constraints and the Pod Security Standards admit a pod. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_SCC_H
#define WBRENDER_SITE_LINT_MANIFEST_SCC_H

#include "kube/scc.h"
#include "site/lint/manifest/run.h"

/* what the profile says of the cluster's admission */
struct scc_facts {
	const struct scc *scc;        /* that of the account; NULL: not stated */
	const struct scc *standard;   /* Pod Security Standard of the namespace; NULL: not stated */
	struct str account;           /* the service account that may use the SCC */
	int64_t from, to;             /* user IDs of the namespace; to == 0: not stated */
	struct str groups;            /* blocks of its groups; empty: not stated */
};

/* profile: NULL if there is none */
void scc_facts_init(struct scc_facts *, const struct node *profile);
/* Adds findings for what a pod asks for and is refused. An SCC fills in what a pod leaves out, a standard does not. A pod that
   openshift.io/required-scc binds to an SCC is held against that; one of the profile's account against the profile's and those
   that every account may use; others are passed over. */
void scc_check(struct manifest *, const struct spot *template);

#endif
