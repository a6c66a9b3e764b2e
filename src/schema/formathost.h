/* SPDX-License-Identifier: Apache-2.0 */
/* Formats of hosts: addresses, names, and electronic mail at them. */
#ifndef WBRENDER_SCHEMA_FORMATHOST_H
#define WBRENDER_SCHEMA_FORMATHOST_H

#include "schema/formatcheck.h"

/* v6: a sign before a number of an IPv4 address is taken, as is the dot at the end of a host name; xn-- is not decoded */
format_check formathost_ipv4, formathost_ipv6, formathost_name, formathost_email;
/* gojsonschema: what Go's net.ParseIP takes and has a '.' (so ::ffff:1.2.3.4 too), or a ':' */
format_check formathost_ipv4_3, formathost_ipv6_3, formathost_name3;

/* What Go's net.ParseIP takes: dotted IPv4 without leading zeros, IPv6 (RFC 4291). NULL if it is one */
const char *formathost_ip(struct str);

#endif
