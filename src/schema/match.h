/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions with limits; the only user of PCRE2. */
#ifndef WBRENDER_SCHEMA_MATCH_H
#define WBRENDER_SCHEMA_MATCH_H

#include "base/str.h"

struct arena;
struct match;

enum {
	MATCH_WORK_MAX = 100000,      /* PCRE2's match limit: steps */
	MATCH_DEPTH_MAX = 10000,      /* its depth limit: nested choices */
	MATCH_HEAP_MAX = 2000,        /* its heap limit, in KiB */
	MATCH_PATTERN_MAX = 100000,   /* length of a pattern in bytes */
};

/* a search that reaches a limit says neither yes nor no */
enum match_answer { MATCH_NO, MATCH_YES, MATCH_LIMIT };

/* The pattern, searched anywhere in the subject; $ is the end of the text, \d \w \b are ASCII, as in Go. NULL for a bad
   pattern: then *ret_error says why and *ret_at is the byte in the pattern. */
struct match *match_new(struct arena *, struct str pattern, const char **ret_error, size_t *ret_at);
enum match_answer match_find(const struct match *, struct str subject);

#endif
