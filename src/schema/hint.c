/* SPDX-License-Identifier: Apache-2.0 */
/* Help with schemas that their metaschema refuses. */
#include "schema/hint.h"

#include "base/arena.h"
#include "schema/draft.h"
#include "yaml/scalar.h"

#include <string.h>

/* what other languages call the types */
static const char *
type_meant(struct str word)
{
	static const struct {
		const char *word, *type;
	} words[] = {
		{ "int", "integer" }, { "int32", "integer" }, { "int64", "integer" }, { "long", "integer" }, { "whole", "integer" },
		{ "float", "number" }, { "double", "number" }, { "decimal", "number" }, { "num", "number" },
		{ "str", "string" }, { "text", "string" }, { "bool", "boolean" }, { "list", "array" }, { "slice", "array" },
		{ "map", "object" }, { "dict", "object" }, { "struct", "object" }, { "nil", "null" }, { "none", "null" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (str_eq_nocase(word, str_of(words[i].word))) {
			return words[i].type;
		}
	}
	return NULL;
}

static const char *
help_of(struct arena *a, struct str subject, const struct node *value, unsigned draft)
{
	bool is_bool = value->kind == NODE_BOOL;

	if (value->kind == NODE_STRING && (str_ends(subject, STR("/type")) || memmem(subject.s, subject.n, "/type/", 6))
		&& type_meant(value->text)) {
		return arena_printf(a, "did you mean '%s'?", type_meant(value->text));
	}
	if (is_bool && str_ends(subject, STR("/required"))) {
		return scalar_true(value->text) ? "name the key in the 'required' of the schema around it"
						: "leave it out: keys are optional unless the schema around names them";
	}
	if (value->kind == NODE_LIST && str_ends(subject, STR("/items")) && draft == DRAFT_2020) {
		return "2020-12 has 'prefixItems' for a list of schemas; or name the draft in $schema";
	}
	if (is_bool && (str_ends(subject, STR("/exclusiveMinimum")) || str_ends(subject, STR("/exclusiveMaximum")))) {
		return "from draft-06 on it is the limit itself, in place of the other";
	}
	return NULL;
}

void
hint_add(struct diags *diags, struct diag *from, const struct node *root, unsigned draft, bool stated)
{
	for (struct diag *d = from; d; d = d->next) {
		const struct node *value = d->subject ? node_at(root, str_of(d->subject)) : NULL;
		const char *help = value ? help_of(diags->arena, str_of(d->subject), value, draft) : NULL;

		if (help) {
			d->help = help;
			d->fix = NULL;
		}
		if (d == from) {
			diag_note(diags, d, "by the metaschema of %s%s", draft_name(draft), stated ? "" : ", which Helm 4 takes where no $schema is");
		}
	}
}
