/* SPDX-License-Identifier: Apache-2.0 */
/* Finds secret values in a line without parsing: it must work in files that cannot be parsed, too. */
#include "report/mask.h"

#include "base/secret.h"

enum {
	WALK_MAX = 10000,             /* lines looked at above the one shown */
	NAME_LINE_MAX = 1000,         /* bytes of a line that names an environment variable */
	LOOK_BACK_MAX = 2 << 20,      /* bytes of the line before the window; a Secret holds at most half of that */
};

struct entry {
	struct str key;
	struct span value;            /* in the line, without comment; n == 0: none */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t
skip_blanks(struct str s, size_t at)
{
	while (at < s.n && is_blank(s.s[at])) {
		at++;
	}
	return at;
}

/* behind the indentation and the dashes of list items */
static size_t
content_at(struct str line)
{
	size_t at = skip_blanks(line, 0);

	while (at + 1 < line.n && line.s[at] == '-' && is_blank(line.s[at + 1])) {
		at = skip_blanks(line, at + 1);
	}
	return at;
}

/* behind the closing quote; the line's end when there is none */
static size_t
quoted_end(struct str s, size_t at)
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

static size_t
value_end(struct str s, size_t at, bool flow)
{
	size_t end = at;

	if (at == s.n || s.s[at] == '{' || s.s[at] == '[') {
		return s.n;
	}
	if (s.s[at] == '"' || s.s[at] == '\'') {
		return quoted_end(s, at);
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

/* where the line's first bracket stands: what comes behind it may be in flow style */
static size_t
flow_from(struct str s)
{
	size_t map = str_find(s, '{', 0);

	return str_find(str_slice(s, 0, map), '[', 0);
}

static bool
ends_plain_key(char c)
{
	return is_blank(c) || c == '{' || c == '}' || c == ',' || c == '[' || c == ']' || c == '"' || c == '\'';
}

/* the next key and value at or after from; false when there is none */
static bool
entry_next(struct str s, size_t from, size_t flow, struct entry *ret)
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
		at = skip_blanks(s, colon + 1);
		*ret = (struct entry){ str_slice(s, start, end), { at, value_end(s, at, flow < colon) - at } };
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

static bool
is_harmless(struct str value)
{
	static const char *const words[] = { "", "~", "null", "true", "false", "\"\"", "''" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq(value, str_of(words[i]))) {
			return true;
		}
	}
	return is_block_header(value);
}

/* the word of "name: WORD" on that line */
static bool
names_a_secret(struct source *src, size_t line)
{
	struct str s = line == 0 ? STR("") : source_line(src, line);
	struct entry e;
	struct str word;

	if (s.n > NAME_LINE_MAX || !entry_next(s, content_at(s), flow_from(s), &e) || !str_eq(e.key, STR("name"))) {
		return false;
	}
	word = str_slice(s, e.value.at, e.value.at + e.value.n);
	if (word.n >= 2 && (word.s[0] == '"' || word.s[0] == '\'')) {
		word = str_slice(word, 1, word.n - 1);
	}
	return secret_key(word);
}

/* true when the whole line belongs to a value whose key stands above and looks secret */
static bool
is_inside_secret(struct source *src, size_t line)
{
	struct str s = source_line(src, line);
	size_t indent = skip_blanks(s, 0);
	bool item = content_at(s) > indent;
	struct entry e;
	bool keyed = entry_next(s, content_at(s), flow_from(s), &e);

	for (size_t up = line - 1, seen = 0; up > 0 && seen < WALK_MAX && (indent > 0 || item); up--, seen++) {
		size_t at, content;
		bool sibling;

		s = source_line(src, up);
		at = skip_blanks(s, 0);
		content = content_at(s);
		/* a list may stand at the indentation of its key */
		if (at == s.n || s.s[at] == '#' || at > indent || (at == indent && (!item || content > at))) {
			continue;
		}
		/* "- key: value" above "  key: value" */
		sibling = content > at && content >= indent;
		indent = at;
		item = content > at;
		if (sibling || !entry_next(s, content, flow_from(s), &e)) {
			continue;
		}
		if (secret_key(e.key) && (!keyed || e.value.n > 0)) {
			return true;
		}
		keyed = true;
	}
	return false;
}

size_t
report_masks(struct source *src, size_t line, struct span window, struct span *ret, size_t max)
{
	struct str s = source_line(src, line);
	size_t at = content_at(s), n = 0, end = window.at + window.n, flow = flow_from(s);
	struct entry e;

	if (at < s.n && is_inside_secret(src, line)) {
		ret[0] = (struct span){ at, s.n - at };
		return at < end ? 1 : 0;
	}
	if (window.at > LOOK_BACK_MAX && at < window.at - LOOK_BACK_MAX) {
		at = window.at - LOOK_BACK_MAX;
	}
	while (entry_next(s, at, flow, &e) && e.value.at < end) {
		bool secret = secret_key(e.key);

		if (!secret && str_eq(e.key, STR("value"))) {
			secret = names_a_secret(src, line - 1) || names_a_secret(src, line + 1);
		}
		if (!secret || is_harmless(str_slice(s, e.value.at, e.value.at + e.value.n))) {
			at = e.value.at;
			continue;
		}
		at = e.value.at + e.value.n;
		if (at <= window.at) {
			continue;
		}
		if (n == max) {
			ret[n - 1].n = end - ret[n - 1].at;
			break;
		}
		ret[n++] = e.value;
	}
	return n;
}
