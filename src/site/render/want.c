/* SPDX-License-Identifier: Apache-2.0 */
/* Builds trees of wanted data. */
#include "site/render/want.h"

#include "site/short.h"

struct node *
want_map(struct arena *a, struct node *in, const char *key)
{
	struct node *map = node_get(in, str_of(key));

	if (!map) {
		map = node_map(a);
		node_put(a, in, str_of(key), map);
	}
	return map;
}

void
want_put(struct arena *a, struct node *into, const char *pointer, struct node *value)
{
	struct str rest = str_of(pointer);

	for (;;) {
		size_t end = str_find(rest, '/', 1);
		const char *key = str_z(a, str_slice(rest, 1, end));

		if (end == rest.n) {
			node_put(a, into, str_of(key), value);
			return;
		}
		into = want_map(a, into, key);
		rest = str_slice(rest, end, rest.n);
	}
}

struct node *
want_absent(struct arena *a, const struct node *from)
{
	struct node *node = short_node(a, NODE_NULL, (struct str){ 0 }, from);

	node->wish = EDIT_ABSENT;
	return node;
}

void
want_sign(struct node *node, unsigned by, bool rest)
{
	node->by = rest && node->by > 0 ? node->by : (unsigned char)by;
	for (struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		want_sign(child, by, rest);
	}
}

struct node *
want_text(struct arena *a, struct str text, const struct node *from)
{
	return short_node(a, NODE_STRING, text, from);
}
