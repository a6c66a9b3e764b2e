/* SPDX-License-Identifier: Apache-2.0 */
/* The official test suite of JSON Schema and Helm's own verdicts, as TAP: suite SHARED. */
#include "base/arena.h"
#include "schema/canon.h"
#include "schema/draft.h"
#include "schema/load.h"
#include "schema/store.h"
#include "yaml/json.h"
#include "yaml/load.h"
#include "yaml/scalar.h"
#include "yaml/stream.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cases in which we differ from what is followed, each with its reason: the suite for required cases, Helm 4 for the others. */
#define ROUNDED "the schema's number was rounded before Helm was given it; with the suite's own text Helm 4.1.4 says as we do"

static const struct {
	const char *file, *group, *test, *reason;
} deviations[] = {
	{ "draft4/optional/bignum.json", "float comparison with high precision", NULL, ROUNDED },
	{ "draft4/optional/bignum.json", "float comparison with high precision on negative numbers", NULL, ROUNDED },
	{ "draft6/optional/bignum.json", "float comparison with high precision", NULL, ROUNDED },
	{ "draft6/optional/bignum.json", "float comparison with high precision on negative numbers", NULL, ROUNDED },
	{ "draft7/optional/bignum.json", "float comparison with high precision", NULL, ROUNDED },
	{ "draft7/optional/bignum.json", "float comparison with high precision on negative numbers", NULL, ROUNDED },
	{ "draft2019-09/optional/bignum.json", "float comparison with high precision", NULL, ROUNDED },
	{ "draft2019-09/optional/bignum.json", "float comparison with high precision on negative numbers", NULL, ROUNDED },
	{ "draft2020-12/optional/bignum.json", "float comparison with high precision", NULL, ROUNDED },
	{ "draft2020-12/optional/bignum.json", "float comparison with high precision on negative numbers", NULL, ROUNDED },
	{ NULL, NULL, NULL, NULL },
};

struct tally {
	size_t required, optional, format, wrong, deviating;
};

static struct arena all;
static const char *folder;
static int number;

static const struct node *
read_json(const char *path)
{
	struct source *src = arena_new(&all, struct source);
	const struct node *root;
	struct diags diags;

	diags_init(&diags, &all);
	if (source_read(src, &all, path) != 0) {
		return NULL;
	}
	root = json_read(src, &all, &diags);
	if (!root) {
		printf("# %s: %s\n", path, diags.first->text);
	}
	return root;
}

static const struct node *
get(const struct node *map, const char *key)
{
	return node_get(map, str_of(key));
}

static const char *
reason_of(const char *file, const struct node *group, const struct node *test)
{
	for (size_t i = 0; deviations[i].file; i++) {
		if (strcmp(deviations[i].file, file) == 0 && str_eq(get(group, "description")->text, str_of(deviations[i].group))
			&& (!deviations[i].test || str_eq(get(test, "description")->text, str_of(deviations[i].test)))) {
			return deviations[i].reason;
		}
	}
	return NULL;
}

static void
run_group(const char *file, unsigned draft, const struct node *group, const struct node *truth, bool required, struct tally *t)
{
	struct arena arena = { 0 };
	struct store store = { .arena = &arena };
	struct schema_options options = { .draft = draft, .store = &store };
	struct valid_how how = { 0 };
	struct source src;
	struct loaded loaded;
	struct diags diags;
	bool compiled;
	const struct node *verdict = truth ? truth->first : NULL;

	diags_init(&diags, &arena);
	source_init(&src, &arena, file, STR(""));
	store_map(&store, arena_printf(&arena, "http://localhost:1234/=%s/jsonschema-suite/remotes", folder), &diags);
	compiled = load_tree(&loaded, &arena, &src, get(group, "schema"), &options, &diags);
	for (const struct node *test = get(group, "tests")->first; test; test = test->next) {
		bool wanted = scalar_true(get(test, "valid")->text), got = compiled && valid_quietly(loaded.schema, get(test, "data"), &how);
		const char *reason = reason_of(file, group, test);

		if (!required && verdict) {
			wanted = verdict->first->next->kind == NODE_INT && str_eq(verdict->first->next->text, STR("1"));
		}
		verdict = verdict ? verdict->next : NULL;
		*(required ? &t->required : strstr(file, "/format/") ? &t->format : &t->optional) += 1;
		if (reason) {
			t->deviating++;
			printf("# deviates: %s: %.*s: %s\n", file, STR_FMT(get(group, "description")->text), reason);
			continue;
		}
		if (wanted != got) {
			t->wrong++;
			printf("# %s: %.*s: %.*s: wanted %s%s%s\n", file, STR_FMT(get(group, "description")->text),
				STR_FMT(get(test, "description")->text), wanted ? "valid" : "invalid", compiled ? "" : ", the schema is refused: ",
				compiled ? "" : diags.first->text);
		}
	}
	arena_done(&arena);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* the files of a folder of the suite, in order */
static char **
files_of(const char *path, size_t *ret_n)
{
	char **names = arena_alloc(&all, 200, sizeof(char *));
	DIR *dir = opendir(path);
	struct dirent *entry;

	*ret_n = 0;
	while (dir && *ret_n < 200 && (entry = readdir(dir))) {
		if (str_ends(str_of(entry->d_name), STR(".json"))) {
			names[(*ret_n)++] = arena_copy(&all, entry->d_name, strlen(entry->d_name));
		}
	}
	if (dir) {
		closedir(dir);
	}
	qsort(names, *ret_n, sizeof(*names), by_name);
	return names;
}

static void
run_folder(const char *name, unsigned draft, const char *part, const struct node *truth, struct tally *t)
{
	const char *path = arena_printf(&all, "%s/jsonschema-suite/tests/%s/%s", folder, name, part);
	size_t n;
	char **names = files_of(path, &n);

	for (size_t i = 0; i < n; i++) {
		const char *relative = arena_printf(&all, "%s%s", part, names[i]);
		const struct node *groups = read_json(arena_printf(&all, "%s%s", path, names[i]));
		const struct node *known = truth ? node_get(truth, str_of(relative)) : NULL, *verdicts = known ? known->first : NULL;

		for (const struct node *group = groups ? groups->first : NULL; group; group = group->next) {
			run_group(arena_printf(&all, "%s/%s", name, relative), draft, group, verdicts, *part == '\0', t);
			verdicts = verdicts ? verdicts->next : NULL;
		}
	}
}

static bool
tell(bool good, const char *what, const char *more)
{
	printf("%sok %d - %s%s\n", good ? "" : "not ", ++number, what, more);
	return good;
}

/* what a text is as JSON, for comparison: numbers as Go writes them, keys in order */
static void
add_json(struct buf *b, const struct node *node)
{
	size_t work = NODE_COPY_MAX;

	canon_add(b, node, DECIMAL_DOUBLE, &work);
}

/* what Helm loads, when its template printed it */
static bool
same_values(struct arena *a, const struct node *flat, struct str out, struct diags *diags)
{
	struct buf ours = { .arena = a }, theirs = { .arena = a };
	const char *at = memmem(out.s, out.n, "\nv: ", 4);
	struct source *src = arena_new(a, struct source);
	const struct node *printed;

	if (!at) {
		return false;
	}
	source_init(src, a, "printed", str_slice(out, (size_t)(at - out.s) + 4, out.n));
	printed = json_read(src, a, diags);
	if (!printed || !flat) {
		return false;
	}
	add_json(&ours, flat);
	add_json(&theirs, printed);
	return str_eq(buf_str(&ours), buf_str(&theirs));
}

/* whether there is a warning that the other Helm thinks otherwise, just where it does */
static bool
warned_rightly(const struct node *test, unsigned helm, const struct diags *diags)
{
	bool differ = scalar_true(get(get(test, "3.16.4"), "ok")->text) != scalar_true(get(get(test, "4.1.4"), "ok")->text);
	bool warned = false;

	for (const struct diag *d = diags->first; d; d = d->next) {
		warned = warned || strcmp(d->code, "schema/helm") == 0;
	}
	if (warned != differ) {
		printf("# %.*s: with --helm %u: %s\n", STR_FMT(get(test, "id")->text), helm,
			differ ? "the Helms differ, and no warning says so" : "a warning says that the Helms differ, and they do not");
	}
	return warned == differ;
}

/* our verdict on a chart of one rule: 1 accepted, 0 refused */
static bool
crafted(const struct node *test, unsigned helm)
{
	struct arena arena = { 0 };
	struct store store = { .arena = &arena };
	struct schema_options options = { .helm = helm, .store = &store };
	struct valid_how how = { .told = true };
	struct source values, schema;
	const struct node *flat, *truth = get(test, helm == 3 ? "3.16.4" : "4.1.4");
	struct loaded loaded = { 0 };
	struct diags diags;
	struct doc *docs;
	bool good;

	diags_init(&diags, &arena);
	source_init(&values, &arena, "values.yaml", get(test, "values")->text);
	store_map(&store, arena_printf(&arena, "http://localhost:1234/=%s/jsonschema-suite/remotes", folder), &diags);
	flat = parse(&values, &arena, &docs, &diags) ? load_values(&arena, &values, docs, helm, &diags) : NULL;
	good = flat && flat->kind == NODE_MAP;
	if (good && get(test, "schema") && get(test, "schema")->kind == NODE_STRING) {
		source_init(&schema, &arena, "values.schema.json", get(test, "schema")->text);
		load_schema(&loaded, &arena, &schema, &options, &diags);
		good = load_check(&loaded, &values, flat, &how, &diags);
	}
	if (good == scalar_true(get(truth, "ok")->text) && good && scalar_true(get(test, "show_values")->text)
		&& !same_values(&arena, flat, get(truth, "out")->text, &diags)) {
		printf("# %.*s: Helm %u loads other values: %.*s\n", STR_FMT(get(test, "id")->text), helm, STR_FMT(get(truth, "out")->text));
		good = !good;
	}
	if (good != scalar_true(get(truth, "ok")->text)) {
		printf("# %.*s: Helm %u %s it; we: %s\n", STR_FMT(get(test, "id")->text), helm,
			scalar_true(get(truth, "ok")->text) ? "accepts" : "refuses", diags.first ? diags.first->text : "nothing wrong");
	}
	good = good == scalar_true(get(truth, "ok")->text) && warned_rightly(test, helm, &diags);
	arena_done(&arena);
	return good;
}

/* arguments of helm are a chart's matter, tested with --chart */
static bool
run_crafted(unsigned helm)
{
	const struct node *list = read_json(arena_printf(&all, "%s/jsonschema-suite/helm-crafted-cases.json", folder));
	size_t n = 0, wrong = 0, left_out = 0;

	for (const struct node *test = list ? list->first : NULL; test; test = test->next) {
		if (get(test, "args") && get(test, "args")->first) {
			left_out++;
			continue;
		}
		n++;
		wrong += !crafted(test, helm);
	}
	return tell(wrong == 0 && n + left_out == 330, helm == 3 ? "crafted charts, Helm 3" : "crafted charts, Helm 4",
		arena_printf(&all, ": %zu, %zu wrong, %zu with arguments left to --chart", n, wrong, left_out));
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		unsigned draft;
		size_t required;
	} drafts[] = { { "draft4", DRAFT_4, 618 }, { "draft6", DRAFT_6, 839 }, { "draft7", DRAFT_7, 927 },
		{ "draft2019-09", DRAFT_2019, 1259 }, { "draft2020-12", DRAFT_2020, 1299 } };
	const struct node *truth;
	bool good = true;

	folder = argc > 1 ? argv[1] : "../shared";
	truth = read_json(arena_printf(&all, "%s/jsonschema-suite/helm-truth.json", folder));
	if (!truth) {
		printf("1..0 # skipped: no shared data\n");
		arena_done(&all);
		return 0;
	}
	printf("1..7\n");
	for (size_t i = 0; i < 5; i++) {
		const struct node *verdicts = get(truth, drafts[i].name);
		struct tally t = { 0 };

		run_folder(drafts[i].name, drafts[i].draft, "", verdicts, &t);
		run_folder(drafts[i].name, drafts[i].draft, "optional/", verdicts, &t);
		run_folder(drafts[i].name, drafts[i].draft, "optional/format/", verdicts, &t);
		good &= tell(t.wrong == 0 && t.required == drafts[i].required, drafts[i].name,
			arena_printf(&all, ": %zu required, %zu optional, %zu format, %zu wrong, %zu deviate", t.required, t.optional, t.format,
				t.wrong, t.deviating));
	}
	good &= run_crafted(4);
	good &= run_crafted(3);
	arena_done(&all);
	return good ? 0 : 1;
}
