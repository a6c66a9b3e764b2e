/* SPDX-License-Identifier: Apache-2.0 */
/* All documents of a text, or its only one. */
#include "yaml/stream.h"

#include "base/arena.h"

bool
parse(struct source *src, struct arena *a, struct doc **ret_docs, struct diags *diags)
{
	size_t errors = diags->count[DIAG_ERROR];
	struct parser *p = parser_new(a, src, diags);
	struct doc doc, **last = ret_docs;

	*ret_docs = NULL;
	while (parser_next(p, a, NULL, &doc)) {
		*last = arena_new(a, struct doc);
		**last = doc;
		last = &(*last)->next;
	}
	parser_close(p);
	return diags->count[DIAG_ERROR] == errors;
}

bool
parse_one(struct source *src, struct arena *a, struct node **ret_root, struct diags *diags)
{
	struct doc *docs;

	*ret_root = NULL;
	if (!parse(src, a, &docs, diags)) {
		return false;
	}
	*ret_root = docs ? docs->root : NULL;
	if (docs && docs->next) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "yaml/documents", src, (struct span){ docs->next->span.at, 3 },
			"a second document begins here, one is wanted");

		diag_help(diags, diag, "put it into a file of its own");
		return false;
	}
	return true;
}
