/* SPDX-License-Identifier: Apache-2.0 */
/* Turns character positions into byte positions, run of ASCII by run of ASCII. */
#include "yaml/marks.h"

#include <stdint.h>
#include <string.h>

enum { RUN_MAX = 16 << 10 };  /* not far ahead of the reader, whose cache it shares */

/* where the ASCII that begins at a byte ends, as far as it is looked at */
static size_t
run_end(struct str s, size_t at)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	size_t end = s.n - at > RUN_MAX ? at + RUN_MAX : s.n;
	uint64_t words[4];

	for (; end - at >= sizeof(words); at += sizeof(words)) {
		memcpy(words, s.s + at, sizeof(words));
		if (((words[0] | words[1] | words[2] | words[3]) & high) != 0) {
			break;
		}
	}
	while (at < end && ((unsigned char)s.s[at] & 0x80) == 0) {
		at++;
	}
	return at;
}

void
marks_init(struct marks *m, struct str text)
{
	*m = (struct marks){ .text = text, .run = run_end(text, 0) };
}

static bool
continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

size_t
marks_move(struct marks *m, size_t index)
{
	const struct str s = m->text;

	while (m->index > index && m->byte > 0) {
		do {
			m->byte--;
		} while (m->byte > 0 && continuation(s.s[m->byte]));
		m->index--;
		m->run = m->byte;
	}
	while (index - m->index > m->run - m->byte && m->run < s.n) {
		m->index += m->run - m->byte;
		m->byte = m->run;
		if (((unsigned char)s.s[m->byte] & 0x80) != 0) {
			do {
				m->byte++;
			} while (m->byte < s.n && continuation(s.s[m->byte]));
			m->index++;
		}
		m->run = run_end(s, m->byte);
	}
	return index - m->index < m->run - m->byte ? m->byte + (index - m->index) : m->run;
}
