/* SPDX-License-Identifier: Apache-2.0 */
/* The schemas built into the program, compiled when first asked for. */
#include "schema/builtin.h"

#include "base/arena.h"
#include "schema/draft.h"
#include "schema/part.h"

#include <string.h>

enum { BUILTIN_MAX = 4 };

/* Compiled once for the whole run, however many files it checks; they do not change afterwards. */
static struct kept {
	const char *name;
	const struct schema *schema;
	bool asked;                   /* for one value */
} kept[BUILTIN_MAX];
static struct arena lasting;

/* where one of that name is or will be kept; NULL: nowhere */
static struct kept *
place_of(const char *name)
{
	size_t i = 0;

	while (i < BUILTIN_MAX && kept[i].name && strcmp(kept[i].name, name) != 0) {
		i++;
	}
	if (i == BUILTIN_MAX) {
		return NULL;
	}
	kept[i].name = name;
	return &kept[i];
}

static const struct schema *
compile(struct arena *a, const char *name, const struct node *root, struct diags *diags)
{
	struct schema_options options = { .draft = DRAFT_7, .origin = SCHEMA_BUILTIN };
	struct source *src = arena_new(a, struct source);

	source_init(src, a, arena_printf(a, "built-in %s.schema.json", name), STR(""));
	return schema_compile(a, src, root, &options, diags);
}

const struct schema *
schema_builtin(const char *name, struct diags *diags)
{
	const struct node *root = embedded_schema(name);
	struct kept *k = root ? place_of(name) : NULL;

	if (k && !k->schema) {
		k->schema = compile(&lasting, name, root, diags);
	}
	return k ? k->schema : NULL;
}

const struct schema *
schema_builtin_for(const char *name, const struct node *value, struct arena *a, struct diags *diags)
{
	const struct node *root = embedded_schema(name);
	struct kept *k = root ? place_of(name) : NULL;

	if (!k || k->asked || k->schema) {
		return NULL;
	}
	k->asked = true;
	return compile(a, name, part_of(a, root, value), diags);
}
