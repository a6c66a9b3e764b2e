/* SPDX-License-Identifier: Apache-2.0 */
/* Turns edits into blocks of changed lines, and these into hunks. */
#include "report/diff.h"

#include "base/arena.h"
#include "report/cell.h"
#include "report/mask.h"

/* lines [a, b) become lines [c, d), from 1 */
struct block {
	size_t a, b, c, d;
};

struct differ {
	struct source *in, out;
	struct block *blocks;
	size_t n;
	bool colour;
	struct buf buf;
};

static size_t
line_of(struct source *src, size_t at)
{
	return source_place(src, at).line;
}

static bool
starts_line(struct source *src, size_t at)
{
	return source_line_at(src, line_of(src, at)) == at;
}

/* the number of lines that have a text */
static size_t
count_lines(struct source *src)
{
	size_t last = line_of(src, src->text.n);

	return starts_line(src, src->text.n) ? last - 1 : last;
}

/* with its end */
static struct str
whole_line(struct source *src, size_t line)
{
	return str_slice(src->text, source_line_at(src, line), source_line_at(src, line + 1));
}

/* to lines that are there, and differ */
static void
trim(struct differ *f, struct block *block)
{
	size_t b = count_lines(f->in) + 1, d = count_lines(&f->out) + 1;

	block->b = block->b < b ? block->b : b;
	block->d = block->d < d ? block->d : d;
	while (block->a < block->b && block->c < block->d && str_eq(whole_line(f->in, block->a), whole_line(&f->out, block->c))) {
		block->a++;
		block->c++;
	}
	while (block->a < block->b && block->c < block->d && str_eq(whole_line(f->in, block->b - 1), whole_line(&f->out, block->d - 1))) {
		block->b--;
		block->d--;
	}
}

static void
find_blocks(struct differ *f, const struct patch *p)
{
	size_t gone = 0, come = 0, n = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct edit *e = &p->edits[i];
		size_t from = (size_t)e->at - gone + come, to = from + e->text_n, end = (size_t)e->at + e->n;
		bool whole = starts_line(f->in, end) && starts_line(&f->out, to);
		struct block block = { line_of(f->in, e->at), line_of(f->in, end) + !whole, line_of(&f->out, from), line_of(&f->out, to) + !whole };

		gone += e->n;
		come += e->text_n;
		if (n > 0 && block.a < f->blocks[n - 1].b) {
			f->blocks[n - 1].b = block.b;
			f->blocks[n - 1].d = block.d;
		} else {
			f->blocks[n++] = block;
		}
	}
	for (size_t i = 0; i < n; i++) {
		trim(f, &f->blocks[i]);
		if (f->blocks[i].a < f->blocks[i].b || f->blocks[i].c < f->blocks[i].d) {
			f->blocks[f->n++] = f->blocks[i];
		}
	}
}

static void
add_coloured(struct differ *f, const char *code, struct str text)
{
	if (f->colour) {
		buf_addf(&f->buf, "\033[%sm", code);
	}
	buf_add(&f->buf, text);
	buf_add(&f->buf, f->colour ? STR("\033[0m\n") : STR("\n"));
}

static void
add_line(struct differ *f, char sign, struct source *src, size_t line)
{
	struct str text = source_line(src, line), whole = whole_line(src, line);
	struct span masks[MASK_SPANS];
	size_t n = report_masks(src, line, (struct span){ 0, text.n }, masks, MASK_SPANS), next = 0;
	struct buf b = { .arena = f->buf.arena };

	buf_byte(&b, sign);
	for (size_t at = 0; at < text.n;) {
		struct cell cell = cell_at(text, at);

		if (next < n && at >= masks[next].at) {
			buf_add(&b, STR("***"));
			at = masks[next].at + masks[next].n;
			next++;
			continue;
		}
		if (cell.kind == CELL_TAB) {
			buf_byte(&b, '\t');
		} else {
			cell_add(&b, text, &cell);
		}
		at += cell.n;
	}
	if (sign == ' ') {
		buf_add(&f->buf, buf_str(&b));
		buf_byte(&f->buf, '\n');
	} else {
		add_coloured(f, sign == '-' ? "31" : "32", buf_str(&b));
	}
	if (whole.n > 0 && whole.s[whole.n - 1] != '\n' && whole.s[whole.n - 1] != '\r') {
		buf_add(&f->buf, STR("\\ No newline at end of file\n"));
	}
}

static void
add_lines(struct differ *f, char sign, struct source *src, size_t from, size_t to)
{
	for (size_t line = from; line < to; line++) {
		add_line(f, sign, src, line);
	}
}

/* blocks [from, to) with their context */
static void
add_hunk(struct differ *f, size_t from, size_t to)
{
	const struct block *first = &f->blocks[from], *last = &f->blocks[to - 1];
	size_t before = first->a > DIFF_CONTEXT ? DIFF_CONTEXT : first->a - 1;
	size_t behind = count_lines(f->in) + 1 - last->b < DIFF_CONTEXT ? count_lines(f->in) + 1 - last->b : DIFF_CONTEXT;
	size_t a = first->a - before, c = first->c - before, nold = last->b + behind - a, nnew = last->d + behind - c;

	/* of no lines, diff names the one above */
	add_coloured(f, "36", str_of(arena_printf(f->buf.arena, "@@ -%zu,%zu +%zu,%zu @@", nold > 0 ? a : a - 1, nold, nnew > 0 ? c : c - 1, nnew)));
	for (size_t i = from; i < to; i++) {
		const struct block *block = &f->blocks[i];

		add_lines(f, ' ', f->in, a, block->a);
		add_lines(f, '-', f->in, block->a, block->b);
		add_lines(f, '+', &f->out, block->c, block->d);
		a = block->b;
	}
	add_lines(f, ' ', f->in, a, a + behind);
}

struct str
diff_build(const struct patch *p, const char *new_name, bool colour, struct arena *a)
{
	struct differ f = { .in = p->src, .colour = colour, .buf = { .arena = a } };
	size_t to;

	source_init(&f.out, a, new_name, patch_text(p, a));
	f.blocks = arena_alloc(a, p->n + 1, sizeof(*f.blocks));
	find_blocks(&f, p);
	if (f.n > 0) {
		add_coloured(&f, "1", str_of(arena_printf(a, "--- %s", p->src->name)));
		add_coloured(&f, "1", str_of(arena_printf(a, "+++ %s", new_name)));
	}
	for (size_t from = 0; from < f.n; from = to) {
		to = from + 1;
		while (to < f.n && f.blocks[to].a - f.blocks[to - 1].b <= (size_t)2 * DIFF_CONTEXT) {
			to++;
		}
		add_hunk(&f, from, to);
	}
	return buf_str(&f.buf);
}
