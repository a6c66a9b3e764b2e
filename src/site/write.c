/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the chart's values: as YAML with comments, or as JSON. */
#include "site/write.h"

#include "base/arena.h"
#include "report/cell.h"
#include "schema/canon.h"
#include "yaml/emit.h"
#include "yaml/scalar.h"

#include <string.h>

struct str
write_yaml(const struct profile *p, const struct node *values, struct arena *a)
{
	const char *slash = strrchr(p->src.name, '/'), *last = NULL;
	struct buf b = { .arena = a };

	/* a file may be called anything: the name must not leave its comment */
	buf_add(&b, STR("# values.yaml of site "));
	cell_add_text(&b, p->name);
	buf_addf(&b, ", made by wbrender %s from ", WBRENDER_VERSION);
	cell_add_text(&b, str_of(slash ? slash + 1 : p->src.name));
	buf_add(&b, STR("\n# Change the profile, not this file.\n"));
	for (const struct node *entry = values->first; entry; entry = entry->next) {
		const char *comment = values_comment(p, entry->key->text);
		struct node *one = node_map(a), *copy = arena_new(a, struct node);

		*copy = *entry;
		copy->next = NULL;
		node_append(one, copy);
		if (comment != last) {
			buf_addf(&b, "\n# %s\n", comment);
		}
		last = comment;
		emit_block(&b, one, 0, 2, false, STR("\n"));
	}
	return buf_str(&b);
}

/* as JSON has numbers: an integer as it is where it is plain decimal, else in the fewest digits */
static void
add_number(struct buf *b, const struct node *node)
{
	struct str digits = str_slice(node->text, str_starts(node->text, STR("-")), node->text.n);
	double number = 0;
	bool plain = node->kind == NODE_INT && digits.n > 0 && (digits.n == 1 || digits.s[0] != '0');

	for (size_t i = 0; i < digits.n; i++) {
		plain = plain && digits.s[i] >= '0' && digits.s[i] <= '9';
	}
	if (plain) {
		buf_add(b, node->text);
	} else {
		/* what is no number was refused by values_build */
		scalar_double(node->text, &number);
		buf_add(b, str_of(canon_number(b->arena, number)));
	}
}

/* the depth of trees is limited by the parser */
static void
add_json(struct buf *b, const struct node *node, size_t indent)
{
	switch (node->kind) {
	case NODE_NULL:
		buf_add(b, STR("null"));
		return;
	case NODE_BOOL:
		buf_add(b, scalar_true(node->text) ? STR("true") : STR("false"));
		return;
	case NODE_INT:
	case NODE_FLOAT:
		add_number(b, node);
		return;
	case NODE_STRING:
		emit_json_string(b, node->text);
		return;
	default:
		break;
	}
	buf_byte(b, node->kind == NODE_MAP ? '{' : '[');
	for (const struct node *child = node->first; child; child = child->next) {
		buf_add(b, child == node->first ? STR("\n") : STR(",\n"));
		buf_fill(b, ' ', indent + 2);
		if (node->kind == NODE_MAP) {
			emit_json_string(b, child->key->text);
			buf_add(b, STR(": "));
		}
		add_json(b, child, indent + 2);
	}
	if (node->first) {
		buf_byte(b, '\n');
		buf_fill(b, ' ', indent);
	}
	buf_byte(b, node->kind == NODE_MAP ? '}' : ']');
}

struct str
write_json(const struct node *values, struct arena *a)
{
	struct buf b = { .arena = a };

	add_json(&b, values, 0);
	buf_byte(&b, '\n');
	return buf_str(&b);
}
