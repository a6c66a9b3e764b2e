/* SPDX-License-Identifier: Apache-2.0 */
/* What a run of lint knows beside the file that it looks at. */
#ifndef WBRENDER_SITE_LINT_FACTS_H
#define WBRENDER_SITE_LINT_FACTS_H

#include "yaml/node.h"

struct silence_level;

struct lint_facts {
	unsigned kubernetes;          /* minor version of the cluster; 0: KUBE_DEFAULT of kube/types.h */
	const struct node *profile;   /* of the site that values or manifests are for, valid and without aliases; NULL: not known */
	const struct node *previous;  /* the profile or values of the installation that this replaces, without aliases; NULL: not known */
	const struct silence_level *levels;   /* of findings, that count more than those of a profile */
	size_t nlevels;
};

#endif
