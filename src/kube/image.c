/* SPDX-License-Identifier: Apache-2.0 */
/* Moves image names from one registry to another. */
#include "kube/image.h"

#include "base/arena.h"

#include <string.h>

enum { IMAGE_PARTS = 2, TAG_MAX = 128 };  /* the parts of a name on Docker Hub: library/postgres */

static struct str
without_slash(struct str path)
{
	return str_ends(path, STR("/")) ? str_slice(path, 0, path.n - 1) : path;
}

/* what stands behind a path and its '/'; empty when the image is not below it */
static struct str
behind(struct str image, struct str path)
{
	return image.n > path.n + 1 && str_starts(image, path) && image.s[path.n] == '/' ? str_slice(image, path.n + 1, image.n) : (struct str){ 0 };
}

/* is the first part of a name or a path a registry? It has a '.' or a ':', or is localhost. */
static bool
is_registry(struct str first)
{
	return first.n > 0 && (memchr(first.s, '.', first.n) || memchr(first.s, ':', first.n) || str_eq(first, STR("localhost")));
}

bool
image_on_hub(struct str registry)
{
	return str_eq(registry, STR("docker.io")) || str_eq(registry, STR("index.docker.io")) || str_eq(registry, STR("registry-1.docker.io"));
}

/* an image or a path with its registry: Docker Hub, under its own name, where none is said; parts: how many stand behind it at least,
   1 for a path */
static struct str
whole(struct arena *a, struct str name, size_t parts)
{
	size_t slash = str_find(name, '/', 0);
	struct str first = str_slice(name, 0, slash), path = str_slice(name, slash < name.n ? slash + 1 : name.n, name.n);
	bool registry = is_registry(first) && (parts == 1 || slash < name.n);

	if (registry && !image_on_hub(first)) {
		return name;
	}
	path = registry ? path : name;
	return str_of(arena_printf(a, "docker.io%s%s%.*s", path.n > 0 ? "/" : "", parts > 1 && !memchr(path.s, '/', path.n) ? "library/" : "",
		STR_FMT(path)));
}

struct str
image_move(struct arena *a, struct str image, struct str from, struct str to)
{
	struct str rest;

	from = without_slash(from);
	to = without_slash(to);
	if (image.n == 0 || from.n == 0 || to.n == 0 || behind(image, to).n > 0) {
		return image;
	}
	rest = behind(whole(a, image, IMAGE_PARTS), whole(a, from, 1));
	return rest.n > 0 ? str_of(arena_printf(a, "%.*s/%.*s", STR_FMT(to), STR_FMT(rest))) : image;
}

static bool
is_alnum(char c, bool upper)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (upper && c >= 'A' && c <= 'Z');
}

static bool
has_capital(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] >= 'A' && s.s[i] <= 'Z') {
			return true;
		}
	}
	return false;
}

/* letters and digits, joined by one '.' or '_', two '_', or any number of '-' */
static bool
path_part_valid(struct str s)
{
	for (size_t i = 0, from; i < s.n; i++) {
		if (is_alnum(s.s[i], false)) {
			continue;
		}
		for (from = i; i < s.n && !is_alnum(s.s[i], false) && s.s[i] == s.s[from]; i++) {
		}
		if (from == 0 || i == s.n || !is_alnum(s.s[i], false)
			|| !(s.s[from] == '-' || (s.s[from] == '.' && i - from == 1) || (s.s[from] == '_' && i - from <= 2))) {
			return false;
		}
	}
	return s.n > 0;
}

/* a host's name or address, and a port */
static bool
registry_valid(struct str s)
{
	size_t colon = s.n > 0 && s.s[0] == '[' ? str_find(s, ']', 0) + 1 : str_find(s, ':', 0);

	if (s.n > 0 && s.s[0] == '[') {
		return colon <= s.n;
	}
	for (size_t i = 0; i < colon; i++) {
		bool between = i > 0 && i + 1 < colon;

		/* a '.' stands between letters and digits, a '-' not beside a '.' */
		if (!is_alnum(s.s[i], true) && !(between && ((s.s[i] == '.' && is_alnum(s.s[i - 1], true) && is_alnum(s.s[i + 1], true))
			|| (s.s[i] == '-' && s.s[i - 1] != '.' && s.s[i + 1] != '.')))) {
			return false;
		}
	}
	for (size_t i = colon + 1; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9') {
			return false;
		}
	}
	return colon > 0 && colon + 1 != s.n;
}

static bool
tag_valid(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_alnum(s.s[i], true) && s.s[i] != '_' && (i == 0 || (s.s[i] != '.' && s.s[i] != '-'))) {
			return false;
		}
	}
	return s.n > 0 && s.n <= TAG_MAX;
}

/* sha256 has 64 digits, in lower case; of others only the least is known */
static bool
digest_valid(struct str s)
{
	size_t colon = str_find(s, ':', 0), n = colon < s.n ? s.n - colon - 1 : 0;
	bool sha = str_starts(s, STR("sha256:"));

	for (size_t i = colon + 1; i < s.n; i++) {
		if (!(s.s[i] >= '0' && s.s[i] <= '9') && !(s.s[i] >= 'a' && s.s[i] <= 'f') && (sha || !(s.s[i] >= 'A' && s.s[i] <= 'F'))) {
			return false;
		}
	}
	return colon > 0 && (sha ? n == 64 : n >= 32);
}

const char *
image_wrong(struct arena *a, struct str image)
{
	size_t at = str_find(image, '@', 0), slash, colon;
	struct str digest = str_slice(image, at < image.n ? at + 1 : at, image.n), name = str_slice(image, 0, at), first, tag;

	if (memmem(name.s, name.n, "://", 3)) {
		return arena_printf(a, "begins with '%.*s'", (int)((const char *)memmem(name.s, name.n, "://", 3) - name.s + 3), name.s);
	}
	if (at < image.n && !digest_valid(digest)) {
		return "has a digest in a wrong form: @sha256: and 64 digits are wanted";
	}
	slash = str_find(name, '/', 0);
	first = str_slice(name, 0, slash);
	if (slash < name.n && (is_registry(first) || has_capital(first))) {
		if (!registry_valid(first)) {
			return arena_printf(a, "has the registry '%.*s', which is none", STR_FMT(first));
		}
		name = str_slice(name, slash + 1, name.n);
	}
	for (colon = 0; colon < name.n && name.s[colon] != ':'; colon++) {
	}
	tag = str_slice(name, colon < name.n ? colon + 1 : colon, name.n);
	if (colon < name.n && !tag_valid(tag)) {
		return arena_printf(a, "has the tag '%.*s', which is none", STR_FMT(str_slice(tag, 0, TAG_MAX)));
	}
	name = str_slice(name, 0, colon);
	for (size_t from = 0, end; from <= name.n; from = end + 1) {
		struct str part = str_slice(name, from, end = str_find(name, '/', from));

		if (part.n == 0) {
			return "has an empty part";
		}
		if (!path_part_valid(part)) {
			return has_capital(part) ? "has capital letters in its path" : arena_printf(a, "has the part '%.*s', which is none",
				STR_FMT(str_slice(part, 0, TAG_MAX)));
		}
	}
	return NULL;
}
