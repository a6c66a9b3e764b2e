/* SPDX-License-Identifier: Apache-2.0 */
/* Counts directives and skips anchors and tags. */
#include "yaml/scan.h"

#include "yaml/place.h"

#include <string.h>

size_t
scan_directives(struct str text, size_t *at)
{
	size_t from = *at, n = 0;

	while (from < text.n && n <= PARSE_DIRECTIVES_MAX) {
		size_t end = str_find(text, '\n', from);
		char c = text.s[from];

		if (c == '%') {
			n++;
			*at = from;
		} else if (!strchr("#\n\r \t", c) && !str_starts(str_slice(text, from, end), STR("..."))) {
			break;
		}
		from = end + 1;
	}
	return n;
}

bool
scan_has_bom(struct str text)
{
	for (size_t at = str_find(text, '\xEF', 0); at < text.n; at = str_find(text, '\xEF', at + 1)) {
		if (str_starts(str_slice(text, at, text.n), STR("\xEF\xBB\xBF"))) {
			return true;
		}
	}
	return false;
}

size_t
scan_bom(struct str text, size_t from, size_t to)
{
	for (size_t at = from; at < to; at++) {
		bool starts = place_is_break(text, at);

		if (starts && str_starts(str_slice(text, at, text.n), STR("\xEF\xBB\xBF"))) {
			return at;
		}
		if (text.s[at] == '#' && (starts || at == from || text.s[at - 1] == ' ' || text.s[at - 1] == '\t')) {
			at = place_line_end(text, at).at;
		}
	}
	return to;
}

/* how many bytes of blank or line break stand at an offset; libyaml's line breaks */
static size_t
blank(struct str text, size_t at)
{
	return text.s[at] == ' ' || text.s[at] == '\t' ? 1 : place_break(text, at);
}

/* behind blanks, line breaks and comments */
static size_t
skip_space(struct str text, size_t at, size_t end)
{
	while (at < end) {
		size_t n = blank(text, at);

		if (text.s[at] == '#') {
			at = place_line_end(text, at).at;
		} else if (n > 0) {
			at += n;
		} else {
			break;
		}
	}
	return at < end ? at : end;
}

size_t
scan_mark(struct str text, size_t from, size_t to, char mark)
{
	from = skip_space(text, from, to);
	return from < to && text.s[from] == mark ? from : to;
}

static bool
in_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

size_t
scan_props(struct str text, size_t at, size_t end, unsigned props)
{
	for (; props > 0 && at < end; props--) {
		bool anchor = text.s[at++] == '&';

		while (at < end && (anchor ? in_name(text.s[at]) : blank(text, at) == 0)) {
			at++;
		}
		at = skip_space(text, at, end);
	}
	return at < end ? at : end;
}
