/* SPDX-License-Identifier: Apache-2.0 */
/* A port of Helm's coalescing, with the differences between its versions. */
#include "helm/coalesce.h"

#include "base/arena.h"
#include "base/diag.h"

#define GLOBAL STR("global")

static const char *
join(struct coalesce *c, const char *path, struct str key)
{
	return c->quiet ? "" : arena_printf(c->values->arena, *path ? "%s.%.*s" : "%s%.*s", path, STR_FMT(key));
}

static void
warn_map(struct coalesce *c, const char *path, const struct value *winner, const struct value *loser)
{
	struct diag *diag;

	if (c->quiet) {
		return;
	}
	diag = diag_add(c->diags, DIAG_WARNING, "helm/map", winner->src, winner->node->span, "'%s' is %s here, and %s in the values below",
		path, value_describe(c->values, winner), value_describe(c->values, loser));
	diag_relate(c->diags, diag, loser->src, loser->node->span, "what it replaces");
}

/* Helm 4.1.3 and 3.20.1 on: a null deletes only what is not null itself; before that any key that both have */
static bool
deletes(const struct coalesce *c, const struct value *null, const struct value *below)
{
	return value_is_null(null) && (c->helm == 3 || !value_is_null(below));
}

/* Helm 4 writes the nulls of what lies above into what lies below, which may be used again */
static void
pass_nulls(struct coalesce *c, const struct value *dst, struct value *src)
{
	for (struct value_entry *entry = dst->first; entry && c->helm != 3; entry = entry->next) {
		if (entry->value && value_is_null(entry->value) && !value_get(src, entry->key)) {
			value_put_entry(c->values, src, entry, entry->value);
		}
	}
}

void
coalesce_tables(struct coalesce *c, struct value *dst, struct value *src, const char *path, bool keep)
{
	for (struct value_entry *entry = src->first; entry; entry = entry->next) {
		struct value *over = value_get(dst, entry->key), *below = entry->value;

		if (!below) {
			continue;
		}
		if (over && value_is_null(over) && c->helm != 3) {
			entry->value = over;
		}
		if (!over) {
			value_put_entry(c->values, dst, entry, below);
		} else if (!keep && deletes(c, over, below)) {
			value_delete(c->values, dst, entry->key, over);
		} else if (value_is_map(below) && value_is_map(over)) {
			coalesce_tables(c, over, below, join(c, path, entry->key), keep);
		} else if (value_is_map(below) != value_is_map(over) && !value_is_null(over) && !value_is_null(below)) {
			warn_map(c, join(c, path, entry->key), over, below);
		}
	}
	pass_nulls(c, dst, src);
}

static bool
is_dependency(const struct chart *chart, struct str key)
{
	for (size_t i = 0; i < chart->ndependencies; i++) {
		if (str_eq(chart->dependencies[i]->name, key)) {
			return true;
		}
	}
	return false;
}

/* the chart's own values below v, which is changed */
static void
coalesce_own(struct coalesce *c, const struct chart *chart, struct value *v, const char *path, bool keep)
{
	struct value *own = value_copy(c->values, chart->values);

	for (struct value_entry *entry = own->first; entry; entry = entry->next) {
		struct value *over = value_get(v, entry->key);

		if (!over) {
			value_put_entry(c->values, v, entry, entry->value);
		} else if (value_is_null(over)) {
			if (!keep) {
				value_delete(c->values, v, entry->key, over);
			}
		} else if (value_is_map(over) && value_is_map(entry->value)) {
			/* a null for a dependency stays for the dependency to see it: so 3.17.1 and later, 3.16.4 did not */
			coalesce_tables(c, over, entry->value, join(c, path, entry->key),
				keep || is_dependency(chart, entry->key));
		} else if (value_is_map(over) && !value_is_null(entry->value)) {
			warn_map(c, join(c, path, entry->key), over, entry->value);
		}
	}
}

/* the globals of a chart into those of its dependency: the chart's win */
static void
coalesce_globals(struct coalesce *c, struct value *dest, const struct value *src, const char *path, const struct chart *dependency)
{
	struct value *to = value_get(dest, GLOBAL), *from = value_get(src, GLOBAL);

	if ((to && !value_is_map(to)) || (from && !value_is_map(from))) {
		return;
	}
	to = to ? to : value_map(c->values, dependency->src, dependency->place);
	for (struct value_entry *entry = from ? from->first : NULL; entry; entry = entry->next) {
		struct value *old = value_get(to, entry->key);

		if (!entry->value) {
			continue;
		}
		if (value_is_map(entry->value)) {
			/* Helm copies one level here, and what lies deeper is changed for both */
			struct value *copy = value_map(c->values, entry->value->src, entry->value->node->span);

			for (struct value_entry *below = entry->value->first; below; below = below->next) {
				if (below->value) {
					value_put_entry(c->values, copy, below, below->value);
				}
			}
			if (value_is_map(old)) {
				coalesce_tables(c, copy, old, join(c, path, entry->key), true);
			} else if (old) {
				continue;
			}
			value_put_entry(c->values, to, entry, copy);
		} else if (!value_is_map(old)) {
			value_put_entry(c->values, to, entry, entry->value);
		}
	}
	if (value_get(dest, GLOBAL) != to) {
		value_put(c->values, dest, GLOBAL, dependency->src, dependency->place, to);
	}
}

static bool
refuse_kind(struct coalesce *c, const struct chart *dependency, const struct value *v)
{
	struct diag *diag = diag_add(c->diags, DIAG_ERROR, "helm/kind", v->src, v->node->span,
		"'%.*s' is %s, but the name of a chart that this one depends on: a map is wanted", STR_FMT(dependency->name),
		value_describe(c->values, v));

	diag_relate(c->diags, diag, dependency->src, dependency->place, "the chart");
	diag_note(c->diags, diag, "Helm says: type mismatch on %.*s", STR_FMT(dependency->name));
	return false;
}

static bool
coalesce_chart(struct coalesce *c, const struct chart *chart, struct value *v, const char *path, bool keep)
{
	coalesce_own(c, chart, v, path, keep);
	for (size_t i = 0; i < chart->ndependencies; i++) {
		const struct chart *dependency = chart->dependencies[i];
		struct value *part = value_get(v, dependency->name);
		const char *below = join(c, path, dependency->name);

		if (!part) {
			part = value_map(c->values, dependency->src, dependency->place);
			value_put(c->values, v, dependency->name, dependency->src, dependency->place, part);
		} else if (!value_is_map(part)) {
			return refuse_kind(c, dependency, part);
		}
		coalesce_globals(c, part, v, below, dependency);
		if (!coalesce_chart(c, dependency, part, below, keep)) {
			return false;
		}
	}
	return true;
}

struct value *
coalesce_values(struct coalesce *c, const struct chart *chart, const struct value *vals, bool keep)
{
	struct value *v = vals ? value_copy(c->values, vals) : value_map(c->values, chart->src, chart->place);

	return coalesce_chart(c, chart, v, "", keep) ? v : NULL;
}
