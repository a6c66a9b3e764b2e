/* SPDX-License-Identifier: Apache-2.0 */
/* Makes edits: what is inserted follows its neighbours in indent, quotes, line ends, block or flow. */
#include "yaml/splice.h"

#include "base/arena.h"
#include "yaml/emit.h"
#include "yaml/piece.h"
#include "yaml/place.h"

#include <string.h>

static void
write_path(struct buf *b, const struct site *at)
{
	if (at->parent) {
		write_path(b, at->parent);
		if (!at->entry->key) {
			size_t n = 0;

			for (const struct node *item = at->parent->map->first; item != at->entry; item = item->next) {
				n++;
			}
			buf_addf(b, "[%zu]", n);
			return;
		}
		if (b->n > 0) {
			buf_byte(b, '.');
		}
		buf_add(b, node_real(at->entry->key)->text);
	}
}

const char *
splice_path(struct editor *e, const struct site *at, struct str key)
{
	struct buf b = { .arena = e->arena };

	write_path(&b, at);
	if (key.n > 0) {
		if (b.n > 0) {
			buf_byte(&b, '.');
		}
		buf_add(&b, key);
	}
	return b.n > 0 ? buf_z(&b) : "the object";
}

struct str
splice_name(const struct site *at)
{
	return at->parent && at->entry->key ? node_real(at->entry->key)->text : (struct str){ 0 };
}

void
splice_token(struct buf *b, struct str token)
{
	size_t from = 0;

	buf_byte(b, '/');
	for (size_t i = 0; i < token.n; i++) {
		if (token.s[i] == '~' || token.s[i] == '/') {
			buf_add(b, str_slice(token, from, i));
			buf_add(b, token.s[i] == '~' ? STR("~0") : STR("~1"));
			from = i + 1;
		}
	}
	buf_add(b, str_slice(token, from, token.n));
}

struct str
splice_token_of(struct editor *e, const struct node *in, const struct node *child)
{
	size_t n = 0;

	if (child->key) {
		return node_real(child->key)->text;
	}
	for (const struct node *item = in->first; item != child; item = item->next) {
		n++;
	}
	return str_decimal(e->scratch, n);
}

static void
write_pointer(struct editor *e, struct buf *b, const struct site *at)
{
	if (at->parent) {
		write_pointer(e, b, at->parent);
		splice_token(b, splice_token_of(e, at->parent->map, at->entry));
	}
}

const char *
splice_pointer(struct editor *e, const struct site *at, struct str key)
{
	struct buf b = { .arena = e->scratch };

	write_pointer(e, &b, at);
	if (key.n > 0) {
		splice_token(&b, key);
	}
	return buf_z(&b);
}

struct diag *
splice_refuse(struct editor *e, const char *code, const struct node *node, const char *text)
{
	struct diag *diag = diag_add(e->diags, DIAG_ERROR, code, e->patch->src, node->span, "%s", text);

	diag->subject = e->subject(e->ctx);
	diag_note(e->diags, diag, "in %s", diag->subject);
	return diag;
}

bool
splice_allowed(struct editor *e, const struct site *at, const struct node *place, struct str key)
{
	struct diag *diag;

	if (!at->shared) {
		return true;
	}
	diag = splice_refuse(e, "render/anchor", place, arena_printf(e->arena,
		"'%s' is part of the anchor '&%.*s', which is used elsewhere too: changing it here would change it there",
		splice_path(e, at, key), STR_FMT(at->shared->name)));
	diag_help(e->diags, diag, "write it out in both places");
	diag_relate(e->diags, diag, e->patch->src, at->shared->alias, "it is used here");
	return false;
}

enum {
	MADE_KEYS = 12,
	SPLICE_KEY_MAX = 1000,        /* readers stop looking for the ':' at 1024 */
};

/* what the lines of an insertion depend on; the same lines are made once for a whole stream */
struct made {
	const struct node *keys[MADE_KEYS];
	size_t column, step;
	char nl[2];
	bool last;                    /* of a text without a final line break */
};

/* Comments that stand deeper than the column, right behind a line, belong to what is above; behind a new block scalar they
   would become part of it. Blank lines with a tab belong to a plain scalar (place_tab_lines). The end of the last of them, or of
   the line itself. */
static struct line_end
behind_comments(struct str source, struct line_end end, size_t column)
{
	for (size_t line = end.next; line < source.n;) {
		struct line_end here = place_line_end(source, line);
		size_t spaces = line, at;

		while (spaces < here.at && source.s[spaces] == ' ') {
			spaces++;
		}
		for (at = spaces; at < here.at && (source.s[at] == ' ' || source.s[at] == '\t'); at++) {
		}
		if (at < here.at && source.s[at] != '#') {
			break;
		}
		if (spaces > line + column || at > spaces) {
			end = here;
		}
		line = here.next;
	}
	return end;
}

/* Block lines for the entries of `what` at a column, behind the line that `after` stands in. */
static void
insert_lines(struct editor *e, size_t after, bool after_block, const struct node *what, size_t column, size_t step)
{
	const struct str source = e->patch->src->text;
	struct line_end line = after_block ? place_line_start(source, after) : place_line_end(source, after);
	struct line_end end = behind_comments(source, line, column);
	bool last = end.at == end.next && !(after_block && end.next == line.next);
	const struct piece_layout layout = { column, step, end.nl, false, last };
	struct made made, *kept;
	const struct node *child = what->first;
	struct str *text;

	/* a hash key of all its bytes, padding included */
	memset(&made, 0, sizeof(made));
	for (size_t i = 0; child && child->key && i < MADE_KEYS; child = child->next) {
		made.keys[i++] = child->key;
	}
	if (child || !e->lasting) {
		piece_insert(e, end.next, piece_lines(e, what, &layout), column);
		return;
	}
	made.column = column;
	made.step = step;
	made.last = last;
	memcpy(made.nl, end.nl.s, end.nl.n);
	text = table_get(&e->made, (struct str){ (const char *)&made, sizeof(made) });
	if (!text) {
		struct str new = piece_lines(e, what, &layout);

		text = arena_new(e->arena, struct str);
		*text = (struct str){ arena_copy(e->arena, new.s, new.n), new.n };
		kept = arena_new(e->arena, struct made);
		memcpy(kept, &made, sizeof(made));
		e->made.arena = e->arena;
		table_put(&e->made, (struct str){ (const char *)kept, sizeof(*kept) }, text);
	}
	patch_add(e->patch, (struct span){ end.next, 0 }, *text, column, e->rule);
}

static void
insert_flow(struct editor *e, const struct site *at, const struct node *what)
{
	const struct node *map = at->map;
	const struct str source = e->patch->src->text;
	struct buf b = { .arena = e->scratch };
	size_t place = map->span.at + 1;

	if (map->first && piece_has_merge_key(map)) {
		/* behind the merge key: readers differ about a key that stands before it */
		place = map->last->span.at + map->last->span.n;
		piece_comma(&b, source.s, place);
		piece_entries(&b, what, at->json);
		piece_blanks(e, place_tabs(source, place));
	} else if (map->first) {
		place = piece_begin(source, place, map->first);
		piece_entries(&b, what, at->json);
		buf_add(&b, STR(", "));
	} else {
		piece_entries(&b, what, at->json);
		piece_blanks(e, place_tabs(source, place));
	}
	piece_insert(e, place, buf_str(&b), PIECE_FLOW);
}

static void
refuse_last_line(struct editor *e, const struct site *at)
{
	struct diag *diag = splice_refuse(e, "render/last-line", at->map, arena_printf(e->arena,
		"nothing can be added behind '%s': the text ends in a block scalar without a final line break",
		splice_path(e, at, (struct str){ 0 })));

	diag_help(e->diags, diag, "end the file with a line break");
}

/* what is missing in a map, as one insertion */
bool
splice_missing(struct editor *e, const struct site *at, const struct node *what)
{
	const struct str source = e->patch->src->text;
	const struct node *map = at->map;
	size_t end = map->span.at + map->span.n, column;

	if (!splice_allowed(e, at, map, what->first->key->text)) {
		return false;
	}
	if (map->style == NODE_FLOW && source.s[map->span.at] != '{') {
		struct diag *diag = splice_refuse(e, "render/pair", map,
			"this pair in a list has no braces; nothing can be added to it");

		diag_help(e->diags, diag, "write it in '{' and '}'");
		return false;
	}
	if (map->style == NODE_FLOW) {
		insert_flow(e, at, what);
		return true;
	}
	column = place_column(source, map->span.at);
	if (piece_ends_open(source, map) && piece_has_merge_key(map)) {
		refuse_last_line(e, at);
		return false;
	}
	if (piece_ends_open(source, map)) {
		/* stand before the first key instead */
		struct line_end first = place_line_end(source, map->span.at);
		struct buf b = { .arena = e->scratch };

		emit_block(&b, what, column, at->step, false, first.nl);
		buf_fill(&b, ' ', column);
		piece_insert(e, map->span.at, str_slice(buf_str(&b), column, b.n), column);
		return true;
	}
	insert_lines(e, end, map->block_tail, what, column, at->step);
	return true;
}

bool
splice_items(struct editor *e, const struct site *at, const struct node *what)
{
	const struct str source = e->patch->src->text;
	const struct node *list = at->map;
	size_t end = list->span.at + list->span.n, place;
	struct buf b = { .arena = e->scratch }, items = { .arena = e->scratch };

	if (!splice_allowed(e, at, list, (struct str){ 0 })) {
		return false;
	}
	if (list->style == NODE_BLOCK) {
		if (piece_ends_open(source, list)) {
			refuse_last_line(e, at);
			return false;
		}
		insert_lines(e, end, list->block_tail, what, place_column(source, list->span.at), at->step);
		return true;
	}
	emit_flow(&items, what, at->json || (list->first && list->first->style == NODE_DOUBLE));
	if (list->first) {
		piece_comma(&b, source.s, list->last->span.at + list->last->span.n);
	}
	buf_add(&b, str_slice(buf_str(&items), 1, items.n - 1));
	place = list->first ? list->last->span.at + list->last->span.n : list->span.at + 1;
	piece_blanks(e, place_tabs(e->patch->src->text, place));
	piece_insert(e, place, buf_str(&b), PIECE_FLOW);
	return true;
}

/* Where the value of a null that is not written goes: right behind its colon; 0: there is none. libyaml puts the null of a
   flow map where the next token begins, so the colon is looked for from the key on. */
static size_t
behind_colon(struct str source, const struct node *null)
{
	size_t at = null->key->span.at + null->key->span.n;

	while (at < null->span.at && source.s[at] != ':') {
		at = source.s[at] == '#' ? place_line_end(source, at).next : at + 1;
	}
	return at < null->span.at ? at + 1 : 0;
}

/* Blank lines with a tab can stand behind a plain scalar only; `at` is the end of one that goes. */
static void
put_tab_lines(struct editor *e, size_t at)
{
	struct line_end end = place_line_end(e->patch->src->text, at);

	piece_blanks(e, (struct span){ end.next, place_tab_lines(e->patch->src->text, end.next) - end.next });
}

/* a null becomes a value: behind its colon, or in the place of its word */
bool
splice_null(struct editor *e, const struct site *parent, const struct node *null, const struct node *value)
{
	const struct str source = e->patch->src->text;
	const struct node *key = node_real(null->key);
	bool flow = parent->map->style == NODE_FLOW, is_scalar = value->kind < NODE_LIST;
	struct buf b = { .arena = e->scratch };
	size_t place;

	if (!splice_allowed(e, parent, null, key->text)) {
		return false;
	}
	if (null->anchor || null->tagged) {
		struct diag *diag = splice_refuse(e, "render/null", null, arena_printf(e->arena,
			"'%s' is a null with %s, which cannot be filled", splice_path(e, parent, key->text),
			null->anchor ? "an anchor" : "a tag"));

		diag_help(e->diags, diag, "remove the %s", null->anchor ? "anchor" : "tag");
		return false;
	}
	if (null->span.n > 0) {
		if (!flow) {
			put_tab_lines(e, null->span.at + null->span.n);
		}
		emit_flow(&b, value, parent->json);
		piece_replace(e, null->span, buf_str(&b));
		return true;
	}
	place = behind_colon(source, null);
	if (place == 0) {
		/* a key before a ':' must be short and stand in one line */
		struct line_end end = place_line_end(source, null->key->props);

		if (!flow || end.at < null->key->span.at + null->key->span.n || null->key->span.n > SPLICE_KEY_MAX) {
			struct diag *diag = splice_refuse(e, "render/null", null->key, arena_printf(e->arena,
				"the key '%s' has no ':', its value cannot be filled in", splice_path(e, parent, key->text)));

			diag_help(e->diags, diag, "write '%.*s:'", STR_FMT(key->text));
			return false;
		}
		/* a key that is not written may end in a tag */
		buf_add(&b, null->key->span.n == 0 ? STR(" :") : STR(":"));
		place = null->key->span.at + null->key->span.n;
	}
	if (!is_scalar && value->first && !flow) {
		insert_lines(e, place, false, value, place_column(source, parent->map->span.at) + parent->step,
			parent->step);
		return true;
	}
	buf_byte(&b, ' ');
	emit_flow(&b, value, parent->json);
	piece_blanks(e, place_tabs(e->patch->src->text, place));
	piece_insert(e, place, buf_str(&b), PIECE_FLOW);
	return true;
}

void
splice_scalar(struct editor *e, const struct site *parent, const struct node *entry, const struct node *value)
{
	static const enum emit_quote quotes[] = {
		[NODE_PLAIN] = EMIT_PLAIN, [NODE_SINGLE] = EMIT_SINGLE, [NODE_DOUBLE] = EMIT_DOUBLE, [NODE_LITERAL] = EMIT_PLAIN, [NODE_FOLDED] = EMIT_PLAIN,
	};
	const struct node *old = node_real(entry);
	enum emit_quote quote = parent->json && old->kind != NODE_STRING ? EMIT_DOUBLE : quotes[old->style];
	struct span span = entry->span;
	bool flow = parent->map->style == NODE_FLOW;
	struct buf b = { .arena = e->scratch };

	if (entry->style == NODE_LITERAL || entry->style == NODE_FOLDED) {
		/* the blank lines behind a block scalar stay */
		span.n = place_content_end(e->patch->src->text, span) - span.at;
	}
	if (flow && value->kind != NODE_STRING) {
		piece_blanks(e, place_tabs(e->patch->src->text, span.at + span.n));
	}
	if (!flow && entry->style == NODE_PLAIN && entry->kind != NODE_ALIAS) {
		put_tab_lines(e, span.at + span.n);
	}
	if (entry->anchor && !entry->tagged && !strchr(" \t", e->patch->src->text.s[span.at - 1]) && !place_is_break(e->patch->src->text, span.at)) {
		buf_byte(&b, ' ');
	}
	if (entry->tagged) {
		/* the tag belongs to the old value */
		span.n += span.at - entry->props;
		span.at = entry->props;
	}
	if (!flow) {
		size_t column = place_column(e->patch->src->text, parent->map->span.at);

		/* block and quoted scalars may stand where a plain one would be a key */
		buf_fill(&b, ' ', place_column(e->patch->src->text, span.at) > column ? 0 : column + 1);
	}
	emit_scalar(&b, value, quote, flow);
	piece_replace(e, span, buf_str(&b));
}

void
splice_alias(struct editor *e, const struct site *at, const struct node *what)
{
	struct buf b = { .arena = e->scratch };

	buf_add(&b, STR("{<<: "));
	buf_add(&b, source_slice(e->patch->src, at->entry->span));
	buf_add(&b, STR(", "));
	piece_entries(&b, what, at->json);
	buf_byte(&b, '}');
	piece_replace(e, at->entry->span, buf_str(&b));
}
