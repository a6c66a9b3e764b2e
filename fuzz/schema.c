/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: any schema and any values give a verdict in time, the same verdict with and without findings, for both Helms. */
#include "base/arena.h"
#include "schema/load.h"
#include "yaml/load.h"
#include "yaml/stream.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

static void
check_places(struct diags *diags)
{
	for (const struct diag *d = diags->first; d; d = d->next) {
		if (d->src && (d->span.at > d->src->text.n
			|| (d->span.n > d->src->text.n - d->span.at && strcmp(d->code, "yaml/syntax") != 0))) {
			abort();
		}
	}
	diags_sort(diags);
}

static void
run(struct arena *a, struct str schema, struct str values, unsigned helm)
{
	struct schema_options options = { .helm = helm };
	struct valid_how how = { .told = true };
	struct source schema_src, src;
	const struct node *flat;
	struct loaded loaded;
	struct diags diags;
	struct doc *docs;
	bool good;

	diags_init(&diags, a);
	source_init(&schema_src, a, "schema.json", schema);
	source_init(&src, a, "values.yaml", values);
	if (!load_schema(&loaded, a, &schema_src, &options, &diags)) {
		if (diags.count[DIAG_ERROR] == 0) {
			abort();
		}
		check_places(&diags);
		return;
	}
	flat = parse(&src, a, &docs, &diags) ? load_values(a, &src, docs, helm, &diags) : NULL;
	if (flat) {
		good = load_check(&loaded, &src, flat, &how, &diags);
		if (good != valid_quietly(loaded.schema, flat, &how)) {
			abort();
		}
	}
	check_places(&diags);
}

/* the schema, a line of ---, the values */
int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct str text = { (const char *)bytes, n }, values = { NULL, 0 };
	const char *at = memmem(text.s ? text.s : "", n, "\n---\n", 5);

	if (at) {
		values = str_slice(text, (size_t)(at - text.s) + 5, n);
		text = str_slice(text, 0, (size_t)(at - text.s));
	}
	for (unsigned helm = 3; helm <= 4; helm++) {
		struct arena arena = { 0 };

		run(&arena, text, values, helm);
		arena_done(&arena);
	}
	return 0;
}
