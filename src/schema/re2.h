/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns as Helm reads them, in Go's RE2 syntax: what became of one. */
#ifndef WBRENDER_SCHEMA_RE2_H
#define WBRENDER_SCHEMA_RE2_H

#include "base/source.h"

/* the Go that judges: up to 1.24 (Helm to 3.19 and 4.0), from 1.25 on (Helm 3.20, 4.1) */
enum re2_go { RE2_GO_OLD, RE2_GO_NEW };

/* Spans are of the pattern; n == 0 where there is none. */
struct re2 {
	struct str pcre2;             /* the same for PCRE2; options in schema/match.c */
	const char *error;            /* NULL, or what is wrong in Go's words: "invalid escape sequence" */
	struct span part;             /* what Go names behind it */
	size_t at;                    /* the character to point at */
	const char *help;             /* what to write, or what Go has not; may be NULL */
	struct span newer;            /* the first that only Go 1.25 and later take, when RE2_GO_NEW judges */
	struct span older;            /* the first that only Go before 1.25 takes, when RE2_GO_OLD judges */
	struct span folded;           /* the first \p{...} under (?i) to which Go adds other cases and PCRE2 does not */
};

/* Go's whole text: "invalid escape sequence: `\c`" */
const char *re2_text(struct arena *, struct str pattern, const struct re2 *);

/* sets the error; false */
bool re2_refuse(struct re2 *, const char *error, size_t from, size_t to, const char *help);
/* what to say of a group that Go has not, by what follows its "(?" */
const char *re2_group_help(struct str rest);
/* what to say of an escape that Go has not, by the character behind the \ */
const char *re2_escape_help(char);

#endif
