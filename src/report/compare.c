/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the shortest way from the lines of one text to those of another. */
#include "report/compare.h"

#include "base/arena.h"

struct side {
	struct str text;
	size_t *at;                   /* where each line begins; at[n] is the end */
	size_t n;
};

/* a run of lines that goes and what comes for it: lines [a, b) become lines [c, d) */
struct run {
	size_t a, b, c, d;
};

struct compare {
	struct side old, new;
	size_t first, old_end, new_end;       /* the lines between the equal ones at both ends */
	struct patch *patch;
	struct run run;
	bool open;
};

static void
split(struct side *side, struct str text, struct arena *a)
{
	size_t n = 0;

	for (size_t at = 0; at < text.n; at = str_find(text, '\n', at) + 1) {
		n++;
	}
	side->text = text;
	side->at = arena_alloc(a, n + 1, sizeof(*side->at));
	for (size_t at = 0; at < text.n; at = str_find(text, '\n', at) + 1) {
		side->at[side->n++] = at;
	}
	side->at[n] = text.n;
}

static struct str
line(const struct side *side, size_t i)
{
	return str_slice(side->text, side->at[i], side->at[i + 1]);
}

static bool
equal(const struct compare *c, size_t i, size_t k)
{
	return str_eq(line(&c->old, i), line(&c->new, k));
}

static void
close_run(struct compare *c)
{
	if (c->open) {
		const struct run *r = &c->run;

		patch_add(c->patch, (struct span){ c->old.at[r->a], c->old.at[r->b] - c->old.at[r->a] },
			str_slice(c->new.text, c->new.at[r->c], c->new.at[r->d]), 0, "compare");
		c->open = false;
	}
}

/* the step from old line x and new line y: one goes, or one comes */
static void
differ(struct compare *c, size_t x, size_t y, bool goes)
{
	if (!c->open || c->run.b != x || c->run.d != y) {
		close_run(c);
		c->run = (struct run){ x, x, y, y };
		c->open = true;
	}
	c->run.b += goes;
	c->run.d += !goes;
}

/* Goes the way that was found, from its last step back, and writes the steps down; then they are made in order. */
static void
follow(struct compare *c, long **reached, long steps, struct arena *a)
{
	long x = (long)(c->old_end - c->first), y = (long)(c->new_end - c->first);
	struct step {
		long x, y;
		bool goes;
	} *way = arena_alloc(a, (size_t)steps + 1, sizeof(*way));

	for (long d = steps; d > 0; d--) {
		const long *v = reached[d - 1] + d;
		long k = x - y;
		bool comes = k == -d || (k != d && v[k - 1] < v[k + 1]);

		k = comes ? k + 1 : k - 1;
		x = v[k];
		y = x - k;
		way[d] = (struct step){ x, y, !comes };
	}
	for (long d = 1; d <= steps; d++) {
		differ(c, c->first + (size_t)way[d].x, c->first + (size_t)way[d].y, way[d].goes);
	}
	close_run(c);
}

/* true if a way of at most COMPARE_LINES_MAX steps was found, and made */
static bool
search(struct compare *c, struct arena *a)
{
	const long n = (long)(c->old_end - c->first), m = (long)(c->new_end - c->first);
	const long most = n + m < COMPARE_LINES_MAX ? n + m : COMPARE_LINES_MAX;
	long **reached = arena_alloc(a, (size_t)most + 1, sizeof(*reached));

	/* reached[d][d + 1 + k]: how far along the old lines d steps lead on diagonal k */
	for (long d = 0; d <= most; d++) {
		long *now = (long *)arena_alloc(a, 2 * (size_t)d + 3, sizeof(*now)) + d + 1, *before = d > 0 ? reached[d - 1] + d : NULL;

		reached[d] = now - d - 1;
		for (long k = -d; k <= d; k += 2) {
			bool comes = k == -d || (k != d && before[k - 1] < before[k + 1]);
			long x = d == 0 ? 0 : comes ? before[k + 1] : before[k - 1] + 1, y = x - k;

			while (x < n && y >= 0 && y < m && equal(c, c->first + (size_t)x, c->first + (size_t)y)) {
				x++;
				y++;
			}
			now[k] = x;
			if (x >= n && y >= m) {
				follow(c, reached, d, a);
				return true;
			}
		}
	}
	return false;
}

void
compare_lines(struct patch *patch, struct str text, struct arena *a)
{
	struct compare c = { .patch = patch };

	split(&c.old, patch->src->text, a);
	split(&c.new, text, a);
	c.old_end = c.old.n;
	c.new_end = c.new.n;
	while (c.first < c.old_end && c.first < c.new_end && equal(&c, c.first, c.first)) {
		c.first++;
	}
	while (c.old_end > c.first && c.new_end > c.first && equal(&c, c.old_end - 1, c.new_end - 1)) {
		c.old_end--;
		c.new_end--;
	}
	if (c.first == c.old_end && c.first == c.new_end) {
		return;
	}
	if (!search(&c, a)) {
		c.run = (struct run){ c.first, c.old_end, c.first, c.new_end };
		c.open = true;
		close_run(&c);
	}
}
