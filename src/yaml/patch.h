/* SPDX-License-Identifier: Apache-2.0 */
/* Edits to a source, kept as values until all are known to be good; then the source is copied through with them. */
#ifndef WBRENDER_YAML_PATCH_H
#define WBRENDER_YAML_PATCH_H

#include "base/diag.h"

#include <stdint.h>

enum { PATCH_EDITS_MAX = 50000000, PATCH_RULES_MAX = 1000 };

/* Small, for there may be several to every few hundred bytes of a source, whose offsets fit (SOURCE_MAX). */
struct edit {
	uint32_t at, n;               /* n == 0: insert */
	const char *text;
	uint32_t text_n;              /* 0: delete */
	uint16_t column;              /* of two insertions at one place the deeper stands first; then as they were added */
	uint16_t rule;                /* who asked, for messages: index into rules */
};

struct patch {
	struct source *src;
	struct edit *edits;           /* by malloc, in order unless unsorted */
	size_t n, cap;
	bool unsorted, full;
	bool marker;                  /* an edit may make a marker of a document or an item */
	ptrdiff_t grown;              /* by how many bytes all that was added makes the text longer */
	const char *rules[PATCH_RULES_MAX];
	size_t nrules;
};

void patch_init(struct patch *, struct source *);
void patch_done(struct patch *);
/* Replaces a span; text and rule must stay valid until the patch is written. Columns beyond PATCH_COLUMN_MAX count as that. */
enum { PATCH_COLUMN_MAX = UINT16_MAX };
/* the column of a replacement: what is inserted inside of it stands behind it, and is no overlap */
enum { PATCH_TAKES = 1 };
void patch_add(struct patch *, struct span, struct str text, size_t column, const char *rule);
/* Puts the edits in order. Two that touch the same byte are an error that names both rules; so are more than PATCH_EDITS_MAX. */
bool patch_seal(struct patch *, struct diags *);
/* writes the sealed patch to a file descriptor, as slices of the source and of the edits. Returns 0 or an errno value */
int patch_write(const struct patch *, int fd);
/* the sealed patch as one text */
struct str patch_text(const struct patch *, struct arena *);

#endif
