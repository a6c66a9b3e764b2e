/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as JUnit's XML: a suite for each file, a failed test for each finding that makes the run fail. */
#include "report/format.h"
#include "report/quote.h"

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* when the report was made, in UTC; $SOURCE_DATE_EPOCH makes it reproducible */
static void
stamp(char *ret, size_t n)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = time(NULL);
	size_t seconds;
	struct tm utc;

	if (epoch && str_number(str_of(epoch), UINT32_MAX, &seconds)) {
		now = (time_t)seconds;
	}
	if (!gmtime_r(&now, &utc) || strftime(ret, n, "%Y-%m-%dT%H:%M:%S", &utc) == 0) {
		ret[0] = '\0';
	}
}

static void
add_attribute(struct buf *b, const char *name, struct str value)
{
	buf_addf(b, " %s=\"", name);
	quote_xml(b, value);
	buf_byte(b, '"');
}

static void
add_place(struct buf *b, const struct item *item)
{
	quote_xml(b, item->path);
	buf_addf(b, ":%zu:%zu: ", item->from.line, item->from.column);
}

static void
add_case(struct buf *b, const struct report_file *file, const struct item *item)
{
	const char *code = item->diag->code;

	buf_add(b, STR("    <testcase"));
	add_attribute(b, "name", str_of(arena_printf(b->arena, "%s at %zu:%zu", code, item->from.line, item->from.column)));
	add_attribute(b, "classname", file->path);
	buf_add(b, STR(" time=\"0\"><failure message=\""));
	quote_xml(b, str_of(item->message));
	buf_addf(b, "\" type=\"%s\">", code);
	add_place(b, item);
	quote_xml(b, str_of(item->message));
	buf_add(b, STR("</failure></testcase>\n"));
}

/* what does not make the run fail is said beside the tests */
static void
add_others(struct buf *b, const struct report *r, const struct report_file *file)
{
	buf_add(b, STR("    <system-out>"));
	for (size_t i = 0; i < file->n; i++) {
		const struct item *item = &file->items[i];

		if (!report_fails(r, item->diag)) {
			add_place(b, item);
			quote_xml(b, str_of(item->message));
			buf_addf(b, " [%s]\n", item->diag->code);
		}
	}
	buf_add(b, STR("</system-out>\n"));
}

static void
add_suite(struct buf *b, const struct report *r, size_t id, const char *when)
{
	const struct report_file *file = &r->files[id];
	size_t failures = 0;

	for (size_t i = 0; i < file->n; i++) {
		failures += report_fails(r, file->items[i].diag);
	}
	buf_addf(b, "  <testsuite id=\"%zu\" package=\"wbrender\"", id);
	add_attribute(b, "name", file->path);
	buf_addf(b, " timestamp=\"%s\" hostname=\"localhost\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" time=\"0\">\n"
		"    <properties/>\n", when, failures > 0 ? failures : 1, failures);
	for (size_t i = 0; i < file->n; i++) {
		if (report_fails(r, file->items[i].diag)) {
			add_case(b, file, &file->items[i]);
		}
	}
	if (failures == 0) {
		buf_add(b, STR("    <testcase name=\"lint\""));
		add_attribute(b, "classname", file->path);
		buf_add(b, STR(" time=\"0\"/>\n"));
	}
	add_others(b, r, file);
	buf_add(b, STR("    <system-err/>\n  </testsuite>\n"));
}

void
format_junit(struct buf *b, const struct report *r)
{
	char when[sizeof("2026-01-02T03:04:05")];

	stamp(when, sizeof(when));
	buf_add(b, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"));
	for (size_t i = 0; i < r->nfiles; i++) {
		add_suite(b, r, i, when);
	}
	buf_add(b, STR("</testsuites>\n"));
}
