/* SPDX-License-Identifier: Apache-2.0 */
/* The schemas built into the program, compiled when asked for. */
#include "schema/builtin.h"

#include "base/arena.h"

const struct schema *
schema_builtin(struct arena *a, const char *name, struct diags *diags)
{
	const struct node *root = embedded_schema(name);
	struct source *src;

	if (!root) {
		return NULL;
	}
	src = arena_new(a, struct source);
	source_init(src, a, arena_printf(a, "built-in %s.schema.json", name), STR(""));
	return schema_compile(a, src, root, SCHEMA_BUILTIN, diags);
}
