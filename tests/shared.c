/* SPDX-License-Identifier: Apache-2.0 */
/* Finds and reads the large test data. */
#include "shared.h"

#include "base/arena.h"
#include "yaml/parse.h"

#include <stdlib.h>

bool
shared_read(struct source *src, struct arena *a, const char *name)
{
	const char *shared = getenv("SHARED");

	return shared && *shared && source_read(src, a, arena_printf(a, "%s/%s", shared, name)) == 0;
}

/* "\\ud83d\\ude00" is "\\U0001f600" */
static struct str
without_pairs(struct arena *a, struct str json)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < json.n; i++) {
		unsigned high, low;

		if (json.s[i] != '\\' || i + 12 > json.n) {
			buf_byte(&b, json.s[i]);
		} else if (json.s[i + 1] == 'u' && (high = (unsigned)strtoul(json.s + i + 2, NULL, 16)) >> 10 == 0xD800 >> 10) {
			low = (unsigned)strtoul(json.s + i + 8, NULL, 16);
			buf_addf(&b, "\\U%08x", 0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF));
			i += 11;
		} else {
			buf_add(&b, str_slice(json, i, i + 2));
			i++;
		}
	}
	return buf_str(&b);
}

const struct node *
shared_json(struct source *src, struct arena *a, struct str text)
{
	struct parser *parser;
	struct diags diags;
	struct doc doc;
	bool good;

	diags_init(&diags, a);
	source_init(src, a, "data", without_pairs(a, text));
	parser = parser_new(a, src, &diags);
	good = parser_next(parser, a, NULL, &doc);
	parser_close(parser);
	return good ? node_real(doc.root) : NULL;
}
