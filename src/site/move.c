/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts a values file into its entries, each with the comments above it, and puts them together anew. */
#include "site/move.h"

#include "base/arena.h"
#include "site/sizes.h"
#include "yaml/emit.h"
#include "yaml/place.h"

/* the lines of an entry, [from, to) */
struct part {
	size_t from, to;
};

static size_t
line_of(struct str text, size_t at)
{
	while (at > 0 && !place_is_break(text, at)) {
		at--;
	}
	return at;
}

/* the start of the line above the one that starts there */
static size_t
line_above(struct str text, size_t line)
{
	/* CRLF is one break */
	bool crlf = line > 1 && text.s[line - 1] == '\n' && text.s[line - 2] == '\r';

	return line_of(text, line - (crlf ? 2 : 1));
}

/* the start of the first of the blank lines and comments at a column that stand above a line */
static size_t
above(struct str text, size_t line, size_t low, size_t column)
{
	while (line > low) {
		size_t up = line_above(text, line);
		struct str one = str_slice(text, up, place_line_end(text, up).at), words = str_trim(one);

		if (up < low || (words.n > 0 && !(one.n > column && one.s[column] == '#' && (size_t)(words.s - one.s) == column))) {
			break;
		}
		line = up;
	}
	return line;
}

/* The entries of a block map whose lines are [from, to); NULL where one does not begin its line. */
static struct part *
cut(struct str text, const struct node *map, size_t from, size_t to, struct arena *a)
{
	struct part *parts = arena_alloc(a, node_count(map) + 1, sizeof(*parts));
	size_t column = place_column(text, map->span.at), n = 0;

	for (const struct node *entry = map->first; entry; entry = entry->next, n++) {
		size_t line = line_of(text, entry->key->props);

		if (entry->key->merge || entry->key->props != line + column || line < from) {
			return NULL;
		}
		parts[n].from = n == 0 ? from : above(text, line, from, column);
		if (n > 0) {
			parts[n - 1].to = parts[n].from;
		}
	}
	if (n > 0) {
		parts[n - 1].to = above(text, to, from, column);
	}
	return parts;
}

/* lines at another column */
static void
add_lines(struct buf *b, struct str text, struct part part, size_t from, size_t to)
{
	for (size_t line = part.from; line < part.to;) {
		struct line_end end = place_line_end(text, line);
		struct str one = str_slice(text, line, end.at);
		size_t blanks = 0;

		while (blanks < one.n && blanks < from && one.s[blanks] == ' ') {
			blanks++;
		}
		if (str_trim(one).n > 0) {
			buf_fill(b, ' ', from <= to ? to - from + blanks : blanks > from - to ? blanks - (from - to) : 0);
			buf_add(b, str_slice(one, blanks, one.n));
		}
		buf_add(b, end.nl);
		line = end.next > line ? end.next : part.to;
	}
}

static void
add_tree(struct buf *b, struct str key, const struct node *value, size_t column, struct str nl)
{
	struct node *one = node_map(b->arena);

	node_put(b->arena, one, key, node_flat(b->arena, value));
	emit_block(b, one, column, 2, false, nl);
}

/* A section with keys of both kinds: those that stay go to `stay`, the others to `go`, below the section's own key. */
static bool
split(const struct move *m, const struct node *section, struct part part, struct buf *stay, struct buf *go)
{
	const struct str text = m->src->text, key = section->key->text, nl = place_line_end(text, part.from).nl;
	const struct node *rest = node_get(m->rest, key);
	size_t column = place_column(text, section->span.at), first = line_of(text, section->span.at), n = 0;
	struct part *parts = section->kind == NODE_MAP && section->style == NODE_BLOCK
		? cut(text, section, place_line_end(text, section->key->span.at).next, part.to, stay->arena) : NULL;

	if (!parts || first < part.from) {
		/* flow style, an alias */
		add_lines(stay, text, (struct part){ part.from, line_of(text, section->key->props) }, 0, 0);
		add_tree(stay, key, node_get(m->known, key), 0, nl);
		add_tree(go, key, rest, 2, nl);
		return true;
	}
	add_lines(stay, text, (struct part){ part.from, parts[0].from }, 0, 0);
	buf_addf(go, "  %.*s:%.*s", STR_FMT(source_slice(m->src, section->key->span)), STR_FMT(nl));
	for (const struct node *entry = section->first; entry; entry = entry->next, n++) {
		if (!node_get(rest, entry->key->text)) {
			add_lines(stay, text, parts[n], 0, 0);
		} else if (node_get(node_get(m->known, key), entry->key->text)) {
			return false;
		} else {
			add_lines(go, text, parts[n], column, 4);
		}
	}
	add_lines(stay, text, (struct part){ parts[n - 1].to, part.to }, 0, 0);
	return true;
}

/* where the document's lines begin: behind its --- */
static size_t
document(struct str text, size_t at, size_t first)
{
	for (size_t line = at; line < first; line = place_line_end(text, line).next) {
		if (str_starts(str_slice(text, line, first), STR("---"))) {
			return place_line_end(text, line).next;
		}
	}
	return at;
}

/* where they end: at a line with ..., or at the end of the text */
static size_t
document_end(struct str text, size_t from)
{
	size_t line = place_line_end(text, from).next;

	while (line < text.n && !str_starts(str_slice(text, line, text.n), STR("..."))) {
		line = place_line_end(text, line).next;
	}
	return line;
}

bool
move_text(const struct move *m, struct arena *a, struct str *ret)
{
	const struct str text = m->src->text, nl = place_line_end(text, 0).nl;
	size_t top = document(text, m->begin, m->root->span.at), end = document_end(text, m->root->span.at + m->root->span.n), n = 0, blank;
	struct part *parts = m->root->style == NODE_BLOCK ? cut(text, m->root, top, end, a) : NULL;
	struct buf b = { .arena = a }, stay = { .arena = a }, go = { .arena = a };
	struct table rests = node_index(a, m->rest);

	if (!parts) {
		return false;
	}
	for (const struct node *entry = m->root->first; entry; entry = entry->next, n++) {
		struct str key = entry->key->text;
		const struct node *known = node_get(m->known, key), *rest = table_get(&rests, key);

		if (m->sizes && str_eq(key, STR(SIZES_KEY))) {
			add_lines(&stay, text, (struct part){ parts[n].from, line_of(text, entry->key->props) }, 0, 0);
			add_tree(&stay, STR("resourceProfiles"), m->sizes, 0, nl);
		} else if (known && rest) {
			if (!split(m, entry, parts[n], &stay, &go)) {
				return false;
			}
		} else {
			add_lines(known ? &stay : &go, text, parts[n], 0, known ? 0 : 2);
		}
	}
	if (n > 0) {
		add_lines(&stay, text, (struct part){ parts[n - 1].to, end }, 0, 0);
	}
	buf_add(&b, str_slice(text, m->begin, top));
	emit_block(&b, m->head, 0, 2, false, nl);
	if (m->rest_first && go.n > 0) {
		buf_addf(&b, "values:%.*s", STR_FMT(nl));
		buf_add(&b, buf_str(&go));
	}
	buf_add(&b, stay.n > 0 && place_break(buf_str(&stay), 0) == 0 ? nl : STR(""));
	buf_add(&b, buf_str(&stay));
	if (!m->rest_first && go.n > 0) {
		/* a blank line that stood above the first stands above `values` */
		blank = place_break(buf_str(&go), 0);
		buf_add(&b, nl);
		buf_addf(&b, "values:%.*s", STR_FMT(nl));
		buf_add(&b, str_slice(buf_str(&go), blank, go.n));
	}
	buf_add(&b, str_slice(text, end, text.n));
	*ret = buf_str(&b);
	return true;
}

struct str
move_emit(const struct move *m, struct arena *a)
{
	struct node *all = node_flat(a, m->head);
	struct buf b = { .arena = a };

	node_overlay(a, all, m->known);
	if (m->sizes) {
		node_put(a, all, STR("resourceProfiles"), node_flat(a, m->sizes));
	}
	if (m->rest->first) {
		node_put(a, all, STR("values"), node_flat(a, m->rest));
	}
	emit_block(&b, all, 0, 2, false, place_line_end(m->src->text, 0).nl);
	return buf_str(&b);
}
