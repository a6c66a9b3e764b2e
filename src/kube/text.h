/* SPDX-License-Identifier: Apache-2.0 */
/* The forms that Kubernetes asks of texts: names, labels, ports, base64, times. */
#ifndef WBRENDER_KUBE_TEXT_H
#define WBRENDER_KUBE_TEXT_H

#include "base/str.h"

/* Each returns NULL for a right text, else what is wrong with it: "ends in '-'", as said behind the text.
   Sources: k8s.io/apimachinery/pkg/util/validation, RFC 1123, RFC 1035, RFC 6335. */

/* a DNS label (RFC 1123) */
const char *text_label(struct str);
/* the same, beginning with a letter (RFC 1035) */
const char *text_label_1035(struct str);
/* DNS labels joined by dots */
const char *text_subdomain(struct str);
/* a part of a URL's path: anything without '/' and '%' but '.' and '..' */
const char *text_path_segment(struct str);
/* the key of a label or annotation: prefix/name */
const char *text_label_key(struct str);
const char *text_label_value(struct str);
/* a port's name (RFC 6335) */
const char *text_port_name(struct str);
/* the host of an Ingress: DNS labels joined by dots, the first may be '*'; no IP address (pkg/apis/networking/validation) */
const char *text_host(struct str);
/* the host that is meant by a URL, a host with a port or one in capital letters; NULL if none can be seen */
const char *text_host_meant(struct arena *, struct str);
/* the name of an environment variable; relaxed: as Kubernetes 1.32 and later take it */
const char *text_env_name(struct str, bool relaxed);

/* base64 with padding (RFC 4648); line breaks are skipped, as Go does */
bool text_base64(struct str);
/* a date and time of RFC 3339 */
bool text_time(struct str);

#endif
