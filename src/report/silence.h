/* SPDX-License-Identifier: Apache-2.0 */
/* Findings that the user does not want: by a comment in the file, by --level, by a baseline. */
#ifndef WBRENDER_REPORT_SILENCE_H
#define WBRENDER_REPORT_SILENCE_H

#include "report/report.h"

/* Takes out the findings that comments of the file silence,
     # wbrender: ignore CODE, CODE -- reason         on the finding's line, or on a line of its own above it
     # wbrender: ignore-file CODE -- reason          anywhere
   and adds findings for those without a reason, those that are badly written, and those that silence nothing. yaml/syntax
   is not silenced. */
void silence_by_comments(struct source *, struct diags *);

struct silence_level {
	const char *code;
	bool off;
	enum diag_level level;        /* unless off */
};

/* Reads CODE=error|warning|note|off; false if it is none of that. */
bool silence_level_read(struct arena *, const char *word, struct silence_level *ret);
/* Gives findings of those codes another level, or takes them out; the last level of a code counts. src: only findings in that
   file; NULL: all. */
void silence_by_levels(struct diags *, const struct source *src, const struct silence_level *, size_t n);

/* The fingerprints of all findings that have a place, one a line, with code and file behind each. */
struct str silence_baseline(const struct report *);
/* is the text one of these, or empty? Without its first line too */
bool silence_is_baseline(struct str text);
/* Takes out the findings whose fingerprints stand at the beginning of a line. */
void silence_by_baseline(struct diags *, const struct source *baseline);
/* Adds a note on the first line of the baseline that no finding matches, and how many there are. all: the findings before any were taken
   out, with all files that were checked; of other files the baseline may tell more. */
void silence_stale(const struct report *all, struct source *baseline, struct diags *);

#endif
