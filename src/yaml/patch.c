/* SPDX-License-Identifier: Apache-2.0 */
/* Edits as values: put in order, checked, and written through with the source. */
#include "yaml/patch.h"

#include "base/arena.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
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

void
patch_add(struct patch *p, struct span span, struct str text, size_t column, const char *rule)
{
	assert(span.at <= p->src->text.n && span.n <= p->src->text.n - span.at);
	if (p->n == p->cap) {
		p->cap = p->cap == 0 ? 64 : p->cap + p->cap / 2;
		p->edits = arena_realloc(p->edits, p->cap, sizeof(*p->edits));
	}
	p->edits[p->n] = (struct edit){ span, text, (unsigned)(column < UINT_MAX ? column : UINT_MAX), (unsigned)p->n, rule };
	p->n++;
}

static int
compare(const void *pa, const void *pb)
{
	const struct edit *a = pa, *b = pb;

	if (a->span.at != b->span.at) {
		return a->span.at < b->span.at ? -1 : 1;
	}
	if ((a->span.n == 0) != (b->span.n == 0)) {
		return a->span.n == 0 ? -1 : 1;
	}
	if (a->column != b->column) {
		return a->column > b->column ? -1 : 1;
	}
	return (a->order > b->order) - (a->order < b->order);
}

bool
patch_seal(struct patch *p, struct diags *diags)
{
	bool good = true;

	if (p->n > 0) {
		qsort(p->edits, p->n, sizeof(*p->edits), compare);
	}
	for (size_t i = 1; i < p->n; i++) {
		const struct edit *a = &p->edits[i - 1], *b = &p->edits[i];

		if (a->span.at + a->span.n > b->span.at) {
			struct diag *diag = diag_add(diags, DIAG_ERROR, "render/overlap", p->src, b->span,
				"'%s' and '%s' change the same text", a->rule, b->rule);

			diag_relate(diags, diag, p->src, a->span, "the first change begins here");
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

		put(&w, str_slice(p->src->text, at, e->span.at));
		put(&w, e->text);
		at = e->span.at + e->span.n;
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

		buf_add(&out, str_slice(p->src->text, at, e->span.at));
		buf_add(&out, e->text);
		at = e->span.at + e->span.n;
	}
	buf_add(&out, str_slice(p->src->text, at, p->src->text.n));
	return buf_str(&out);
}
