/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/problem: what is said about texts that are no YAML, and where. */
#include "base/arena.h"
#include "yaml/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BOM "\xEF\xBB\xBF"

/* the findings as "LINE:COLUMN CODE: TEXT[ (LINE:COLUMN)]" */
static void
expect_error_of(struct str text, const char *wanted)
{
	struct arena a = { 0 };
	struct buf b = { .arena = &a };
	struct diags diags;
	struct source src;
	struct doc *docs;
	bool good;

	diags_init(&diags, &a);
	source_init(&src, &a, "x", text);
	good = parse(&src, &a, &docs, &diags);
	for (const struct diag *d = diags.first; d; d = d->next) {
		struct place place = source_place(d->src, d->span.at);

		buf_addf(&b, "%zu:%zu %s: %s", place.line, place.column, d->code, d->text);
		if (d->related) {
			place = source_place(d->src, d->related->span.at);
			buf_addf(&b, " (%zu:%zu)", place.line, place.column);
		}
	}
	if (good || strcmp(buf_z(&b), wanted) != 0) {
		fail_msg("%.*s\nwanted %s\ngot    %s", STR_FMT(text), wanted, buf_z(&b));
	}
	arena_done(&a);
}

#define expect_error(text, wanted) expect_error_of(STR(text), (wanted))

static void
errors(void **state)
{
	(void)state;
	expect_error("a: b\n  c: d\n", "2:4 yaml/syntax: a ':' stands where no key can be");
	expect_error("\xC3\xA4: b\n\xC3\xB6: c: d\n", "2:5 yaml/syntax: a ':' stands where no key can be");
	expect_error(BOM "\xC3\xB6: c: d\n", "1:5 yaml/syntax: a ':' stands where no key can be");
	expect_error("a: b\r\n\r\nc: d: e\r\n", "3:5 yaml/syntax: a ':' stands where no key can be");
	expect_error("a: b\r\rc: d: e\r", "3:5 yaml/syntax: a ':' stands where no key can be");
	expect_error("a:\n\tb: c\n", "2:1 yaml/syntax: a tab cannot indent");
	expect_error("a: 'b\n", "2:1 yaml/syntax: the text ends inside a quoted value (1:4)");
	expect_error("a: *x\n", "1:4 yaml/alias: the alias '*x' has no anchor before it in this document");
	expect_error("a: &x 1\n---\nb: *x\n", "3:4 yaml/alias: the alias '*x' has no anchor before it in this document");
	expect_error("a: &x\n  b: [*x]\n", "2:7 yaml/alias: the anchor '&x' contains itself (1:4)");
	expect_error("a: b\n\xFF\n", "2:1 yaml/syntax: this byte is not valid UTF-8");
	expect_error("a: \xC3", "1:4 yaml/syntax: the text ends inside a UTF-8 character");
	expect_error("\xC3\xA4: \xED\xA0\x80\n", "1:4 yaml/syntax: this is no valid Unicode character");
	expect_error("a: \x01\n", "1:4 yaml/syntax: a control character is not allowed in YAML");
	expect_error("a: b\0c\n", "1:5 yaml/syntax: a control character is not allowed in YAML");
	expect_error("\xFF\xFE" "a\0", "1:1 yaml/encoding: the text is UTF-16 or UTF-32, or binary; UTF-8 is wanted");
	expect_error("\xFE\xFF\0a", "1:1 yaml/encoding: the text is UTF-16 or UTF-32, or binary; UTF-8 is wanted");
	expect_error("a\0:\0", "1:1 yaml/encoding: the text is UTF-16 or UTF-32, or binary; UTF-8 is wanted");
	expect_error("a: [b\n", "2:1 yaml/syntax: a ',' or ']' is wanted here (1:4)");
}

static void
templates(void **state)
{
	struct arena a = { 0 };
	struct diags diags;
	struct source src;
	struct doc *docs;

	(void)state;
	diags_init(&diags, &a);
	source_init(&src, &a, "x", STR("a: {{- .Values.x }}\n"));
	assert_false(parse(&src, &a, &docs, &diags));
	assert_string_equal(diags.first->help, "this looks like a Helm template; render it first");
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors),
		cmocka_unit_test(templates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
