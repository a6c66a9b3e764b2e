/* SPDX-License-Identifier: Apache-2.0 */
/* Makes random edits to files and says in TAP whether their data is right; a failure is made small and shown. */
#include "base/arena.h"
#include "base/source.h"
#include "trial.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_SEED_MAX = 1000000000 };

static const char *
once(struct arena *a, struct str text, size_t seed, struct str *ret_out, size_t *ret_edits)
{
	struct dice dice = { .state = seed * 2654435769u + 1 };

	return trial(a, text, &dice, ret_out, ret_edits);
}

static bool
fails(struct str text, size_t seed)
{
	struct arena a = { 0 };
	struct str out;
	size_t edits;
	bool failed = once(&a, text, seed, &out, &edits) != NULL;

	arena_done(&a);
	return failed;
}

/* leaves lines out as long as it fails */
static struct str
shrink(struct arena *a, struct str text, size_t seed)
{
	for (size_t size = text.n / 2; size > 0; size /= 2) {
		for (size_t at = 0; at < text.n;) {
			size_t end = str_find(text, '\n', at + size < text.n ? at + size : text.n);
			struct buf less = { .arena = a };

			end = end < text.n ? end + 1 : text.n;
			buf_add(&less, str_slice(text, 0, at));
			buf_add(&less, str_slice(text, end, text.n));
			if (less.n < text.n && fails(buf_str(&less), seed)) {
				text = buf_str(&less);
			} else {
				at = str_find(text, '\n', at) + 1;
			}
		}
	}
	return text;
}

static void
show(const char *what, struct str text)
{
	printf("# %s\n", what);
	for (size_t at = 0; at < text.n;) {
		size_t end = str_find(text, '\n', at);

		printf("#   %.*s\n", STR_FMT(str_slice(text, at, end)));
		at = end + 1;
	}
}

static bool
check(const char *name, struct str text, size_t seed, size_t *ret_edits)
{
	struct arena a = { 0 };
	struct str out;
	const char *wrong = once(&a, text, seed, &out, ret_edits);

	if (wrong) {
		size_t edits;

		text = shrink(&a, text, seed);
		wrong = once(&a, text, seed, &out, &edits);
		printf("# %s, seed %zu: %s\n", name, seed, wrong);
		show("in", text);
		show("out", out);
	}
	arena_done(&a);
	return wrong == NULL;
}

/* usage: trial-run SEED ROUNDS FILE... */
int
main(int argc, char **argv)
{
	size_t seed, rounds, total = 0;
	int bad = 0;

	if (argc < 4 || !str_number(str_of(argv[1]), FIRST_SEED_MAX, &seed) || !str_number(str_of(argv[2]), 1000, &rounds)) {
		fputs("usage: trial-run SEED ROUNDS FILE...\n", stderr);
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		struct arena a = { 0 };
		struct source src;
		int error = source_read(&src, &a, argv[i]);
		bool good = error == 0;

		for (size_t round = 0; round < rounds && good; round++) {
			size_t edits = 0;

			good = check(argv[i], src.text, seed + (size_t)i * rounds + round, &edits);
			total += edits;
		}
		if (!good) {
			printf("# %s: %s\n", argv[i], error ? strerror(error) : "failed");
			bad++;
		}
		arena_done(&a);
	}
	printf("%d files, %d bad, %zu edits\n", argc - 3, bad, total);
	return bad > 0;
}
