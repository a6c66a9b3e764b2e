/* SPDX-License-Identifier: Apache-2.0 */
/* Escapes texts for JSON (RFC 8259) and XML 1.0. */
#include "report/quote.h"

void
quote_json(struct buf *b, struct str s)
{
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == '"' || c == '\\') {
			buf_byte(b, '\\');
			buf_byte(b, s.s[i]);
		} else if (c < 0x20 || c == 0x7F) {
			buf_addf(b, "\\u%04x", (unsigned)c);
		} else {
			buf_byte(b, s.s[i]);
		}
	}
	buf_byte(b, '"');
}

void
quote_json_member(struct buf *b, const char *name, struct str s)
{
	buf_addf(b, ",\"%s\":", name);
	quote_json(b, s);
}

void
quote_xml(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.s[i]) {
		case '&':
			buf_add(b, STR("&amp;"));
			break;
		case '<':
			buf_add(b, STR("&lt;"));
			break;
		case '>':
			buf_add(b, STR("&gt;"));
			break;
		case '"':
			buf_add(b, STR("&quot;"));
			break;
		default:
			buf_byte(b, s.s[i]);
		}
	}
}
