/* SPDX-License-Identifier: Apache-2.0 */
/* Counts directives and skips anchors and tags. */
#include "yaml/scan.h"

#include <string.h>

size_t
scan_directives(struct str text, size_t *at)
{
	size_t from = *at, n = 0;

	while (from < text.n) {
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

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

size_t
scan_props(struct str text, size_t at, size_t end)
{
	while (at < end && (text.s[at] == '&' || text.s[at] == '!')) {
		while (at < end && !blank(text.s[at])) {
			at++;
		}
		while (at < end && (blank(text.s[at]) || text.s[at] == '#')) {
			at = text.s[at] == '#' ? str_find(str_slice(text, 0, end), '\n', at) : at + 1;
		}
	}
	return at;
}
