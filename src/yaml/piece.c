/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the texts of edits. */
#include "yaml/piece.h"

#include "base/arena.h"
#include "yaml/emit.h"
#include "yaml/place.h"
#include "yaml/scan.h"

#include <string.h>

/* with a blank where a comment follows at once, as one may behind quotes and brackets: behind anything else it would be text */
static struct str
off_comment(struct editor *e, struct str text, size_t behind)
{
	const struct str source = e->patch->src->text;
	struct buf b = { .arena = e->scratch };

	if (behind == source.n || source.s[behind] != '#' || (text.n > 0 && strchr(" \t\n\r", text.s[text.n - 1]))) {
		return text;
	}
	buf_add(&b, text);
	buf_byte(&b, ' ');
	return buf_str(&b);
}

/* equal insertions share their memory */
void
piece_insert(struct editor *e, size_t at, struct str text, size_t column)
{
	struct str *kept;

	text = off_comment(e, text, at);
	kept = table_get(&e->texts, text);
	if (!kept) {
		kept = arena_new(e->arena, struct str);
		*kept = (struct str){ arena_copy(e->arena, text.s, text.n), text.n };
		e->texts.arena = e->arena;
		table_put(&e->texts, *kept, kept);
	}
	patch_add(e->patch, (struct span){ at, 0 }, *kept, column, e->rule);
}

void
piece_replace(struct editor *e, struct span span, struct str text)
{
	text = off_comment(e, text, span.at + span.n);
	patch_add(e->patch, span, (struct str){ arena_copy(e->arena, text.s, text.n), text.n }, 0, e->rule);
}

void
piece_blanks(struct editor *e, struct span span)
{
	char *text = arena_copy(e->arena, source_slice(e->patch->src, span).s, span.n);

	for (size_t i = 0; i < span.n; i++) {
		text[i] = text[i] == '\t' ? ' ' : text[i];
	}
	if (span.n > 0) {
		patch_add(e->patch, span, (struct str){ text, span.n }, 0, e->rule);
	}
}

static const struct node *
last_leaf(const struct node *what)
{
	while (what->kind >= NODE_LIST && what->last) {
		what = what->last;
	}
	return what;
}

bool
piece_ends_in_break(const struct node *what)
{
	what = last_leaf(what);
	return what->kind == NODE_STRING && str_ends(what->text, STR("\n"));
}

bool
piece_ends_in_lines(const struct node *what)
{
	what = last_leaf(what);
	return what->kind == NODE_STRING && str_find(what->text, '\n', 0) < what->text.n;
}

struct str
piece_lines(struct editor *e, const struct node *what, const struct piece_layout *l)
{
	struct buf b = { .arena = e->scratch };

	if (l->last) {
		buf_add(&b, l->nl);
	}
	emit_block(&b, what, l->column, l->step, l->indentless, l->nl);
	if (l->last && !piece_ends_in_break(what)) {
		b.n -= l->nl.n;
	}
	return buf_str(&b);
}

void
piece_entries(struct buf *b, const struct node *what, bool json)
{
	struct buf braces = { .arena = b->arena };

	emit_flow(&braces, what, json);
	buf_add(b, str_slice(buf_str(&braces), 1, braces.n - 1));
}

size_t
piece_begin(struct str source, size_t from, const struct node *child)
{
	size_t to = child->key ? child->key->props : child->props, comma = scan_mark(source, from, to, ',');

	return scan_mark(source, comma < to ? comma + 1 : from, to, '?');
}

bool
piece_has_merge_key(const struct node *map)
{
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		if (entry->key->merge) {
			return true;
		}
	}
	return false;
}

void
piece_comma(struct buf *b, const char *source, size_t place)
{
	buf_add(b, source[place - 1] == ':' ? STR(" , ") : STR(", "));
}

bool
piece_ends_open(struct str source, const struct node *map)
{
	size_t end = map->span.at + map->span.n;

	if (!map->block_tail) {
		return false;
	}
	while (end < source.n && (source.s[end] == ' ' || source.s[end] == '\t')) {
		end++;
	}
	return end == source.n && !place_is_break(source, end);
}
