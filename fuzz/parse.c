/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: any bytes are read or refused; what is read is written and read again as the same data. */
#include "base/arena.h"
#include "yaml/check.h"
#include "yaml/emit.h"
#include "yaml/stream.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

/* every span lies in the text and in its parent's */
static void
check_spans(const struct node *node, size_t n)
{
	if (node->span.at > n || node->span.n > n - node->span.at || node->props > node->span.at) {
		abort();
	}
	if (node->kind != NODE_LIST && node->kind != NODE_MAP) {
		return;
	}
	for (const struct node *child = node->first; child; child = child->next) {
		check_spans(child, n);
	}
}

static void
round_trip(struct arena *a, const struct node *flat)
{
	struct buf b = { .arena = a };
	struct source src;
	struct diags diags;
	struct node *again;

	emit_block(&b, flat, 0, 2, (flat->span.n & 1) != 0, STR("\n"));
	diags_init(&diags, a);
	source_init(&src, a, "written", buf_str(&b));
	if (!parse_one(&src, a, &again, &diags) || !again || !node_equal(flat, node_flat(a, again))) {
		fprintf(stderr, "--- written\n%.*s\n---\n", STR_FMT(buf_str(&b)));
		abort();
	}
}

/* a key that is a map or list has no text to write */
static bool
plain_keys(const struct node *node)
{
	for (const struct node *child = node->first; child; child = child->next) {
		if ((child->key && child->key->kind != NODE_STRING) || !plain_keys(child)) {
			return false;
		}
	}
	return true;
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena arena = { 0 };
	struct source src;
	struct diags diags;
	struct doc *docs;

	diags_init(&diags, &arena);
	source_init(&src, &arena, "in", (struct str){ (const char *)bytes, n });
	if (!parse(&src, &arena, &docs, &diags) && diags.count[DIAG_ERROR] == 0) {
		abort();
	}
	for (const struct diag *diag = diags.first; diag; diag = diag->next) {
		source_place(&src, diag->span.at);
	}
	for (const struct doc *doc = diags.first ? NULL : docs; doc; doc = doc->next) {
		const struct node *flat = doc->root ? node_flat(&arena, doc->root) : NULL;

		if (doc->root) {
			check_spans(doc->root, n);
			yaml_check_keys(&src, doc->root, DIAG_WARNING, &diags);
		}
		if (flat && flat->first && plain_keys(flat)) {
			round_trip(&arena, flat);
		}
	}
	arena_done(&arena);
	return 0;
}
