/* SPDX-License-Identifier: Apache-2.0 */
/* Takes JSON pointers apart. */
#include "yaml/pointer.h"

#include <stdint.h>

size_t
pointer_read(struct arena *a, struct str pointer, struct str ret[POINTER_TOKENS_MAX])
{
	size_t n = 0;

	for (size_t at = 0; at < pointer.n; n++) {
		struct buf b = { .arena = a };
		size_t end = str_find(pointer, '/', at + 1);

		if (pointer.s[at] != '/' || n == POINTER_TOKENS_MAX) {
			return 0;
		}
		for (size_t i = at + 1; i < end; i++) {
			if (pointer.s[i] != '~') {
				buf_byte(&b, pointer.s[i]);
				continue;
			}
			if (i + 1 == end || (pointer.s[i + 1] != '0' && pointer.s[i + 1] != '1')) {
				return 0;
			}
			buf_byte(&b, pointer.s[++i] == '0' ? '~' : '/');
		}
		ret[n] = buf_str(&b);
		at = end;
	}
	return n;
}

bool
pointer_index(struct str token, size_t *ret)
{
	return str_number(token, SIZE_MAX, ret) && (token.n == 1 || token.s[0] != '0');
}
