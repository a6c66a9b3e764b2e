/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a schema of the user's own and checks files against it. */
#include "cmd/against.h"

#include "base/arena.h"
#include "yaml/check.h"
#include "yaml/load.h"
#include "yaml/stream.h"

#include <sys/stat.h>

static const struct span nowhere = { 0, 0 };

const char *const against_helms[] = { "4", "3", NULL };

static bool
store_init(struct against *against, struct diags *diags)
{
	against->store.arena = diags->arena;
	for (size_t i = 0; i < against->maps.n; i++) {
		if (!store_map(&against->store, against->maps.items[i], diags)) {
			return false;
		}
	}
	for (size_t i = 0; i < against->folders.n; i++) {
		struct stat st;

		if (stat(against->folders.items[i], &st) != 0 || !S_ISDIR(st.st_mode)) {
			diag_add(diags, DIAG_ERROR, "io", NULL, nowhere, "'%s' is no folder of schemas", against->folders.items[i]);
			return false;
		}
		store_folder(&against->store, against->folders.items[i]);
	}
	return true;
}

bool
against_init(struct against *against, struct diags *diags)
{
	struct schema_options options = { .store = &against->store };
	int error;

	if (!against->path && !against->chart) {
		if (against->helm || against->maps.n + against->folders.n > 0) {
			diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "'%s' goes with '--schema' or '--chart'",
				against->helm ? "--helm" : against->maps.n > 0 ? "--schema-map" : "--schema-dir");
			return false;
		}
		return true;
	}
	if (!store_init(against, diags)) {
		return false;
	}
	against->version = against->helm == 1 ? 3 : 4;
	options.helm = against->version;
	if (!against->path) {
		return true;
	}
	error = source_read(&against->src, diags->arena, against->path);
	if (error != 0) {
		diag_io(diags, against->path, "read the schema", error);
		return false;
	}
	return load_schema(&against->loaded, diags->arena, &against->src, &options, diags) || against->loaded.other;
}

void
against_check(const struct against *against, struct source *src, struct diags *diags)
{
	struct valid_how how = { .told = true };
	const struct node *flat;
	struct doc *docs;

	if (!parse(src, diags->arena, &docs, diags)) {
		return;
	}
	for (const struct doc *doc = docs; doc; doc = doc->next) {
		if (!yaml_check_separator(src, doc, diags)) {
			return;
		}
	}
	flat = load_values(diags->arena, src, docs, against->version, diags);
	if (flat) {
		load_check(&against->loaded, src, flat, &how, diags);
	}
}
