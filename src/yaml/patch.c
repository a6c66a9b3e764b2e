/* SPDX-License-Identifier: Apache-2.0 */
/* Edits as values: put in order, checked, and written through with the source. */
#include "yaml/patch.h"

#include "base/arena.h"
#include "yaml/place.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { SLICES = 512 };  /* handed to the kernel at once; POSIX allows at least 16, Linux 1024 */

void
patch_init(struct patch *p, struct source *src)
{
	*p = (struct patch){ .src = src };
}

void
patch_done(struct patch *p)
{
	free(p->edits);
	*p = (struct patch){ 0 };
}

static uint16_t
rule_index(struct patch *p, const char *rule)
{
	/* mostly the last one again */
	for (size_t i = p->nrules; i > 0; i--) {
		if (p->rules[i - 1] == rule) {
			return (uint16_t)(i - 1);
		}
	}
	assert(p->nrules < PATCH_RULES_MAX);
	p->rules[p->nrules] = rule;
	return (uint16_t)p->nrules++;
}

/* An insertion stands before a replacement at the same place; true if a stands behind b. */
static bool
is_behind(const struct edit *a, const struct edit *b)
{
	if (a->at != b->at) {
		return a->at > b->at;
	}
	if ((a->n == 0) != (b->n == 0)) {
		return b->n == 0;
	}
	return a->column < b->column;
}

static bool
blank_at(struct str s, size_t at)
{
	return at < s.n && (s.s[at] == ' ' || s.s[at] == '\t' || place_break(s, at) > 0);
}

static bool
blank_before(struct str s, size_t at)
{
	return at == 0 || s.s[at - 1] == ' ' || s.s[at - 1] == '\t' || place_is_break(s, at);
}

/* Does a text end in a '-' that stands alone, or in '---' or '...' at the start of a line? */
static bool
ends_in_marker(struct str text)
{
	struct str last = str_slice(text, text.n >= 3 ? text.n - 3 : 0, text.n);

	if (str_ends(text, STR("-")) && (blank_before(text, text.n - 1) || strchr("[{,", text.s[text.n - 2]))) {
		return true;
	}
	return (str_eq(last, STR("---")) || str_eq(last, STR("..."))) && (text.n == 3 || place_is_break(text, text.n - 3));
}

/* "---," at the start of a line and "-," are text of a flow collection; an edit that puts a blank behind them would make a document or a list
   item begin there */
static bool
makes_marker(struct str text, const struct edit *e)
{
	size_t behind = (size_t)e->at + e->n;

	if (e->at >= text.n || blank_at(text, e->at) || !ends_in_marker(str_slice(text, 0, e->at))) {
		return false;
	}
	return e->text_n > 0 ? blank_at((struct str){ e->text, e->text_n }, 0) : behind == text.n || blank_at(text, behind);
}

void
patch_add(struct patch *p, struct span span, struct str text, size_t column, const char *rule)
{
	enum { NEAR = 64 };
	struct edit edit = { (uint32_t)span.at, (uint32_t)span.n, text.s, (uint32_t)text.n,
		(uint16_t)(column < PATCH_COLUMN_MAX ? column : PATCH_COLUMN_MAX), rule_index(p, rule) };
	size_t at;

	assert(span.at <= p->src->text.n && span.n <= p->src->text.n - span.at && text.n <= UINT32_MAX);
	if (p->n == PATCH_EDITS_MAX) {
		p->full = true;
		return;
	}
	p->grown += (ptrdiff_t)text.n - (ptrdiff_t)span.n;
	if (p->n == p->cap) {
		p->cap = p->cap == 0 ? 64 : p->cap + p->cap / 2;
		p->edits = arena_realloc(p->edits, p->cap, sizeof(*p->edits));
	}
	/* edits come nearly in order */
	for (at = p->n++; at > 0 && is_behind(&p->edits[at - 1], &edit); at--) {
		if (p->unsorted || p->n - at > NEAR) {
			p->unsorted = true;
			break;
		}
		p->edits[at] = p->edits[at - 1];
	}
	p->edits[at] = edit;
	/* asked here, while the text around it is in the processor's cache, and again, of all, only where one does */
	p->marker = p->marker || makes_marker(p->src->text, &edit);
}

/* a merge sort: equal edits keep their order */
static void
sort(struct patch *p)
{
	struct edit *from = p->edits, *to = arena_realloc(NULL, p->n, sizeof(*to));

	for (size_t width = 1; width < p->n; width *= 2) {
		struct edit *swap;

		for (size_t low = 0; low < p->n; low += 2 * width) {
			size_t middle = low + width < p->n ? low + width : p->n;
			size_t high = low + 2 * width < p->n ? low + 2 * width : p->n;

			for (size_t i = low, j = middle, k = low; k < high; k++) {
				bool second = i == middle || (j < high && is_behind(&from[i], &from[j]));

				to[k] = second ? from[j++] : from[i++];
			}
		}
		swap = from;
		from = to;
		to = swap;
	}
	p->edits = from;
	p->cap = p->n;
	free(to);
}

/* insertions inside of what takes them in, to behind it; true if there were any */
static bool
move_out(struct patch *p)
{
	size_t end = 0;
	bool moved = false;

	for (size_t i = 0; i < p->n; i++) {
		struct edit *e = &p->edits[i];

		if (e->n == 0 && e->at < end) {
			e->at = (uint32_t)end;
			moved = true;
		} else if (e->n > 0 && e->column == PATCH_TAKES) {
			end = (size_t)e->at + e->n;
		}
	}
	return moved;
}

bool
patch_seal(struct patch *p, struct diags *diags)
{
	bool good = true;

	if (p->full) {
		diag_add(diags, DIAG_ERROR, "render/edits", p->src, (struct span){ 0, 0 }, "more than %d edits are needed",
			PATCH_EDITS_MAX);
		return false;
	}
	if (p->unsorted) {
		sort(p);
		p->unsorted = false;
	}
	if (move_out(p)) {
		sort(p);
		p->marker = true;
	}
	for (size_t i = 0; i < p->n; i++) {
		const struct edit *a = &p->edits[i > 0 ? i - 1 : 0], *b = &p->edits[i];

		if (p->marker && makes_marker(p->src->text, b)) {
			diag_add(diags, DIAG_ERROR, "render/marker", p->src, (struct span){ b->at - 1, 1 },
				"the change behind it would make a marker of this text, of a document or a list item");
			good = false;
		}
		if (i > 0 && (size_t)a->at + a->n > b->at) {
			struct diag *diag = diag_add(diags, DIAG_ERROR, "render/overlap", p->src, (struct span){ b->at, b->n },
				"'%s' and '%s' change the same text", p->rules[a->rule], p->rules[b->rule]);

			diag_relate(diags, diag, p->src, (struct span){ a->at, a->n }, "the first change begins here");
			good = false;
		}
	}
	return good;
}

struct writer {
	int fd, error;
	struct iovec slices[SLICES];
	int n;
};

static void
flush(struct writer *w)
{
	struct iovec *slice = w->slices;

	while (w->n > 0 && w->error == 0) {
		ssize_t done = writev(w->fd, slice, w->n);

		if (done < 0) {
			if (errno == EAGAIN) {
				struct pollfd ready = { .fd = w->fd, .events = POLLOUT };

				poll(&ready, 1, -1);
			} else if (errno != EINTR) {
				w->error = errno;
			}
			continue;
		}
		while (w->n > 0 && (size_t)done >= slice->iov_len) {
			done -= (ssize_t)slice->iov_len;
			slice++;
			w->n--;
		}
		if (w->n > 0) {
			slice->iov_base = (char *)slice->iov_base + done;
			slice->iov_len -= (size_t)done;
		}
	}
	w->n = 0;
}

static void
put(struct writer *w, struct str text)
{
	if (text.n == 0) {
		return;
	}
	if (w->n == SLICES) {
		flush(w);
	}
	w->slices[w->n++] = (struct iovec){ (void *)(uintptr_t)text.s, text.n };
}

int
patch_write(const struct patch *p, int fd)
{
	struct writer w = { .fd = fd };
	size_t at = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct edit *e = &p->edits[i];

		put(&w, str_slice(p->src->text, at, e->at));
		put(&w, (struct str){ e->text, e->text_n });
		at = (size_t)e->at + e->n;
	}
	put(&w, str_slice(p->src->text, at, p->src->text.n));
	flush(&w);
	return w.error;
}

struct str
patch_text(const struct patch *p, struct arena *a)
{
	struct buf out = { .arena = a };
	size_t at = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct edit *e = &p->edits[i];

		buf_add(&out, str_slice(p->src->text, at, e->at));
		buf_add(&out, (struct str){ e->text, e->text_n });
		at = (size_t)e->at + e->n;
	}
	buf_add(&out, str_slice(p->src->text, at, p->src->text.n));
	return buf_str(&out);
}
