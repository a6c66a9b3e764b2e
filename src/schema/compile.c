/* SPDX-License-Identifier: Apache-2.0 */
/* A parsed JSON Schema to compiled structs: one queue of subschemas, no recursion. */
#include "base/arena.h"
#include "schema/canon.h"
#include "schema/match.h"
#include "schema/schema.h"
#include "schema/suggest.h"
#include "yaml/scalar.h"

#include <stdint.h>

enum { CHOICES_WORK_MAX = 1000000 };  /* nodes in all const and enum of one schema */

struct compiler {
	struct arena *arena;
	struct diags *diags;
	struct source *src;
	enum schema_origin origin;
	const struct node *root;
	struct table by_node;         /* address of a node to its struct schema */
	struct schema *last;          /* the one made last, and through it all of them */
	struct schema *first, **end;  /* those still to be read */
	size_t canon_work, suggest_work;
};

/* what a keyword's value is, and so who reads it */
enum reader { FREE, TEXT, NUMBER, COUNT, FLAG, ONE, SOME, PROPS, DEFINITIONS, PATTERNS, TYPE, CHOICES, CONSTANT, NAMES, PATTERN, REF };

static const struct keyword {
	const char *name;
	enum reader reader;
	size_t offset;                /* of what is read, in struct schema */
} keywords[] = {
	{ "type", TYPE, offsetof(struct schema, types) },
	{ "title", TEXT, offsetof(struct schema, title) },
	{ "description", TEXT, offsetof(struct schema, description) },
	{ "default", FREE, offsetof(struct schema, fallback) },
	{ "examples", FREE, offsetof(struct schema, examples) },
	{ "$ref", REF, 0 },
	{ "properties", PROPS, 0 },
	{ "required", NAMES, 0 },
	{ "additionalProperties", ONE, offsetof(struct schema, others) },
	{ "patternProperties", PATTERNS, 0 },
	{ "propertyNames", ONE, offsetof(struct schema, names) },
	{ "minProperties", COUNT, offsetof(struct schema, min_props) },
	{ "maxProperties", COUNT, offsetof(struct schema, max_props) },
	{ "items", ONE, offsetof(struct schema, items) },
	{ "minItems", COUNT, offsetof(struct schema, min_items) },
	{ "maxItems", COUNT, offsetof(struct schema, max_items) },
	{ "uniqueItems", FLAG, offsetof(struct schema, unique) },
	{ "enum", CHOICES, 0 },
	{ "const", CONSTANT, 0 },
	{ "pattern", PATTERN, 0 },
	{ "minLength", COUNT, offsetof(struct schema, min_length) },
	{ "maxLength", COUNT, offsetof(struct schema, max_length) },
	{ "minimum", NUMBER, offsetof(struct schema, minimum) },
	{ "maximum", NUMBER, offsetof(struct schema, maximum) },
	{ "exclusiveMinimum", NUMBER, offsetof(struct schema, above) },
	{ "exclusiveMaximum", NUMBER, offsetof(struct schema, below) },
	{ "multipleOf", NUMBER, offsetof(struct schema, multiple) },
	{ "allOf", SOME, offsetof(struct schema, all) },
	{ "anyOf", SOME, offsetof(struct schema, any) },
	{ "oneOf", SOME, offsetof(struct schema, one) },
	{ "not", ONE, offsetof(struct schema, none) },
	{ "if", ONE, offsetof(struct schema, condition) },
	{ "then", ONE, offsetof(struct schema, then) },
	{ "else", ONE, offsetof(struct schema, otherwise) },
	{ "definitions", DEFINITIONS, 0 },
	{ "$schema", TEXT, SIZE_MAX },
	{ "$id", TEXT, SIZE_MAX },
	{ "$comment", TEXT, SIZE_MAX },
};

static void
refuse(struct compiler *c, const struct node *value, const char *keyword, const char *wanted)
{
	diag_add(c->diags, DIAG_ERROR, "schema/schema", c->src, value->span, "'%s' is %s, %s is wanted", keyword,
		node_describe(c->arena, value), wanted);
}

/* the schema of a node; made and queued when it is met first, so that references may go round */
static struct schema *
schema_of(struct compiler *c, const struct node *node, const struct schema *up, const char *keyword, struct str name)
{
	const struct node **address;
	struct schema *s;

	node = node_real(node);
	s = table_get(&c->by_node, (struct str){ (const char *)&node, sizeof(node) });
	if (s) {
		return s;
	}
	s = arena_new(c->arena, struct schema);
	address = arena_alloc(c->arena, 1, sizeof(const struct node *));
	*address = node;
	table_put(&c->by_node, (struct str){ (const char *)address, sizeof(*address) }, s);
	s->node = node;
	s->src = c->origin == SCHEMA_BUILTIN ? NULL : c->src;
	s->up = up;
	s->keyword = str_of(keyword);
	s->name = name;
	s->by_name.arena = c->arena;
	s->max_props = s->max_items = s->max_length = SIZE_MAX;
	s->made = c->last;
	c->last = s;
	*c->end = s;
	c->end = &s->queued;
	return s;
}

static void
read_type(struct compiler *c, struct schema *s, const struct node *value)
{
	static const char *const names[] = { "null", "boolean", "integer", "number", "string", "array", "object" };
	const struct node *item = value->kind == NODE_LIST ? value->first : value;

	if (!item) {
		refuse(c, value, "type", "at least one type");
	}
	for (; item; item = value->kind == NODE_LIST ? item->next : NULL) {
		const struct node *word = node_real(item);
		unsigned bit = 0;

		for (unsigned i = 0; word->kind == NODE_STRING && i < 7; i++) {
			bit |= str_eq(word->text, str_of(names[i])) ? 1u << i : 0;
		}
		if (bit == 0) {
			refuse(c, word, "type", "one of null, boolean, integer, number, string, array, object");
		}
		s->types |= bit;
	}
}

static void
read_names(struct compiler *c, struct schema *s, const struct node *value)
{
	if (value->kind != NODE_LIST) {
		refuse(c, value, "required", "a list of keys");
		return;
	}
	s->required.n = 0;
	s->required.items = arena_alloc(c->arena, node_count(value) + 1, sizeof(struct str));
	for (const struct node *item = value->first; item; item = item->next) {
		if (node_real(item)->kind != NODE_STRING) {
			refuse(c, node_real(item), "required", "a key");
		}
		s->required.items[s->required.n++] = node_real(item)->text;
	}
}

static struct str
canon(struct compiler *c, const struct node *value)
{
	struct buf b = { .arena = c->arena };

	if (!canon_add(&b, value, &c->canon_work)) {
		diag_add(c->diags, DIAG_ERROR, "schema/schema", c->src, value->span, "the allowed values are too many or too deep");
	}
	return buf_str(&b);
}

static void
read_choices(struct compiler *c, struct schema *s, const struct node *value)
{
	if (value->kind != NODE_LIST || !value->first) {
		refuse(c, value, "enum", "a list of values");
		return;
	}
	s->choices = value;
	s->by_choice = (struct table){ .arena = c->arena };
	for (struct node *item = value->first; item; item = item->next) {
		table_put(&s->by_choice, canon(c, item), item);
	}
}

/* the place of a pattern's byte in the file: an escape is written longer than it is */
static size_t
place_in(struct compiler *c, const struct node *value, size_t at)
{
	struct str raw = source_slice(c->src, value->span);
	size_t i = value->style == NODE_SINGLE || value->style == NODE_DOUBLE ? 1 : 0;

	for (; at > 0 && i < raw.n; at--) {
		if (value->style == NODE_DOUBLE && raw.s[i] == '\\') {
			i += i + 1 < raw.n && raw.s[i + 1] == 'u' ? 6 : 2;
		} else {
			i += value->style == NODE_SINGLE && raw.s[i] == '\'' ? 2 : 1;
		}
	}
	return value->span.at + (i < raw.n ? i : raw.n);
}

static const struct match *
pattern(struct compiler *c, const struct node *value, struct str text)
{
	struct re2 re2;
	const struct match *m = match_new_re2(c->arena, text, RE2_GO_NEW, &re2);
	struct diag *diag;

	if (!m) {
		diag = diag_add(c->diags, DIAG_ERROR, "schema/schema", c->src, (struct span){ place_in(c, value, re2.at), 1 },
			"the pattern cannot be used: %s", re2.error ? re2_text(c->arena, text, &re2) : "it is too costly");
		if (re2.help) {
			diag_help(c->diags, diag, "%s", re2.help);
		}
	}
	return m;
}

static void
read_props(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	struct schema_pattern **last_pattern = &s->patterns;
	struct schema_prop **last = &s->props;

	if (value->kind != NODE_MAP) {
		refuse(c, value, k->name, "a map of schemas");
		return;
	}
	for (const struct node *entry = value->first; entry; entry = entry->next) {
		const struct node *key = node_real(entry->key);
		struct schema *under = schema_of(c, entry, s, k->name, key->text);

		if (k->reader == PATTERNS) {
			struct schema_pattern *p = arena_new(c->arena, struct schema_pattern);

			*p = (struct schema_pattern){ key->text, pattern(c, key, key->text), under, NULL };
			*last_pattern = p;
			last_pattern = &p->next;
		} else if (k->reader == PROPS) {
			struct schema_prop *old = table_get(&s->by_name, key->text), *p;

			if (old) {
				old->schema = under;
				continue;
			}
			p = arena_new(c->arena, struct schema_prop);
			*p = (struct schema_prop){ key->text, under, NULL };
			table_put(&s->by_name, key->text, p);
			*last = p;
			last = &p->next;
		}
	}
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static void
read_ref(struct compiler *c, struct schema *s, const struct node *value)
{
	struct buf pointer = { .arena = c->arena };
	const struct node *to, *definitions;
	struct str text = value->text;
	struct suggest near;
	struct diag *diag;

	if (value->kind != NODE_STRING) {
		refuse(c, value, "$ref", "a string");
		return;
	}
	if (!str_eq(text, STR("#")) && !str_starts(text, STR("#/"))) {
		diag_add(c->diags, DIAG_ERROR, "schema/schema", c->src, value->span,
			"the reference '%.*s' does not begin with '#/': only places in the same schema are known", STR_FMT(text));
		return;
	}
	for (size_t i = 1; i < text.n; i++) {
		if (text.s[i] == '%' && i + 2 < text.n && hex(text.s[i + 1]) >= 0 && hex(text.s[i + 2]) >= 0) {
			buf_byte(&pointer, (char)(hex(text.s[i + 1]) * 16 + hex(text.s[i + 2])));
			i += 2;
		} else {
			buf_byte(&pointer, text.s[i]);
		}
	}
	to = node_at(c->root, buf_str(&pointer));
	if (to) {
		s->ref = schema_of(c, to, NULL, "", (struct str){ 0 });
		s->ref_text = text;
		return;
	}
	diag = diag_add(c->diags, DIAG_ERROR, "schema/schema", c->src, value->span, "the reference '%.*s' leads to nothing",
		STR_FMT(text));
	definitions = node_get(c->root, STR("definitions"));
	if (definitions && definitions->kind == NODE_MAP && str_starts(text, STR("#/definitions/"))) {
		suggest_init(&near, str_slice(text, sizeof("#/definitions/") - 1, text.n), &c->suggest_work);
		for (const struct node *entry = definitions->first; entry; entry = entry->next) {
			if (!suggest_offer(&near, node_real(entry->key)->text)) {
				break;
			}
		}
		diag->help = suggest_text(&near, c->diags->arena);
	}
}

static void
read_some(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	struct schema_list *list = (struct schema_list *)(void *)((char *)s + k->offset);

	if (value->kind != NODE_LIST || !value->first) {
		refuse(c, value, k->name, "a list of schemas");
		return;
	}
	list->n = 0;
	list->items = arena_alloc(c->arena, node_count(value), sizeof(struct schema *));
	for (const struct node *item = value->first; item; item = item->next) {
		list->items[list->n] = schema_of(c, item, s, k->name, str_of(arena_printf(c->arena, "%zu", list->n)));
		list->n++;
	}
}

static void
read_count(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	double number;

	if ((value->kind != NODE_INT && value->kind != NODE_FLOAT) || !scalar_double(value->text, &number) || number < 0
		|| number > 1e15 || number != (double)(size_t)number) {
		refuse(c, value, k->name, "a whole number from 0 on");
		return;
	}
	*(size_t *)(void *)((char *)s + k->offset) = (size_t)number;
}

static void
read_number(struct compiler *c, struct schema *s, const struct node *value, const struct keyword *k)
{
	double number;

	if ((value->kind != NODE_INT && value->kind != NODE_FLOAT) || !scalar_double(value->text, &number)) {
		refuse(c, value, k->name, "a number");
		return;
	}
	if (k->offset == offsetof(struct schema, multiple) && number <= 0) {
		refuse(c, value, k->name, "a number above 0");
		return;
	}
	*(const struct node **)(void *)((char *)s + k->offset) = value;
}

static void
unknown_keyword(struct compiler *c, const struct node *key)
{
	struct suggest near;
	struct diag *diag = diag_add(c->diags, DIAG_ERROR, "schema/schema", c->src, key->span,
		"unknown keyword '%.*s' in the schema", STR_FMT(key->text));

	suggest_init(&near, key->text, &c->suggest_work);
	for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++) {
		suggest_offer(&near, str_of(keywords[i].name));
	}
	diag->help = suggest_text(&near, c->diags->arena);
}

static void
read_keyword(struct compiler *c, struct schema *s, const struct node *key, const struct node *value)
{
	const struct keyword *k = keywords, *end = keywords + sizeof(keywords) / sizeof(*keywords);

	while (k < end && !str_eq(str_of(k->name), key->text)) {
		k++;
	}
	if (k == end) {
		unknown_keyword(c, key);
		return;
	}
	switch (k->reader) {
	case FREE:
		*(const struct node **)(void *)((char *)s + k->offset) = value;
		return;
	case TEXT:
		if (value->kind != NODE_STRING) {
			refuse(c, value, k->name, "a string");
		} else if (k->offset != SIZE_MAX) {
			*(const struct node **)(void *)((char *)s + k->offset) = value;
		}
		return;
	case NUMBER:
		read_number(c, s, value, k);
		return;
	case COUNT:
		read_count(c, s, value, k);
		return;
	case FLAG:
		if (value->kind != NODE_BOOL) {
			refuse(c, value, k->name, "true or false");
			return;
		}
		*(bool *)((char *)s + k->offset) = scalar_true(value->text);
		return;
	case ONE:
		*(struct schema **)(void *)((char *)s + k->offset) = schema_of(c, value, s, k->name, (struct str){ 0 });
		return;
	case SOME:
		read_some(c, s, value, k);
		return;
	case PROPS:
	case DEFINITIONS:
	case PATTERNS:
		read_props(c, s, value, k);
		return;
	case TYPE:
		read_type(c, s, value);
		return;
	case CHOICES:
		read_choices(c, s, value);
		return;
	case CONSTANT:
		s->constant = value;
		s->constant_canon = canon(c, value);
		return;
	case NAMES:
		read_names(c, s, value);
		return;
	case PATTERN:
		if (value->kind != NODE_STRING) {
			refuse(c, value, k->name, "a string");
			return;
		}
		s->pattern_text = value->text;
		s->pattern = pattern(c, value, value->text);
		return;
	case REF:
		read_ref(c, s, value);
		return;
	}
}

const struct schema *
schema_compile(struct arena *a, struct source *src, const struct node *root, enum schema_origin origin, struct diags *diags)
{
	struct compiler c = { .arena = a, .diags = diags, .src = src, .origin = origin, .by_node = { .arena = a },
		.canon_work = CHOICES_WORK_MAX, .suggest_work = SUGGEST_WORK_MAX };
	size_t errors = diags->count[DIAG_ERROR];
	const struct schema *loop;
	struct schema *whole;

	if (!root) {
		diag_add(diags, DIAG_ERROR, "schema/schema", src, (struct span){ 0, 0 }, "the schema is empty");
		return NULL;
	}
	c.root = node_real(root);
	c.end = &c.first;
	whole = schema_of(&c, root, NULL, "", (struct str){ 0 });
	while (c.first) {
		struct schema *s = c.first;

		c.first = s->queued;
		if (!c.first) {
			c.end = &c.first;
		}
		if (s->node->kind == NODE_BOOL) {
			s->never = !scalar_true(s->node->text);
			continue;
		}
		if (s->node->kind != NODE_MAP) {
			diag_add(diags, DIAG_ERROR, "schema/schema", src, s->node->span,
				"%s is no schema: a map, true or false is wanted", node_describe(a, s->node));
			continue;
		}
		for (const struct node *entry = s->node->first; entry; entry = entry->next) {
			read_keyword(&c, s, node_real(entry->key), node_real(entry));
		}
	}
	loop = schema_loop(c.last);
	if (loop) {
		diag_add(diags, DIAG_ERROR, "schema/schema", src, node_get(loop->node, STR("$ref"))->span,
			"the reference '%.*s' leads back to itself", STR_FMT(loop->ref_text));
	}
	return diags->count[DIAG_ERROR] == errors ? whole : NULL;
}
