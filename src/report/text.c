/* SPDX-License-Identifier: Apache-2.0 */
/* Lays findings out for people; everything that comes from the user is shown escaped and without secrets. */
#include "report/text.h"

#include "base/secret.h"
#include "report/cell.h"
#include "report/mask.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	BEFORE_COLUMNS = 40,          /* shown before the place when a line is cut */
	NARROW_COLUMNS = 40,          /* an excerpt is never narrower, so that it can be read */
	DOTS_COLUMNS = 6,             /* at both ends of what is cut */
	WINDOW_BYTES = 4 * REPORT_COLUMNS_MAX,
};

#define PAINT_BOLD "1"
#define PAINT_FRAME "34"

static const struct level {
	const char *name, *many, *paint;
} levels[] = {
	[DIAG_NOTE] = { "note", "notes", "1;36" },
	[DIAG_WARNING] = { "warning", "warnings", "1;33" },
	[DIAG_ERROR] = { "error", "errors", "1;31" },
};

struct writer {
	struct buf buf;
	bool colour;
	size_t terminal;              /* its columns; 0: not known */
	size_t gutter;                /* columns left of the frame */
};

/* part of a line as cells */
struct window {
	struct str line;
	struct cell cells[3 * WINDOW_BYTES];
	size_t n;
	size_t first, end;            /* those shown */
};

struct report_style
report_style(FILE *f, size_t most)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");
	bool terminal = isatty(fileno(f));
	struct report_style style = { .summary = terminal, .most = most };
	struct winsize size;

	if (terminal && ioctl(fileno(f), TIOCGWINSZ, &size) == 0) {
		style.columns = size.ws_col;
	}
	if (no && *no) {
		return style;
	}
	style.colour = (force && *force && strcmp(force, "0") != 0) || (terminal && !(term && strcmp(term, "dumb") == 0));
	return style;
}

static void
paint(struct writer *w, const char *how)
{
	if (w->colour) {
		buf_addf(&w->buf, "\033[%sm", how);
	}
}

static void
unpaint(struct writer *w)
{
	if (w->colour) {
		buf_add(&w->buf, STR("\033[0m"));
	}
}

static void
add_place(struct writer *w, struct source *src, size_t at)
{
	struct place place = source_place(src, at);

	cell_add_text(&w->buf, str_of(src->name));
	buf_addf(&w->buf, ":%zu:%zu", place.line, place.column);
}

static void
add_head(struct writer *w, const struct diag *d)
{
	const struct level *level = &levels[d->level];

	paint(w, PAINT_BOLD);
	if (d->src) {
		add_place(w, d->src, d->span.at);
	} else {
		buf_add(&w->buf, STR("wbrender"));
	}
	buf_byte(&w->buf, ':');
	unpaint(w);
	buf_byte(&w->buf, ' ');
	paint(w, level->paint);
	buf_addf(&w->buf, "%s:", level->name);
	unpaint(w);
	buf_byte(&w->buf, ' ');
	paint(w, PAINT_BOLD);
	cell_add_text(&w->buf, str_of(d->text));
	unpaint(w);
	buf_addf(&w->buf, " [%s]\n", d->code);
}

/* begins a line of the frame: the line's number, or 0 for none */
static void
add_frame(struct writer *w, size_t number)
{
	paint(w, PAINT_FRAME);
	if (number > 0) {
		buf_addf(&w->buf, "%*zu |", (int)w->gutter, number);
	} else {
		buf_addf(&w->buf, "%*s |", (int)w->gutter, "");
	}
	unpaint(w);
}

static void
add_note(struct writer *w, const char *text)
{
	buf_fill(&w->buf, ' ', w->gutter + 1);
	paint(w, PAINT_FRAME);
	buf_add(&w->buf, STR("= "));
	unpaint(w);
	cell_add_text(&w->buf, str_of(text));
}

static bool
is_continuation(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.s[at] & 0xC0) == 0x80;
}

/* the cells of the bytes round the place */
static void
window_fill(struct window *w, struct source *src, size_t line, size_t at)
{
	size_t from = at > WINDOW_BYTES ? at - WINDOW_BYTES : 0, end = at + WINDOW_BYTES, nmasks, mask = 0;
	struct span masks[MASK_SPANS];

	w->line = source_line(src, line);
	end = end < w->line.n ? end : w->line.n;
	/* at most three, else it is not UTF-8 */
	for (int i = 0; i < 3 && from > 0 && is_continuation(w->line, from); i++) {
		from--;
	}
	nmasks = report_masks(src, line, (struct span){ from, end - from }, masks, MASK_SPANS);
	w->n = 0;
	while (from < end) {
		struct cell c = cell_at(w->line, from);

		if (mask < nmasks && masks[mask].at <= from) {
			c = (struct cell){ .at = from, .n = masks[mask].at + masks[mask].n - from, .kind = CELL_MASK,
				.width = sizeof(SECRET_MASK) - 1 };
			mask++;
		}
		w->cells[w->n++] = c;
		from += c.n;
	}
}

/* how many columns of a line are shown */
static size_t
excerpt_columns(const struct writer *w)
{
	size_t frame = w->gutter + 3 + DOTS_COLUMNS, least = frame + NARROW_COLUMNS;

	if (w->terminal == 0 || w->terminal >= frame + REPORT_COLUMNS_MAX) {
		return REPORT_COLUMNS_MAX;
	}
	return (w->terminal > least ? w->terminal : least) - frame;
}

/* chooses the cells that are shown: all, or so many that the place stands inside */
static void
window_cut(struct window *w, size_t at, size_t columns)
{
	size_t before = BEFORE_COLUMNS < columns / 2 ? BEFORE_COLUMNS : columns / 2;
	size_t here = 0, width = 0;

	while (here < w->n && w->cells[here].at + w->cells[here].n <= at) {
		here++;
	}
	w->first = w->end = here;
	while (w->first > 0 && width + w->cells[w->first - 1].width <= before) {
		width += w->cells[--w->first].width;
	}
	while (w->end < w->n && width + w->cells[w->end].width <= columns) {
		width += w->cells[w->end++].width;
	}
	while (w->first > 0 && width + w->cells[w->first - 1].width <= columns) {
		width += w->cells[--w->first].width;
	}
}

static void
add_line(struct writer *w, const struct window *win, size_t number)
{
	add_frame(w, number);
	if (win->end > win->first) {
		const struct cell *last = &win->cells[win->end - 1];

		buf_byte(&w->buf, ' ');
		if (win->cells[win->first].at > 0) {
			buf_add(&w->buf, STR("..."));
		}
		for (size_t i = win->first; i < win->end; i++) {
			cell_add(&w->buf, win->line, &win->cells[i]);
		}
		if (last->at + last->n < win->line.n) {
			buf_add(&w->buf, STR("..."));
		}
	}
	buf_byte(&w->buf, '\n');
}

/* the place is bytes [at, end) of the line */
static void
add_caret(struct writer *w, const struct window *win, size_t at, size_t end, const struct diag *d)
{
	size_t width = 0;

	add_frame(w, 0);
	buf_byte(&w->buf, ' ');
	if (win->end > win->first && win->cells[win->first].at > 0) {
		buf_fill(&w->buf, ' ', 3);
	}
	for (size_t i = win->first; i < win->end && win->cells[i].at < end; i++) {
		const struct cell *c = &win->cells[i];

		if (c->at + c->n > at) {
			width += c->width;
		} else if (c->kind == CELL_TAB) {
			buf_byte(&w->buf, '\t');
		} else {
			buf_fill(&w->buf, ' ', c->width);
		}
	}
	paint(w, levels[d->level].paint);
	buf_fill(&w->buf, '^', width > 0 ? width : 1);
	if (d->help) {
		buf_byte(&w->buf, ' ');
		cell_add_text(&w->buf, str_of(d->help));
	}
	unpaint(w);
	buf_byte(&w->buf, '\n');
}

static void
add_notes(struct writer *w, const struct diag *d, size_t more_lines)
{
	if (more_lines > 0) {
		add_note(w, "");
		buf_addf(&w->buf, "and %zu more line%s\n", more_lines, more_lines == 1 ? "" : "s");
	}
	for (const struct diag_note *note = d->notes; note; note = note->next) {
		add_note(w, note->text);
		buf_byte(&w->buf, '\n');
	}
	for (const struct diag_related *r = d->related; r; r = r->next) {
		add_note(w, r->text);
		if (r->src) {
			buf_add(&w->buf, *r->text ? STR(": ") : STR(""));
			add_place(w, r->src, r->span.at);
		}
		buf_byte(&w->buf, '\n');
	}
}

static size_t
digits(size_t n)
{
	size_t count = 1;

	while (n >= 10) {
		n /= 10;
		count++;
	}
	return count;
}

static void
add_diag(struct writer *w, const struct diag *d)
{
	struct window win;
	struct place place;
	struct str line;
	size_t at, end, last, more_lines;

	add_head(w, d);
	w->gutter = 1;
	if (!d->src || d->src->text.n == 0) {
		if (d->help) {
			add_note(w, d->help);
			buf_byte(&w->buf, '\n');
		}
		add_notes(w, d, 0);
		return;
	}
	place = source_place(d->src, d->span.at);
	line = source_line(d->src, place.line);
	/* not the line's offset in the file: a byte order mark is left out */
	at = d->span.at - (size_t)(line.s - d->src->text.s);
	if (d->span.at < (size_t)(line.s - d->src->text.s)) {
		at = 0;
	}
	at = at < line.n ? at : line.n;
	end = d->span.n < line.n - at ? at + d->span.n : line.n;
	last = d->span.n > 0 ? d->span.at + d->span.n - 1 : d->span.at;
	more_lines = source_place(d->src, last).line - place.line;

	w->gutter = digits(place.line);
	window_fill(&win, d->src, place.line, at);
	window_cut(&win, at, excerpt_columns(w));
	add_frame(w, 0);
	buf_byte(&w->buf, '\n');
	add_line(w, &win, place.line);
	add_caret(w, &win, at, end, d);
	if (more_lines > 0 || d->notes || d->related) {
		add_frame(w, 0);
		buf_byte(&w->buf, '\n');
	}
	add_notes(w, d, more_lines);
}

static size_t
count_sources(const struct diags *diags)
{
	const struct source *last = NULL;
	size_t n = 0;

	/* sorted by file */
	for (const struct diag *d = diags->first; d; d = d->next) {
		n += d->src && d->src != last;
		last = d->src;
	}
	return n;
}

/* "2 errors, 1 warning in 1 file" */
static void
add_summary(struct writer *w, const struct diags *diags)
{
	size_t files = count_sources(diags);
	const char *between = "";

	/* a usage error needs no count */
	if (files == 0) {
		return;
	}
	for (size_t i = DIAG_ERROR + 1; i-- > 0;) {
		size_t n = diags->count[i];

		if (n > 0) {
			buf_addf(&w->buf, "%s%zu %s", between, n, n == 1 ? levels[i].name : levels[i].many);
			between = ", ";
		}
	}
	buf_addf(&w->buf, " in %zu file%s\n", files, files == 1 ? "" : "s");
}

struct str
report_build(struct diags *diags, const struct report_style *style)
{
	struct writer w = { .buf = { .arena = diags->arena }, .colour = style->colour, .terminal = style->columns };
	size_t shown = 0, left = 0;

	diags_sort(diags);
	for (const struct diag *d = diags->first; d; d = d->next) {
		if (style->most > 0 && shown == style->most) {
			left++;
		} else {
			add_diag(&w, d);
			shown++;
		}
	}
	if (left > 0) {
		buf_addf(&w.buf, "... %zu more\n", left);
	}
	if (style->summary) {
		add_summary(&w, diags);
	}
	return buf_str(&w.buf);
}

bool
report_text(FILE *f, struct diags *diags, const struct report_style *style)
{
	struct str text = report_build(diags, style);

	return text.n == 0 || (fwrite(text.s, 1, text.n, f) == text.n && fflush(f) == 0);
}
