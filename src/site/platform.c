/* SPDX-License-Identifier: Apache-2.0 */
/* The table of platform presets. */
#include "site/platform.h"

#include <stddef.h>

/* source: the comment on dnsServer in the vendor's values template, "BYOK8s environment preparation" 5.7.1 */
#define OPENSHIFT_DNS "dns-default.openshift-dns.svc.cluster.local"

const struct preset presets[] = {
	{ "openshift", "dnsServer", OPENSHIFT_DNS, "the bundled ingress controller resolves names through OpenShift's own DNS service" },
	{ "rosa", "dnsServer", OPENSHIFT_DNS, "ROSA is OpenShift" },
	{ NULL, NULL, NULL, NULL },
};
