/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as Checkstyle's XML. */
#include "report/format.h"
#include "report/quote.h"

static const char *const severities[] = { [DIAG_NOTE] = "info", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error" };

static void
add_error(struct buf *b, const struct item *item)
{
	buf_addf(b, "    <error line=\"%zu\" column=\"%zu\" severity=\"%s\" message=\"", item->from.line, item->from.column,
		severities[item->diag->level]);
	quote_xml(b, str_of(item->message));
	buf_add(b, STR("\" source=\"wbrender."));
	for (const char *c = item->diag->code; *c; c++) {
		buf_byte(b, *c == '/' ? '.' : *c);
	}
	buf_add(b, STR("\"/>\n"));
}

void
format_checkstyle(struct buf *b, const struct report *r)
{
	buf_add(b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n"));
	for (size_t i = 0; i < r->nfiles; i++) {
		const struct report_file *file = &r->files[i];

		buf_add(b, STR("  <file name=\""));
		quote_xml(b, file->path);
		buf_add(b, STR("\">\n"));
		for (size_t k = 0; k < file->n; k++) {
			add_error(b, &file->items[k]);
		}
		buf_add(b, STR("  </file>\n"));
	}
	buf_add(b, STR("</checkstyle>\n"));
}
