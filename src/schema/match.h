/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions with limits; the only user of PCRE2. */
#ifndef WBRENDER_SCHEMA_MATCH_H
#define WBRENDER_SCHEMA_MATCH_H

#include "schema/re2.h"

struct match;

enum {
	MATCH_WORK_MAX = 100000,      /* PCRE2's match limit: steps */
	MATCH_DEPTH_MAX = 10000,      /* its depth limit: nested choices */
	MATCH_HEAP_MAX = 2000,        /* its heap limit, in KiB */
	MATCH_PATTERN_MAX = 100000,   /* length of a pattern in bytes */
	MATCH_NESTED_MAX = 1010,      /* nested groups: those of Go and some for the rewriting */
};

/* a search that reaches a limit, and goes too far for PCRE2's other way of searching too, says neither yes nor no */
enum match_answer { MATCH_NO, MATCH_YES, MATCH_LIMIT };

/* Two languages: Helm's, for schemas, and PCRE2's own, for the rules of a profile. In both the pattern is searched anywhere
   in the subject, $ is the end of the text and \d \w \b are ASCII. */

/* A pattern in Go's RE2. NULL if Go refuses it: then ret->error says why. NULL without an error: Go takes it and PCRE2
   cannot hold it, so that nothing is known about what it matches ("pattern too costly"). */
struct match *match_new_re2(struct arena *, struct str pattern, enum re2_go, struct re2 *ret);
/* The same for a pattern that is known to be good: it is read when it is first searched for. The arena must not be rewound before that. */
struct match *match_later_re2(struct arena *, struct str pattern);
/* A pattern in PCRE2. NULL for a bad one: then *ret_error says why and *ret_at is the byte in the pattern. */
struct match *match_new_pcre2(struct arena *, struct str pattern, const char **ret_error, size_t *ret_at);
/* steps: what it cost is added, MATCH_COST_MIN for most searches and a hundred times as much and more for those that go astray; may be NULL */
enum { MATCH_COST_MIN = 20 };
enum match_answer match_find(const struct match *, struct str subject, size_t *steps);

#endif
