/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the layers in Helm's order, lays them over one another, and asks the schemas. */
#include "helm/layers.h"

#include "base/arena.h"
#include "helm/depend.h"
#include "schema/load.h"
#include "yaml/load.h"
#include "yaml/stream.h"

#include <string.h>

static const struct span nowhere = { 0, 0 };
static const char *const options[] = { "--set", "--set-string", "--set-json", "--set-file" };
static const enum setting_kind order[] = { SETTING_JSON, SETTING_TYPED, SETTING_STRING, SETTING_FILE };

/* one computation */
struct run {
	struct values *values;
	const struct layers *layers;
	unsigned helm;
	struct coalesce coalesce;
	struct layers_read *read;
	struct diags *diags;
};

static struct value *
read_file(struct run *r, const char *path)
{
	struct arena *a = r->values->arena;
	struct source *src = arena_new(a, struct source);
	int error = source_read(src, a, path);
	const struct node *root;
	struct doc *docs;

	if (error != 0) {
		diag_io(r->diags, path, "read", error);
		return NULL;
	}
	r->read->files[r->read->n++] = src;
	if (!parse(src, a, &docs, r->diags)) {
		return NULL;
	}
	root = load_values(a, src, docs, r->helm, r->diags);
	if (root && root->kind != NODE_MAP) {
		diag_add(r->diags, DIAG_ERROR, "helm/kind", src, root->span, "the file holds %s, Helm wants a map", node_describe(a, root));
		root = NULL;
	}
	return root ? value_of(r->values, root, src) : NULL;
}

static bool
apply_settings(struct run *r, struct value *base, enum setting_kind kind)
{
	const struct layer_list *list = &r->layers->settings[kind];

	for (size_t i = 0; i < list->n; i++) {
		struct source *arg = arena_new(r->values->arena, struct source);

		source_init(arg, r->values->arena, options[kind], str_of(list->items[i]));
		if (!setting_apply(r->values, base, kind, arg, r->helm, r->diags)) {
			return false;
		}
	}
	return true;
}

/* what the user gives, without the chart's own; where nothing is said the place is the beginning of the chart's file */
static struct value *
user_values(struct run *r, const struct chart *chart)
{
	struct value *base = value_map(r->values, chart->values->src, nowhere);
	bool good = true;

	for (size_t i = 0; i < r->layers->files.n; i++) {
		struct value *v = read_file(r, r->layers->files.items[i]);

		good = good && v;
		if (v) {
			base->src = v->src;
			value_merge(r->values, base, v);
		}
	}
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		good = apply_settings(r, base, order[i]) && good;
	}
	return good ? base : NULL;
}

static struct value *
compute(struct run *r, struct chart **ret_chart)
{
	struct files_limits limits = { FILES_BYTES_MAX, FILES_COUNT_MAX };
	struct value *user, *all = NULL;
	struct chart *chart;
	struct file *files;

	r->read->files = arena_alloc(r->values->arena, r->layers->files.n + 1, sizeof(struct source *));
	r->read->n = 0;
	if (!files_read(&files, r->values->arena, r->layers->chart, &limits, r->diags)) {
		return NULL;
	}
	chart = chart_load(r->values, r->layers->chart, files, &limits, r->helm, r->diags);
	*ret_chart = chart;
	if (!chart) {
		return NULL;
	}
	user = user_values(r, chart);
	if (chart->values->src != chart->src) {
		r->read->files[r->read->n++] = chart->values->src;
	}
	if (user && chart_complete(chart, r->diags)) {
		r->coalesce.quiet = true;
		if (depend_process(&r->coalesce, chart, user)) {
			r->coalesce.quiet = false;
			all = coalesce_values(&r->coalesce, chart, user, false);
		}
	}
	if (all && r->values->over) {
		diag_add(r->diags, DIAG_ERROR, "helm/limit", NULL, nowhere, "'%s': the values of all charts in it are more than can be computed",
			r->layers->chart);
		return NULL;
	}
	return all;
}

struct value *
layers_compute(struct values *vs, const struct layers *layers, unsigned helm, struct chart **ret_chart, struct layers_read *read,
	struct diags *diags)
{
	struct run r = { vs, layers, helm, { vs, helm, diags, false }, read, diags };

	return compute(&r, ret_chart);
}

/* the value at a JSON Pointer; NULL if there is none */
static const struct value *
at_pointer(struct arena *a, const struct value *v, struct str pointer)
{
	for (size_t at = 1, end; v && at <= pointer.n; at = end + 1) {
		struct buf key = { .arena = a };
		size_t index;

		end = str_find(pointer, '/', at);
		for (size_t i = at; i < end; i++) {
			bool escaped = pointer.s[i] == '~' && i + 1 < end;

			buf_byte(&key, !escaped ? pointer.s[i] : pointer.s[++i] == '0' ? '~' : '/');
		}
		if (v->node->kind == NODE_LIST) {
			v = str_number(buf_str(&key), v->n, &index) && index < v->n ? v->items[index] : NULL;
		} else {
			v = value_get(v, buf_str(&key));
		}
	}
	return v;
}

/* A key that is missing because a null took it out is told of at the null. */
static void
explain_lost(struct arena *a, struct diag *diag, const struct value *part, struct diags *diags)
{
	const struct value *map = at_pointer(a, part, str_of(diag->subject));

	for (const struct value_lost *lost = map ? map->lost : NULL; lost; lost = lost->next) {
		struct str named = str_of(arena_printf(a, " lacks '%.*s'", STR_FMT(lost->key)));

		if (str_ends(str_of(diag->text), named) && !value_get(map, lost->key)) {
			if (diag->span.n > 0) {
				diag_relate(diags, diag, diag->src, diag->span, "where it is missing");
			}
			diag->src = lost->src;
			diag->span = lost->span;
			diag->help = "this null takes the chart's own value out";
			return;
		}
	}
}

/* "/db/image" as ".db.image"; empty where a name does not allow that, or may be the number of an item */
static const char *
dotted(struct arena *a, const char *pointer)
{
	struct buf b = { .arena = a };

	if (strpbrk(pointer, "~.,=[]{}\\ '\"")) {
		return "";
	}
	for (; *pointer; pointer++) {
		if (*pointer == '/' && pointer[1] >= '0' && pointer[1] <= '9') {
			return "";
		}
		buf_byte(&b, *pointer == '/' ? '.' : *pointer);
	}
	return buf_z(&b);
}

/* A key that no layer has may be set in any of them. */
static void
explain_missing(struct arena *a, struct diag *diag, const char *path, struct diags *diags)
{
	static const char lacks[] = " lacks '";
	const char *found = strcmp(diag->code, "schema/required") == 0 ? strstr(diag->text, lacks) : NULL;
	struct str key = found ? str_of(found + sizeof(lacks) - 1) : (struct str){ 0 };
	const char *name;

	/* "lacks 'a' or 'b'" is of several */
	if (key.n < 2 || str_find(key, '\'', 0) + 1 < key.n || str_starts(str_of(diag->help ? diag->help : ""), STR("this null"))
		|| str_starts(str_of(diag->help ? diag->help : ""), STR("is it "))) {
		return;
	}
	name = dotted(a, arena_printf(a, "%s%s/%.*s", path, diag->subject, (int)key.n - 1, key.s));
	if (diag->help) {
		diag_note(diags, diag, "%s", diag->help);
	}
	diag_help(diags, diag, *name ? "no values set it: give it by a file, or by '--set %s=...'" : "no values set it: give it by a file", name + 1);
}

/* What is said to a writer of YAML, said to one of an argument; and what Helm puts in by itself. */
static void
explain_source(struct diag *diag, struct diags *diags)
{
	static const char injected[] = "unknown key 'global' ";
	bool argument = false;

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		argument = argument || strcmp(diag->src->name, options[i]) == 0;
	}
	if (argument) {
		diag->fix = NULL;
		if (diag->help && str_starts(str_of(diag->help), STR("quote it"))) {
			diag->help = "give it by '--set-string'";
		} else if (diag->help && str_ends(str_of(diag->help), STR(" without quotes"))) {
			diag->help = "give it by '--set'";
		}
	}
	if (str_starts(str_of(diag->text), STR(injected))) {
		diag_note(diags, diag, "Helm puts 'global' into the values of every dependency");
	}
}

/* a chart's schema, which both Helms' verdicts want */
struct known {
	const char *path;             /* of the chart: "/db" */
	struct loaded loaded;
	struct known *next;
};

/* one verdict; the second uses the schemas of the first */
struct judge {
	const struct layers *layers;
	unsigned helm;
	struct values *values;
	struct known **known;
	struct diags *diags;
};

/* the schema as this Helm takes it; NULL if an error was added */
static const struct schema *
schema_of(struct judge *j, const struct chart *chart, const char *path)
{
	struct schema_options how_read = { .helm = j->helm, .store = j->layers->store };
	struct known *known = *j->known;

	while (known && strcmp(known->path, path) != 0) {
		known = known->next;
	}
	if (!known) {
		known = arena_new(j->diags->arena, struct known);
		*known = (struct known){ .path = path, .next = *j->known };
		*j->known = known;
		load_schema(&known->loaded, j->diags->arena, chart->schema, &how_read, j->diags);
		return known->loaded.schema;
	}
	if (known->loaded.other_refuses) {
		diag_add(j->diags, DIAG_ERROR, "schema/schema", chart->schema, nowhere, "%s", known->loaded.other_refuses);
		return NULL;
	}
	if (!known->loaded.other && !known->loaded.schema) {
		diag_add(j->diags, DIAG_ERROR, "schema/schema", chart->schema, nowhere, "the schema cannot be used");
	}
	return known->loaded.other ? known->loaded.other : known->loaded.schema;
}

/* what the schema says about one chart's part of the values */
static void
judge_part(struct judge *j, const struct chart *chart, const struct value *part, const char *path)
{
	struct arena *a = j->values->arena;
	struct valid_how how = { .told = true, .source_of = value_source, .ctx = j->values,
		.noun = "chart", .root = arena_printf(a, "'.Values%s'", dotted(a, path)) };
	const struct schema *schema = schema_of(j, chart, path);
	struct diag **begin = j->diags->last;

	if (!schema) {
		return;
	}
	valid_tree(schema, part->src, value_tree(j->values, part), &how, j->diags);
	for (struct diag *diag = *begin; diag; diag = diag->next) {
		if (diag->subject) {
			explain_lost(a, diag, part, j->diags);
			explain_missing(a, diag, path, j->diags);
			explain_source(diag, j->diags);
			if (*path) {
				diag_note(j->diags, diag, "chart: %s", path + 1);
			}
			diag->subject = *path ? arena_printf(a, "%s%s", path, diag->subject) : diag->subject;
		}
	}
}

static void
judge_all(struct judge *j, const struct chart *chart, const struct value *part, const char *path)
{
	if (chart->schema) {
		judge_part(j, chart, part, path);
	}
	for (size_t i = 0; i < chart->ndependencies; i++) {
		const struct chart *below = chart->dependencies[i];
		const struct value *v = value_get(part, below->name);

		if (v) {
			judge_all(j, below, v, arena_printf(j->values->arena, "%s/%.*s", path, STR_FMT(below->name)));
		}
	}
}

static struct value *
verdict(const struct layers *layers, unsigned helm, struct known **known, struct layers_read *read, struct diags *diags)
{
	struct values vs;
	struct judge j = { layers, helm, &vs, known, diags };
	struct chart *chart;
	struct value *all;

	values_init(&vs, diags->arena);
	all = layers_compute(&vs, layers, helm, &chart, read, diags);
	if (all) {
		judge_all(&j, chart, all, "");
	}
	return all;
}

void
layers_check(const struct layers *layers, struct layers_read *read, struct diags *diags)
{
	const char *other = layers->helm == 3 ? "Helm 4" : "Helm up to 3.18.4";
	struct known *known = NULL;
	struct layers_read again;
	struct diags unsaid;
	struct value *all = verdict(layers, layers->helm, &known, read, diags);
	bool good = diags->count[DIAG_ERROR] == 0, other_good;
	struct diag *diag;

	diags_init(&unsaid, diags->arena);
	verdict(layers, 7 - layers->helm, &known, &again, &unsaid);
	other_good = unsaid.count[DIAG_ERROR] == 0;
	if (all && good != other_good) {
		diag = diag_add(diags, DIAG_WARNING, "schema/helm", all->src, (struct span){ all->node->span.at, 0 },
			good ? "%s does not accept these values" : "%s accepts these values all the same", other);
		for (const struct diag *why = good ? unsaid.first : NULL; why; why = why->next) {
			if (why->level == DIAG_ERROR) {
				diag_note(diags, diag, "it says: %s", why->text);
				break;
			}
		}
		diag_note(diags, diag, "'--helm %u' checks as it does", 7 - layers->helm);
	}
	load_settle(diags);
}
