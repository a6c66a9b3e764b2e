/* SPDX-License-Identifier: Apache-2.0 */
/* What all edits of one run share. */
#ifndef WBRENDER_YAML_EDITOR_H
#define WBRENDER_YAML_EDITOR_H

#include "base/table.h"
#include "yaml/parse.h"
#include "yaml/patch.h"

/* what to do with a scalar that is there with another value */
enum edit_conflict { EDIT_OVERWRITE, EDIT_KEEP, EDIT_FAIL };

struct editor {
	struct patch *patch;
	struct arena *arena;          /* lasting: the inserted text */
	struct arena *scratch;        /* as long as the document */
	struct table texts, made;     /* what was already made, so that equal insertions are made and kept once */
	struct diags *diags;
	const struct doc *doc;
	const char *rule;
	struct source *wanted;        /* where the wanted values were read, for findings; or NULL */
	enum edit_conflict conflict;
	/* what the object is called, for findings */
	const char *(*subject)(void *ctx);
	/* called before a scalar is replaced in the map of that key */
	void (*replacing)(void *ctx, struct str map, const struct node *old, const struct node *value);
	void *ctx;
};

#endif
