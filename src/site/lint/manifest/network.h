/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses and ports of NetworkPolicies. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_NETWORK_H
#define WBRENDER_SITE_LINT_MANIFEST_NETWORK_H

#include "site/lint/manifest/run.h"

/* does nothing for other kinds */
void network_check(struct manifest *);

#endif
