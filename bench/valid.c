/* SPDX-License-Identifier: Apache-2.0 */
/* Times the validation alone: valid SCHEMA VALUES prints the nanoseconds of one check of compiled schema and loaded values. */
#include "base/arena.h"
#include "schema/load.h"
#include "yaml/load.h"
#include "yaml/stream.h"

#include <stdio.h>
#include <time.h>

enum { RUNS = 200 };

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int
main(int argc, char **argv)
{
	struct arena arena = { 0 };
	struct schema_options options = { 0 };
	struct valid_how how = { .told = true };
	struct source schema, values;
	const struct node *flat;
	struct loaded loaded;
	struct diags diags;
	struct doc *docs;
	double best = 1e18;

	diags_init(&diags, &arena);
	if (argc != 3 || source_read(&schema, &arena, argv[1]) != 0 || source_read(&values, &arena, argv[2]) != 0
		|| !load_schema(&loaded, &arena, &schema, &options, &diags) || !parse(&values, &arena, &docs, &diags)) {
		return 2;
	}
	flat = load_values(&arena, &values, docs, 4, &diags);
	for (int i = 0; flat && i < RUNS; i++) {
		struct arena_mark mark = arena_mark(&arena);
		struct diags found;
		double start = now(), took;

		diags_init(&found, &arena);
		valid_tree(loaded.schema, &values, flat, &how, &found);
		took = now() - start;
		best = took < best ? took : best;
		arena_rewind(&arena, mark);
	}
	printf("%.0f\n", best);
	arena_done(&arena);
	return flat ? 0 : 2;
}
