/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as workflow commands of GitHub Actions, which shows them as annotations. */
#include "report/format.h"

static const char *const levels[] = { [DIAG_NOTE] = "notice", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error" };

/* the rules of actions/toolkit, command.ts; the texts hold no line ends */
static void
add_escaped(struct buf *b, struct str s, bool property)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (c == '%' || (property && (c == ':' || c == ','))) {
			buf_addf(b, "%%%02X", (unsigned)c);
		} else {
			buf_byte(b, c);
		}
	}
}

static void
add_command(struct buf *b, const struct item *item)
{
	const struct diag *d = item->diag;

	buf_addf(b, "::%s ", levels[d->level]);
	if (d->src) {
		buf_add(b, STR("file="));
		add_escaped(b, item->path, true);
		buf_addf(b, ",line=%zu,endLine=%zu", item->from.line, item->to.line);
		/* a column goes only with one line */
		if (item->from.line == item->to.line) {
			buf_addf(b, ",col=%zu,endColumn=%zu", item->from.column, item->to.column);
		}
		buf_byte(b, ',');
	}
	buf_addf(b, "title=%s::", d->code);
	add_escaped(b, str_of(item->message), false);
	for (const struct diag_note *n = d->notes; n; n = n->next) {
		buf_add(b, STR("%0A"));
		add_escaped(b, str_of(report_line(b->arena, n->text)), false);
	}
	buf_byte(b, '\n');
}

void
format_github(struct buf *b, const struct report *r)
{
	for (size_t i = 0; i < r->nitems; i++) {
		add_command(b, &r->items[i]);
	}
}
