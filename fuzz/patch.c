/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: the first bytes choose edits, the rest is the text; the result must hold the edited data. */
#include "base/arena.h"
#include "trial.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHOICES = 16 };

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena arena = { 0 };
	struct dice dice = { bytes, n < CHOICES ? n : CHOICES, 1 };
	struct str text = { (const char *)bytes + dice.n, n - dice.n }, out;
	size_t edits;
	const char *wrong = trial(&arena, text, &dice, &out, &edits);

	if (wrong) {
		fprintf(stderr, "%s\n--- in\n%.*s\n--- out\n%.*s\n---\n", wrong, STR_FMT(text), STR_FMT(out));
		abort();
	}
	arena_done(&arena);
	return 0;
}
