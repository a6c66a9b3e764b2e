/* SPDX-License-Identifier: Apache-2.0 */
/* Moves image names from one registry to another. */
#include "kube/image.h"

#include "base/arena.h"

#include <string.h>

enum { IMAGE_PARTS = 2 };             /* of a name on Docker Hub: library/postgres */

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
