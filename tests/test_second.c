/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/second: libfyaml reads the same data as libyaml, refuses in peace, and what it misreads is known. */
#include "base/arena.h"
#include "yaml/second.h"
#include "yaml/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* how many documents are the same to both readers; -1: the second refuses */
static int
same(struct str text)
{
	struct arena a = { 0 };
	struct diags diags;
	struct source src;
	struct doc *docs, doc;
	struct second *second;
	enum second_result result = SECOND_DOCUMENT;
	int n = 0;

	diags_init(&diags, &a);
	source_init(&src, &a, "x", text);
	assert_true(parse(&src, &a, &docs, &diags));
	second = second_new(&a, text);
	for (; docs && result == SECOND_DOCUMENT; docs = docs->next) {
		result = second_next(second, &a, &doc);
		if (result == SECOND_DOCUMENT && docs->root) {
			assert_non_null(doc.root);
			if (!node_equal(node_flat(&a, docs->root), node_flat(&a, doc.root))) {
				fail_msg("%.*s: the readers differ", STR_FMT(text));
			}
		}
		n += result == SECOND_DOCUMENT;
	}
	if (result == SECOND_DOCUMENT) {
		assert_int_equal(second_next(second, &a, &doc), SECOND_END);
	}
	second_close(second);
	arena_done(&a);
	return result == SECOND_REFUSED ? -1 : n;
}

static void
same_data(void **state)
{
	(void)state;
	assert_int_equal(same(STR("a: b\n")), 1);
	assert_int_equal(same(STR("")), 0);
	assert_int_equal(same(STR("a: 0644\nb: on\nc: ~\nd:\ne: 1.5\nf: 'x'\ng: \"\\u00e4\"\nh: !!str 1\ni: ! 2\n")), 1);
	assert_int_equal(same(STR("a: |\n  b\n\nc: >-\n  d\n  e\n")), 1);
	assert_int_equal(same(STR("a: &x {b: [1, {c: d}]}\ne: *x\nf: {<<: *x}\n? g\n: h\n")), 1);
	assert_int_equal(same(STR("a: 1\n---\n# c\nb: 2\n...\n--- |\n c\n")), 3);
	assert_int_equal(same(STR("\xEF\xBB\xBF\xC3\xA4: \xF0\x9F\x9A\x80\r\nb: c\r\n")), 1);
	assert_int_equal(same(STR("a: 1\na: 2\n")), 1);
}

static void
refusals(void **state)
{
	(void)state;
	/* what libyaml, Helm and kubectl accept: a long quoted scalar that is not indented deeper than its key */
	assert_int_equal(same(STR("a:\n  b: 'one\n  two'\n")), -1);
	assert_int_equal(same(STR("a: {b: c\n}\n")), -1);
	/* its own way to show an error writes past long lines */
	assert_int_equal(same(STR("a: {b: ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
		"\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\xE6\x97\xA5\n}\n")), -1);
}

static void
expect_readable(struct str text, bool wanted)
{
	struct arena a = { 0 };
	struct diags diags;
	struct source src;
	struct node *root;

	diags_init(&diags, &a);
	source_init(&src, &a, "x", text);
	assert_true(parse_one(&src, &a, &root, &diags));
	assert_int_equal(second_can_read(root), wanted);
	arena_done(&a);
}

static void
misreadings(void **state)
{
	(void)state;
	expect_readable(STR("a: b\nc: |\n  d\n"), true);
	expect_readable(STR("a:\n    affinity: |\n\n    # two\n    tolerations: []\n"), false);
	expect_readable(STR("- a: >\n"), false);
	expect_readable(STR("a: ''\nb: \"\"\n"), true);
	assert_true(second_knows_breaks(STR("a: b\r\nc: d\re: \xC3\x85\xE2\x80\xA7\n")));
	assert_true(second_knows_breaks(STR("")));
	assert_false(second_knows_breaks(STR("a: b\xC2\x85")));
	assert_false(second_knows_breaks(STR("a: \"\xE2\x80\xA8\"")));
	assert_false(second_knows_breaks(STR("\xE2\x80\xA9")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_data),
		cmocka_unit_test(refusals),
		cmocka_unit_test(misreadings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
