/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the objects of a document. */
#include "kube/object.h"

static bool
is_text(const struct node *node)
{
	return node && node->kind < NODE_LIST && node->kind != NODE_NULL && node->text.n > 0;
}

static bool
visit(struct node *node, const struct object *list, unsigned depth, object_visit *each, void *ctx)
{
	const struct node *map = node_real(node), *kind, *metadata, *items;
	struct object object = { .node = node, .list = list };
	size_t slash;

	if (!map || map->kind != NODE_MAP) {
		return true;
	}
	kind = node_find(map, STR("kind"));
	if (is_text(kind) && is_text(node_find(map, STR("apiVersion")))) {
		object.kind = kind->text;
		object.api = node_text(map, STR("apiVersion"));
	} else if (list) {
		/* an item of a typed list may leave out what the list says */
		object.kind = str_slice(list->kind, 0, list->kind.n - 4);
		object.api = list->api;
	}
	if (object.kind.n == 0) {
		return true;
	}
	slash = str_find(object.api, '/', 0);
	object.group = slash < object.api.n ? str_slice(object.api, 0, slash) : (struct str){ 0 };
	items = node_find(map, STR("items"));
	if (str_ends(object.kind, STR("List")) && items && items->kind == NODE_LIST && depth > 0) {
		for (struct node *item = items->first; item; item = item->next) {
			if (!visit(item, &object, depth - 1, each, ctx)) {
				return false;
			}
		}
		return true;
	}
	metadata = node_find(map, STR("metadata"));
	object.namespace = node_text(metadata, STR("namespace"));
	object.name = node_text(metadata, STR("name"));
	if (object.name.n == 0) {
		object.name = node_text(metadata, STR("generateName"));
	}
	return each(&object, ctx);
}

bool
object_each(const struct doc *doc, object_visit *each, void *ctx)
{
	return !doc->root || visit(doc->root, NULL, OBJECT_LISTS_MAX, each, ctx);
}

bool
object_item(const struct doc *doc, struct node *item, object_visit *each, void *ctx)
{
	const struct node *root = doc->root, *kind = node_get(root, STR("kind")), *api = node_get(root, STR("apiVersion"));
	struct object list = { .node = doc->root };

	if (!root || root->kind != NODE_MAP || !is_text(kind) || !is_text(api) || !str_ends(kind->text, STR("List"))
		|| !str_eq(root->last->key->text, STR("items"))) {
		return false;
	}
	list.kind = kind->text;
	list.api = api->text;
	visit(item, &list, OBJECT_LISTS_MAX - 1, each, ctx);
	return true;
}

const char *
object_name(struct arena *a, const struct object *o)
{
	struct buf b = { .arena = a };

	buf_add(&b, o->kind);
	if (o->name.n > 0) {
		buf_byte(&b, ' ');
		if (o->namespace.n > 0) {
			buf_add(&b, o->namespace);
			buf_byte(&b, '/');
		}
		buf_add(&b, o->name);
	}
	return buf_z(&b);
}
