/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the values of keywords into compiled schemas. */
#include "schema/canon.h"
#include "schema/compiler.h"
#include "schema/decimal.h"
#include "yaml/scalar.h"

#include <assert.h>
#include <stdint.h>

static void *
field(struct schema *s, const struct keyword *k)
{
	return (char *)s + k->offset;
}

static bool
is_number(const struct node *node)
{
	return node->kind == NODE_INT || node->kind == NODE_FLOAT;
}

static struct schema *
under(struct compiler *c, const struct schema *s, const struct node *node)
{
	struct schema *found = compiler_at(c, node);

	assert(found);
	if (s->used) {
		compiler_use(c, found);
	}
	return found;
}

static void
read_type(struct compiler *c, struct schema *s, const struct node *value)
{
	static const char *const names[] = { "null", "boolean", "integer", "number", "string", "array", "object" };
	const struct node *word = value->kind == NODE_LIST ? value->first : value;

	if (!word) {
		compiler_refuse(c, s, value, "type", "at least one type");
	}
	for (; word; word = value->kind == NODE_LIST ? word->next : NULL) {
		unsigned bit = 0;

		for (unsigned i = 0; word->kind == NODE_STRING && i < 7; i++) {
			bit |= str_is(word->text, names[i]) ? 1u << i : 0;
		}
		if (bit == 0) {
			compiler_refuse(c, s, word, "type", "one of null, boolean, integer, number, string, array, object");
		}
		if (s->types & bit) {
			compiler_refuse(c, s, word, "type", "each type once");
		}
		s->types |= bit;
	}
}

static struct schema_names
names_of(struct compiler *c, const struct schema *s, const struct node *value, const char *keyword)
{
	struct schema_names names = { 0 };
	struct table seen = { .arena = c->arena };

	if (value->kind != NODE_LIST) {
		compiler_refuse(c, s, value, keyword, "a list of keys");
		return names;
	}
	names.items = arena_alloc(c->arena, node_count(value) + 1, sizeof(struct str));
	for (struct node *item = value->first; item; item = item->next) {
		if (item->kind != NODE_STRING) {
			compiler_refuse(c, s, item, keyword, "a key");
		} else if (table_put(&seen, item->text, item)) {
			compiler_refuse(c, s, item, keyword, "each key once");
		}
		names.items[names.n++] = item->text;
	}
	return names;
}

static struct str
canon(struct compiler *c, const struct schema *s, const struct node *value)
{
	struct buf b = { .arena = c->arena };

	if (!canon_add(&b, value, DECIMAL_WRITTEN, &c->canon_work)) {
		diag_add(c->diags, DIAG_ERROR, "schema/schema", s->src, value->span, "the allowed values are too many or too deep");
	}
	return buf_str(&b);
}

static void
read_choices(struct compiler *c, struct schema *s, const struct node *value)
{
	if (value->kind != NODE_LIST) {
		compiler_refuse(c, s, value, "enum", "a list of values");
		return;
	}
	/* an empty one has no effect in Helm 3, and nothing fits it in Helm 4 */
	s->choices = value->first || c->set->helm != 3 ? value : NULL;
	s->by_choice = (struct table){ .arena = c->arena };
	for (struct node *item = value->first; item; item = item->next) {
		bool again = table_put(&s->by_choice, canon(c, s, item), item) != NULL;

		c->set->differs |= again;
		if (again && c->set->helm == 3) {
			compiler_refuse(c, s, item, "enum", "each value once");
		}
	}
	c->set->differs |= !value->first;
}

static void
read_props(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	struct schema_pattern **last_pattern = &s->patterns;
	struct schema_prop **last = &s->props;

	if (value->kind != NODE_MAP) {
		compiler_refuse(c, s, value, k->name, "a map of schemas");
		return;
	}
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		const struct node *key = entry->key;
		struct schema *schema = compiler_at(c, entry);

		if (!schema) {
			compiler_refuse(c, s, entry, k->name, "a schema");
			continue;
		}
		if (k->reader == READ_DEFINITIONS) {
			continue;
		}
		schema = under(c, s, entry);
		if (k->reader == READ_PATTERNS) {
			struct schema_pattern *p = arena_new(c->arena, struct schema_pattern);

			*p = (struct schema_pattern){ key->text, keyword_pattern(c, s, key, true), schema, NULL };
			*last_pattern = p;
			last_pattern = &p->next;
		} else {
			struct schema_prop *p = arena_new(c->arena, struct schema_prop);

			*p = (struct schema_prop){ key->text, schema, NULL };
			table_put(&s->by_name, key->text, p);
			*last = p;
			last = &p->next;
		}
	}
}

static void
read_needs(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	struct schema_need **last = &s->needs;

	if (value->kind != NODE_MAP) {
		compiler_refuse(c, s, value, k->name, "a map");
		return;
	}
	while (*last) {
		last = &(*last)->next;
	}
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		struct schema_need *need = arena_new(c->arena, struct schema_need);

		need->name = entry->key->text;
		need->keyword = k->name;
		if (k->reader == READ_NEEDED || (k->reader == READ_DEPENDENCIES && entry->kind == NODE_LIST)) {
			need->names = names_of(c, s, entry, k->name);
		} else if (entry->kind == NODE_LIST) {
			compiler_refuse(c, s, entry, k->name, "a schema");
			continue;
		} else {
			need->schema = under(c, s, entry);
		}
		*last = need;
		last = &need->next;
	}
}

static void
read_some(struct compiler *c, struct schema *s, const struct node *value, const char *name, struct schema_list *list)
{
	if (value->kind != NODE_LIST) {
		compiler_refuse(c, s, value, name, "a list of schemas");
		return;
	}
	list->n = 0;
	list->items = arena_alloc(c->arena, node_count(value) + 1, sizeof(struct schema *));
	for (const struct node *item = value->first; item; item = item->next) {
		list->items[list->n++] = under(c, s, item);
	}
}

static void
read_count(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	struct decimal d;
	double number;

	if (!is_number(value) || !decimal_read(&d, value, DECIMAL_WRITTEN) || d.negative || !decimal_whole(&d)
		|| (c->set->helm == 3 && value->kind == NODE_FLOAT)) {
		compiler_refuse(c, s, value, k->name, "a whole number from 0 on");
		return;
	}
	c->set->differs |= value->kind == NODE_FLOAT;
	*(size_t *)field(s, k) = scalar_double(value->text, &number) && number < 1e15 ? (size_t)number : SIZE_MAX;
}

static void
read_number(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	struct decimal d;

	if (!is_number(value) || !decimal_read(&d, value, DECIMAL_WRITTEN)) {
		compiler_refuse(c, s, value, k->name, "a number");
		return;
	}
	if (k->offset == offsetof(struct schema, multiple) && (d.negative || d.n == 0)) {
		compiler_refuse(c, s, value, k->name, "a number above 0");
		return;
	}
	if (k->offset == offsetof(struct schema, multiple) && (d.n > DECIMAL_STEP_MAX || d.exponent < -DECIMAL_DIGITS_MAX)) {
		compiler_refuse(c, s, value, k->name, "a number of fewer digits");
		return;
	}
	*(const struct node **)field(s, k) = value;
}

static void
read_bound(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	unsigned draft = s->home->dialect.draft;
	bool below = k->offset == offsetof(struct schema, below);
	const struct node **beside = below ? &s->maximum : &s->minimum;
	const struct node *limit = node_get(s->node, below ? STR("maximum") : STR("minimum"));

	if ((draft & (DRAFT_4 | DRAFT_MIXED)) && value->kind == NODE_BOOL) {
		if (scalar_true(value->text) && limit && is_number(limit)) {
			*(const struct node **)field(s, k) = limit;
			*beside = NULL;
		}
		return;
	}
	if (draft == DRAFT_4) {
		compiler_refuse(c, s, value, k->name, "true or false");
		return;
	}
	read_number(c, s, value, k);
}

/* a schema that is asked too, with nothing in it yet; allOf has been read */
static struct schema *
beside(struct compiler *c, struct schema *s)
{
	struct schema *extra = arena_new(c->arena, struct schema), **items = arena_alloc(c->arena, s->all.n + 1, sizeof(*items));

	extra->set = s->set;
	extra->resource = s->resource;
	extra->home = s->home;
	extra->src = s->src;
	extra->node = s->node;
	extra->up = s->up;
	extra->keyword = s->keyword;
	extra->name = s->name;
	extra->by_name.arena = c->arena;
	extra->max_props = extra->max_items = extra->max_length = extra->max_contains = SIZE_MAX;
	for (size_t i = 0; i < s->all.n; i++) {
		items[i] = s->all.items[i];
	}
	items[s->all.n] = extra;
	s->all = (struct schema_list){ items, s->all.n + 1 };
	return extra;
}

static void
read_ref(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	bool recursive = k->reader == READ_RECURSIVE_REF;
	struct referred to;

	if (value->kind != NODE_STRING) {
		compiler_refuse(c, s, value, k->name, "a string");
		return;
	}
	to = refer(c, s, value, value->text);
	if (!to.schema) {
		return;
	}
	if (s->used) {
		compiler_use(c, to.schema);
	}
	/* two references side by side: one more schema that has to fit */
	if (s->ref) {
		s = beside(c, s);
	}
	s->ref = to.schema;
	s->ref_text = value->text;
	if (k->reader == READ_DYNAMIC_REF && to.anchor.n > 0
		&& table_get(&to.schema->home->open.dynamic, to.anchor) == to.schema) {
		s->dynamic = to.anchor;
		c->set->dynamic = true;
	}
	if (recursive && to.schema->home->open.recursive == to.schema) {
		s->recursive = true;
		c->set->dynamic = true;
	}
}

static void
read_text(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	if (value->kind != NODE_STRING) {
		compiler_refuse(c, s, value, k->name, "a string");
	} else if (k->offset != SIZE_MAX) {
		*(const struct node **)field(s, k) = value;
	}
}

void
keyword_read(struct compiler *c, struct schema *s, const struct keyword *k, const struct node *value)
{
	switch (k->reader) {
	case READ_NOTHING:
	case READ_UNUSED:
		return;
	case READ_FREE:
		*(const struct node **)field(s, k) = value;
		return;
	case READ_TEXT:
		read_text(c, s, value, k);
		return;
	case READ_NUMBER:
		/* read_bound may have moved it */
		if (s->minimum != value && s->above != value && s->maximum != value && s->below != value) {
			read_number(c, s, value, k);
		}
		return;
	case READ_BOUND:
		read_bound(c, s, value, k);
		return;
	case READ_COUNT:
		read_count(c, s, value, k);
		return;
	case READ_FLAG:
		if (value->kind != NODE_BOOL) {
			compiler_refuse(c, s, value, k->name, "true or false");
			return;
		}
		*(bool *)field(s, k) = scalar_true(value->text);
		return;
	case READ_ONE:
		*(struct schema **)field(s, k) = under(c, s, value);
		return;
	case READ_SOME:
		read_some(c, s, value, k->name, field(s, k));
		return;
	case READ_ITEMS:
		if (value->kind != NODE_LIST) {
			s->items = under(c, s, value);
		} else if (s->home->dialect.draft == DRAFT_2020) {
			compiler_refuse(c, s, value, k->name, "a schema; 'prefixItems' is for a list of schemas");
		} else {
			read_some(c, s, value, k->name, &s->first);
		}
		return;
	case READ_PROPS:
	case READ_DEFINITIONS:
	case READ_PATTERNS:
		read_props(c, s, value, k);
		return;
	case READ_NEEDED:
	case READ_DEPENDENT:
	case READ_DEPENDENCIES:
		read_needs(c, s, value, k);
		return;
	case READ_TYPE:
		read_type(c, s, value);
		return;
	case READ_CHOICES:
		read_choices(c, s, value);
		return;
	case READ_CONSTANT:
		s->constant = value;
		s->constant_canon = canon(c, s, value);
		return;
	case READ_NAMES:
		s->required = names_of(c, s, value, k->name);
		return;
	case READ_PATTERN:
		if (value->kind != NODE_STRING) {
			compiler_refuse(c, s, value, k->name, "a string");
			return;
		}
		s->pattern_text = value->text;
		s->pattern = keyword_pattern(c, s, value, false);
		return;
	case READ_FORMAT:
		keyword_format(c, s, value);
		return;
	case READ_REF:
	case READ_DYNAMIC_REF:
	case READ_RECURSIVE_REF:
		read_ref(c, s, value, k);
		return;
	}
}
