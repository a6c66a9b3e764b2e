/* SPDX-License-Identifier: Apache-2.0 */
/* Findings in reviewdog's diagnostic format; its columns count bytes. */
#include "report/format.h"
#include "report/quote.h"

static const char *const severities[] = { [DIAG_NOTE] = "INFO", [DIAG_WARNING] = "WARNING", [DIAG_ERROR] = "ERROR" };

static size_t
byte_column(struct source *src, size_t line, size_t at)
{
	return at - (size_t)(source_line(src, line).s - src->text.s) + 1;
}

static void
add_range(struct buf *b, struct place from, size_t column, struct place to, size_t end_column)
{
	buf_addf(b, "\"range\":{\"start\":{\"line\":%zu,\"column\":%zu},\"end\":{\"line\":%zu,\"column\":%zu}}", from.line, column,
		to.line, end_column);
}

static void
add_fix(struct buf *b, const struct diag *d)
{
	size_t end = d->fix_at.at + d->fix_at.n;
	struct place from = source_place(d->src, d->fix_at.at), to = source_place(d->src, end);

	buf_add(b, STR(",\"suggestions\":[{"));
	add_range(b, from, byte_column(d->src, from.line, d->fix_at.at), to, byte_column(d->src, to.line, end));
	quote_json_member(b, "text", str_of(d->fix));
	buf_add(b, STR("}]"));
}

static void
add_diagnostic(struct buf *b, const struct item *item)
{
	const struct diag *d = item->diag;

	buf_add(b, STR("{\"message\":"));
	quote_json(b, str_of(item->message));
	buf_add(b, STR(",\"location\":{\"path\":"));
	quote_json(b, item->path);
	if (d->src) {
		buf_byte(b, ',');
		add_range(b, item->from, item->byte_from, item->to, item->byte_to);
	}
	buf_byte(b, '}');
	quote_json_member(b, "severity", str_of(severities[d->level]));
	buf_add(b, STR(",\"code\":{\"value\":"));
	quote_json(b, str_of(d->code));
	buf_byte(b, '}');
	if (d->fix) {
		add_fix(b, d);
	}
	buf_byte(b, '}');
}

void
format_rdjson(struct buf *b, const struct report *r)
{
	buf_add(b, STR("{\"source\":{\"name\":\"wbrender\"},\"diagnostics\":["));
	for (size_t i = 0; i < r->nitems; i++) {
		buf_add(b, i > 0 ? STR(",\n") : STR("\n"));
		add_diagnostic(b, &r->items[i]);
	}
	buf_add(b, STR("]}\n"));
}
