/* SPDX-License-Identifier: Apache-2.0 */
/* Hands what the options say to helm/layers.c. */
#include "cmd/layer.h"

#include "base/arena.h"
#include "site/profile.h"

static const struct span nowhere = { 0, 0 };

bool
layer_usage(const struct layer_words *words, const char *others, struct diags *diags)
{
	static const char *const names[] = { "--set", "--set-string", "--set-json", "--set-file" };
	const char *alone = words->files.n > 0 ? "--values" : NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !alone; i++) {
		alone = words->settings[i].n > 0 ? names[i] : NULL;
	}
	if (!words->chart && alone) {
		diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "'%s' goes with '--chart'", alone);
		return false;
	}
	if (words->chart && others) {
		diag_note(diags, diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "'--chart' does not go with %s", others),
			"give values files by '-f FILE'");
		return false;
	}
	return true;
}

/* Helm takes several files of one -f, with commas between */
static void
add_files(struct layer_list *list, const struct opt_list *given, struct arena *a)
{
	size_t n = 0;

	for (size_t i = 0; i < given->n; i++) {
		struct str word = str_of(given->items[i]);

		n++;
		for (size_t at = str_find(word, ',', 0); at < word.n; at = str_find(word, ',', at + 1)) {
			n++;
		}
	}
	list->items = arena_alloc(a, n + 1, sizeof(*list->items));
	for (size_t i = 0; i < given->n; i++) {
		struct str word = str_of(given->items[i]);

		for (size_t at = 0, end; at <= word.n; at = end + 1) {
			end = str_find(word, ',', at);
			list->items[list->n++] = str_z(a, str_slice(word, at, end));
		}
	}
}

/* Helm would take it, and find no value that a template uses */
static void
refuse_profile(struct source *file, struct diags *diags)
{
	if (profile_seems(file)) {
		diag_help(diags, diag_add(diags, DIAG_ERROR, "values/profile", file, (struct span){ 0, 0 },
			"this is a site profile, a values file is wanted"), "make values of it: wbrender values PROFILE -o values.yaml");
	}
}

size_t
layer_check(const struct layer_words *words, unsigned helm, struct store *store, struct source ***ret_files, struct diags *diags)
{
	struct layers layers = { .chart = words->chart, .helm = helm, .store = store };
	struct layers_read read = { 0 };

	add_files(&layers.files, &words->files, diags->arena);
	for (size_t i = 0; i <= SETTING_FILE; i++) {
		layers.settings[i] = (struct layer_list){ words->settings[i].items, words->settings[i].n };
	}
	layers_check(&layers, &read, diags);
	for (size_t i = 0; i < read.n; i++) {
		refuse_profile(read.files[i], diags);
	}
	*ret_files = read.files;
	return read.n;
}
