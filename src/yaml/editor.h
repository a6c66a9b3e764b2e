/* SPDX-License-Identifier: Apache-2.0 */
/* What all edits of one run share, and how what they are to bring about is written down. */
#ifndef WBRENDER_YAML_EDITOR_H
#define WBRENDER_YAML_EDITOR_H

#include "base/table.h"
#include "yaml/parse.h"
#include "yaml/patch.h"

/* what to do with a scalar that is there with another value */
enum edit_conflict { EDIT_OVERWRITE, EDIT_KEEP, EDIT_FAIL };

/* How a node of the wanted data is wanted (node.wish). Who wants it (node.by) is for those who make and read it; of two wishes the
   later one's stands. */
enum edit_wish {
	EDIT_HOLD,                    /* maps are merged, to lists is appended, scalars are set */
	EDIT_WHOLE,                   /* just this value, whatever is there */
	EDIT_ABSENT,                  /* an entry: its key is taken out; an item: every equal item is */
};

/* The `text` of a wanted list says how its items find theirs: empty, they are appended where no equal one is there; a key, as in
   Kubernetes' strategic merge patch, an item with the same value of it is merged; else: */
#define EDIT_EVERY STR("*")           /* the only item, a map, is merged into every item that is a map with content, if only in one of its entries; an empty list gets it */
#define EDIT_INDEX STR("#")           /* the items' keys are indices; one that is not there is an error */

/* one change, as it is told; what it points to is valid during the call only */
struct edit_change {
	const char *pointer;          /* from the object (RFC 6901) */
	size_t at;                    /* the place in the source that changes, or to which something is added */
	const struct node *old;       /* NULL: not there */
	const struct node *value;     /* NULL: taken out */
	unsigned by;                  /* who wants it: node.by */
	bool secret;                  /* the values are not to be shown; false where nobody asks (editor.measured) */
	ptrdiff_t grown;              /* by how many bytes the text does; about that where nobody asks */
};

struct editor {
	struct patch *patch;
	struct arena *arena;          /* lasting: the inserted text */
	struct arena *scratch;        /* as long as the document */
	struct table texts, made;     /* what was already made, so that equal insertions are made and kept once */
	bool lasting;                 /* the wanted data lasts as long as the editor: its nodes tell equal insertions */
	struct diags *diags;
	const struct doc *doc;
	const char *rule;
	struct source *wanted;        /* where the wanted values were read, for findings; or NULL */
	enum edit_conflict conflict;
	/* what the object is called, for findings */
	const char *(*subject)(void *ctx);
	/* called before a value is replaced, or taken out (value: the wish to have it absent), in the map of that key */
	void (*replacing)(void *ctx, struct str map, const struct node *old, const struct node *value);
	/* called behind every change; may be NULL */
	void (*changed)(void *ctx, const struct edit_change *);
	bool measured;                /* changes are told with their secrecy and size, which take time to find */
	void *ctx;
};

#endif
