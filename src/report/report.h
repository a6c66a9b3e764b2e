/* SPDX-License-Identifier: Apache-2.0 */
/* The findings of a run as programs want them: sorted, with paths, places and fingerprints. */
#ifndef WBRENDER_REPORT_REPORT_H
#define WBRENDER_REPORT_REPORT_H

#include "report/change.h"

enum { REPORT_PRINT_BYTES = 33 };       /* bytes of a fingerprint, with its NUL */

struct item {
	const struct diag *diag;
	struct str path;              /* as report_path gives it; "wbrender" where there is no file */
	const char *message;          /* text and help on one line, valid UTF-8 without control characters */
	struct place from, to;        /* to is exclusive; columns in code points; line 1 where there is no file */
	size_t byte_from, byte_to;    /* the columns in bytes, from 1 */
	char print[REPORT_PRINT_BYTES]; /* of rule, file and pointer, not of the line */
	size_t copy;                  /* from 1: of several with the same fingerprint */
};

/* a file that was looked at, with its findings */
struct report_file {
	struct source *src;           /* NULL: findings without a file */
	struct str path;
	const struct item *items;
	size_t n;
};

struct report {
	struct arena *arena;
	const struct diags *diags;
	struct item *items;
	struct report_file *files;
	size_t nitems, nfiles;
	bool strict;                  /* warnings count as errors */
	const struct changes *changes;        /* of the post-renderer; or NULL */
	const char *(*title)(const char *code);       /* what a code means, in a few words, or NULL */
};

/* Sorts the findings and makes the items; files are those looked at, and others that findings name follow them. */
void report_init(struct report *, struct diags *, struct source *const *files, size_t nfiles);
/* A file's path for programs: relative where it lies below the working directory, without "./", with what is no UTF-8 escaped. */
struct str report_path(struct arena *, const char *name);
/* the same as a URI */
const char *report_uri(struct arena *, const char *name);
/* does the finding make the run fail? */
bool report_fails(const struct report *, const struct diag *);
/* any text of a finding as one line of valid UTF-8 without control characters */
const char *report_line(struct arena *, const char *text);

#endif
