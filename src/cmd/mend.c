/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the edits that findings propose, round by round, until none is left. */
#include "cmd/mend.h"

#include "base/arena.h"
#include "base/table.h"
#include "yaml/patch.h"

enum { ROUNDS = 100, CONTEXT = 3 };

static void
look(struct source *src, const struct accept *accept, const struct looker *looker, struct arena *a, struct diags *ret)
{
	diags_init(ret, a);
	looker->look(looker->ctx, src, ret);
	silence_by_comments(src, ret);
	silence_by_levels(ret, NULL, accept->levels, accept->words.n);
	diags_sort(ret);
}

static size_t
total(const struct diags *d)
{
	return d->count[DIAG_ERROR] + d->count[DIAG_WARNING] + d->count[DIAG_NOTE];
}

/* findings on the YAML itself: where it can no longer be read, there are few others */
static size_t
unreadable(const struct diags *found)
{
	size_t n = 0;

	for (const struct diag *d = found->first; d; d = d->next) {
		n += str_starts(str_of(d->code), STR("yaml/"));
	}
	return n;
}

/* The text with the proposed edits; NULL if there are none. Of equal ones only the first: two keys must not become one. */
static struct source *
edited(struct source *src, const struct diags *found, struct arena *a)
{
	struct table made = { .arena = a };
	struct source *after = arena_new(a, struct source);
	struct diags ignored;
	struct patch patch;
	bool good;

	diags_init(&ignored, a);
	patch_init(&patch, src);
	for (const struct diag *d = found->first; d; d = d->next) {
		if (d->fix && d->src == src && !table_put(&made, str_of(d->fix), after)) {
			patch_add(&patch, d->fix_at, str_of(d->fix), 0, d->code);
		}
	}
	good = patch.n > 0 && patch_seal(&patch, &ignored);
	if (good) {
		source_init(after, a, src->name, patch_text(&patch, a));
	}
	patch_done(&patch);
	return good ? after : NULL;
}

struct source *
mend(struct source *src, const struct accept *accept, const struct looker *looker, struct arena *a)
{
	struct diags before, now;
	struct source *next;

	look(src, accept, looker, a, &before);
	for (int round = 0; round < ROUNDS && (next = edited(src, &before, a)); round++) {
		look(next, accept, looker, a, &now);
		if (total(&now) > total(&before) || unreadable(&now) > unreadable(&before)) {
			break;
		}
		src = next;
		before = now;
	}
	return src;
}

/* how many lines there are; none begins behind the last line end */
static size_t
count_lines(struct source *src)
{
	size_t n = source_lines(src);

	return n - (source_line_at(src, n) == src->text.n);
}

/* a line with its end, and the byte order mark */
static struct str
whole_line(struct source *src, size_t line)
{
	size_t from = source_line_at(src, line);

	return str_slice(src->text, from, source_line_at(src, line + 1));
}

static bool
differs(struct source *before, struct source *after, size_t line)
{
	return !str_eq(whole_line(before, line), whole_line(after, line));
}

/* the end of the lines that are shown together from this one on */
static size_t
hunk_end(struct source *before, struct source *after, size_t line, size_t n)
{
	size_t last = line;

	for (size_t i = line; i <= n && i <= last + 2 * CONTEXT; i++) {
		last = differs(before, after, i) ? i : last;
	}
	return last + CONTEXT < n ? last + CONTEXT : n;
}

static void
add_lines(struct buf *b, char mark, struct source *src, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct str line = whole_line(src, i);

		buf_byte(b, mark);
		buf_add(b, line);
		buf_add(b, str_ends(line, STR("\n")) ? STR("") : STR("\n\\ No newline at end of file\n"));
	}
}

static size_t
add_hunk(struct buf *b, struct source *before, struct source *after, size_t line, size_t n)
{
	size_t from = line > CONTEXT ? line - CONTEXT : 1, end = hunk_end(before, after, line, n), count = end - from + 1;

	buf_addf(b, "@@ -%zu,%zu +%zu,%zu @@\n", from, count, from, count);
	for (size_t i = from; i <= end;) {
		size_t run = i;

		while (run <= end && differs(before, after, run)) {
			run++;
		}
		add_lines(b, '-', before, i, run);
		add_lines(b, '+', after, i, run);
		if (run <= end) {
			add_lines(b, ' ', before, run, run + 1);
		}
		i = run + 1;
	}
	return end;
}

struct str
mend_diff(struct source *before, struct source *after, struct arena *a)
{
	struct buf b = { .arena = a };
	size_t n = count_lines(before);

	buf_addf(&b, "--- %s\n+++ %s\n", before->name, after->name);
	for (size_t line = 1; line <= n; line++) {
		if (differs(before, after, line)) {
			line = add_hunk(&b, before, after, line, n);
		}
	}
	return buf_str(&b);
}
