/* SPDX-License-Identifier: Apache-2.0 */
/* What the post-renderer changed, and for whom: for reports. */
#ifndef WBRENDER_REPORT_CHANGE_H
#define WBRENDER_REPORT_CHANGE_H

#include "base/diag.h"

/* texts are JSON, with *** for what is secret */
struct change {
	const char *object;           /* "Deployment default/api" */
	const char *pointer;          /* from the object (RFC 6901) */
	size_t at;                    /* in the manifests: what changes, or to what something is added */
	const char *before, *after;   /* NULL: it is not there */
	ptrdiff_t bytes;              /* by how many the text grows */
	unsigned by;                  /* index into the rules */
	struct change *next;
};

struct change_rule {
	struct str name;
	bool matches;                 /* false: it is for all objects, and counts none */
	size_t matched, changed;
};

/* zero it, with an arena, before the first use */
struct changes {
	struct arena *arena;
	struct source *src;           /* the manifests */
	struct change *first, *last;
	size_t n;
	struct change_rule *rules;
	size_t nrules;
};

#endif
