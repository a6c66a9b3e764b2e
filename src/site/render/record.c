/* SPDX-License-Identifier: Apache-2.0 */
/* Copies changes out of the documents, as JSON without secrets. */
#include "site/render/record.h"

#include "base/arena.h"
#include "base/secret.h"
#include "yaml/emit.h"

static void add_json(struct buf *, const struct node *, bool secret);

/* what a map's `name` calls its `value`, as of an environment variable, may be secret too */
static bool
is_secret(const struct node *map, const struct node *entry)
{
	struct str key = node_real(entry->key)->text;

	return secret_key(key) || (str_eq(key, STR("value")) && secret_key(node_text(map, STR("name"))));
}

static void
add_children(struct buf *b, const struct node *node, bool secret)
{
	buf_byte(b, node->kind == NODE_MAP ? '{' : '[');
	for (const struct node *child = node->first; child; child = child->next) {
		buf_add(b, child == node->first ? STR("") : STR(","));
		if (node->kind == NODE_MAP) {
			emit_json_string(b, node_real(child->key)->text);
			buf_byte(b, ':');
		}
		add_json(b, node_real(child), secret || (node->kind == NODE_MAP && is_secret(node, child)));
	}
	buf_byte(b, node->kind == NODE_MAP ? '}' : ']');
}

/* a number as JSON writes it? */
static bool
is_number(struct str s)
{
	size_t at = s.n > 0 && s.s[0] == '-', from = at;

	while (at < s.n && s.s[at] >= '0' && s.s[at] <= '9') {
		at++;
	}
	return at > from && (at == from + 1 || s.s[from] != '0') && at == s.n;
}

static void
add_json(struct buf *b, const struct node *node, bool secret)
{
	if (node->kind >= NODE_LIST) {
		add_children(b, node, secret);
	} else if (secret && node->kind != NODE_NULL) {
		buf_add(b, STR("\"" SECRET_MASK "\""));
	} else if (node->kind == NODE_NULL) {
		buf_add(b, STR("null"));
	} else if (node->kind == NODE_BOOL) {
		buf_add(b, node->text.n > 0 && (node->text.s[0] == 't' || node->text.s[0] == 'T' || node->text.s[0] == 'y' || node->text.s[0] == 'Y'
			|| str_eq_nocase(node->text, STR("on"))) ? STR("true") : STR("false"));
	} else if (node->kind == NODE_INT && is_number(node->text)) {
		buf_add(b, node->text);
	} else {
		emit_json_string(b, node->text);
	}
}

static const char *
json_of(struct arena *a, const struct node *node, bool secret)
{
	struct buf b = { .arena = a };
	const struct node *flat = node ? node_flat(a, node) : NULL;

	if (!node) {
		return NULL;
	}
	/* what expands without end is not shown */
	add_json(&b, flat ? flat : node_new(a, NODE_STRING, STR("...")), secret);
	return buf_z(&b);
}

void
record_change(struct changes *c, const struct object *object, const struct edit_change *from)
{
	struct change *change = arena_new(c->arena, struct change);
	bool secret = from->secret || (str_eq(object->kind, STR("Secret")) && (str_starts(str_of(from->pointer), STR("/data/"))
		|| str_starts(str_of(from->pointer), STR("/stringData/"))));

	*change = (struct change){
		.object = object_name(c->arena, object),
		.pointer = arena_printf(c->arena, "%s", from->pointer),
		.at = from->at,
		.before = json_of(c->arena, from->old, secret),
		.after = json_of(c->arena, from->value, secret),
		.bytes = from->grown,
		.by = from->by,
	};
	if (c->last) {
		c->last->next = change;
	} else {
		c->first = change;
	}
	c->last = change;
	c->n++;
}

void
record_rules(struct changes *c, const struct wanted *w)
{
	const struct rules *rules = wanted_rules(w);

	c->nrules = RULES_BY + rules_count(rules);
	c->rules = arena_alloc(c->arena, c->nrules, sizeof(*c->rules));
	for (unsigned by = 0; by < c->nrules; by++) {
		c->rules[by].name = wanted_by(w, by);
		c->rules[by].matches = by >= RULES_BY;
		c->rules[by].matched = by >= RULES_BY ? rules_tally(rules, by - RULES_BY).matched : 0;
	}
	for (const struct change *change = c->first; change; change = change->next) {
		c->rules[change->by < c->nrules ? change->by : RENDER_BY].changed++;
	}
}
