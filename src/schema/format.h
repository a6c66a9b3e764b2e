/* SPDX-License-Identifier: Apache-2.0 */
/* What `format` means to Helm 3 and Helm 4: one table of names. */
#ifndef WBRENDER_SCHEMA_FORMAT_H
#define WBRENDER_SCHEMA_FORMAT_H

#include "schema/formatcheck.h"

/* Whose verdict: gojsonschema of Helm 3.0 to 3.18.4, or santhosh-tekuri/jsonschema v6 of every later Helm. When a
   format counts: in FORMAT_HELM_3 always, in FORMAT_HELM_4 under draft 4, 6 and 7 only. */
enum format_helm { FORMAT_HELM_3, FORMAT_HELM_4 };

struct format {
	const char *name;
	const char *noun;             /* "IPv4 address": 'x' is no IPv4 address */
	format_check *helm[2];        /* by enum format_helm; NULL: that Helm does not know the format, everything passes */
};

/* the names of all, for "did you mean"; ends with NULL */
extern const char *const format_names[];

/* NULL for a name that no Helm knows */
const struct format *format_find(struct str name);

/* Values that are no strings pass, but Helm 3 refuses numbers under every format that it knows (in all other kinds of value it
   looks at no format). */
bool format_refuses_numbers(const struct format *, enum format_helm);

#endif
