/* SPDX-License-Identifier: Apache-2.0 */
/* The option --format: which reports a run writes, and where. */
#ifndef WBRENDER_CMD_FORMATS_H
#define WBRENDER_CMD_FORMATS_H

#include "cmd/opt.h"
#include "report/format.h"

#define FORMATS_WORDS "text, json, sarif, junit, github, gitlab, checkstyle and rdjson"

/* the same one by one, for completion; ends with NULL */
extern const char *const formats_words[];

struct formats {
	struct formats_out {
		const struct format *format;
		const char *path;     /* NULL: standard output */
	} *outs;
	size_t n;
	size_t most;                  /* findings in a text for people; 0: all */
	bool strict;                  /* warnings count as errors */
};

/* Reads the values of --format. Without one for standard output, text goes there, and as GitHub's commands where that runs
   us. False if a usage error was added. */
bool formats_parse(struct formats *, const struct opt_list *, struct diags *);
/* may all files be written (cmd/put.h)? False if an error was added */
bool formats_allowed(const struct formats *, struct diags *);
/* Writes them all and returns the exit status that the findings mean. title: see struct report. */
int formats_write(const struct formats *, struct diags *, struct source *const *files, size_t nfiles,
	const char *(*title)(const char *code));

#endif
