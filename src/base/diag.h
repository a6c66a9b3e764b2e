/* SPDX-License-Identifier: Apache-2.0 */
/* What went wrong, where, under which rule: data only; nobody prints here. */
#ifndef WBRENDER_BASE_DIAG_H
#define WBRENDER_BASE_DIAG_H

#include "base/source.h"

#include <stdbool.h>

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* a second place that explains the first */
struct diag_related {
	struct source *src;
	struct span span;
	const char *text;
	struct diag_related *next;
};

struct diag_note {
	const char *text;
	struct diag_note *next;
};

struct diag {
	enum diag_level level;
	const char *code;             /* stable: "schema/type", "yaml/syntax", "io" */
	const char *rule;             /* a second name: the rule of lint that it reports ("WB008"); or NULL */
	struct source *src;           /* NULL: not about a place in a file */
	struct span span;
	const char *subject;          /* JSON pointer or object, for machines; or NULL */
	const char *text;             /* one line: what is wrong first, lower case, no full stop */
	const char *help;             /* the one thing to do, beside the caret; or NULL */
	const char *fix;              /* the only right text for fix_at, in the same source; NULL where there is more than one */
	struct span fix_at;
	struct diag_note *notes;
	struct diag_related *related;
	struct diag *next;
};

struct diags {
	struct arena *arena;
	struct diag *first, **last;
	size_t count[DIAG_ERROR + 1];
};

void diags_init(struct diags *, struct arena *);
/* adds a finding and returns it, for help and notes to be added; the text is copied */
struct diag *diag_add(struct diags *, enum diag_level, const char *code, struct source *, struct span,
	const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* adds a finding of another list, as a copy, and returns that */
struct diag *diag_take(struct diags *, const struct diag *);
/* an error about a file as a whole: cannot be opened, read, written */
struct diag *diag_io(struct diags *, const char *name, const char *doing, int error);
void diag_help(struct diags *, struct diag *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void diag_note(struct diags *, struct diag *, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void diag_relate(struct diags *, struct diag *, struct source *, struct span, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* gives a finding another level */
void diag_lower(struct diags *, struct diag *, enum diag_level);
/* by file (in order of first mention), line, column, code; what is said twice is kept once */
void diags_sort(struct diags *);

#endif
