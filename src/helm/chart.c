/* SPDX-License-Identifier: Apache-2.0 */
/* A port of Helm's pkg/chart/loader, as far as values are concerned. */
#include "helm/chart.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "helm/version.h"
#include "yaml/load.h"
#include "yaml/number.h"
#include "yaml/scalar.h"
#include "yaml/stream.h"

#include <stdlib.h>
#include <string.h>

static const struct span nowhere = { 0, 0 };

struct loader {
	struct values *values;
	struct arena *arena;
	struct files_limits *limits;
	unsigned helm;
	struct diags *diags;
	unsigned nested;
};

/* one chart's own files out of a list in which all paths begin so */
struct listing {
	const struct file **files;    /* by path */
	size_t n;
	size_t prefix;                /* bytes of the path of the chart's folder, with its slash */
	const char *name;             /* of the folder or archive, for people */
};

static bool
refuse(struct loader *l, struct source *src, struct span span, const char *text)
{
	diag_add(l->diags, DIAG_ERROR, "helm/chart", src, span, "%s", text);
	return false;
}

static struct source *
find(const struct listing *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++) {
		if (strcmp(list->files[i]->path + list->prefix, name) == 0) {
			return list->files[i]->src;
		}
	}
	return NULL;
}

/* a YAML file of the chart as Helm reads it; an empty map where it is empty; NULL if an error was added */
static const struct node *
read_yaml(struct loader *l, struct source *src, bool warn)
{
	struct diags unsaid;
	const struct node *root = NULL;
	struct doc *docs;

	diags_init(&unsaid, l->arena);
	if (parse(src, l->arena, &docs, l->diags)) {
		root = load_values(l->arena, src, docs, l->helm, warn ? l->diags : &unsaid);
		if (!root && !warn) {
			refuse(l, src, unsaid.first ? unsaid.first->span : nowhere, unsaid.first ? unsaid.first->text : "Helm cannot load it");
		}
	}
	if (root && root->kind != NODE_MAP) {
		refuse(l, src, root->span, arena_printf(l->arena, "this is %s, Helm wants a map", node_describe(l->arena, root)));
		return NULL;
	}
	return root;
}

/* a field by its name, which Go's JSON finds in any case of letters */
static const struct node *
field(const struct node *map, const char *name)
{
	const struct node *found = node_get(map, str_of(name));

	for (const struct node *entry = map->first; entry && !found; entry = entry->next) {
		found = str_eq_nocase(entry->key->text, str_of(name)) ? entry : NULL;
	}
	return found && found->kind == NODE_NULL ? NULL : found;
}

static bool
read_text(struct loader *l, struct source *src, const struct node *map, const char *name, struct str *ret)
{
	const struct node *node = field(map, name);

	*ret = (struct str){ 0 };
	if (!node) {
		return true;
	}
	/* Go's reader makes a text of what is wanted as one */
	*ret = node->kind == NODE_INT || node->kind == NODE_FLOAT ? number_text(l->arena, node)
		: node->kind == NODE_BOOL ? (scalar_true(node->text) ? STR("true") : STR("false")) : node->text;
	return node->kind < NODE_LIST || refuse(l, src, node->span, arena_printf(l->arena,
		"'%s' is %s: Helm wants a string and does not load the chart", name, node_describe(l->arena, node)));
}

static bool
read_texts(struct loader *l, struct source *src, const struct node *map, const char *name, const struct node **ret)
{
	*ret = field(map, name);
	if (*ret && (*ret)->kind != NODE_LIST) {
		return refuse(l, src, (*ret)->span, arena_printf(l->arena, "'%s' is %s: Helm wants a list and does not load the chart", name,
			node_describe(l->arena, *ret)));
	}
	return true;
}

static bool
check_alias(struct loader *l, const struct dependency *d, const struct node *node)
{
	for (size_t i = 0; i < d->alias.n; i++) {
		if (!ascii_alnum(d->alias.s[i]) && d->alias.s[i] != '_' && d->alias.s[i] != '-') {
			return refuse(l, d->src, node->span, "an alias has letters, digits, '_' and '-' only: Helm does not load the chart");
		}
	}
	return true;
}

static bool
read_dependency(struct loader *l, struct chart *chart, struct table *names, struct source *src, const struct node *node)
{
	struct dependency *d = arena_new(l->arena, struct dependency);
	const struct dependency *other;
	struct str key;

	if (node->kind != NODE_MAP) {
		return refuse(l, src, node->span, arena_printf(l->arena, "this dependency is %s: Helm wants a map with name, version and repository",
			node_describe(l->arena, node)));
	}
	d->src = src;
	if (!read_text(l, src, node, "name", &d->name) || !read_text(l, src, node, "version", &d->version)
		|| !read_text(l, src, node, "condition", &d->condition) || !read_text(l, src, node, "alias", &d->alias)
		|| !read_texts(l, src, node, "tags", &d->tags) || !read_texts(l, src, node, "import-values", &d->imports)) {
		return false;
	}
	d->place = field(node, "name") ? field(node, "name")->span : node->span;
	if (d->alias.n > 0 && !check_alias(l, d, field(node, "alias"))) {
		return false;
	}
	key = d->alias.n > 0 ? d->alias : d->name;
	other = table_put(names, key, d);
	if (other) {
		diag_relate(l->diags, diag_add(l->diags, DIAG_ERROR, "helm/chart", src, d->place,
			"a second dependency '%.*s': Helm does not load the chart; give one an alias", STR_FMT(key)), other->src, other->place, "the first");
		return false;
	}
	chart->wants[chart->nwants++] = d;
	return true;
}

static bool
read_dependencies(struct loader *l, struct chart *chart, struct source *src, const struct node *root)
{
	struct table names = { .arena = l->arena };
	const struct node *list;

	if (!read_texts(l, src, root, "dependencies", &list)) {
		return false;
	}
	if (!list) {
		return true;
	}
	chart->nwants = 0;
	chart->wants = arena_alloc(l->arena, node_count(list) + 1, sizeof(struct dependency *));
	for (const struct node *node = list->first; node; node = node->next) {
		if (!read_dependency(l, chart, &names, src, node)) {
			return false;
		}
	}
	return true;
}

static bool
check_name(struct loader *l, const struct chart *chart)
{
	struct str name = chart->name;

	if (name.n == 0) {
		return refuse(l, chart->src, nowhere, "the chart has no 'name': Helm does not load it");
	}
	if (str_find(name, '/', 0) < name.n || str_eq(name, STR(".")) || str_eq(name, STR(".."))) {
		return refuse(l, chart->src, chart->place, "the name of a chart is no path: Helm does not load it");
	}
	return true;
}

static bool
read_metadata(struct loader *l, struct chart *chart, const struct listing *list)
{
	const struct node *root;
	struct source *old = find(list, "requirements.yaml");
	struct str type;

	chart->src = find(list, "Chart.yaml");
	if (!chart->src) {
		diag_note(l->diags, diag_add(l->diags, DIAG_ERROR, "helm/chart", NULL, nowhere, "'%s' has no Chart.yaml", list->name),
			"Helm loads no chart without one");
		return false;
	}
	root = read_yaml(l, chart->src, false);
	if (!root || !read_text(l, chart->src, root, "name", &chart->name) || !read_text(l, chart->src, root, "version", &chart->version)
		|| !read_text(l, chart->src, root, "type", &type)) {
		return false;
	}
	chart->place = field(root, "name") ? field(root, "name")->span : nowhere;
	if (!check_name(l, chart) || !read_dependencies(l, chart, chart->src, root)) {
		return false;
	}
	if (!version_valid(chart->version)) {
		return refuse(l, chart->src, field(root, "version") ? field(root, "version")->span : nowhere,
			chart->version.n > 0 ? "this is no semantic version: Helm does not load the chart" : "the chart has no 'version': Helm does not load it");
	}
	chart->library = str_eq(type, STR("library"));
	if (type.n > 0 && !chart->library && !str_eq(type, STR("application"))) {
		return refuse(l, chart->src, field(root, "type")->span, "the type of a chart is application or library");
	}
	if (old) {
		root = read_yaml(l, old, false);
		return root && read_dependencies(l, chart, old, root);
	}
	return true;
}

static struct chart *load(struct loader *, const struct listing *);

static int
by_path(const void *a, const void *b)
{
	return strcmp((*(const struct file *const *)a)->path, (*(const struct file *const *)b)->path);
}

static struct listing
listing_of(struct arena *a, const struct file *files, const char *name)
{
	struct listing list = { .name = name };
	size_t n = 0;

	for (const struct file *file = files; file; file = file->next) {
		n++;
	}
	list.files = arena_alloc(a, n + 1, sizeof(const struct file *));
	for (const struct file *file = files; file; file = file->next) {
		list.files[list.n++] = file;
	}
	qsort(list.files, list.n, sizeof(const struct file *), by_path);
	return list;
}

/* the files from i on that lie under the same name in charts/, as a chart */
static struct chart *
load_below(struct loader *l, const struct listing *list, size_t i, size_t n, struct str name)
{
	const struct file *first = list->files[i];
	struct listing below = { list->files + i, n, list->prefix + 7 + name.n + 1, str_z(l->arena, name) };
	struct file *files;

	if (str_ends(name, STR(".tgz")) && first->src && n == 1) {
		if (!files_unpack(&files, l->arena, first->src, l->limits, l->diags)) {
			return NULL;
		}
		below = listing_of(l->arena, files, first->src->name);
	} else if (list->prefix + 7 + name.n >= strlen(first->path)) {
		/* a file that is no chart: Helm finds no Chart.yaml in it */
		below.n = 0;
		below.name = arena_printf(l->arena, "charts/%.*s", STR_FMT(name));
	}
	return load(l, &below);
}

static bool
load_charts(struct loader *l, struct chart *chart, const struct listing *list)
{
	chart->dependencies = arena_alloc(l->arena, list->n + 1, sizeof(struct chart *));
	for (size_t i = 0, n; i < list->n; i += n) {
		struct str path = str_of(list->files[i]->path + list->prefix), name;

		n = 1;
		if (!str_starts(path, STR("charts/")) || str_ends(path, STR(".prov"))) {
			continue;
		}
		name = str_slice(path, 7, str_find(path, '/', 7));
		while (i + n < list->n && strncmp(list->files[i + n]->path + list->prefix, path.s, 7 + name.n) == 0
			&& list->files[i + n]->path[list->prefix + 7 + name.n] == '/') {
			n++;
		}
		if (name.n == 0 || name.s[0] == '_' || name.s[0] == '.') {
			continue;
		}
		chart->dependencies[chart->ndependencies] = load_below(l, list, i, n, name);
		if (!chart->dependencies[chart->ndependencies++]) {
			return false;
		}
	}
	return true;
}

static struct chart *
load(struct loader *l, const struct listing *list)
{
	struct chart *chart = arena_new(l->arena, struct chart);
	struct source *values = find(list, "values.yaml");
	const struct node *root = NULL;
	bool good;

	if (l->nested > FILES_NESTED_MAX) {
		diag_add(l->diags, DIAG_ERROR, "helm/limit", NULL, nowhere, "charts within charts are deeper than %d", FILES_NESTED_MAX);
		return NULL;
	}
	if (!read_metadata(l, chart, list)) {
		return NULL;
	}
	if (values) {
		root = read_yaml(l, values, l->nested == 0);
		if (!root) {
			return NULL;
		}
	}
	chart->values = root ? value_of(l->values, root, values) : value_map(l->values, chart->src, nowhere);
	chart->schema = find(list, "values.schema.json");
	l->nested++;
	good = load_charts(l, chart, list);
	l->nested--;
	return good ? chart : NULL;
}

struct chart *
chart_load(struct values *vs, const char *name, const struct file *files, struct files_limits *limits, unsigned helm, struct diags *diags)
{
	struct loader l = { vs, vs->arena, limits, helm, diags, 0 };
	struct listing list = listing_of(vs->arena, files, name);

	return load(&l, &list);
}

bool
chart_complete(const struct chart *chart, struct diags *diags)
{
	bool good = true;

	if (chart->library) {
		diag_add(diags, DIAG_ERROR, "helm/chart", chart->src, chart->place, "'%.*s' is a library: Helm installs none", STR_FMT(chart->name));
		good = false;
	}
	for (size_t i = 0; i < chart->nwants; i++) {
		const struct dependency *d = chart->wants[i];
		bool found = false;

		for (size_t k = 0; k < chart->ndependencies; k++) {
			found = found || str_eq(chart->dependencies[k]->name, d->name);
		}
		if (!found) {
			diag_help(diags, diag_add(diags, DIAG_ERROR, "helm/dependency", d->src, d->place, "'%.*s' is not in charts/", STR_FMT(d->name)),
				"run 'helm dependency build'");
			good = false;
		}
	}
	return good;
}
