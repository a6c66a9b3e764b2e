/* SPDX-License-Identifier: Apache-2.0 */
/* What the versions of Workbench and of Kubernetes decide. */
#ifndef WBRENDER_SITE_VERSION_H
#define WBRENDER_SITE_VERSION_H

#include "yaml/node.h"

#define WORKBENCH_USUAL "5.7.1"       /* where the profile states none; the schema's default */

/* A key that older charts do not have. */
struct version_gate {
	const char *key;              /* of the profile and of values.yaml: "ingress.labels" */
	const char *last;             /* the newest Workbench that is known not to have it */
	const char *first;            /* the oldest that is known to have it; between them nothing is known */
	const char *source;
};

/* ends with key == NULL */
extern const struct version_gate version_gates[];

/* the way to a gate's key, as a JSON pointer without its first '/': "ingress/labels" */
const char *version_path(struct arena *, const char *key);
/* "5.7.1" as 50701; 0 if it is none */
size_t version_number(struct str);
/* is the key one that the chart of that Workbench is known not to have? */
bool version_lacks(const struct version_gate *, struct str workbench);
/* The minor version of the newest Kubernetes that a Workbench runs on: 24 up to 5.7.0, then 28 (the checklists of 5.5.2 to 5.8.0).
   The oldest is VERSION_KUBERNETES_MIN. */
size_t version_kubernetes_max(struct str workbench);
enum { VERSION_KUBERNETES_MIN = 15 };
/* the 27 of "1.27"; 0 if it is none */
size_t version_kubernetes(struct str);

#endif
