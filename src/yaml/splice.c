/* SPDX-License-Identifier: Apache-2.0 */
/* Makes edits: what is inserted follows its neighbours in indent, quotes, line ends, block or flow. */
#include "yaml/splice.h"

#include "base/arena.h"
#include "yaml/emit.h"
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

/* What goes on in a line stands before new lines at the same place: first a value, then what follows it. */
enum { COLUMN_VALUE = PATCH_COLUMN_MAX, COLUMN_FLOW = PATCH_COLUMN_MAX - 1 };

/* equal insertions share their memory */
static void
insert(struct editor *e, size_t at, struct str text, size_t column)
{
	struct str *kept = table_get(&e->texts, text);

	if (!kept) {
		kept = arena_new(e->arena, struct str);
		*kept = (struct str){ arena_copy(e->arena, text.s, text.n), text.n };
		e->texts.arena = e->arena;
		table_put(&e->texts, *kept, kept);
	}
	patch_add(e->patch, (struct span){ at, 0 }, *kept, column, e->rule);
}

static void
replace(struct editor *e, struct span span, struct str text)
{
	patch_add(e->patch, span, (struct str){ arena_copy(e->arena, text.s, text.n), text.n }, 0, e->rule);
}

/* what a new plain scalar would take in, where the old value did not, becomes blanks */
static void
put_blanks(struct editor *e, struct span span)
{
	char *text = arena_copy(e->arena, source_slice(e->patch->src, span).s, span.n);

	for (size_t i = 0; i < span.n; i++) {
		text[i] = text[i] == '\t' ? ' ' : text[i];
	}
	if (span.n > 0) {
		patch_add(e->patch, span, (struct str){ text, span.n }, 0, e->rule);
	}
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

/* a block scalar that needs the line break behind its last line */
static bool
ends_in_break(const struct node *what)
{
	while (what->kind >= NODE_LIST && what->last) {
		what = what->last;
	}
	return what->kind == NODE_STRING && str_ends(what->text, STR("\n"));
}

static struct str
lines(struct editor *e, const struct node *what, size_t column, size_t step, struct str nl, bool last)
{
	struct buf b = { .arena = e->scratch };

	if (last) {
		buf_add(&b, nl);
	}
	emit_block(&b, what, column, step, false, nl);
	if (last && !ends_in_break(what)) {
		b.n -= nl.n;
	}
	return buf_str(&b);
}

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
	struct made made, *kept;
	const struct node *child = what->first;
	struct str *text;

	/* a hash key of all its bytes, padding included */
	memset(&made, 0, sizeof(made));
	for (size_t i = 0; child && child->key && i < MADE_KEYS; child = child->next) {
		made.keys[i++] = child->key;
	}
	if (child) {
		insert(e, end.next, lines(e, what, column, step, end.nl, last), column);
		return;
	}
	made.column = column;
	made.step = step;
	made.last = last;
	memcpy(made.nl, end.nl.s, end.nl.n);
	text = table_get(&e->made, (struct str){ (const char *)&made, sizeof(made) });
	if (!text) {
		struct str new = lines(e, what, column, step, end.nl, last);

		text = arena_new(e->arena, struct str);
		*text = (struct str){ arena_copy(e->arena, new.s, new.n), new.n };
		kept = arena_new(e->arena, struct made);
		memcpy(kept, &made, sizeof(made));
		e->made.arena = e->arena;
		table_put(&e->made, (struct str){ (const char *)kept, sizeof(*kept) }, text);
	}
	patch_add(e->patch, (struct span){ end.next, 0 }, *text, column, e->rule);
}

/* the entries of a flow map without its braces */
static void
flow_entries(struct buf *b, const struct node *what, bool json)
{
	struct buf braces = { .arena = b->arena };

	emit_flow(&braces, what, json);
	buf_add(b, str_slice(buf_str(&braces), 1, braces.n - 1));
}

static bool
has_merge_key(const struct node *map)
{
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		if (entry->key->merge) {
			return true;
		}
	}
	return false;
}

/* "a:," would be read as one word */
static void
add_comma(struct buf *b, const char *source, size_t place)
{
	buf_add(b, source[place - 1] == ':' ? STR(" , ") : STR(", "));
}

static void
insert_flow(struct editor *e, const struct site *at, const struct node *what)
{
	const struct node *map = at->map;
	const char *source = e->patch->src->text.s;
	struct buf b = { .arena = e->scratch };
	size_t place = map->span.at + 1;

	if (map->first && has_merge_key(map)) {
		/* behind the merge key: readers differ about a key that stands before it */
		place = map->last->span.at + map->last->span.n;
		add_comma(&b, source, place);
		flow_entries(&b, what, at->json);
		put_blanks(e, place_tabs(e->patch->src->text, place));
	} else if (map->first) {
		place = map->first->key->props;
		flow_entries(&b, what, at->json);
		buf_add(&b, STR(", "));
	} else {
		flow_entries(&b, what, at->json);
		if (source[place] == '#') {
			buf_byte(&b, ' ');
		}
		put_blanks(e, place_tabs(e->patch->src->text, place));
	}
	insert(e, place, buf_str(&b), COLUMN_FLOW);
}

/* Does the text end in the map's or list's last block scalar, or in blanks behind it, without a line break? A break there would
   change it. */
static bool
ends_open(struct str source, const struct node *map)
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
	if (ends_open(source, map) && has_merge_key(map)) {
		refuse_last_line(e, at);
		return false;
	}
	if (ends_open(source, map)) {
		/* stand before the first key instead */
		struct line_end first = place_line_end(source, map->span.at);
		struct buf b = { .arena = e->scratch };

		emit_block(&b, what, column, at->step, false, first.nl);
		buf_fill(&b, ' ', column);
		insert(e, map->span.at, str_slice(buf_str(&b), column, b.n), column);
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
		if (ends_open(source, list)) {
			refuse_last_line(e, at);
			return false;
		}
		insert_lines(e, end, list->block_tail, what, place_column(source, list->span.at), at->step);
		return true;
	}
	emit_flow(&items, what, at->json || (list->first && list->first->style == NODE_DOUBLE));
	if (list->first) {
		add_comma(&b, source.s, list->last->span.at + list->last->span.n);
	}
	buf_add(&b, str_slice(buf_str(&items), 1, items.n - 1));
	if (!list->first && source.s[list->span.at + 1] == '#') {
		buf_byte(&b, ' ');
	}
	place = list->first ? list->last->span.at + list->last->span.n : list->span.at + 1;
	put_blanks(e, place_tabs(e->patch->src->text, place));
	insert(e, place, buf_str(&b), COLUMN_FLOW);
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

	put_blanks(e, (struct span){ end.next, place_tab_lines(e->patch->src->text, end.next) - end.next });
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
		replace(e, null->span, buf_str(&b));
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
	if (!is_scalar && !flow) {
		insert_lines(e, place, false, value, place_column(source, parent->map->span.at) + parent->step,
			parent->step);
		return true;
	}
	buf_byte(&b, ' ');
	emit_flow(&b, value, parent->json);
	put_blanks(e, place_tabs(e->patch->src->text, place));
	insert(e, place, buf_str(&b), COLUMN_FLOW);
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
		put_blanks(e, place_tabs(e->patch->src->text, span.at + span.n));
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
	replace(e, span, buf_str(&b));
}

void
splice_alias(struct editor *e, const struct site *at, const struct node *what)
{
	struct buf b = { .arena = e->scratch };

	buf_add(&b, STR("{<<: "));
	buf_add(&b, source_slice(e->patch->src, at->entry->span));
	buf_add(&b, STR(", "));
	flow_entries(&b, what, at->json);
	buf_byte(&b, '}');
	replace(e, at->entry->span, buf_str(&b));
}
