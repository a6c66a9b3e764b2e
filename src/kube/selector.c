/* SPDX-License-Identifier: Apache-2.0 */
/* Reads label selectors as kubectl does, and finds those of objects. */
#include "kube/selector.h"

#include "base/arena.h"
#include "kube/pod.h"

#include <string.h>

struct reader {
	struct arena *arena;
	struct str text;
	size_t at;
	const char *error;
	size_t error_at;
};

static void
blanks(struct reader *r)
{
	while (r->at < r->text.n && (r->text.s[r->at] == ' ' || r->text.s[r->at] == '\t')) {
		r->at++;
	}
}

static bool
accept(struct reader *r, char c)
{
	blanks(r);
	if (r->at < r->text.n && r->text.s[r->at] == c) {
		r->at++;
		return true;
	}
	return false;
}

static struct str
word(struct reader *r)
{
	size_t from;

	blanks(r);
	for (from = r->at; r->at < r->text.n && !strchr(" \t,()=!<>", r->text.s[r->at]); r->at++) {
	}
	return str_slice(r->text, from, r->at);
}

static bool
wrong(struct reader *r, const char *text)
{
	if (!r->error) {
		r->error = text;
		r->error_at = r->at;
	}
	return false;
}

static void
add_value(struct reader *r, struct requirement *q, struct str value)
{
	struct str *values = arena_alloc(r->arena, q->n + 1, sizeof(*values));

	if (q->n > 0) {
		memcpy(values, q->values, q->n * sizeof(*values));
	}
	values[q->n++] = value;
	q->values = values;
}

static bool
value_set(struct reader *r, struct requirement *q)
{
	if (!accept(r, '(')) {
		return wrong(r, "a '(' is wanted after in and notin");
	}
	do {
		add_value(r, q, word(r));
	} while (accept(r, ','));
	return accept(r, ')') || wrong(r, "a ')' is wanted");
}

/* "key=" is the empty value */
static bool
one_value(struct reader *r, struct requirement *q)
{
	add_value(r, q, word(r));
	return true;
}

static bool
one_number(struct reader *r, struct requirement *q)
{
	struct str value = word(r);
	size_t number;

	add_value(r, q, value);
	return str_number(value, SOURCE_MAX, &number) || wrong(r, "a whole number is wanted");
}

static bool
requirement(struct reader *r, struct requirement *q)
{
	bool not = accept(r, '!');

	q->key = word(r);
	if (q->key.n == 0) {
		return wrong(r, "a label key is wanted");
	}
	if (not) {
		q->operator = "DoesNotExist";
		return true;
	}
	if (accept(r, '=')) {
		accept(r, '=');
		q->operator = "In";
		return one_value(r, q);
	}
	if (accept(r, '!')) {
		if (!accept(r, '=')) {
			return wrong(r, "a '=' is wanted after '!'");
		}
		q->operator = "NotIn";
		return one_value(r, q);
	}
	if (accept(r, '>')) {
		q->operator = "Gt";
		return one_number(r, q);
	}
	if (accept(r, '<')) {
		q->operator = "Lt";
		return one_number(r, q);
	}
	blanks(r);
	if (r->at < r->text.n && r->text.s[r->at] != ',') {
		size_t before = r->at;
		struct str operator = word(r);

		q->operator = str_eq(operator, STR("in")) ? "In" : str_eq(operator, STR("notin")) ? "NotIn" : NULL;
		if (!q->operator) {
			r->at = before;
			return wrong(r, "'in', 'notin', '=', '!=' or ',' is wanted");
		}
		return value_set(r, q);
	}
	q->operator = "Exists";
	return true;
}

struct requirement *
selector_parse(struct arena *a, struct str text, const char **reterr_text, size_t *reterr_at)
{
	struct reader r = { .arena = a, .text = text };
	struct requirement *first = NULL, **last = &first;

	do {
		*last = arena_new(a, struct requirement);
		if (!requirement(&r, *last)) {
			break;
		}
		last = &(*last)->next;
	} while (accept(&r, ','));
	blanks(&r);
	if (!r.error && r.at < text.n) {
		wrong(&r, "a ',' is wanted");
	}
	*reterr_text = r.error;
	*reterr_at = r.error_at;
	return r.error ? NULL : first;
}

static void
keys_of(const struct node *selector, selector_visit *visit, void *ctx)
{
	const struct node *labels, *expressions;

	if (!selector || selector->kind != NODE_MAP) {
		return;
	}
	labels = node_find(selector, STR("matchLabels"));
	expressions = node_find(selector, STR("matchExpressions"));
	if (!labels && !expressions) {
		labels = selector;
	}
	if (labels && labels->kind == NODE_MAP) {
		for (const struct node *entry = labels->first; entry; entry = entry->next) {
			if (node_real(entry)->kind < NODE_LIST) {
				visit(node_real(entry->key), ctx);
			}
		}
	}
	if (expressions && expressions->kind == NODE_LIST) {
		for (const struct node *item = expressions->first; item; item = item->next) {
			const struct node *key = node_find(item, STR("key"));

			if (key) {
				visit(key, ctx);
			}
		}
	}
}

/* the selectors of the items of a list at a key, or of what those have at another */
static void
keys_of_items(const struct node *map, const char *key, const char *below, const char *selector, selector_visit *visit, void *ctx)
{
	const struct node *list = node_find(map, str_of(key));

	for (const struct node *item = list && list->kind == NODE_LIST ? list->first : NULL; item; item = item->next) {
		const struct node *at = below ? node_find(node_real(item), str_of(below)) : node_real(item);

		if (at && at->kind == NODE_LIST) {
			for (const struct node *peer = at->first; peer; peer = peer->next) {
				keys_of(node_find(node_real(peer), str_of(selector)), visit, ctx);
			}
		} else {
			keys_of(node_find(at, str_of(selector)), visit, ctx);
		}
	}
}

static void
keys_of_pod(const struct node *spec, selector_visit *visit, void *ctx)
{
	static const char *const kinds[] = { "podAffinity", "podAntiAffinity" };

	const struct node *affinities = node_find(spec, STR("affinity"));

	for (size_t i = 0; affinities && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct node *affinity = node_find(affinities, str_of(kinds[i]));

		keys_of_items(affinity, "requiredDuringSchedulingIgnoredDuringExecution", NULL, "labelSelector", visit, ctx);
		keys_of_items(affinity, "preferredDuringSchedulingIgnoredDuringExecution", "podAffinityTerm", "labelSelector", visit, ctx);
	}
	keys_of_items(spec, "topologySpreadConstraints", NULL, "labelSelector", visit, ctx);
}

void
selector_keys(const struct object *o, selector_visit *visit, void *ctx)
{
	const struct node *spec = node_find(o->node, STR("spec"));
	const char *const *path = pod_path(o);

	if (spec && spec->kind == NODE_MAP) {
		keys_of(node_find(spec, STR("selector")), visit, ctx);
		keys_of(node_find(spec, STR("podSelector")), visit, ctx);
		keys_of_items(spec, "ingress", "from", "podSelector", visit, ctx);
		keys_of_items(spec, "egress", "to", "podSelector", visit, ctx);
	}
	if (path) {
		keys_of_pod(node_find(pod_template(o, path), STR("spec")), visit, ctx);
	}
}
