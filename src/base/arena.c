/* SPDX-License-Identifier: Apache-2.0 */
/* Memory with one owner, in blocks; the one place where the program ends for want of memory. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BLOCK_SIZE = 32 << 10,
	ALIGN = alignof(void *) > alignof(double) ? alignof(void *) : alignof(double),
};

struct arena_block {
	struct arena_block *before;
	size_t size, used;
	alignas(ALIGN) char bytes[];
};

struct arena_own {
	struct arena_own *before;
	void *p;
};

static _Noreturn void
out_of_memory(void)
{
	static const char text[] = "wbrender: error: out of memory [io]\n";

	if (write(2, text, sizeof(text) - 1) < 0) {
		_exit(2);
	}
	_exit(2);
}

static size_t
product(size_t count, size_t size)
{
	if (size != 0 && count > (SIZE_MAX / 2) / size) {
		out_of_memory();
	}
	return count * size;
}

void *
arena_realloc(void *p, size_t count, size_t size)
{
	size_t n = product(count, size);

	p = realloc(p, n == 0 ? 1 : n);
	if (!p) {
		out_of_memory();
	}
	return p;
}

static void *
take(struct arena *a, size_t n, size_t align)
{
	struct arena_block *block = a->last;
	size_t at = block ? (block->used + align - 1) & ~(align - 1) : 0;

	if (!block || at > block->size || n > block->size - at) {
		size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;

		block = malloc(sizeof(*block) + size);
		if (!block) {
			out_of_memory();
		}
		block->before = a->last;
		block->size = size;
		a->last = block;
		at = 0;
	}
	block->used = at + n;
	return block->bytes + at;
}

void *
arena_alloc(struct arena *a, size_t count, size_t size)
{
	size_t n = product(count, size);

	return memset(take(a, n, ALIGN), 0, n);
}

char *
arena_copy(struct arena *a, const char *s, size_t n)
{
	char *p = take(a, product(n + 1, 1), 1);

	if (n > 0) {
		memcpy(p, s, n);
	}
	p[n] = '\0';
	return p;
}

void
arena_own(struct arena *a, void *p)
{
	struct arena_own *own = arena_new(a, struct arena_own);

	own->before = a->owned;
	own->p = p;
	a->owned = own;
}

struct arena_mark
arena_mark(const struct arena *a)
{
	return (struct arena_mark){ a->last, a->last ? a->last->used : 0, a->owned };
}

void
arena_rewind(struct arena *a, struct arena_mark mark)
{
	struct arena_block *spare = NULL;

	for (; a->owned != mark.owned; a->owned = a->owned->before) {
		free(a->owned->p);
	}
	while (a->last != mark.block) {
		struct arena_block *block = a->last;

		a->last = block->before;
		if (!spare && block->size == BLOCK_SIZE) {
			spare = block;
		} else {
			free(block);
		}
	}
	if (a->last) {
		a->last->used = mark.used;
	}
	if (spare) {
		spare->before = a->last;
		spare->used = 0;
		a->last = spare;
	}
}

void
arena_done(struct arena *a)
{
	for (; a->owned; a->owned = a->owned->before) {
		free(a->owned->p);
	}
	while (a->last) {
		struct arena_block *block = a->last;

		a->last = block->before;
		free(block);
	}
}
