/* SPDX-License-Identifier: Apache-2.0 */
/* Formats of URIs: what Go's net/url parses. */
#ifndef WBRENDER_SCHEMA_FORMATURL_H
#define WBRENDER_SCHEMA_FORMATURL_H

#include "schema/formatcheck.h"

/* Much looser than RFC 3986: a path takes any character but controls. iri and iri-reference are the same. uri-template looks at
   pairs of braces in the path only. */
format_check formaturl_uri, formaturl_reference, formaturl_template;
/* gojsonschema's: no \ anywhere, hosts in brackets not looked at */
format_check formaturl_uri3, formaturl_reference3, formaturl_template3;

#endif
