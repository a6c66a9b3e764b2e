/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: any file is linted; the first byte chooses the Kubernetes version. What is found lies in the file, and is found again. */
#include "base/arena.h"
#include "kube/types.h"
#include "site/lint/lint.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

static size_t
run(struct source *src, unsigned version, struct arena *a)
{
	struct lint_facts facts = { .kubernetes = version };
	struct diags diags;
	size_t n = 0;

	diags_init(&diags, a);
	lint(src, &facts, a, &diags);
	for (const struct diag *d = diags.first; d; d = d->next, n++) {
		/* syntax is wrong at the end, too: one byte behind it */
		if (d->src == src && (d->span.at > src->text.n
			|| (d->span.n > src->text.n - d->span.at && strcmp(d->code, "yaml/syntax") != 0))) {
			abort();
		}
		if (d->fix && (d->fix_at.at > src->text.n || d->fix_at.n > src->text.n - d->fix_at.at)) {
			abort();
		}
		if (strlen(d->text) == 0 || strchr(d->text, '\n')) {
			abort();
		}
	}
	return n;
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena arena = { 0 };
	struct source src;
	unsigned version;

	if (n == 0) {
		return 0;
	}
	version = kube_oldest + bytes[0] % (kube_newest - kube_oldest + 1);
	source_init(&src, &arena, "in", (struct str){ (const char *)bytes + 1, n - 1 });
	if (run(&src, version, &arena) != run(&src, version, &arena)) {
		abort();
	}
	arena_done(&arena);
	return 0;
}
