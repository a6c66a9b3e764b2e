/* SPDX-License-Identifier: Apache-2.0 */
/* The formats for programs, one function in one file each, and their table. */
#ifndef WBRENDER_REPORT_FORMAT_H
#define WBRENDER_REPORT_FORMAT_H

#include "report/report.h"

/* writes a whole report; the buffer's arena is that of the report */
typedef void format_build(struct buf *, const struct report *);

format_build format_json;             /* our own: schemas/report.schema.json */
format_build format_sarif;            /* SARIF 2.1.0, OASIS */
format_build format_junit;            /* as Jenkins and Ant read it */
format_build format_github;           /* workflow commands of GitHub Actions */
format_build format_gitlab;           /* Code Quality */
format_build format_checkstyle;       /* as Checkstyle's XMLLogger writes it */
format_build format_rdjson;           /* reviewdog's diagnostics */

struct format {
	const char *name;
	format_build *build;          /* NULL: text for people (report/text.h) */
};

/* ends with name == NULL; text is the first */
extern const struct format formats[];

/* NULL if there is none of that name */
const struct format *format_named(struct str name);

#endif
