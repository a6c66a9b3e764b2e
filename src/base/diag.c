/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as data: added anywhere, sorted once, printed by report/. */
#include "base/diag.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void
diags_init(struct diags *d, struct arena *a)
{
	*d = (struct diags){ .arena = a };
	d->last = &d->first;
}

static const char * __attribute__((format(printf, 2, 0)))
text_of(struct arena *a, const char *fmt, va_list args)
{
	struct buf b = { .arena = a };

	buf_vaddf(&b, fmt, args);
	return buf_z(&b);
}

static struct diag *
append(struct diags *d, enum diag_level level, const char *code)
{
	struct diag *diag = arena_new(d->arena, struct diag);

	diag->level = level;
	diag->code = code;
	*d->last = diag;
	d->last = &diag->next;
	d->count[level]++;
	return diag;
}

struct diag *
diag_add(struct diags *d, enum diag_level level, const char *code, struct source *src, struct span span,
	const char *fmt, ...)
{
	struct diag *diag = append(d, level, code);
	va_list args;

	diag->src = src;
	diag->span = span;
	va_start(args, fmt);
	diag->text = text_of(d->arena, fmt, args);
	va_end(args);
	return diag;
}

struct diag *
diag_take(struct diags *d, const struct diag *from)
{
	struct diag *diag = append(d, from->level, from->code);

	*diag = *from;
	diag->next = NULL;
	return diag;
}

struct diag *
diag_io(struct diags *d, const char *name, const char *doing, int error)
{
	struct diag *diag = append(d, DIAG_ERROR, "io");

	diag->text = arena_printf(d->arena, "cannot %s '%s': %s", doing, name, strerror(error));
	return diag;
}

void
diag_help(struct diags *d, struct diag *diag, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	diag->help = text_of(d->arena, fmt, args);
	va_end(args);
}

void
diag_note(struct diags *d, struct diag *diag, const char *fmt, ...)
{
	struct diag_note **last = &diag->notes;
	va_list args;

	while (*last) {
		last = &(*last)->next;
	}
	*last = arena_new(d->arena, struct diag_note);
	va_start(args, fmt);
	(*last)->text = text_of(d->arena, fmt, args);
	va_end(args);
}

void
diag_relate(struct diags *d, struct diag *diag, struct source *src, struct span span, const char *fmt, ...)
{
	struct diag_related **last = &diag->related;
	va_list args;

	while (*last) {
		last = &(*last)->next;
	}
	*last = arena_new(d->arena, struct diag_related);
	(*last)->src = src;
	(*last)->span = span;
	va_start(args, fmt);
	(*last)->text = text_of(d->arena, fmt, args);
	va_end(args);
}

struct sortable {
	struct diag *diag;
	size_t file, order;
};

static int
compare(const void *pa, const void *pb)
{
	const struct sortable *a = pa, *b = pb;
	int code;

	if (a->file != b->file) {
		return a->file < b->file ? -1 : 1;
	}
	if (a->diag->span.at != b->diag->span.at) {
		return a->diag->span.at < b->diag->span.at ? -1 : 1;
	}
	code = strcmp(a->diag->code, b->diag->code);
	return code != 0 ? code : (a->order > b->order) - (a->order < b->order);
}

static bool
same(const struct diag *a, const struct diag *b)
{
	return a->src == b->src && a->span.at == b->span.at && strcmp(a->code, b->code) == 0
		&& strcmp(a->text, b->text) == 0;
}

void
diag_lower(struct diags *d, struct diag *diag, enum diag_level level)
{
	d->count[diag->level]--;
	d->count[level]++;
	diag->level = level;
}

void
diags_sort(struct diags *d)
{
	size_t n = 0, nfiles = 0;
	struct sortable *all;
	struct source **files;

	for (const struct diag *diag = d->first; diag; diag = diag->next) {
		n++;
	}
	all = arena_alloc(d->arena, n + 1, sizeof(*all));
	files = arena_alloc(d->arena, n + 1, sizeof(*files));
	n = 0;
	for (struct diag *diag = d->first; diag; diag = diag->next) {
		size_t file = nfiles;

		/* mostly the last file again */
		while (file > 0 && files[file - 1] != diag->src) {
			file--;
		}
		if (file == 0) {
			files[nfiles++] = diag->src;
			file = nfiles;
		}
		all[n] = (struct sortable){ diag, file, n };
		n++;
	}
	qsort(all, n, sizeof(*all), compare);
	d->first = NULL;
	d->last = &d->first;
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && same(all[i - 1].diag, all[i].diag)) {
			d->count[all[i].diag->level]--;
			all[i].diag = all[i - 1].diag;
			continue;
		}
		*d->last = all[i].diag;
		d->last = &all[i].diag->next;
	}
	*d->last = NULL;
}
