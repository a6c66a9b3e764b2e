/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as GitLab's Code Quality report. */
#include "report/format.h"
#include "report/quote.h"

static const char *const severities[] = { [DIAG_NOTE] = "info", [DIAG_WARNING] = "minor", [DIAG_ERROR] = "major" };

void
format_gitlab(struct buf *b, const struct report *r)
{
	buf_byte(b, '[');
	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *item = &r->items[i];

		buf_add(b, i > 0 ? STR(",\n{\"description\":") : STR("\n{\"description\":"));
		quote_json(b, str_of(item->message));
		quote_json_member(b, "check_name", str_of(item->diag->code));
		quote_json_member(b, "fingerprint", str_of(item->print));
		quote_json_member(b, "severity", str_of(severities[item->diag->level]));
		buf_add(b, STR(",\"location\":{\"path\":"));
		quote_json(b, item->path);
		buf_addf(b, ",\"lines\":{\"begin\":%zu}}}", item->from.line);
	}
	buf_add(b, STR("]\n"));
}
