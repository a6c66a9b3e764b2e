/* SPDX-License-Identifier: Apache-2.0 */
/* Prepares findings for programs: paths that hold anywhere, places, and fingerprints that outlive a changed line. */
#include "report/report.h"

#include "base/arena.h"
#include "base/table.h"
#include "report/cell.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NOWHERE "wbrender"

const char *
report_line(struct arena *a, const char *text)
{
	struct buf b = { .arena = a };

	cell_add_text(&b, str_of(text));
	return buf_z(&b);
}

/* without ".", ".." and empty parts as far as that goes */
static struct str
plain_path(struct arena *a, struct str path)
{
	struct buf b = { .arena = a };
	size_t low = 0;

	if (str_starts(path, STR("/"))) {
		buf_byte(&b, '/');
		low = 1;
	}
	for (size_t at = 0; at < path.n;) {
		size_t end = str_find(path, '/', at);
		struct str part = str_slice(path, at, end);

		at = end + 1;
		if (part.n == 0 || str_eq(part, STR("."))) {
			continue;
		}
		if (str_eq(part, STR("..")) && b.n > low) {
			while (b.n > low && b.s[--b.n] != '/') {
			}
			continue;
		}
		if (b.n > 0 && b.s[b.n - 1] != '/') {
			buf_byte(&b, '/');
		}
		buf_add(&b, part);
		low = str_eq(part, STR("..")) ? b.n : low;
	}
	return buf_str(&b);
}

/* the bytes of the path */
static struct str
short_path(struct arena *a, const char *name)
{
	struct str path = plain_path(a, str_of(name)), here;
	char *cwd = getcwd(NULL, 0);

	if (cwd) {
		arena_own(a, cwd);
		here = str_of(arena_printf(a, "%s/", strcmp(cwd, "/") == 0 ? "" : cwd));
		if (str_starts(path, here)) {
			path = str_slice(path, here.n, path.n);
		}
	}
	return path;
}

struct str
report_path(struct arena *a, const char *name)
{
	struct buf b = { .arena = a };

	cell_add_text(&b, short_path(a, name));
	return buf_str(&b);
}

const char *
report_uri(struct arena *a, const char *name)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	struct str path = short_path(a, name);
	struct buf b = { .arena = a };

	if (str_starts(path, STR("/"))) {
		buf_add(&b, STR("file://"));
	}
	for (size_t i = 0; i < path.n; i++) {
		if (memchr(plain, path.s[i], sizeof(plain) - 1)) {
			buf_byte(&b, path.s[i]);
		} else {
			buf_addf(&b, "%%%02X", (unsigned)(unsigned char)path.s[i]);
		}
	}
	return buf_z(&b);
}

bool
report_fails(const struct report *r, const struct diag *d)
{
	return d->level == DIAG_ERROR || (r->strict && d->level == DIAG_WARNING);
}

/* FNV-1a; what separates the parts is no byte of UTF-8 */
static uint64_t
hash(uint64_t h, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		h = (h ^ (unsigned char)s.s[i]) * UINT64_C(1099511628211);
	}
	return (h ^ 0xFF) * UINT64_C(1099511628211);
}

static void
set_print(struct item *item, struct table *seen, struct arena *a)
{
	static const uint64_t seeds[] = { UINT64_C(14695981039346656037), UINT64_C(7809847782465536322) };
	uint64_t half[2];
	size_t *count;

	for (size_t i = 0; i < 2; i++) {
		half[i] = hash(hash(seeds[i], str_of(item->diag->code)), item->path);
		/* without a pointer the words must do */
		half[i] = hash(half[i], str_of(item->diag->subject ? item->diag->subject : item->message));
	}
	(void)snprintf(item->print, sizeof(item->print), "%016" PRIx64 "%016" PRIx64, half[0], half[1]);
	count = table_get(seen, str_of(item->print));
	if (!count) {
		count = arena_new(a, size_t);
		table_put(seen, str_of(item->print), count);
	}
	item->copy = ++*count;
	if (item->copy > 1) {
		half[1] = hash(half[1], str_decimal(a, item->copy));
		(void)snprintf(item->print, sizeof(item->print), "%016" PRIx64 "%016" PRIx64, half[0], half[1]);
	}
}

static size_t
byte_column(struct source *src, size_t line, size_t at)
{
	size_t start = (size_t)(source_line(src, line).s - src->text.s);

	return at < start ? 1 : at - start + 1;
}

static void
set_place(struct item *item)
{
	const struct diag *d = item->diag;
	size_t end;

	item->from = item->to = (struct place){ 1, 1 };
	item->byte_from = item->byte_to = 1;
	if (!d->src || d->src->text.n == 0) {
		return;
	}
	end = d->span.at + d->span.n;
	item->from = source_place(d->src, d->span.at);
	item->to = source_place(d->src, end);
	item->byte_from = byte_column(d->src, item->from.line, d->span.at);
	item->byte_to = byte_column(d->src, item->to.line, end);
}

static struct report_file *
file_of(struct report *r, struct source *src)
{
	for (size_t i = r->nfiles; i > 0; i--) {
		if (r->files[i - 1].src == src) {
			return &r->files[i - 1];
		}
	}
	r->files[r->nfiles] = (struct report_file){ .src = src, .path = src ? report_path(r->arena, src->name) : STR(NOWHERE) };
	return &r->files[r->nfiles++];
}

void
report_init(struct report *r, struct diags *diags, struct source *const *files, size_t nfiles)
{
	struct arena *a = diags->arena;
	struct table seen = { .arena = a };
	size_t n = 0;

	*r = (struct report){ .arena = a, .diags = diags };
	diags_sort(diags);
	for (const struct diag *d = diags->first; d; d = d->next) {
		n++;
	}
	r->items = arena_alloc(a, n + 1, sizeof(*r->items));
	r->files = arena_alloc(a, n + nfiles + 1, sizeof(*r->files));
	for (size_t i = 0; i < nfiles; i++) {
		file_of(r, files[i]);
	}
	for (const struct diag *d = diags->first; d; d = d->next) {
		struct report_file *file = file_of(r, d->src);
		struct item *item = &r->items[r->nitems++];

		item->diag = d;
		item->path = file->path;
		item->message = report_line(a, d->help ? arena_printf(a, "%s; %s", d->text, d->help) : d->text);
		set_place(item);
		set_print(item, &seen, a);
		/* those of a file follow one another */
		file->items = file->n == 0 ? item : file->items;
		file->n++;
	}
}
