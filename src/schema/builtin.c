/* SPDX-License-Identifier: Apache-2.0 */
/* The schemas built into the program, compiled when first asked for. */
#include "schema/builtin.h"

#include "base/arena.h"
#include "schema/draft.h"

#include <string.h>

enum { BUILTIN_MAX = 4 };

/* Compiled once for the whole run, however many files it checks; they do not change afterwards. */
static struct {
	const char *name;
	const struct schema *schema;
} kept[BUILTIN_MAX];
static struct arena lasting;

const struct schema *
schema_builtin(const char *name, struct diags *diags)
{
	const struct node *root = embedded_schema(name);
	struct schema_options options = { .draft = DRAFT_7, .origin = SCHEMA_BUILTIN };
	struct source *src;
	size_t i = 0;

	while (i < BUILTIN_MAX && kept[i].name && strcmp(kept[i].name, name) != 0) {
		i++;
	}
	if (!root || i == BUILTIN_MAX || kept[i].schema) {
		return root && i < BUILTIN_MAX ? kept[i].schema : NULL;
	}
	src = arena_new(&lasting, struct source);
	source_init(src, &lasting, arena_printf(&lasting, "built-in %s.schema.json", name), STR(""));
	kept[i].schema = schema_compile(&lasting, src, root, &options, diags);
	kept[i].name = kept[i].schema ? name : NULL;
	return kept[i].schema;
}
