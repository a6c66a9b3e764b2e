/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to a compiled schema. */
#include "schema/schema.h"

#include "base/arena.h"

enum { THROUGH_MAX = 200 };           /* schemas looked through for one answer */

static unsigned
types(const struct schema *s, unsigned *left)
{
	unsigned found = s->types == 0 ? (unsigned)SCHEMA_ANY : s->types;

	if (s->never) {
		return 0;
	}
	if (found & SCHEMA_NUMBER) {
		found |= SCHEMA_INTEGER;
	}
	if (s->ref && *left > 0) {
		--*left;
		found &= types(s->ref, left);
	}
	for (size_t i = 0; i < s->all.n && *left > 0; i++) {
		--*left;
		found &= types(s->all.items[i], left);
	}
	return found;
}

unsigned
schema_types(const struct schema *s)
{
	unsigned left = THROUGH_MAX;

	return types(s, &left);
}

static const struct schema *
prop(const struct schema *s, struct str key, unsigned *left)
{
	const struct schema_prop *found = table_get(&s->by_name, key);
	const struct schema *under = found ? found->schema : NULL;

	if (!under && s->ref && *left > 0) {
		--*left;
		under = prop(s->ref, key, left);
	}
	for (size_t k = 0; !under && k < 3; k++) {
		const struct schema_list *list = k == 0 ? &s->all : k == 1 ? &s->any : &s->one;

		for (size_t i = 0; !under && i < list->n && *left > 0; i++) {
			--*left;
			under = prop(list->items[i], key, left);
		}
	}
	return under;
}

const struct schema *
schema_prop(const struct schema *s, struct str key)
{
	unsigned left = THROUGH_MAX;

	return prop(s, key, &left);
}

const char *
schema_types_text(struct arena *a, unsigned wanted)
{
	static const char *const names[] = { "null", "a boolean", "an integer", "a number", "a string", "a list", "a map" };
	struct buf b = { .arena = a };

	if (wanted & SCHEMA_NUMBER) {
		wanted &= ~(unsigned)SCHEMA_INTEGER;
	}
	for (unsigned i = 0; i < 7; i++) {
		unsigned bit = 1u << i;

		if (wanted & bit) {
			wanted &= ~bit;
			buf_addf(&b, "%s%s", b.n == 0 ? "" : wanted == 0 ? " or " : ", ", names[i]);
		}
	}
	return buf_z(&b);
}

static void
add_step(struct buf *b, struct str step)
{
	buf_byte(b, '/');
	for (size_t i = 0; i < step.n; i++) {
		if (step.s[i] == '~' || step.s[i] == '/') {
			buf_add(b, step.s[i] == '~' ? STR("~0") : STR("~1"));
		} else {
			buf_byte(b, step.s[i]);
		}
	}
}

const char *
schema_place(const struct schema *s, const char *keyword, struct arena *a)
{
	const struct node *entry = s->node->kind == NODE_MAP ? node_entry(s->node, str_of(keyword)) : NULL;
	struct buf pointer = { .arena = a };
	const struct schema **way;
	struct place place;
	size_t n = 0;

	if (!s->src) {
		return NULL;
	}
	place = source_place(s->src, entry ? entry->key->span.at : s->node->span.at);
	for (const struct schema *at = s; at->up; at = at->up) {
		n++;
	}
	way = arena_alloc(a, n + 1, sizeof(const struct schema *));
	n = 0;
	for (const struct schema *at = s; at->up; at = at->up) {
		way[n++] = at;
	}
	while (n-- > 0) {
		if (str_starts(way[n]->keyword, STR("/"))) {
			buf_add(&pointer, way[n]->keyword);
		} else {
			add_step(&pointer, way[n]->keyword);
		}
		if (way[n]->name.s) {
			add_step(&pointer, way[n]->name);
		}
	}
	if (entry) {
		add_step(&pointer, str_of(keyword));
	}
	return arena_printf(a, "%s:%zu:%zu (%s)", s->src->name, place.line, place.column,
		pointer.n == 0 ? "" : buf_z(&pointer));
}

/* the i-th schema that is asked about the same value; NULL past the last */
static struct schema *
in_place(const struct schema *s, size_t i)
{
	/* what a dynamic reference and a condition lead to is known only with the value: the limit on depth holds them */
	struct schema *const single[] = { s->dynamic.n > 0 || s->recursive ? NULL : s->ref, s->none, s->condition };
	const struct schema_list *const lists[] = { &s->all, &s->any, &s->one };

	for (size_t k = 0; k < sizeof(single) / sizeof(*single); k++) {
		if (single[k] && i-- == 0) {
			return single[k];
		}
	}
	for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++) {
		if (i < lists[k]->n) {
			return lists[k]->items[i];
		}
		i -= lists[k]->n;
	}
	return NULL;
}

const struct schema *
schema_loop(struct schema *last)
{
	enum { NEW, OPEN, CLOSED };

	for (struct schema *from = last; from; from = from->made) {
		struct schema *s = from->walked == NEW && from->used ? from : NULL;

		while (s) {
			struct schema *next;

			s->walked = OPEN;
			next = in_place(s, s->cursor++);
			if (!next) {
				s->walked = CLOSED;
				s = s->back;
			} else if (next->walked == NEW) {
				next->back = s;
				s = next;
			} else if (next->walked == OPEN) {
				/* only a reference can close a loop */
				while (!s->ref) {
					s = s->back;
				}
				return s;
			}
		}
	}
	return NULL;
}
