/* SPDX-License-Identifier: Apache-2.0 */
/* Reads schema files, JSON or YAML. */
#include "schema/text.h"

#include "yaml/json.h"
#include "yaml/stream.h"

const struct node *
schema_text(struct arena *a, struct source *src, struct diags *diags)
{
	struct str name = str_of(src->name);
	const struct node *flat;
	struct node *root;

	if (!str_ends(name, STR(".yaml")) && !str_ends(name, STR(".yml"))) {
		struct diag **from = diags->last;
		const struct node *read = json_read(src, a, diags);

		if (!read && *from && (*from)->span.at == 0) {
			diag_note(diags, *from, "to Helm a schema is JSON; one in YAML is named .yaml");
		}
		return read;
	}
	if (!parse_one(src, a, &root, diags)) {
		return NULL;
	}
	if (!root) {
		diag_add(diags, DIAG_ERROR, "schema/schema", src, (struct span){ 0, 0 }, "the schema is empty");
		return NULL;
	}
	flat = node_flat(a, root);
	if (!flat) {
		diag_add(diags, DIAG_ERROR, "schema/schema", src, root->span, "the aliases of the schema stand for too much");
	}
	return flat;
}
