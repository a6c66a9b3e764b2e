/* SPDX-License-Identifier: Apache-2.0 */
/* Values as comparable texts: every part says its kind and its length. */
#include "schema/canon.h"

#include "base/arena.h"
#include "yaml/scalar.h"

#include <stdlib.h>

struct canon {
	struct buf *text;
	enum decimal_kind kind;
	size_t *work;
};

static bool add(struct canon *, const struct node *, unsigned depth);

static int
by_key(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;

	return str_cmp(node_real((*x)->key)->text, node_real((*y)->key)->text);
}

static void
add_text(struct buf *b, char kind, struct str text)
{
	buf_byte(b, kind);
	buf_number(b, text.n);
	buf_byte(b, ':');
	buf_add(b, text);
}

static bool
add_map(struct canon *c, const struct node *map, unsigned depth)
{
	struct buf *b = c->text;
	size_t n = 0, count = node_count(map);
	const struct node **entries;

	if (count > *c->work) {
		return false;
	}
	entries = arena_alloc(b->arena, count + 1, sizeof(*entries));
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		entries[n++] = entry;
	}
	qsort(entries, n, sizeof(*entries), by_key);
	buf_byte(b, '{');
	for (size_t i = 0; i < n; i++) {
		add_text(b, 'k', node_real(entries[i]->key)->text);
		if (!add(c, entries[i], depth - 1)) {
			return false;
		}
	}
	buf_byte(b, '}');
	return true;
}

static bool
add(struct canon *c, const struct node *node, unsigned depth)
{
	struct buf *b = c->text;
	struct decimal number;

	node = node_real(node);
	if (*c->work == 0 || depth == 0) {
		return false;
	}
	--*c->work;
	switch (node->kind) {
	case NODE_NULL:
		buf_byte(b, 'z');
		return true;
	case NODE_BOOL:
		buf_byte(b, scalar_true(node->text) ? 't' : 'f');
		return true;
	case NODE_INT:
	case NODE_FLOAT:
		if (decimal_read(&number, node, c->kind)) {
			buf_byte(b, 'n');
			decimal_add(b, &number);
		} else {
			add_text(b, 'i', node->text);
		}
		return true;
	case NODE_LIST:
		buf_byte(b, '[');
		for (const struct node *item = node->first; item; item = item->next) {
			if (!add(c, item, depth - 1)) {
				return false;
			}
		}
		buf_byte(b, ']');
		return true;
	case NODE_MAP:
		return add_map(c, node, depth);
	default:
		add_text(b, 's', node->text);
		return true;
	}
}

bool
canon_add(struct buf *b, const struct node *node, enum decimal_kind kind, size_t *work)
{
	struct canon c = { b, kind, work };

	return add(&c, node, CANON_DEPTH_MAX);
}

bool
canon_equal(struct arena *a, const struct node *x, const struct node *y)
{
	struct buf one = { .arena = a }, two = { .arena = a };
	size_t first = NODE_COPY_MAX, second = NODE_COPY_MAX;

	return canon_add(&one, x, DECIMAL_DOUBLE, &first) && canon_add(&two, y, DECIMAL_DOUBLE, &second) && str_eq(buf_str(&one), buf_str(&two));
}

const char *
canon_number(struct arena *a, double number)
{
	const char *text = NULL;

	if (number == 0) {
		return "0";  /* -0 too */
	}
	if (number > -1e15 && number < 1e15 && (double)(long long)number == number) {
		return arena_printf(a, "%lld", (long long)number);
	}
	for (int digits = 15; digits <= 17; digits++) {
		text = arena_printf(a, "%.*g", digits, number);
		if (strtod(text, NULL) == number) {
			break;
		}
	}
	return text;
}
