/* SPDX-License-Identifier: Apache-2.0 */
/* Follows the data of a Secret through the text: what is no YAML, or not yet, must not be shown either. */
#include "report/sealed.h"

#include "report/line.h"

#include <stdint.h>
#include <string.h>

enum { LOOK_MAX = 2 << 20 };          /* bytes looked at on each side of the line; a Secret holds at most half of that */

/* the masked bytes of one window of a text */
struct seal {
	struct str text;              /* ends where the window ends, or at the document's end when that is before it */
	size_t from;                  /* where the window begins */
	struct span *spans;
	size_t n, max;
};

static bool
is_break(char c)
{
	return c == '\n' || c == '\r';
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || is_break(c);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t
skip_space(struct str s, size_t at)
{
	while (at < s.n && is_space(s.s[at])) {
		at++;
	}
	return at;
}

static size_t
line_end(struct str s, size_t at)
{
	while (at < s.n && !is_break(s.s[at])) {
		at++;
	}
	return at;
}

/* the line's first byte; a byte order mark does not count */
static size_t
line_begin(struct str s, size_t at)
{
	size_t begin = at;

	while (begin > 0 && !is_break(s.s[begin - 1])) {
		begin--;
	}
	return begin + 3 <= at && str_starts(str_slice(s, begin, at), STR("\xEF\xBB\xBF")) ? begin + 3 : begin;
}

/* is there a line "---" at this place? */
static bool
is_separator(struct str s, size_t at)
{
	return (at == 0 || is_break(s.s[at - 1])) && str_starts(str_slice(s, at, s.n), STR("---"))
		&& (at + 3 == s.n || is_space(s.s[at + 3]));
}

/* the document round the place, as much of it as is looked at */
static struct span
document(struct str s, size_t at)
{
	size_t least = at > LOOK_MAX ? at - LOOK_MAX : 0, most = s.n - at > LOOK_MAX ? at + LOOK_MAX : s.n;
	size_t from = at, to = at;

	const char *dash;

	/* from dash to dash: this is asked for many lines */
	while (from > least && !is_separator(s, from)) {
		dash = memrchr(s.s + least, '-', from - least);
		from = dash ? (size_t)(dash - s.s) : least;
	}
	to++;
	while (to < most && !is_separator(s, to)) {
		dash = memchr(s.s + to + 1, '-', most - to - 1);
		to = dash ? (size_t)(dash - s.s) : most;
	}
	return (struct span){ from, (to < most ? to : most) - from };
}

/* behind a word that is a key at this place, its quote and its colon; 0 when it is none */
static size_t
behind_key(struct str s, size_t at, size_t end)
{
	char before = line_begin(s, at) < at ? s.s[at - 1] : '\n';

	if (!is_space(before) && !strchr("{,[\"'", before)) {
		return 0;
	}
	/* JSON within a quoted text */
	end += end < s.n && s.s[end] == '\\';
	end += end < s.n && (s.s[end] == '"' || s.s[end] == '\'');
	end = skip_space(s, end);
	return end < s.n && s.s[end] == ':' ? end + 1 : 0;
}

/* the text of the first match at or after a place; s.n when there is none */
static size_t
find(struct str s, const char *word, size_t at)
{
	const char *found = at < s.n ? memmem(s.s + at, s.n - at, word, strlen(word)) : NULL;

	return found ? (size_t)(found - s.s) : s.n;
}

/* is the word that begins here, behind tags, anchors and quotes, the kind of a Secret? */
static bool
is_secret_kind(struct str s, size_t at)
{
	struct str word;

	at = skip_space(s, at);
	while (at < s.n && (s.s[at] == '!' || s.s[at] == '&')) {
		while (at < s.n && !is_space(s.s[at])) {
			at++;
		}
		at = skip_space(s, at);
	}
	while (at < s.n && strchr("\"'\\", s.s[at])) {
		at++;
	}
	word = str_slice(s, at, at);
	while (at < s.n && is_letter(s.s[at])) {
		at++;
		word.n++;
	}
	return str_eq_nocase(word, STR("Secret")) || str_eq_nocase(word, STR("SecretList"));
}

static bool
names_secret(struct str s)
{
	for (size_t at = find(s, "kind", 0); at < s.n; at = find(s, "kind", at + 1)) {
		size_t value = behind_key(s, at, at + 4);

		if (value > 0 && is_secret_kind(s, value)) {
			return true;
		}
	}
	return false;
}

static void
seal_add(struct seal *l, size_t from, size_t to)
{
	from = skip_space(l->text, from > l->from ? from : l->from);
	to = to < l->text.n ? to : l->text.n;
	if (from >= to) {
		return;
	}
	if (l->n == l->max) {
		l->spans[l->n - 1].n = l->text.n - l->spans[l->n - 1].at;
		return;
	}
	l->spans[l->n++] = (struct span){ from, to - from };
}

/* the same without blanks at its end, and not when it tells nothing */
static void
seal_value(struct seal *l, size_t from, size_t to)
{
	while (to > from && is_space(l->text.s[to - 1])) {
		to--;
	}
	if (!line_harmless(str_slice(l->text, from, to))) {
		seal_add(l, from, to);
	}
}

/* does a line begin with a key that objects have beside their data? */
static bool
is_object_key(struct str line)
{
	static const char *const words[] = { "apiVersion", "kind", "metadata", "type", "immutable", "status", "spec", "items",
		"data", "stringData", "binaryData" };
	size_t at = line_content(line), end;

	while (at < line.n && strchr("\\\"'", line.s[at])) {
		at++;
	}
	for (end = at; end < line.n && is_letter(line.s[end]);) {
		end++;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_is(str_slice(line, at, end), words[i])) {
			return behind_key(line, at, end) > 0;
		}
	}
	return false;
}

/* is a text before a ':' in flow style nothing but a key: quoted as a whole, or not at all? */
static bool
is_key(struct str s)
{
	s = str_trim(s);
	if (s.n > 0 && (s.s[0] == '"' || s.s[0] == '\'')) {
		return line_quoted_end(s, 0) == s.n;
	}
	for (size_t i = 0; i < s.n; i++) {
		if (is_break(s.s[i]) || (strchr("\"'", s.s[i]) && (i == 0 || s.s[i - 1] != '\\'))) {
			return false;
		}
	}
	return true;
}

/* does a bracket end the map or list, or may what is behind it still belong to it? */
static bool
closes(struct str s, size_t at, bool map)
{
	size_t next = line_skip(s, at + 1);

	if (s.s[at] != (map ? '}' : ']')) {
		return false;
	}
	if (next < s.n && strchr("}]", s.s[next])) {
		return true;
	}
	if (next < s.n && s.s[next] == ',') {
		next = skip_space(s, next + 1);
	} else if (next < s.n && (is_break(s.s[next]) || s.s[next] == '#')) {
		next = skip_space(s, line_end(s, next));
	} else if (next < s.n) {
		return false;
	}
	/* a key of JSON within a quoted text */
	next += next < s.n && s.s[next] == '\\';
	return next == s.n || strchr("}],{-.#", s.s[next]) || is_object_key(str_slice(s, next, line_end(s, next)));
}

/* A flow map or list from its bracket on; returns the place behind it. In the outermost map what a ':' follows is a key. */
static size_t
flow(struct seal *l, size_t at)
{
	struct str s = l->text;
	bool map = s.s[at] == '{', value = false, quoted = false, begins = true;
	size_t depth = 0, from = at + 1;

	for (; at < s.n; at++) {
		char c = s.s[at];

		if (depth == 1 && begins && !value) {
			from = skip_space(s, at);
		}
		if ((c == '"' || c == '\'') && begins) {
			at = line_quoted_end(s, at) - 1;
			quoted = true;
			begins = false;
		} else if (c == '\\') {
			at++;
			begins = false;
		} else if (c == '#' && is_space(s.s[at - 1])) {
			at = line_end(s, at) - 1;
		} else if (c == '{' || c == '[') {
			depth++;
			begins = true;
		} else if ((c == '}' || c == ']') && depth == 1 && closes(s, at, map)) {
			seal_value(l, from, at);
			return at + 1;
		} else if (c == '}' || c == ']') {
			depth -= depth > 1;
			begins = false;
		} else if (c == ',') {
			if (depth == 1) {
				seal_value(l, from, at);
				value = false;
				from = at + 1;
			}
			begins = true;
		} else if (c == ':' && (quoted || at + 1 >= s.n || is_space(s.s[at + 1]) || strchr("{[\"'\\", s.s[at + 1]) || s.s[at - 1] == '"')) {
			if (depth == 1 && map && !value) {
				/* what is no key is hidden with the value */
				from = is_key(str_slice(s, from, at)) ? skip_space(s, at + 1) : from;
				value = true;
			}
			begins = true;
		} else if (!is_space(c)) {
			begins = false;
		}
		quoted = quoted && (c == '"' || c == '\'' || is_space(c));
	}
	seal_value(l, from, s.n);
	return s.n;
}

/* A value in block style, or that of one key in a flow map; returns the place behind it. */
static size_t
value(struct seal *l, size_t at, bool in_flow)
{
	struct str s = l->text;
	size_t end = at;

	if (at < s.n && (s.s[at] == '{' || s.s[at] == '[')) {
		end = flow(&(struct seal){ .text = s, .from = s.n }, at);
	} else if (at < s.n && (s.s[at] == '"' || s.s[at] == '\'')) {
		end = line_quoted_end(s, at);
	}
	while (end < s.n && !is_break(s.s[end]) && !(in_flow && strchr(",}]", s.s[end]))) {
		end++;
	}
	seal_value(l, at, end);
	return end;
}

/* does a line that is not deeper than the key of the data end it? A key that no object has is rather a piece of a value. */
static bool
ends_block(struct str line, size_t indent, size_t column)
{
	return (indent < column && line_content(line) > indent) || is_object_key(line);
}

/* does nothing but a quote stand before the key? */
static bool
is_first(struct str line, const struct line_entry *e)
{
	size_t content = line_content(line), key = (size_t)(e->key.s - line.s);

	return key == content || (key == content + 1 && strchr("\"'", line.s[content]));
}

/* The lines below a key; returns the place behind them. column: where the key stands in its line */
static size_t
block(struct seal *l, size_t at, size_t column)
{
	struct str s = l->text;
	size_t entries = SIZE_MAX;    /* where the keys stand */

	for (at = skip_space(s, at); at < s.n; at = skip_space(s, at)) {
		size_t begin = line_begin(s, at), end = line_end(s, at), indent = at - begin;
		struct str line = str_slice(s, begin, end);
		struct line_entry e;
		/* what a tab indents may stand anywhere */
		bool tab = str_find(str_slice(line, 0, indent), '\t', 0) < indent;
		if (s.s[at] == '#') {
			at = end;
			continue;
		}
		if (indent <= column && !tab && ends_block(line, indent, column)) {
			return begin;
		}
		if (entries == SIZE_MAX && (s.s[at] == '{' || s.s[at] == '[')) {
			return flow(l, at);
		}
		entries = entries == SIZE_MAX ? indent : entries;
		if (indent == entries && !tab && line_entry(line, indent, line.n, &e) && is_first(line, &e)) {
			at = value(l, begin + e.value.at, false);
		} else {
			at = value(l, at, false);
		}
	}
	return at;
}

/* what a key of the data holds, from behind its colon on; returns the place behind it */
static size_t
data(struct seal *l, size_t key, size_t at)
{
	struct str s = l->text;
	size_t begin = line_begin(s, key), column = key - begin;
	bool in_flow = column > 0 && strchr("{,\"'", s.s[key - 1]);

	column -= column > 0 && strchr("\"'", s.s[key - 1]) ? 1 : 0;
	at = line_skip(s, at);
	while (at < s.n && (s.s[at] == '!' || s.s[at] == '&')) {
		while (at < s.n && !is_space(s.s[at])) {
			at++;
		}
		at = line_skip(s, at);
	}
	if (at < s.n && (s.s[at] == '{' || s.s[at] == '[')) {
		return flow(l, at);
	}
	if (at < s.n && !is_break(s.s[at]) && s.s[at] != '#') {
		at = value(l, at, in_flow);
		return in_flow ? at : block(l, at, column);
	}
	return block(l, line_end(s, at), column);
}

size_t
sealed_spans(struct source *src, size_t line, struct span window, struct span *ret, size_t max)
{
	struct str text = source_line(src, line), doc;
	size_t base = (size_t)(text.s - src->text.s), end = base + window.at + window.n;
	struct span place;
	struct seal l = { .spans = ret, .max = max };

	if (window.n == 0) {
		return 0;
	}
	place = document(src->text, base + window.at);
	doc = source_slice(src, place);
	if (!names_secret(doc)) {
		return 0;
	}
	l.from = base + window.at - place.at;
	l.text = str_slice(doc, 0, end - place.at);
	for (size_t at = find(l.text, "ata", 0); at < l.text.n; at = find(l.text, "ata", at)) {
		size_t key = at >= 7 && str_eq(str_slice(l.text, at - 7, at), STR("stringD")) ? at - 7
			   : at >= 1 && l.text.s[at - 1] == 'd' ? at - 1 : SIZE_MAX;
		size_t behind = key == SIZE_MAX ? 0 : behind_key(l.text, key, at + 3);

		at += 3;
		if (behind > 0) {
			at = data(&l, key, behind);
		}
	}
	for (size_t i = 0; i < l.n; i++) {
		l.spans[i].at = l.spans[i].at + place.at - base;
	}
	return l.n;
}
