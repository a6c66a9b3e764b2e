/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves out of a schema what a value has no use for. */
#include "schema/part.h"

#include "base/arena.h"
#include "base/table.h"

#include <assert.h>

#define DEFINITIONS STR("#/definitions/")

struct part {
	struct arena *arena;
	const struct node *all;       /* the definitions */
	struct node *kept;
	struct table known;           /* names of those kept */
};

static void
keep(struct arena *a, struct node *map, const struct node *entry)
{
	struct node *copy = arena_new(a, struct node);

	*copy = *entry;
	copy->next = NULL;
	node_append(map, copy);
}

static const struct node *prune(struct arena *, const struct node *schema, const struct node *value);

static struct node *
prune_properties(struct arena *a, const struct node *properties, const struct node *value)
{
	struct node *map = node_map(a);

	map->key = properties->key;
	for (const struct node *entry = properties->first; entry; entry = entry->next) {
		const struct node *there = node_find(value, entry->key->text);

		if (there) {
			keep(a, map, prune(a, entry, there));
		}
	}
	return map;
}

/* as deep as a schema of our own is nested */
static const struct node *
prune(struct arena *a, const struct node *schema, const struct node *value)
{
	struct node *map;

	if (schema->kind != NODE_MAP || value->kind != NODE_MAP || !node_get(schema, STR("properties"))) {
		return schema;
	}
	map = node_map(a);
	map->key = schema->key;
	for (const struct node *entry = schema->first; entry; entry = entry->next) {
		keep(a, map, str_eq(entry->key->text, STR("properties")) ? prune_properties(a, entry, value) : entry);
	}
	return map;
}

/* keeps the definitions to which a schema refers */
static void
keep_used(struct part *p, const struct node *schema)
{
	for (const struct node *child = schema->kind >= NODE_LIST ? schema->first : NULL; child; child = child->next) {
		struct str name;
		const struct node *definition;

		if (!child->key || !str_eq(child->key->text, STR("$ref"))) {
			keep_used(p, child);
			continue;
		}
		assert(str_starts(child->text, DEFINITIONS));
		name = str_slice(child->text, DEFINITIONS.n, child->text.n);
		definition = node_get(p->all, name);
		if (definition && !table_put(&p->known, name, p)) {
			keep(p->arena, p->kept, definition);
			keep_used(p, definition);
		}
	}
}

const struct node *
part_of(struct arena *a, const struct node *schema, const struct node *value)
{
	struct part p = { .arena = a, .all = node_get(schema, STR("definitions")), .kept = node_map(a), .known = { .arena = a } };
	const struct node *pruned = prune(a, schema, value);
	struct node *part = node_map(a);

	for (const struct node *entry = pruned->first; entry; entry = entry->next) {
		if (!str_eq(entry->key->text, STR("definitions"))) {
			keep(a, part, entry);
		}
	}
	keep_used(&p, part);
	if (p.all) {
		p.kept->key = p.all->key;
		node_append(part, p.kept);
	}
	return part;
}
