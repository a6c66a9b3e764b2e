/* SPDX-License-Identifier: Apache-2.0 */
/* Finds keys and values by text alone: it must work in what cannot be parsed, too. */
#include "report/line.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

size_t
line_skip(struct str s, size_t at)
{
	while (at < s.n && is_blank(s.s[at])) {
		at++;
	}
	return at;
}

size_t
line_content(struct str line)
{
	size_t at = line_skip(line, 0);

	while (at + 1 < line.n && line.s[at] == '-' && is_blank(line.s[at + 1])) {
		at = line_skip(line, at + 1);
	}
	return at;
}

size_t
line_quoted_end(struct str s, size_t at)
{
	char quote = s.s[at++];

	while (at < s.n) {
		if ((quote == '"' && s.s[at] == '\\') || (quote == '\'' && at + 1 < s.n && s.s[at] == '\'' && s.s[at + 1] == '\'')) {
			/* an escape: two characters */
			at++;
		} else if (s.s[at] == quote) {
			return at + 1;
		}
		at++;
	}
	return s.n;
}

/* behind &anchor and !tag */
static size_t
behind_props(struct str s, size_t at)
{
	while (at < s.n && (s.s[at] == '&' || s.s[at] == '!')) {
		while (at < s.n && !is_blank(s.s[at])) {
			at++;
		}
		at = line_skip(s, at);
	}
	return at;
}

/* does nothing stand behind the closing quote that may belong to the value? */
static bool
is_closed(struct str s, size_t at, bool flow)
{
	size_t next = line_skip(s, at);

	return next == s.n || (s.s[next] == '#' && next > at)
		|| (flow && (s.s[next] == ',' || s.s[next] == '}' || s.s[next] == ']'));
}

/* a value of which the end is not certain reaches to the end of the line */
static size_t
value_end(struct str s, size_t at, bool flow)
{
	size_t end = at, quote;

	if (at == s.n || s.s[at] == '{' || s.s[at] == '[') {
		return s.n;
	}
	quote = behind_props(s, at);
	if (quote < s.n && (s.s[quote] == '"' || s.s[quote] == '\'')) {
		end = line_quoted_end(s, quote);
		return is_closed(s, end, flow) ? end : s.n;
	}
	while (end < s.n && !(flow && (s.s[end] == ',' || s.s[end] == '}' || s.s[end] == ']'))
		&& !(s.s[end] == '#' && is_blank(s.s[end - 1]))) {
		end++;
	}
	while (end > at && is_blank(s.s[end - 1])) {
		end--;
	}
	return end;
}

size_t
line_flow(struct str s)
{
	size_t map = str_find(s, '{', 0);

	return str_find(str_slice(s, 0, map), '[', 0);
}

static bool
ends_plain_key(char c)
{
	return is_blank(c) || c == '{' || c == '}' || c == ',' || c == '[' || c == ']' || c == '"' || c == '\'';
}

bool
line_entry(struct str s, size_t from, size_t flow, struct line_entry *ret)
{
	for (size_t colon = str_find(s, ':', from); colon < s.n; colon = str_find(s, ':', colon + 1)) {
		size_t end = colon, start, at;

		while (end > from && is_blank(s.s[end - 1])) {
			end--;
		}
		start = end;
		if (end > from && (s.s[end - 1] == '"' || s.s[end - 1] == '\'')) {
			start = --end;
			while (start > from && s.s[start - 1] != s.s[end]) {
				start--;
			}
		} else if (colon + 1 < s.n && !is_blank(s.s[colon + 1])) {
			continue;
		} else {
			while (start > from && !ends_plain_key(s.s[start - 1])) {
				start--;
			}
		}
		at = line_skip(s, colon + 1);
		*ret = (struct line_entry){ str_slice(s, start, end), { at, value_end(s, at, flow < colon) - at } };
		return true;
	}
	return false;
}

static bool
is_block_header(struct str value)
{
	size_t at = 1;

	if (value.n == 0 || (value.s[0] != '|' && value.s[0] != '>')) {
		return false;
	}
	while (at < value.n && (value.s[at] == '-' || value.s[at] == '+' || (value.s[at] >= '1' && value.s[at] <= '9'))) {
		at++;
	}
	return at == value.n;
}

bool
line_harmless(struct str value)
{
	static const char *const words[] = { "", "~", "null", "true", "false", "\"\"", "''" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_is(value, words[i])) {
			return true;
		}
	}
	return is_block_header(value);
}
