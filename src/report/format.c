/* SPDX-License-Identifier: Apache-2.0 */
/* The table of formats. */
#include "report/format.h"

const struct format formats[] = {
	{ "text", NULL },
	{ "json", format_json },
	{ "sarif", format_sarif },
	{ "junit", format_junit },
	{ "github", format_github },
	{ "gitlab", format_gitlab },
	{ "checkstyle", format_checkstyle },
	{ "rdjson", format_rdjson },
	{ NULL, NULL },
};

const struct format *
format_named(struct str name)
{
	for (const struct format *f = formats; f->name; f++) {
		if (str_is(name, f->name)) {
			return f;
		}
	}
	return NULL;
}
