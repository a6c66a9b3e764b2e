/* SPDX-License-Identifier: Apache-2.0 */
/* Writes short forms out. */
#include "site/short.h"

#include "kube/selector.h"

struct node *
short_node(struct arena *a, enum node_kind kind, struct str text, const struct node *from)
{
	struct node *node = node_new(a, kind, text);

	node->span = from->span;
	node->props = from->props;
	return node;
}

static void
put_text(struct arena *a, struct node *map, const char *key, struct str text, const struct node *from)
{
	node_put(a, map, str_of(key), short_node(a, NODE_STRING, text, from));
}

struct node *
short_toleration(struct arena *a, const struct node *from)
{
	struct str text = from->text;
	struct node *map;
	size_t colon, equal;

	if (from->kind != NODE_STRING) {
		return node_flat(a, from);
	}
	map = short_node(a, NODE_MAP, (struct str){ 0 }, from);
	colon = str_find(text, ':', 0);
	equal = str_find(text, '=', 0);
	put_text(a, map, "key", str_slice(text, 0, equal < colon ? equal : colon), from);
	put_text(a, map, "operator", equal < colon ? STR("Equal") : STR("Exists"), from);
	if (equal < colon) {
		put_text(a, map, "value", str_slice(text, equal + 1, colon), from);
	}
	if (colon < text.n) {
		put_text(a, map, "effect", str_slice(text, colon + 1, text.n), from);
	}
	return map;
}

struct node *
short_tolerations(struct arena *a, const struct node *list)
{
	struct node *out = short_node(a, NODE_LIST, (struct str){ 0 }, list);

	for (const struct node *item = list->first; item; item = item->next) {
		node_append(out, short_toleration(a, item));
	}
	return out;
}

/* {matchExpressions: [...]} */
static struct node *
selector_term(struct arena *a, struct source *src, const struct node *from, struct diags *diags)
{
	const char *error;
	size_t at;
	struct requirement *q = selector_parse(a, from->text, &error, &at);
	struct node *term = short_node(a, NODE_MAP, (struct str){ 0 }, from);
	struct node *expressions = short_node(a, NODE_LIST, (struct str){ 0 }, from);

	if (error) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "profile/selector", src, from->span,
			"the label selector '%.*s' is wrong: %s", STR_FMT(from->text), error);

		diag_help(diags, diag, "write key=value, key in (a,b), key or !key, joined by ','");
		return NULL;
	}
	for (; q; q = q->next) {
		struct node *expression = short_node(a, NODE_MAP, (struct str){ 0 }, from);

		put_text(a, expression, "key", q->key, from);
		put_text(a, expression, "operator", str_of(q->operator), from);
		if (q->n > 0) {
			struct node *values = short_node(a, NODE_LIST, (struct str){ 0 }, from);

			for (size_t i = 0; i < q->n; i++) {
				node_append(values, short_node(a, NODE_STRING, q->values[i], from));
			}
			node_put(a, expression, STR("values"), values);
		}
		node_append(expressions, expression);
	}
	node_put(a, term, STR("matchExpressions"), expressions);
	return term;
}

/* {nodeAffinity: {KEY: value}} */
static struct node *
node_affinity(struct arena *a, const char *key, struct node *value, const struct node *from)
{
	struct node *inner = short_node(a, NODE_MAP, (struct str){ 0 }, from);
	struct node *outer = short_node(a, NODE_MAP, (struct str){ 0 }, from);

	node_put(a, inner, str_of(key), value);
	node_put(a, outer, STR("nodeAffinity"), inner);
	return outer;
}

struct node *
short_affinity(struct arena *a, struct source *src, const struct node *from, struct diags *diags)
{
	const struct node *prefer = node_get(from, STR("prefer"));
	struct node *term, *list, *map;

	if (from->kind != NODE_STRING && !prefer) {
		return node_flat(a, from);
	}
	term = selector_term(a, src, prefer ? prefer : from, diags);
	if (!term) {
		return NULL;
	}
	list = short_node(a, NODE_LIST, (struct str){ 0 }, from);
	map = short_node(a, NODE_MAP, (struct str){ 0 }, from);
	node_append(list, prefer ? map : term);
	if (prefer) {
		node_put(a, map, STR("weight"), short_node(a, NODE_INT, STR("100"), from));
		node_put(a, map, STR("preference"), term);
		return node_affinity(a, "preferredDuringSchedulingIgnoredDuringExecution", list, from);
	}
	node_put(a, map, STR("nodeSelectorTerms"), list);
	return node_affinity(a, "requiredDuringSchedulingIgnoredDuringExecution", map, from);
}
