/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table from texts to pointers: open addressing, never more than half full. */
#include "base/table.h"

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

static size_t
hash(struct str s)
{
	/* FNV-1a, by words first */
	uint64_t h = 14695981039346656037u, word;
	size_t i = 0;

	for (; i + sizeof(word) <= s.n; i += sizeof(word)) {
		memcpy(&word, s.s + i, sizeof(word));
		h = (h ^ word) * 1099511628211u;
		h ^= h >> 29;
	}
	for (; i < s.n; i++) {
		h = (h ^ (unsigned char)s.s[i]) * 1099511628211u;
	}
	return (size_t)(h ^ h >> 32);
}

static struct table_slot *
slot(struct table_slot *slots, size_t cap, struct str key)
{
	size_t i = hash(key) & (cap - 1);

	while (slots[i].value && !str_eq(slots[i].key, key)) {
		i = (i + 1) & (cap - 1);
	}
	return &slots[i];
}

void *
table_get(const struct table *t, struct str key)
{
	return t->cap == 0 ? NULL : slot(t->slots, t->cap, key)->value;
}

void *
table_put(struct table *t, struct str key, void *value)
{
	struct table_slot *place;
	void *old;

	if (t->n * 2 >= t->cap) {
		size_t cap = t->cap == 0 ? 16 : t->cap * 2;
		struct table_slot *slots = arena_alloc(t->arena, cap, sizeof(*slots));

		for (size_t i = 0; i < t->cap; i++) {
			if (t->slots[i].value) {
				*slot(slots, cap, t->slots[i].key) = t->slots[i];
			}
		}
		t->slots = slots;
		t->cap = cap;
	}
	place = slot(t->slots, t->cap, key);
	old = place->value;
	t->n += old == NULL;
	*place = (struct table_slot){ key, value };
	return old;
}
