/* SPDX-License-Identifier: Apache-2.0 */
/* A port of Helm's processing of dependencies, with its sharing of what several aliases of a chart say. */
#include "helm/depend.h"

#include "base/arena.h"
#include "helm/version.h"
#include "yaml/scalar.h"

/* the value at a path with dots; NULL if there is none */
static struct value *
at_path(const struct value *v, struct str path)
{
	struct value *found = NULL;

	for (size_t at = 0, end; at <= path.n; at = end + 1) {
		end = str_find(path, '.', at);
		found = value_get(v, str_slice(path, at, end));
		if (!found) {
			return NULL;
		}
		v = found;
	}
	return found;
}

static void
apply_tags(const struct chart *chart, const struct value *tags)
{
	for (size_t i = 0; i < chart->nwants; i++) {
		struct dependency *d = chart->wants[i];
		bool on = false, off = false;

		for (const struct node *tag = d->tags ? d->tags->first : NULL; tag; tag = tag->next) {
			const struct value *v = value_get(tags, tag->text);

			if (v && v->node->kind == NODE_BOOL) {
				on = on || scalar_true(v->node->text);
				off = off || !scalar_true(v->node->text);
			}
		}
		d->enabled = on || !off;
	}
}

/* the first of the paths that leads to a boolean decides */
static void
apply_conditions(struct coalesce *c, const struct chart *chart, const struct value *vals, const char *path)
{
	for (size_t i = 0; i < chart->nwants; i++) {
		struct dependency *d = chart->wants[i];
		struct str condition = str_trim(d->condition);

		for (size_t at = 0, end; at <= condition.n; at = end + 1) {
			struct str one;
			const struct value *v;

			end = str_find(condition, ',', at);
			one = str_slice(condition, at, end);
			v = one.n > 0 ? at_path(vals, str_of(arena_printf(c->values->arena, "%s%.*s", path, STR_FMT(one)))) : NULL;
			if (v && v->node->kind == NODE_BOOL) {
				d->enabled = scalar_true(v->node->text);
				break;
			}
		}
	}
}

static bool
is_listed(const struct chart *chart, const struct chart *dependency)
{
	for (size_t i = 0; i < chart->nwants; i++) {
		if (str_eq(chart->wants[i]->name, dependency->name) && version_in_range(dependency->version, chart->wants[i]->version)) {
			return true;
		}
	}
	return false;
}

/* Helm 4 gives each alias of a chart dependencies of its own; in Helm 3 what happens to those of the first happens to all */
static void
copy_wants(struct coalesce *c, struct chart *chart)
{
	struct dependency **wants = arena_alloc(c->values->arena, chart->nwants + 1, sizeof(*wants));

	for (size_t i = 0; i < chart->nwants; i++) {
		wants[i] = arena_new(c->values->arena, struct dependency);
		*wants[i] = *chart->wants[i];
	}
	chart->wants = wants;
}

/* the chart that a dependency asks for, under its alias; NULL if none is there */
static struct chart *
named(struct coalesce *c, const struct chart *chart, const struct dependency *d)
{
	for (size_t i = 0; i < chart->ndependencies; i++) {
		struct chart *found = chart->dependencies[i], *copy;

		if (str_eq(found->name, d->name) && version_in_range(found->version, d->version)) {
			copy = arena_new(c->values->arena, struct chart);
			*copy = *found;
			copy->name = d->alias.n > 0 ? d->alias : copy->name;
			if (c->helm != 3) {
				copy_wants(c, copy);
			}
			return copy;
		}
	}
	return NULL;
}

/* in the order that Helm has them: those that no file lists, then as listed */
static void
name_dependencies(struct coalesce *c, struct chart *chart)
{
	struct chart **list = arena_alloc(c->values->arena, chart->ndependencies + chart->nwants + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < chart->ndependencies; i++) {
		if (!is_listed(chart, chart->dependencies[i])) {
			list[n++] = chart->dependencies[i];
		}
	}
	for (size_t i = 0; i < chart->nwants; i++) {
		struct dependency *d = chart->wants[i];
		struct chart *found = named(c, chart, d);

		if (found) {
			list[n++] = found;
		}
		d->name = d->alias.n > 0 ? d->alias : d->name;
		d->enabled = true;
	}
	chart->dependencies = list;
	chart->ndependencies = n;
}

static bool
is_disabled(const struct chart *chart, struct str name)
{
	for (size_t i = 0; i < chart->nwants; i++) {
		if (!chart->wants[i]->enabled && str_eq(chart->wants[i]->name, name)) {
			return true;
		}
	}
	return false;
}

static void
drop_disabled(struct coalesce *c, struct chart *chart)
{
	struct chart **list = arena_alloc(c->values->arena, chart->ndependencies + 1, sizeof(*list));
	struct dependency **wants = arena_alloc(c->values->arena, chart->nwants + 1, sizeof(*wants));
	size_t n = 0, nwants = 0;

	for (size_t i = 0; i < chart->ndependencies; i++) {
		if (!is_disabled(chart, chart->dependencies[i]->name)) {
			list[n++] = chart->dependencies[i];
		}
	}
	for (size_t i = 0; i < chart->nwants; i++) {
		if (!is_disabled(chart, chart->wants[i]->name)) {
			wants[nwants++] = chart->wants[i];
		}
	}
	chart->dependencies = list;
	chart->ndependencies = n;
	chart->wants = wants;
	chart->nwants = nwants;
}

static bool
enable(struct coalesce *c, struct chart *chart, const struct value *vals, const char *path)
{
	const struct value *all;

	if (chart->nwants == 0) {
		return true;
	}
	name_dependencies(c, chart);
	all = coalesce_values(c, chart, vals, false);
	if (!all) {
		return false;
	}
	if (value_is_map(value_get(all, STR("tags")))) {
		apply_tags(chart, value_get(all, STR("tags")));
	}
	apply_conditions(c, chart, all, path);
	drop_disabled(c, chart);
	for (size_t i = 0; i < chart->ndependencies; i++) {
		struct chart *below = chart->dependencies[i];

		if (!enable(c, below, all, arena_printf(c->values->arena, "%s%.*s.", path, STR_FMT(below->name)))) {
			return false;
		}
	}
	return true;
}

/* a text of an entry {child: A, parent: B}; as Go prints what is not there */
static struct str
part_of(const struct node *entry, const char *name)
{
	const struct node *node = node_get(entry, str_of(name));

	return node && node->kind != NODE_NULL ? node->text : STR("<nil>");
}

/* v under the names of a path */
static struct value *
wrapped(struct coalesce *c, struct str path, struct value *v)
{
	size_t end = path.n;

	if (str_eq(path, STR("."))) {
		return v;
	}
	for (size_t i = path.n + 1; i > 0; i--) {
		if (i == 1 || path.s[i - 2] == '.') {
			struct value *map = value_map(c->values, v->src, v->node->span);

			value_put(c->values, map, str_slice(path, i - 1, end), v->src, v->node->span, v);
			v = map;
			end = i > 1 ? i - 2 : 0;
		}
	}
	return v;
}

static void
import_from(struct coalesce *c, const struct dependency *d, const struct value *all, struct value *into)
{
	for (const struct node *entry = d->imports ? d->imports->first : NULL; entry; entry = entry->next) {
		struct str child = entry->kind == NODE_MAP ? part_of(entry, "child")
			: str_of(arena_printf(c->values->arena, "exports.%.*s", STR_FMT(entry->text)));
		struct str parent = entry->kind == NODE_MAP ? part_of(entry, "parent") : STR(".");
		struct value *from;

		if (entry->kind != NODE_MAP && entry->kind != NODE_STRING) {
			continue;
		}
		from = at_path(all, str_of(arena_printf(c->values->arena, "%.*s.%.*s", STR_FMT(d->name), STR_FMT(child))));
		if (value_is_map(from)) {
			coalesce_tables(c, into, wrapped(c, parent, from), "", true);
		}
	}
}

static bool
import(struct coalesce *c, struct chart *chart)
{
	struct value *all, *imported;

	for (size_t i = 0; i < chart->ndependencies; i++) {
		if (!import(c, chart->dependencies[i])) {
			return false;
		}
	}
	if (chart->nwants == 0) {
		return true;
	}
	all = coalesce_values(c, chart, NULL, true);
	if (!all) {
		return false;
	}
	imported = value_map(c->values, chart->src, chart->place);
	for (size_t i = 0; i < chart->nwants; i++) {
		import_from(c, chart->wants[i], all, imported);
	}
	all = value_copy(c->values, all);
	coalesce_tables(c, all, imported, "", true);
	chart->values = all;
	return true;
}

bool
depend_process(struct coalesce *c, struct chart *chart, const struct value *vals)
{
	return enable(c, chart, vals, "") && import(c, chart);
}
