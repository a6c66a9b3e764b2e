/* SPDX-License-Identifier: Apache-2.0 */
/* Unpacks in memory what is wanted of a packed chart, under limits. */
#include "helm/pack.h"

#include "base/arena.h"
#include "base/ascii.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <string.h>

static const struct span nowhere = { 0, 0 };

/* libarchive and what it needs would take longer to load than most runs take: it is loaded when the first packed chart is read. */
#define FUNCTIONS(X) \
	X(entry_filetype) \
	X(entry_hardlink) \
	X(entry_pathname) \
	X(entry_size) \
	X(error_string) \
	X(read_data) \
	X(read_free) \
	X(read_new) \
	X(read_next_header) \
	X(read_open_memory) \
	X(read_support_filter_gzip) \
	X(read_support_format_tar)

static struct {
#define X(NAME) __typeof__(archive_##NAME) *NAME;
	FUNCTIONS(X)
#undef X
	bool loaded;
} lib;

/* false where it is not installed */
static bool
load(void)
{
	static const char *const names[] = { "libarchive.so.13", "libarchive.so" };
	void *handle = NULL, *function;

	if (lib.loaded) {
		return true;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !handle; i++) {
		handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	}
	lib.loaded = handle;
#define X(NAME) \
	function = handle ? dlsym(handle, "archive_" #NAME) : NULL; \
	lib.loaded = lib.loaded && function; \
	memcpy(&lib.NAME, &function, sizeof(function));
	FUNCTIONS(X)
#undef X
	return lib.loaded;
}

struct unpack {
	struct archive *archive;
	struct source *packed;
	struct arena *arena;
	struct files_limits *limits;
	struct file *list;
	struct diags *diags;
};

bool
pack_wanted(const char *path)
{
	static const char *const names[] = { "Chart.yaml", "values.yaml", "values.schema.json", "requirements.yaml" };
	struct str s = str_of(path);

	while (str_starts(s, STR("charts/"))) {
		s = str_slice(s, 7, s.n);
		if (str_find(s, '/', 0) == s.n) {
			return str_ends(s, STR(".tgz"));
		}
		s = str_slice(s, str_find(s, '/', 0) + 1, s.n);
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_is(s, names[i])) {
			return true;
		}
	}
	return false;
}

static bool
refuse(struct unpack *u, const char *code, const char *path, const char *why)
{
	if (path) {
		diag_add(u->diags, DIAG_ERROR, code, NULL, nowhere, "%s: '%s' %s", u->packed->name, path, why);
	} else {
		diag_add(u->diags, DIAG_ERROR, code, NULL, nowhere, "%s: %s", u->packed->name, why);
	}
	return false;
}

/* The path below the archive's own folder, without "." and ".." within, as Go's path.Clean has it; NULL if an error was added. */
static const char *
clean_path(struct unpack *u, const char *name)
{
	char separator = strchr(name, '\\') ? '\\' : '/';
	struct str whole = str_of(name), rest = str_slice(whole, str_find(whole, separator, 0) + 1, whole.n);
	struct buf b = { .arena = u->arena };

	if (rest.n > 0 && rest.s[0] == separator) {
		refuse(u, "helm/chart", name, "is an absolute path: Helm does not load the chart");
		return NULL;
	}
	for (size_t at = 0, end; at <= rest.n; at = end + 1) {
		struct str part;

		end = str_find(rest, separator, at);
		part = str_slice(rest, at, end);
		if (str_eq(part, STR(".."))) {
			if (b.n == 0) {
				refuse(u, "helm/chart", name, "leads out of the chart: Helm does not load it");
				return NULL;
			}
			while (b.n > 0 && b.s[--b.n] != '/') {
			}
		} else if (part.n > 0 && !str_eq(part, STR("."))) {
			if (b.n > 0) {
				buf_byte(&b, '/');
			}
			buf_add(&b, part);
		}
	}
	if (b.n == 0) {
		refuse(u, "helm/chart", name, "lies outside of the chart's folder: Helm does not load it");
		return NULL;
	}
	if (b.n > 2 && ascii_letter(b.s[0]) && b.s[1] == ':' && b.s[2] == '/') {
		refuse(u, "helm/chart", name, "is a path of another system: Helm does not load the chart");
		return NULL;
	}
	if (str_eq(str_slice(whole, 0, str_find(whole, separator, 0)), STR("Chart.yaml"))) {
		refuse(u, "helm/chart", NULL, "the Chart.yaml lies in no folder: Helm does not load the chart");
		return NULL;
	}
	return buf_z(&b);
}

static bool
read_content(struct unpack *u, struct source *src, const char *name, size_t size)
{
	char *text = arena_alloc(u->arena, size + 1, 1);
	size_t n = 0;

	while (n < size) {
		la_ssize_t got = lib.read_data(u->archive, text + n, size - n);

		if (got <= 0) {
			return refuse(u, "helm/chart", NULL, got < 0 ? lib.error_string(u->archive) : "the archive ends too early");
		}
		n += (size_t)got;
	}
	source_init(src, u->arena, arena_printf(u->arena, "%s/%s", u->packed->name, name), (struct str){ text, size });
	return true;
}

static bool
take_entry(struct unpack *u, struct archive_entry *entry)
{
	const char *name = lib.entry_pathname(entry), *path;
	la_int64_t size = lib.entry_size(entry);
	struct file *file;

	if (u->limits->count == 0) {
		return refuse(u, "helm/limit", NULL, "too many files");
	}
	u->limits->count--;
	if (lib.entry_filetype(entry) == AE_IFDIR) {
		return true;
	}
	if (!name) {
		return refuse(u, "helm/chart", NULL, "a file has no readable name");
	}
	path = clean_path(u, name);
	if (!path) {
		return false;
	}
	if (size < 0 || (size_t)size > u->limits->bytes) {
		return refuse(u, "helm/limit", NULL, "what is packed comes to more than 100 MiB, which Helm refuses");
	}
	if (size > FILES_ONE_MAX) {
		return refuse(u, "helm/limit", path, "is larger than 5 MiB, which Helm refuses");
	}
	u->limits->bytes -= (size_t)size;
	file = arena_new(u->arena, struct file);
	file->path = path;
	file->next = u->list;
	u->list = file;
	if (!pack_wanted(path)) {
		return true;
	}
	if (lib.entry_filetype(entry) != AE_IFREG || lib.entry_hardlink(entry)) {
		return refuse(u, "helm/chart", path, "is a link, which Helm takes for an empty file");
	}
	file->src = arena_new(u->arena, struct source);
	return read_content(u, file->src, name, (size_t)size);
}

static bool
take_all(struct unpack *u)
{
	struct archive_entry *entry;
	int got;

	if (lib.read_open_memory(u->archive, u->packed->text.s ? u->packed->text.s : "", u->packed->text.n) != ARCHIVE_OK) {
		return refuse(u, "helm/chart", NULL, "this is no packed chart: a gzipped tar archive is wanted");
	}
	while ((got = lib.read_next_header(u->archive, &entry)) == ARCHIVE_OK || got == ARCHIVE_WARN) {
		if (!take_entry(u, entry)) {
			return false;
		}
	}
	if (got != ARCHIVE_EOF) {
		return refuse(u, "helm/chart", NULL, u->list ? lib.error_string(u->archive)
			: "this is no packed chart: a gzipped tar archive is wanted");
	}
	return u->list || refuse(u, "helm/chart", NULL, "the archive is empty");
}

bool
pack_read(struct file **ret, struct arena *a, struct source *packed, struct files_limits *limits, struct diags *diags)
{
	struct unpack u = { NULL, packed, a, limits, NULL, diags };
	bool good;

	*ret = NULL;
	if (!load()) {
		return refuse(&u, "helm/chart", NULL, "libarchive is needed for a packed chart and is not installed; unpack the chart");
	}
	u.archive = lib.read_new();
	if (!u.archive) {
		return refuse(&u, "helm/chart", NULL, "it cannot be unpacked");
	}
	lib.read_support_filter_gzip(u.archive);
	lib.read_support_format_tar(u.archive);
	good = take_all(&u);
	lib.read_free(u.archive);
	*ret = u.list;
	return good;
}
