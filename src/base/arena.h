/* SPDX-License-Identifier: Apache-2.0 */
/* Memory with one owner: everything allocated in an arena dies with it. */
#ifndef WBRENDER_BASE_ARENA_H
#define WBRENDER_BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena_own;

/* zero it before the first use */
struct arena {
	struct arena_block *last;
	struct arena_own *owned;
};

struct arena_mark {
	struct arena_block *block;
	size_t used;
	struct arena_own *owned;
};

/* zeroed memory for count things of size bytes; never NULL: running out of memory ends the program here, with exit status 2 */
void *arena_alloc(struct arena *, size_t count, size_t size);

/* a copy of n bytes, with a NUL behind them */
char *arena_copy(struct arena *, const char *s, size_t n);

/* gives memory that came from malloc to the arena, which will free it */
void arena_own(struct arena *, void *p);

/* where the arena stands now */
struct arena_mark arena_mark(const struct arena *);

/* forgets all that was allocated since the mark; one block is kept for what comes next */
void arena_rewind(struct arena *, struct arena_mark);

/* frees everything; the arena may be used again */
void arena_done(struct arena *);

/* memory from realloc, or the end of the program as in arena_alloc; for arrays that grow to an unknown size */
void *arena_realloc(void *p, size_t count, size_t size);

#define arena_new(a, T) ((T *)arena_alloc((a), 1, sizeof(T)))

#endif
