/* SPDX-License-Identifier: Apache-2.0 */
/* Breaks a text into lines between its words. */
#include "base/wrap.h"

void
wrap(struct buf *b, struct str text, const char *prefix, size_t column, size_t columns)
{
	struct str begin = str_of(prefix);
	size_t at = column;

	for (size_t i = 0, end; i < text.n; i = end) {
		size_t n;

		end = str_find(text, ' ', i);
		n = str_points(str_slice(text, i, end));
		if (at > column && at + 1 + n > columns) {
			buf_byte(b, '\n');
			buf_add(b, begin);
			buf_fill(b, ' ', column > begin.n ? column - begin.n : 0);
			at = column;
		} else if (at > column) {
			buf_byte(b, ' ');
			at++;
		}
		buf_add(b, str_slice(text, i, end));
		at += n;
		while (end < text.n && text.s[end] == ' ') {
			end++;
		}
	}
	buf_byte(b, '\n');
}
