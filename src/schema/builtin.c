/* SPDX-License-Identifier: Apache-2.0 */
/* The schemas built into the program, compiled when asked for. */
#include "schema/builtin.h"

#include "base/arena.h"
#include "yaml/parse.h"

const struct schema *
schema_builtin(struct arena *a, const char *name, struct diags *diags)
{
	struct str text = embedded_get(name);
	struct source *src;
	struct node *root;

	if (text.n == 0) {
		return NULL;
	}
	src = arena_new(a, struct source);
	source_init(src, a, arena_printf(a, "built-in %s.schema.json", name), text);
	return parse_one(src, a, &root, diags) ? schema_compile(a, src, root, SCHEMA_BUILTIN, diags) : NULL;
}
