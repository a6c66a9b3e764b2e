/* SPDX-License-Identifier: Apache-2.0 */
/* Edits to a source, kept as values until all are known to be good; then the source is copied through with them. */
#ifndef WBRENDER_YAML_PATCH_H
#define WBRENDER_YAML_PATCH_H

#include "base/diag.h"

struct edit {
	struct span span;             /* n == 0: insert */
	struct str text;              /* n == 0: delete */
	unsigned column;              /* of two insertions at one place the deeper stands first */
	unsigned order;               /* then as they were added */
	const char *rule;             /* who asked: for messages */
};

struct patch {
	struct source *src;
	struct edit *edits;           /* by malloc */
	size_t n, cap;
};

void patch_init(struct patch *, struct source *);
void patch_done(struct patch *);
/* replaces a span; the text must stay valid until the patch is written */
void patch_add(struct patch *, struct span, struct str text, size_t column, const char *rule);
/* puts the edits in order; two that touch the same byte are an error that names both rules */
bool patch_seal(struct patch *, struct diags *);
/* writes the sealed patch to a file descriptor, as slices of the source and of the edits. Returns 0 or an errno value */
int patch_write(const struct patch *, int fd);
/* the sealed patch as one text */
struct str patch_text(const struct patch *, struct arena *);

#endif
