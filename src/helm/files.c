/* SPDX-License-Identifier: Apache-2.0 */
/* Walks through a chart's folder. Links are followed, as Helm follows them. */
#include "helm/files.h"

#include "base/arena.h"
#include "helm/ignore.h"
#include "helm/pack.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const struct span nowhere = { 0, 0 };

struct walk {
	struct arena *arena;
	const char *top;
	struct ignore ignore;
	struct files_limits *limits;
	struct file *list;
	struct diags *diags;
};

static const char *
under(struct walk *w, const char *path)
{
	if (strcmp(w->top, ".") == 0 && *path) {
		return path;
	}
	return *path ? arena_printf(w->arena, "%s/%s", w->top, path) : w->top;
}

static bool
add_file(struct walk *w, const char *path, off_t size)
{
	struct file *file = arena_new(w->arena, struct file);

	if (w->limits->count == 0 || (size_t)size > w->limits->bytes) {
		diag_add(w->diags, DIAG_ERROR, "helm/limit", NULL, nowhere, "'%s' has too many files, or too large ones", w->top);
		return false;
	}
	w->limits->count--;
	file->path = path;
	file->next = w->list;
	w->list = file;
	if (pack_wanted(path)) {
		int error;

		w->limits->bytes -= (size_t)size;
		file->src = arena_new(w->arena, struct source);
		error = source_read(file->src, w->arena, under(w, path));
		if (error != 0) {
			diag_io(w->diags, under(w, path), "read", error);
			return false;
		}
	}
	return true;
}

/* the folders that can hold something about values: those of the chart and of the charts in charts/; nested counts them */
static bool walk_folder(struct walk *, const char *path, unsigned nested);

static bool
walk_entry(struct walk *w, const char *folder, const char *name, unsigned nested)
{
	const char *path = *folder ? arena_printf(w->arena, "%s/%s", folder, name) : arena_printf(w->arena, "%s", name);
	bool in_charts = strcmp(folder, "charts") == 0 || (strlen(folder) > 7 && strcmp(folder + strlen(folder) - 7, "/charts") == 0);
	struct stat st;

	if (stat(under(w, path), &st) != 0) {
		diag_io(w->diags, under(w, path), "read", errno);
		return false;
	}
	if (ignore_has(&w->ignore, path, S_ISDIR(st.st_mode))) {
		return true;
	}
	if (S_ISDIR(st.st_mode)) {
		return !(in_charts || strcmp(name, "charts") == 0) || walk_folder(w, path, nested + 1);
	}
	if (!S_ISREG(st.st_mode)) {
		if (!pack_wanted(path)) {
			return true;
		}
		diag_add(w->diags, DIAG_ERROR, "helm/chart", NULL, nowhere, "'%s' is no regular file: Helm does not load the chart", under(w, path));
		return false;
	}
	return add_file(w, path, st.st_size);
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool
walk_folder(struct walk *w, const char *path, unsigned nested)
{
	struct dirent **names = NULL;
	bool good = true;
	int n;

	if (nested > 2 * FILES_NESTED_MAX) {
		diag_add(w->diags, DIAG_ERROR, "helm/limit", NULL, nowhere, "'%s': the folders in it are nested deeper than %d: does a link lead back?",
			w->top, 2 * FILES_NESTED_MAX);
		return false;
	}
	n = scandir(under(w, path), &names, NULL, by_name);
	if (n < 0) {
		diag_io(w->diags, under(w, path), "read", errno);
		return false;
	}
	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;

		good = good && (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || walk_entry(w, path, name, nested));
	}
	for (int i = 0; i < n; i++) {
		arena_own(w->arena, names[i]);
	}
	arena_own(w->arena, names);
	return good;
}

static bool
read_ignore(struct walk *w)
{
	struct source *src = arena_new(w->arena, struct source);
	int error = source_read(src, w->arena, under(w, ".helmignore"));

	if (error != 0 && error != ENOENT) {
		diag_io(w->diags, under(w, ".helmignore"), "read", error);
		return false;
	}
	return ignore_read(&w->ignore, w->arena, error == 0 ? src : NULL, w->diags);
}

bool
files_unpack(struct file **ret, struct arena *a, struct source *packed, struct files_limits *limits, struct diags *diags)
{
	return pack_read(ret, a, packed, limits, diags);
}

bool
files_read(struct file **ret, struct arena *a, const char *path, struct files_limits *limits, struct diags *diags)
{
	struct walk w = { .arena = a, .limits = limits, .diags = diags };
	struct source *packed = arena_new(a, struct source);
	struct stat st;
	size_t n = strlen(path);
	int error;

	*ret = NULL;
	if (stat(path, &st) != 0) {
		diag_io(diags, path, "read the chart", errno);
		return false;
	}
	if (!S_ISDIR(st.st_mode)) {
		error = source_read(packed, a, path);
		if (error != 0) {
			diag_io(diags, path, "read the chart", error);
			return false;
		}
		return files_unpack(ret, a, packed, limits, diags);
	}
	while (n > 1 && path[n - 1] == '/') {
		n--;
	}
	w.top = str_z(a, (struct str){ path, n });
	if (!read_ignore(&w) || !walk_folder(&w, "", 0)) {
		return false;
	}
	*ret = w.list;
	return true;
}
