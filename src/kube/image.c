/* SPDX-License-Identifier: Apache-2.0 */
/* Moves image names from one registry to another. */
#include "kube/image.h"

#include "base/arena.h"

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

/* does a name begin with a registry? Its first part has a '.' or a ':', or is localhost. */
static bool
has_registry(struct str image)
{
	size_t slash = str_find(image, '/', 0);
	struct str first = str_slice(image, 0, slash);

	return slash < image.n && (str_find(first, '.', 0) < slash || str_find(first, ':', 0) < slash || str_eq(first, STR("localhost")));
}

struct str
image_move(struct arena *a, struct str image, struct str from, struct str to)
{
	struct str rest, full = image;

	from = without_slash(from);
	to = without_slash(to);
	if (image.n == 0 || from.n == 0 || to.n == 0 || behind(image, to).n > 0) {
		return image;
	}
	if (!has_registry(image)) {
		bool path = str_find(image, '/', 0) < image.n;

		full = str_of(arena_printf(a, "docker.io/%s%.*s", path ? "" : "library/", STR_FMT(image)));
	}
	rest = behind(image, from);
	rest = rest.n > 0 ? rest : behind(full, from);
	return rest.n > 0 ? str_of(arena_printf(a, "%.*s/%.*s", STR_FMT(to), STR_FMT(rest))) : image;
}
