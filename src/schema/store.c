/* SPDX-License-Identifier: Apache-2.0 */
/* Finds schema files by their URIs. */
#include "schema/store.h"

#include "base/arena.h"
#include "schema/draft.h"
#include "schema/text.h"
#include "schema/uri.h"
#include "yaml/json.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

struct store_map {
	struct str uri;
	const char *path;
	bool folder;
	struct store_map *next;
};

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool
is_there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISDIR(st.st_mode);
}

/* a schema may name no device or pipe of its reader's */
static bool
is_plain(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool
store_map(struct store *s, const char *word, struct diags *diags)
{
	const char *equals = strrchr(word, '=');
	struct store_map *map;

	if (!equals || equals == word || !equals[1]) {
		diag_note(diags, diag_add(diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "'%s' names no URI and file", word),
			"--schema-map https://example.com/port.json=schemas/port.json");
		return false;
	}
	if (!is_there(equals + 1) && !is_folder(equals + 1)) {
		diag_io(diags, equals + 1, "read the schema", errno);
		return false;
	}
	map = arena_new(s->arena, struct store_map);
	*map = (struct store_map){ { word, (size_t)(equals - word) }, equals + 1, is_folder(equals + 1), s->maps };
	if (str_ends(map->uri, STR("#"))) {
		map->uri.n--;
	}
	s->maps = map;
	return true;
}

void
store_folder(struct store *s, const char *folder)
{
	struct store_map *map = arena_new(s->arena, struct store_map), **last = &s->folders;

	*map = (struct store_map){ .path = folder, .folder = true };
	while (*last) {
		last = &(*last)->next;
	}
	*last = map;
}

/* no step of it leads upwards or is hidden */
static bool
is_inside(struct str path)
{
	for (size_t at = 0; at < path.n;) {
		size_t end = str_find(path, '/', at);

		if (end > at && path.s[at] == '.') {
			return false;
		}
		at = end + 1;
	}
	return memchr(path.s ? path.s : "", '\0', path.n) == NULL && path.n > 0;
}

static const char *
within(struct arena *a, const char *folder, struct str path)
{
	const char *found;

	while (path.n > 0 && path.s[0] == '/') {
		path = str_slice(path, 1, path.n);
	}
	if (!is_inside(path)) {
		return NULL;
	}
	found = arena_printf(a, "%s/%.*s", folder, STR_FMT(path));
	if (!is_there(found)) {
		found = arena_printf(a, "%s/%.*s.json", folder, STR_FMT(path));
	}
	return is_there(found) ? found : NULL;
}

static const char *
path_of(const struct store *s, struct arena *a, struct str uri)
{
	struct str path = uri_path(uri), last = path;
	const struct store_map *best = NULL;
	const char *found = NULL;

	for (const struct store_map *map = s ? s->maps : NULL; map; map = map->next) {
		bool fits = map->folder ? str_starts(uri, map->uri) : str_eq(uri, map->uri);

		if (fits && (!best || map->uri.n > best->uri.n)) {
			const char *file = map->folder ? within(a, map->path, str_slice(uri, map->uri.n, uri.n)) : map->path;

			if (file) {
				best = map;
				found = file;
			}
		}
	}
	for (size_t i = 0; i < path.n; i++) {
		if (path.s[i] == '/') {
			last = str_slice(path, i + 1, path.n);
		}
	}
	for (const struct store_map *map = s ? s->folders : NULL; map && !found; map = map->next) {
		found = within(a, map->path, path);
		found = found ? found : within(a, map->path, last);
	}
	if (!found && str_starts(uri, STR("file:///"))) {
		const char *file = str_z(a, uri_decode(a, path));

		found = is_plain(file) ? file : NULL;
	}
	return found;
}

/* the latest draft has a name of its own */
static struct str
embedded(struct str uri)
{
	unsigned draft;

	if (draft_of(uri, &draft)) {
		uri = draft_uri(draft);
	}
	return embedded_text(str_slice(uri, str_starts(uri, STR("http://")) ? 7 : str_starts(uri, STR("https://")) ? 8 : uri.n, uri.n));
}

static const struct stored *
read_file(struct arena *a, const char *path, struct diags *diags)
{
	struct stored *stored = arena_new(a, struct stored);
	int error;

	stored->src = arena_new(a, struct source);
	error = source_read(stored->src, a, path);
	if (error != 0) {
		diag_io(diags, path, "read the schema", error);
	} else {
		stored->root = schema_text(a, stored->src, diags);
	}
	return stored;
}

const struct stored *
store_find(struct store *s, struct arena *a, struct str uri, struct diags *diags)
{
	struct str text = embedded(uri);
	const char *path = path_of(s, a, uri);
	const struct stored *known = path && s ? table_get(&s->read, str_of(path)) : NULL;
	struct stored *built_in;
	struct source *src;

	if (known) {
		return known;
	}
	if (path) {
		known = read_file(s ? s->arena : a, path, diags);
		if (s) {
			s->read.arena = s->arena;
			table_put(&s->read, str_of(str_z(s->arena, str_of(path))), (void *)(uintptr_t)known);
		}
		return known;
	}
	if (text.n == 0) {
		return NULL;
	}
	src = arena_new(a, struct source);
	source_init(src, a, "a metaschema", text);
	built_in = arena_new(a, struct stored);
	built_in->root = json_read(src, a, diags);
	return built_in;
}
