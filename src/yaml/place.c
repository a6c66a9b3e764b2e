/* SPDX-License-Identifier: Apache-2.0 */
/* Finds line ends and columns in YAML text. */
#include "yaml/place.h"

size_t
place_break(struct str s, size_t at)
{
	if (at >= s.n) {
		return 0;
	}
	switch (s.s[at]) {
	case '\n':
		return 1;
	case '\r':
		return at + 1 < s.n && s.s[at + 1] == '\n' ? 2 : 1;
	case '\xC2':
		return at + 1 < s.n && s.s[at + 1] == '\x85' ? 2 : 0;
	case '\xE2':
		return at + 2 < s.n && s.s[at + 1] == '\x80' && (s.s[at + 2] == '\xA8' || s.s[at + 2] == '\xA9') ? 3 : 0;
	default:
		return 0;
	}
}

bool
place_is_break(struct str s, size_t at)
{
	return (at >= 1 && (s.s[at - 1] == '\n' || s.s[at - 1] == '\r'))
		|| (at >= 2 && s.s[at - 1] == '\x85' && place_break(s, at - 2) == 2)
		|| (at >= 3 && (s.s[at - 1] == '\xA8' || s.s[at - 1] == '\xA9') && place_break(s, at - 3) == 3);
}

/* the break as text to insert; the Unicode ones are no line ends to YAML 1.2 readers */
static struct str
usable(struct str s, size_t at, size_t n)
{
	return s.s[at] == '\n' || s.s[at] == '\r' ? str_slice(s, at, at + n) : STR("\n");
}

/* the kind of line break that stands before an offset */
static struct str
break_before(struct str s, size_t at)
{
	while (at > 0) {
		at--;
		if (s.s[at] == '\n') {
			return at > 0 && s.s[at - 1] == '\r' ? STR("\r\n") : STR("\n");
		}
		if (s.s[at] == '\r') {
			return STR("\r");
		}
	}
	return STR("\n");
}

struct line_end
place_line_end(struct str s, size_t at)
{
	for (; at < s.n; at++) {
		size_t n = place_break(s, at);

		if (n > 0) {
			return (struct line_end){ at, at + n, usable(s, at, n) };
		}
	}
	return (struct line_end){ s.n, s.n, break_before(s, s.n) };
}

struct line_end
place_line_start(struct str s, size_t at)
{
	return (struct line_end){ at, at, break_before(s, at) };
}

size_t
place_tab_lines(struct str s, size_t line)
{
	size_t behind = line;

	while (line < s.n) {
		struct line_end end = place_line_end(s, line);
		bool tab = false;

		for (; line < end.at && (s.s[line] == ' ' || s.s[line] == '\t'); line++) {
			tab = tab || s.s[line] == '\t';
		}
		if (line < end.at && s.s[line] != '#') {
			break;
		}
		behind = tab ? end.next : behind;
		if (line < end.at) {
			/* a comment ends the scalar */
			break;
		}
		line = end.next;
	}
	return behind;
}

struct span
place_tabs(struct str s, size_t at)
{
	size_t line = 0, n;
	bool odd = false;

	for (; at < s.n; at += n) {
		n = place_break(s, at);
		if (n > 0) {
			line = line > 0 ? line : at;
		} else if (s.s[at] == ' ' || s.s[at] == '\t') {
			n = 1;
			odd = odd || (line > 0 && s.s[at] == '\t');
		} else {
			break;
		}
	}
	return odd ? (struct span){ line, at - line } : (struct span){ 0, 0 };
}

size_t
place_column(struct str s, size_t at)
{
	size_t from = at;

	/* no printable ASCII character ends a line */
	while (from > 0 && ((s.s[from - 1] >= ' ' && s.s[from - 1] < 0x7F) || !place_is_break(s, from))) {
		from--;
	}
	if (from == 0 && str_starts(s, STR("\xEF\xBB\xBF"))) {
		from = 3;
	}
	return str_points(str_slice(s, from, at));
}

size_t
place_content_end(struct str s, struct span block)
{
	size_t end = block.at + block.n;

	while (end > block.at) {
		/* a tab is content */
		if (place_is_break(s, end) || s.s[end - 1] == ' ') {
			end--;
			while (end > block.at && ((unsigned char)s.s[end] & 0xC0) == 0x80) {
				end--;
			}
			continue;
		}
		break;
	}
	return end;
}
