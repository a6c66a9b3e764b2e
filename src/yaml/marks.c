/* SPDX-License-Identifier: Apache-2.0 */
/* Turns character positions into byte positions with a cursor that goes with the reader. */
#include "yaml/marks.h"

#include <stdint.h>
#include <string.h>

static const uint64_t high_bits = UINT64_C(0x8080808080808080);

static bool
all_ascii(struct str s)
{
	uint64_t word, high = 0;
	size_t i = 0;

	for (; i + sizeof(word) <= s.n; i += sizeof(word)) {
		memcpy(&word, s.s + i, sizeof(word));
		high |= word;
	}
	for (; i < s.n; i++) {
		high |= (uint64_t)(unsigned char)s.s[i];
	}
	return (high & high_bits) == 0;
}

void
marks_init(struct marks *m, struct str text)
{
	*m = (struct marks){ .text = text, .ascii = all_ascii(text) };
}

static bool
continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

size_t
marks_byte(struct marks *m, size_t index)
{
	const struct str s = m->text;

	if (m->ascii) {
		return index < s.n ? index : s.n;
	}
	while (m->index > index && m->byte > 0) {
		do {
			m->byte--;
		} while (m->byte > 0 && continuation(s.s[m->byte]));
		m->index--;
	}
	while (m->index < index && m->byte < s.n) {
		uint64_t word;

		if (index - m->index >= sizeof(word) && s.n - m->byte >= sizeof(word)) {
			memcpy(&word, s.s + m->byte, sizeof(word));
			if ((word & high_bits) == 0) {
				m->byte += sizeof(word);
				m->index += sizeof(word);
				continue;
			}
		}
		do {
			m->byte++;
		} while (m->byte < s.n && continuation(s.s[m->byte]));
		m->index++;
	}
	return m->byte;
}
