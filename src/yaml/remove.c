/* SPDX-License-Identifier: Apache-2.0 */
/* Takes entries of maps and items of lists out, with their own comments, and puts others in their place. */
#include "yaml/splice.h"

#include "base/arena.h"
#include "yaml/piece.h"
#include "yaml/place.h"

/* what of a child is written last: its key, where its value is a null that is not written */
static const struct node *
written_last(struct str source, const struct node *child)
{
	size_t end = child->span.at + child->span.n, behind = child->key ? child->key->span.at + child->key->span.n : end;

	/* such a null may be marked at what follows; the ':' before it may end the key itself */
	return child->span.n == 0 && child->props == child->span.at && child->key && (end <= behind || source.s[end - 1] != ':')
		? child->key : child;
}

static size_t
end_of(struct str source, const struct node *child)
{
	const struct node *last = written_last(source, child);

	return last->span.at + last->span.n;
}

static bool
ends_in_block(struct str source, const struct node *child)
{
	const struct node *last = written_last(source, child);

	return last->style == NODE_LITERAL || last->style == NODE_FOLDED
		|| ((last->kind == NODE_MAP || last->kind == NODE_LIST) && last->block_tail);
}

/* the start of the line behind a child of a block collection */
static size_t
line_behind(struct str source, const struct node *child)
{
	size_t end = end_of(source, child);

	return ends_in_block(source, child) ? end : place_tab_lines(source, place_line_end(source, end).next);
}

/* the first byte that is no blank */
static size_t
skip_blanks(struct str source, size_t at)
{
	while (at < source.n && (source.s[at] == ' ' || source.s[at] == '\t')) {
		at++;
	}
	return at;
}

static bool
is_blank_line(struct str source, size_t line)
{
	size_t at = skip_blanks(source, line);

	return at == source.n || place_break(source, at) > 0;
}

/* where the entry or item behind `before` begins: between the two are only comments and blank lines */
static size_t
begin_behind(struct str source, const struct node *before)
{
	size_t line = line_behind(source, before), at;

	for (;;) {
		at = skip_blanks(source, line);
		if (at < source.n && source.s[at] != '#' && place_break(source, at) == 0) {
			return at;
		}
		line = place_line_end(source, line).next;
	}
}

/* the start of the line before the one that starts here; not below low */
static size_t
line_above(struct str source, size_t line, size_t low)
{
	size_t at = line > low ? line - 1 : low;

	/* CRLF is one break */
	if (at > low && source.s[at] == '\n' && source.s[at - 1] == '\r') {
		at--;
	}
	while (at > low && !place_is_break(source, at)) {
		at--;
	}
	return at;
}

/* goes up from the start of a line over comment lines that stand at the column; not above low */
static size_t
own_comments(struct str source, size_t line, size_t column, size_t low)
{
	while (line > low) {
		size_t above = line_above(source, line, low);

		if (skip_blanks(source, above) != above + column || source.s[above + column] != '#') {
			break;
		}
		line = above;
	}
	return line;
}

/* What follows a block scalar and is indented like it would become part of it. */
static size_t
swallowed(struct str source, size_t line, size_t column)
{
	while (line < source.n && (is_blank_line(source, line) || skip_blanks(source, line) > line + column)) {
		line = place_line_end(source, line).next;
	}
	return line;
}

static void
cut(struct editor *e, size_t from, size_t to)
{
	patch_add(e->patch, (struct span){ from, to - from }, (struct str){ 0 }, 0, e->rule);
}

/* Must a blank stand behind a child of a flow collection? Behind a null that is not written, also as the value of a pair without braces: "a:,"
   would be read as one word, and "!t]" as one tag. Not behind a key "-", which would begin an item of a block list. */
static bool
wants_blank(struct str source, const struct node *child)
{
	const struct node *last;

	while (child->kind == NODE_MAP && child->last && source.s[child->span.at] != '{') {
		child = child->last;
	}
	last = written_last(source, child);
	return child->span.n == 0 && (last->span.n == 0 || source.s[last->span.at + last->span.n - 1] != '-');
}

/* Must a child of a flow collection keep its ','? A "-" before a blank would begin an item of a block list. */
static bool
keeps_comma(struct str source, const struct node *child, const struct node *last)
{
	size_t end = end_of(source, child), behind = end_of(source, last);

	return written_last(source, child)->span.n == 1 && source.s[end - 1] == '-' && source.s[end] == ',' && source.s[behind] != ','
		&& source.s[behind] != (last->key ? '}' : ']');
}

static void
cut_flow(struct editor *e, const struct node *in, const struct node *before, const struct node *last)
{
	const struct str source = e->patch->src->text;
	const struct node *next = last->next;

	if (before && keeps_comma(source, before, last)) {
		size_t from = end_of(source, before) + 1;

		cut(e, from, next ? piece_begin(source, end_of(source, last), next) : end_of(source, last));
	} else if (before) {
		size_t from = end_of(source, before);

		piece_replace(e, (struct span){ from, end_of(source, last) - from }, wants_blank(source, before) ? STR(" ") : STR(""));
	} else if (next) {
		cut(e, piece_begin(source, in->span.at + 1, in->first), piece_begin(source, end_of(source, last), next));
	} else {
		cut(e, in->span.at + 1, in->span.at + in->span.n - 1);
	}
}

static void
cut_block(struct editor *e, const struct node *in, const struct node *before, const struct node *last)
{
	const struct str source = e->patch->src->text;
	size_t column = place_column(source, in->span.at);
	size_t begin = before ? begin_behind(source, before) : in->span.at;
	size_t line = begin, end = line_behind(source, last);

	while (line > 0 && !place_is_break(source, line)) {
		line--;
	}
	if (!before && skip_blanks(source, line) < begin) {
		/* behind a "- ": what comes next moves up, a blank line stays */
		cut(e, begin, is_blank_line(source, end) ? place_line_end(source, end_of(source, last)).at
							  : skip_blanks(source, end));
		return;
	}
	line = own_comments(source, line, column, before ? line_behind(source, before) : 0);
	if (before && ends_in_block(source, before)) {
		end = swallowed(source, end, column);
	}
	patch_add(e->patch, (struct span){ line, end - line }, (struct str){ 0 }, PATCH_TAKES, e->rule);
}

/* a block collection that loses everything: {} or [] behind its key, or in its place */
static void
leave_empty(struct editor *e, const struct site *at)
{
	const struct str source = e->patch->src->text;
	const struct node *in = at->map, *key = at->entry->key, *last = in->last;
	struct str empty = in->kind == NODE_MAP ? STR(" {}") : STR(" []");
	struct buf text = { .arena = e->arena };
	size_t line = in->span.at, colon = key ? skip_blanks(source, key->span.at + key->span.n) : source.n, end;

	while (line > 0 && !place_is_break(source, line)) {
		line--;
	}
	if (colon < line && source.s[colon] == ':' && in->props == in->span.at && skip_blanks(source, line) == in->span.at) {
		patch_add(e->patch, (struct span){ colon + 1, 0 }, empty, (size_t)-1, e->rule);
		cut(e, own_comments(source, line, place_column(source, in->span.at), colon), line_behind(source, last));
		return;
	}
	end = end_of(source, last);
	line = place_line_end(source, end).next;
	if (line_behind(source, last) > line) {
		cut(e, line, line_behind(source, last));
	}
	if (ends_in_block(source, last)) {
		end = place_content_end(source, (struct span){ in->span.at, end - in->span.at });
	}
	/* a list may stand at the column of its key; brackets there would be a key */
	if (at->parent && place_column(source, in->span.at) <= place_column(source, at->parent->map->span.at)) {
		buf_fill(&text, ' ', place_column(source, at->parent->map->span.at) + 1);
	}
	buf_add(&text, str_slice(empty, 1, 3));
	piece_replace(e, (struct span){ in->span.at, end - in->span.at }, buf_str(&text));
}

/* false, with an error, when an alias refers to something in what is to go */
static bool
unreferenced(struct editor *e, const struct node *first, const struct node *last)
{
	size_t from = first->key ? first->key->props : first->props, to = end_of(e->patch->src->text, last);

	for (const struct anchor *anchor = e->doc->anchors; anchor; anchor = anchor->next) {
		if (anchor->alias.n > 0 && anchor->node->props >= from && anchor->node->props < to) {
			struct diag *diag = splice_refuse(e, "render/anchor", anchor->node, arena_printf(e->arena,
				"the anchor '&%.*s' is in what is to be removed, and is used elsewhere", STR_FMT(anchor->name)));

			diag_relate(e->diags, diag, e->patch->src, anchor->alias, "it is used here");
			return false;
		}
	}
	return true;
}

bool
splice_out(struct editor *e, const struct site *at, const struct node *before, const struct node *last)
{
	if (!splice_allowed(e, at, at->map, (struct str){ 0 }) || !unreferenced(e, before ? before->next : at->map->first, last)) {
		return false;
	}
	if (at->map->style == NODE_FLOW) {
		cut_flow(e, at->map, before, last);
	} else if (!before && !last->next) {
		leave_empty(e, at);
	} else {
		cut_block(e, at->map, before, last);
	}
	return true;
}

const struct node *
splice_place(struct editor *e, const struct site *at)
{
	const struct node *in = at->map;
	bool open = piece_ends_open(e->patch->src->text, in);

	if (in->kind == NODE_MAP && (in->style == NODE_FLOW || open) && !piece_has_merge_key(in)) {
		return in->first;
	}
	return in->last;
}

/* entries or items as the lines that begin where another stood, whose lists they follow: the first line's indent is there already */
static struct str
lines_instead(struct editor *e, const struct site *at, const struct node *old, const struct node *what, struct line_end line, bool last)
{
	const struct str source = e->patch->src->text;
	size_t column = place_column(source, at->map->span.at);
	bool indentless = old->key && old->kind == NODE_LIST && old->style == NODE_BLOCK && place_column(source, old->span.at) <= column;
	const struct piece_layout layout = { column, at->step, line.nl, indentless, false };
	struct str text = piece_lines(e, what, &layout);

	/* nothing stands behind it, and the old text had no final line break */
	text.n -= last && !piece_ends_in_break(what) ? line.nl.n : 0;
	return str_slice(text, column, text.n);
}

/* block style: from the first byte of a child, or of the comments above it, to the end of the lines of the last */
static void
instead_of_lines(struct editor *e, const struct site *at, const struct node *before, const struct node *last, bool comments, const struct node *what)
{
	const struct str source = e->patch->src->text;
	const struct node *in = at->map;
	size_t column = place_column(source, in->span.at), begin = before ? begin_behind(source, before) : in->span.at;
	size_t end = line_behind(source, last), line = begin, own;
	struct str text;

	while (line > 0 && !place_is_break(source, line)) {
		line--;
	}
	own = own_comments(source, line, column, before ? line_behind(source, before) : 0);
	if (comments && own < line && skip_blanks(source, line) == begin) {
		begin = skip_blanks(source, own);
	}
	if ((before && ends_in_block(source, before)) || piece_ends_in_lines(what)) {
		end = swallowed(source, end, column);
	}
	text = lines_instead(e, at, last, what, place_line_end(source, begin), end == source.n && !place_is_break(source, end));
	patch_add(e->patch, (struct span){ begin, end - begin }, (struct str){ arena_copy(e->arena, text.s, text.n), text.n }, PATCH_TAKES, e->rule);
}

/* flow style: a run of children; all of them, what stands between the braces */
static void
instead_in_flow(struct editor *e, const struct site *at, const struct node *before, const struct node *last, const struct node *what)
{
	const struct str source = e->patch->src->text;
	const struct node *in = at->map, *next = last->next;
	struct buf b = { .arena = e->scratch };
	size_t from = in->span.at + 1, to = in->span.at + in->span.n - 1;

	if (before) {
		from = end_of(source, before);
		to = end_of(source, last);
		buf_add(&b, wants_blank(source, before) ? STR(" , ") : STR(", "));
	} else if (next) {
		to = piece_begin(source, end_of(source, last), next);
		from = piece_begin(source, from, in->first);
	}
	piece_entries(&b, what, at->json);
	if (!before && next) {
		buf_add(&b, STR(", "));
	} else if (before) {
		piece_blanks(e, place_tabs(source, to));
	}
	piece_replace(e, (struct span){ from, to - from }, buf_str(&b));
}

static bool
has_braces(struct editor *e, const struct node *map)
{
	if (map->kind == NODE_MAP && map->style == NODE_FLOW && e->patch->src->text.s[map->span.at] != '{') {
		struct diag *diag = splice_refuse(e, "render/pair", map, "this pair in a list has no braces; nothing can be put in its place");

		diag_help(e->diags, diag, "write it in '{' and '}'");
		return false;
	}
	return true;
}

bool
splice_instead(struct editor *e, const struct site *at, const struct node *before, const struct node *last, const struct node *what)
{
	if (!splice_allowed(e, at, at->map, (struct str){ 0 }) || !unreferenced(e, before ? before->next : at->map->first, last)
		|| !has_braces(e, at->map)) {
		return false;
	}
	if (at->map->style == NODE_FLOW) {
		instead_in_flow(e, at, before, last, what);
	} else {
		instead_of_lines(e, at, before, last, true, what);
	}
	return true;
}

bool
splice_replace(struct editor *e, const struct site *at, const struct node *child, const struct node *what)
{
	const struct str source = e->patch->src->text;
	const struct node *before = NULL;
	struct buf b = { .arena = e->scratch };
	size_t from;

	if (!splice_allowed(e, at, child, (struct str){ 0 }) || !unreferenced(e, child, child) || !has_braces(e, at->map)) {
		return false;
	}
	for (const struct node *other = at->map->first; other != child; other = other->next) {
		before = other;
	}
	if (at->map->style != NODE_FLOW) {
		instead_of_lines(e, at, before, child, false, what);
		return true;
	}
	from = piece_begin(source, before ? end_of(source, before) : at->map->span.at + 1, child);
	piece_entries(&b, what, at->json);
	piece_blanks(e, place_tabs(source, end_of(source, child)));
	piece_replace(e, (struct span){ from, end_of(source, child) - from }, buf_str(&b));
	return true;
}

bool
splice_away(struct editor *e, const struct site *at, const struct node *entry)
{
	const struct str source = e->patch->src->text;
	size_t from = entry->props, to = end_of(source, entry), line = from;
	struct line_end end = place_line_end(source, entry->key->span.at + entry->key->span.n);
	bool block = ends_in_block(source, entry);

	if (!splice_allowed(e, at, entry, node_real(entry->key)->text) || !unreferenced(e, entry, entry)) {
		return false;
	}
	if (at->map->style == NODE_FLOW) {
		cut(e, from, to);
		return true;
	}
	while (line > 0 && !place_is_break(source, line)) {
		line--;
	}
	if (line >= end.next && skip_blanks(source, line) == from) {
		cut(e, line, line_behind(source, entry));
		return true;
	}
	while (source.s[from - 1] == ' ' || source.s[from - 1] == '\t') {
		from--;
	}
	/* the line of the key keeps its end */
	piece_replace(e, (struct span){ from, to - from }, block && place_is_break(source, to) ? end.nl : STR(""));
	return true;
}
