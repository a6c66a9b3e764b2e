/* SPDX-License-Identifier: Apache-2.0 */
/* Environment variables and images of containers. */
#include "site/render/container.h"

#include "kube/image.h"
#include "kube/quantity.h"
#include "site/short.h"

#include <string.h>

bool
container_env(const struct want_of *w, const struct node *env, struct node *into)
{
	const struct node *there = node_find(w->here, STR("env"));
	struct node *list = node_list(w->arena);
	bool good = true;

	list->text = STR("name");
	for (const struct node *variable = env->first; variable; variable = variable->next) {
		const struct node *old = there && there->kind == NODE_LIST ? node_by_key(there, STR("name"), variable->key->text) : NULL;
		const struct node *from = node_find(node_real(old), STR("valueFrom"));
		struct node *item = node_map(w->arena);

		if (from) {
			struct diag *diag = diag_add(w->diags, DIAG_ERROR, "render/env", w->manifests, from->key->span,
				"the environment variable '%.*s' has 'valueFrom', which a value cannot replace", STR_FMT(variable->key->text));

			diag_help(w->diags, diag, "take it out of the rule's env");
			good = false;
		}
		node_put(w->arena, item, STR("name"), want_text(w->arena, variable->key->text, variable));
		node_put(w->arena, item, STR("value"), want_text(w->arena, variable->text, variable));
		node_append(list, item);
	}
	node_put(w->arena, into, STR("env"), list);
	return good;
}

/* the text moved, as an entry of the map; false when it stays */
static bool
put_moved(struct arena *a, struct node *into, const char *key, const struct node *registry, const struct node *old)
{
	struct str text = old && old->kind == NODE_STRING ? old->text : (struct str){ 0 };
	struct str moved = image_move(a, text, node_text(registry, STR("from")), node_text(registry, STR("to")));

	if (str_eq(moved, text)) {
		return false;
	}
	node_put(a, into, str_of(key), short_node(a, NODE_STRING, moved, registry));
	return true;
}

bool
container_images(const struct want_of *w, const struct node *registry, struct node *into)
{
	const struct node *env = node_find(w->here, STR("env"));
	struct node *list = node_list(w->arena);

	list->text = STR("name");
	put_moved(w->arena, into, "image", registry, node_find(w->here, STR("image")));
	for (const struct node *item = env && env->kind == NODE_LIST ? env->first : NULL; item; item = item->next) {
		struct str variable = node_text(node_real(item), STR("name"));
		struct node *entry = node_map(w->arena);

		node_put(w->arena, entry, STR("name"), want_text(w->arena, variable, registry));
		if (variable.n > 0 && memmem(variable.s, variable.n, "_IMAGES_", 8)
			&& put_moved(w->arena, entry, "value", registry, node_find(node_real(item), STR("value")))) {
			node_append(list, entry);
		}
	}
	if (list->first) {
		node_put(w->arena, into, STR("env"), list);
	}
	return true;
}

void
container_as_written(struct node *wants, const struct node *container)
{
	static const char *const parts[] = { "limits", "requests" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const struct node *there = node_find(node_find(container, STR("resources")), str_of(parts[i]));
		struct node *part = node_get(node_get(wants, STR("resources")), str_of(parts[i]));

		for (struct node *value = part && part->kind == NODE_MAP ? part->first : NULL; value; value = value->next) {
			const struct node *old = node_real(node_find(there, value->key->text));
			double is, wanted;

			if (old && old->kind < NODE_LIST && old->kind != NODE_NULL && value->wish == EDIT_HOLD
				&& quantity_read(old->text, &is) && quantity_read(value->text, &wanted) && !(is < wanted) && !(is > wanted)) {
				value->kind = old->kind;
				value->text = old->text;
			}
		}
	}
}
