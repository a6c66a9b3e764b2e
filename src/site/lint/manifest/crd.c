/* SPDX-License-Identifier: Apache-2.0 */
/* Turns structural schemas (apiextensions.k8s.io/v1) into JSON Schemas that refuse what would be pruned. */
#include "site/lint/manifest/crd.h"

#include "base/arena.h"
#include "schema/draft.h"
#include "schema/valid.h"

enum { NODES_MAX = 500000 };          /* of all schemas kept of one stream */

struct crd {
	struct node *root;
	const struct schema *schema;  /* compiled when first needed */
	bool wrong;                   /* it cannot be compiled, which is not the object's fault */
};

static bool
is_true(const struct node *map, const char *key)
{
	const struct node *value = node_get(map, str_of(key));

	return value && value->kind == NODE_BOOL && str_eq(value->text, STR("true"));
}

/* a new node at the place of another */
static struct node *
new_at(struct arena *a, const struct node *at, enum node_kind kind, struct str text)
{
	struct node *node = node_new(a, kind, text);

	node->span = at->span;
	return node;
}

static struct node *copy(struct manifest *, const struct node *, unsigned depth);

/* each value of a map is a schema */
static struct node *
copy_each(struct manifest *m, const struct node *map, unsigned depth)
{
	struct node *out = new_at(m->diags->arena, map, NODE_MAP, STR(""));

	for (const struct node *entry = map->kind == NODE_MAP ? map->first : NULL; entry; entry = entry->next) {
		struct node *value = copy(m, entry, depth);

		if (value) {
			node_put(m->diags->arena, out, str_of(str_z(m->diags->arena, node_real(entry->key)->text)), value);
		}
	}
	return out;
}

static bool
is_one_of(struct str key, const char *const *keys)
{
	for (; *keys; keys++) {
		if (str_is(key, *keys)) {
			return true;
		}
	}
	return false;
}

/* "type" of what may be null too, or a number or a text */
static struct node *
type_of(struct manifest *m, const struct node *schema, const struct node *type)
{
	struct arena *a = m->diags->arena;
	struct node *list = new_at(a, type, NODE_LIST, STR(""));

	node_append(list, new_at(a, type, NODE_STRING, str_of(str_z(a, type->text))));
	if (is_true(schema, "nullable")) {
		node_append(list, new_at(a, type, NODE_STRING, STR("null")));
	}
	return list;
}

/* The schema without what is for people and for the API server alone; NULL when there is too much of it. */
static struct node *
copy(struct manifest *m, const struct node *schema, unsigned depth)
{
	/* plain: their values are taken as they are; below allOf and its kin nothing is listed, only asked for */
	static const char *const plain[] = { "required", "enum", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
		"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "multipleOf", "uniqueItems", "allOf", "anyOf",
		"oneOf", "not", NULL };
	struct arena *a = m->diags->arena;
	struct node *out;
	const struct node *properties = node_get(schema, STR("properties"));

	schema = node_real(schema);
	if (m->crd_nodes >= NODES_MAX || depth == 0) {
		return NULL;
	}
	m->crd_nodes++;
	if (schema->kind != NODE_MAP) {
		return node_flat(a, schema);
	}
	out = new_at(a, schema, NODE_MAP, STR(""));
	for (const struct node *entry = schema->first; entry; entry = entry->next) {
		const struct node *value = node_real(entry);
		struct str key = node_real(entry->key)->text;
		struct node *made = NULL;

		if (str_eq(key, STR("properties"))) {
			made = copy_each(m, value, depth - 1);
		} else if (str_eq(key, STR("items")) || str_eq(key, STR("additionalProperties"))) {
			made = copy(m, value, depth - 1);
		} else if (str_eq(key, STR("type")) && value->kind == NODE_STRING) {
			made = type_of(m, schema, value);
		} else if (is_one_of(key, plain)) {
			made = node_flat(a, value);
		}
		if (made) {
			node_put(a, out, str_of(str_z(a, key)), made);
			made->key->span = entry->key->span;
		}
	}
	if (properties && !node_get(schema, STR("additionalProperties")) && !is_true(schema, "x-kubernetes-preserve-unknown-fields")
		&& !is_true(schema, "x-kubernetes-embedded-resource")) {
		struct node *none = new_at(a, properties, NODE_BOOL, STR("false"));

		node_put(a, out, STR("additionalProperties"), none);
		none->key->span = node_entry(schema, STR("properties"))->key->span;
	}
	return out;
}

/* every object has these, whether the schema lists them or not */
static void
add_head(struct arena *a, struct node *root)
{
	static const char *const head[] = { "apiVersion", "kind", "metadata" };
	struct node *properties = node_get(root, STR("properties"));

	for (size_t i = 0; properties && i < sizeof(head) / sizeof(head[0]); i++) {
		node_put(a, properties, str_of(head[i]), new_at(a, properties, NODE_MAP, STR("")));
	}
}

static const char *
key_of(struct arena *a, struct str group, struct str version, struct str kind)
{
	return arena_printf(a, "%.*s/%.*s\n%.*s", STR_FMT(group), STR_FMT(version), STR_FMT(kind));
}

void
crd_add(struct manifest *m)
{
	enum { DEPTH_MAX = 500 };
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), group = spot_get(&spec, "group");
	struct spot names = spot_get(&spec, "names"), kind = spot_get(&names, "kind"), versions = spot_get(&spec, "versions");
	struct arena *a = m->diags->arena;
	size_t i = 0;

	if (!str_eq(m->object->kind, STR("CustomResourceDefinition")) || !str_eq(m->object->api, STR("apiextensions.k8s.io/v1"))) {
		return;
	}
	for (const struct node *item = spot_items(&versions); item; item = item->next) {
		struct spot version = spot_item(&versions, item, i++), name = spot_get(&version, "name"), outer = spot_get(&version, "schema");
		struct spot schema = spot_get(&outer, "openAPIV3Schema");
		struct crd *crd = spot_entries(&schema) ? arena_new(a, struct crd) : NULL;

		if (crd) {
			crd->root = copy(m, schema.node, DEPTH_MAX);
			crd->wrong = !crd->root || m->crd_nodes >= NODES_MAX;
			add_head(a, crd->root);
			table_put(&m->crds, str_of(key_of(a, spot_text(&group), spot_text(&name), spot_text(&kind))), crd);
		}
	}
}

/* the object without its nulls */
static struct node *
without_nulls(struct arena *a, const struct node *node)
{
	struct node *out = node_new(a, (enum node_kind)node->kind, node->text), *child;

	out->span = node->span;
	out->style = node->style;
	for (const struct node *from = node->kind >= NODE_LIST ? node->first : NULL; from; from = from->next) {
		if (node->kind == NODE_MAP && node_real(from)->kind == NODE_NULL) {
			continue;
		}
		child = without_nulls(a, node_real(from));
		if (from->key) {
			child->key = node_new(a, NODE_STRING, node_real(from->key)->text);
			child->key->span = from->key->span;
			child->key->style = from->key->style;
		}
		node_append(out, child);
	}
	return out;
}

/* what the schema's own findings do not say: in which object */
static void
name_object(struct manifest *m, struct diag *first)
{
	const char *name = object_name(m->diags->arena, m->object);

	for (struct diag *d = first; d; d = d->next) {
		d->subject = arena_printf(m->diags->arena, "%s%s", name, d->subject ? d->subject : "");
		diag_note(m->diags, d, "in %s", name);
	}
}

bool
crd_check(struct manifest *m)
{
	struct crd *crd = table_get(&m->crds, str_of(arena_printf(m->scratch, "%.*s\n%.*s", STR_FMT(m->object->api), STR_FMT(m->object->kind))));
	struct schema_options options = { .draft = DRAFT_7 };
	struct valid_how how = { .noun = "object", .numbers = DECIMAL_WRITTEN, .told = true };
	struct diag **before;
	struct diags ignored;

	if (!crd || crd->wrong) {
		return false;
	}
	if (!crd->schema) {
		diags_init(&ignored, m->diags->arena);
		crd->schema = schema_compile(m->diags->arena, m->src, crd->root, &options, &ignored);
		crd->wrong = !crd->schema;
	}
	before = m->diags->last;
	if (crd->schema) {
		valid_tree(crd->schema, m->src, without_nulls(m->scratch, node_real(m->object->node)), &how, m->diags);
		name_object(m, *before);
	}
	return crd->schema;
}
