/* SPDX-License-Identifier: Apache-2.0 */
/* Checks one file: a site profile, a values file or manifests, told apart by their header. */
#ifndef WBRENDER_SITE_LINT_LINT_H
#define WBRENDER_SITE_LINT_LINT_H

#include "base/diag.h"
#include "yaml/node.h"

/* what is known beside the file */
struct lint_facts {
	unsigned kubernetes;          /* minor version of the cluster; 0: KUBE_DEFAULT of kube/types.h */
	const struct node *profile;   /* of the site that manifests are for, valid and without aliases; NULL: not known */
};

/* adds findings; the source must outlive them */
void lint(struct source *, const struct lint_facts *, struct arena *, struct diags *);

#endif
