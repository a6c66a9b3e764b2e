/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/emit: what is written is read again as the same data, whatever the text, in every style. */
#include "base/arena.h"
#include "yaml/emit.h"
#include "yaml/stream.h"
#include "yaml/scalar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NEL "\xC2\x85"
#define LS "\xE2\x80\xA8"

static const struct str nasty[] = {
#define S(text) { text, sizeof(text) - 1 }
	S(""), S(" "), S("  "), S("\t"), S("\n"), S("\n\n"), S("\r"), S("\r\n"), S(" lead"), S("trail "), S("\tlead"), S("trail\t"),
	S("y"), S("Y"), S("yes"), S("Yes"), S("YES"), S("n"), S("N"), S("no"), S("No"), S("NO"), S("true"), S("True"), S("TRUE"), S("false"),
	S("False"), S("FALSE"), S("on"), S("On"), S("ON"), S("off"), S("Off"), S("OFF"), S("null"), S("Null"), S("NULL"), S("~"),
	S("0"), S("1"), S("-1"), S("+1"), S("0644"), S("0o644"), S("0x1F"), S("0b101"), S("1_000"), S("1.5"), S("1."), S(".5"), S("1e3"), S("1E-3"),
	S(".inf"), S("-.inf"), S("+.INF"), S(".nan"), S(".NaN"), S("12:30:45"), S("1:30"), S("190:20:30.15"), S("2001-01-01"),
	S("2001-12-14t21:59:43.10-05:00"), S("2001-01-01 00:00:00"), S("="), S("<<"), S("1.2.3"), S("v1"), S("1k"), S("8080"), S("1,000"),
	S("-"), S("--"), S("---"), S("--- a"), S("..."), S("- a"), S("-a"), S("?"), S("? a"), S(":"), S(": a"), S("a: b"), S("a:"), S("a:b"), S("a #b"),
	S("a#b"), S("#a"), S("# a"), S("[a]"), S("{a}"), S("{{ a }}"), S("a, b"), S("a]"), S("a}"), S("&a"), S("*a"), S("!a"), S("!!str a"), S("%a"), S("@a"),
	S("`a`"), S("|"), S(">"), S("|-"), S("'"), S("''"), S("it's"), S("\""), S("a \"b\" c"), S("\\"), S("\\n"), S("a\\"), S("a\tb"), S("a  b"), S("\x01"),
	S("a\0b"), S("\x1B[0m"), S("\x7F"), S(NEL), S("a" NEL "b"), S(LS), S("a" LS "b"), S("\xE2\x80\xA9"), S("\xC2\xA0"), S("\xEF\xBB\xBF"),
	S("a\xEF\xBB\xBF" "b"), S("\xEF\xBF\xBE"), S("\xEF\xBF\xBD"), S("\xC3\xA4\xC3\xB6"), S("\xE6\x97\xA5\xE6\x9C\xAC"), S("\xF0\x9F\x9A\x80 go"),
	S("\xF4\x8F\xBF\xBF"), S("\xC2\x9F"), S("one\ntwo"), S("one\ntwo\n"), S("one\n\ntwo\n"), S("one\ntwo\n\n"), S("\none\n"), S(" one\ntwo\n"),
	S("one\n two\n"), S("one \ntwo\n"), S("one\n \ntwo\n"), S("one\n\t\ntwo\n"), S("one\n  "), S("one\ntwo "), S("a: b\nc: d\n"), S("- a\n- b\n"),
	S("# a\n# b\n"), S("a\n# b\n"), S("---\na\n...\n"), S("a\r\nb\r\n"), S("a\rb\n"), S("\xC3\xA4\n\xF0\x9F\x9A\x80\n"), S("a\n" NEL "b\n"), S("a\n" LS "\n"),
	S("a\n\xEF\xBB\xBF" "b\n"), S("a\n\x01\n"), S("#!/bin/sh\nset -eu\n\techo 'x' \"y\"\n"), S("a\n\tb\n"), S("\ta\nb\n"),
	S("-----BEGIN X-----\nMIIB\n-----END X-----\n"),
#undef S
};
enum { NASTY = sizeof(nasty) / sizeof(nasty[0]) };

static const struct str breaks[] = { { "\n", 1 }, { "\r\n", 2 }, { "\r", 1 } };

/* reads a text back, and compares it with the data it was made from */
static void
expect_same(struct arena *a, struct str text, const struct node *data, const char *what)
{
	struct diags diags;
	struct source src;
	struct node *root;

	diags_init(&diags, a);
	source_init(&src, a, "x", text);
	if (!parse_one(&src, a, &root, &diags)) {
		fail_msg("%s: %s in\n%.*s", what, diags.first->text, STR_FMT(text));
	}
	if (!root || !node_equal(root, data)) {
		fail_msg("%s: other data is read from\n%.*s", what, STR_FMT(text));
	}
}

static void
round_trip(const struct node *data)
{
	struct arena a = { 0 };

	for (size_t nl = 0; nl < sizeof(breaks) / sizeof(breaks[0]); nl++) {
		for (size_t step = 1; step <= 4; step++) {
			struct buf b = { .arena = &a };

			emit_block(&b, data, 0, step, step % 2 == 0, breaks[nl]);
			expect_same(&a, buf_str(&b), data, "block");
			b.n = 0;
			buf_add(&b, STR("top:"));
			buf_add(&b, breaks[nl]);
			emit_block(&b, data, step, step, step % 2 == 1, breaks[nl]);
			buf_add(&b, STR("z: 1"));
			buf_add(&b, breaks[nl]);
		}
	}
	for (int json = 0; json < 2; json++) {
		struct buf b = { .arena = &a };

		emit_flow(&b, data, json == 1);
		assert_int_equal(str_find(buf_str(&b), '\n', 0), b.n);
		expect_same(&a, buf_str(&b), data, json == 1 ? "JSON" : "flow");
	}
	arena_done(&a);
}

static void
strings(void **state)
{
	static const enum emit_quote quotes[] = { EMIT_PLAIN, EMIT_SINGLE, EMIT_DOUBLE };
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < NASTY; i++) {
		struct node *text = node_new(&a, NODE_STRING, nasty[i]), *map = node_map(&a), *list = node_list(&a), *deep = node_map(&a);

		for (size_t q = 0; q < 6; q++) {
			struct buf b = { .arena = &a };

			buf_add(&b, q % 2 == 1 ? STR("[") : STR("- "));
			emit_scalar(&b, text, quotes[q / 2], q % 2 == 1);
			buf_add(&b, q % 2 == 1 ? STR("]") : STR("\n"));
			list->first = list->last = NULL;
			node_append(list, node_new(&a, NODE_STRING, nasty[i]));
			expect_same(&a, buf_str(&b), list, "scalar");
		}
		node_put(&a, map, STR("key"), node_new(&a, NODE_STRING, nasty[i]));
		node_put(&a, map, nasty[i], node_new(&a, NODE_STRING, STR("value")));
		node_put(&a, deep, STR("map"), map);
		node_append(list, node_new(&a, NODE_STRING, nasty[i]));
		node_put(&a, deep, STR("list"), list);
		node_put(&a, deep, STR("last"), node_new(&a, NODE_STRING, nasty[i]));
		round_trip(deep);
	}
	arena_done(&a);
}

static void
other_kinds(void **state)
{
	struct arena a = { 0 };
	struct node *map = node_map(&a), *list = node_list(&a), *inner = node_list(&a), *item = node_map(&a);

	(void)state;
	node_put(&a, map, STR("null"), node_new(&a, NODE_NULL, (struct str){ 0 }));
	node_put(&a, map, STR("bool"), node_new(&a, NODE_BOOL, STR("on")));
	node_put(&a, map, STR("int"), node_new(&a, NODE_INT, STR("0644")));
	node_put(&a, map, STR("float"), node_new(&a, NODE_FLOAT, STR("1e3")));
	node_put(&a, map, STR("empty map"), node_map(&a));
	node_put(&a, map, STR("empty list"), node_list(&a));
	node_put(&a, item, STR("a"), node_list(&a));
	node_put(&a, item, STR("b"), node_map(&a));
	node_append(inner, node_new(&a, NODE_NULL, (struct str){ 0 }));
	node_append(inner, item);
	node_append(inner, node_list(&a));
	node_append(list, inner);
	node_append(list, node_map(&a));
	node_append(list, node_new(&a, NODE_BOOL, STR("false")));
	node_put(&a, map, STR("list"), list);
	round_trip(map);
	round_trip(list);
	arena_done(&a);
}

static void
long_keys(void **state)
{
	struct arena a = { 0 };
	struct node *map = node_map(&a);
	struct buf key = { .arena = &a };

	(void)state;
	for (size_t n = 100; n < 5000; n += 300) {
		buf_fill(&key, 'k', 300);
		node_put(&a, map, (struct str){ arena_copy(&a, key.s, key.n), key.n }, node_new(&a, NODE_STRING, STR("value")));
	}
	node_put(&a, map, STR("z"), node_new(&a, NODE_STRING, STR("v")));
	for (size_t step = 2; step < 5; step += 2) {
		struct buf b = { .arena = &a };

		emit_block(&b, map, 0, step, false, STR("\n"));
		expect_same(&a, buf_str(&b), map, "long keys");
	}
	arena_done(&a);
}

static void
expect(const struct node *node, enum emit_quote quote, bool flow, const char *wanted)
{
	struct arena a = { 0 };
	struct buf b = { .arena = &a };

	emit_scalar(&b, node, quote, flow);
	assert_string_equal(buf_z(&b), wanted);
	arena_done(&a);
}

static void
spelling(void **state)
{
	struct arena a = { 0 };
	struct buf b = { .arena = &a };
	struct node *map = node_map(&a), *list = node_list(&a), *item = node_map(&a);

	(void)state;
	expect(node_new(&a, NODE_STRING, STR("plain")), EMIT_PLAIN, false, "plain");
	expect(node_new(&a, NODE_STRING, STR("plain")), EMIT_SINGLE, false, "'plain'");
	expect(node_new(&a, NODE_STRING, STR("it's")), EMIT_SINGLE, false, "'it''s'");
	expect(node_new(&a, NODE_STRING, STR("a\tb")), EMIT_SINGLE, false, "\"a\\tb\"");
	expect(node_new(&a, NODE_STRING, STR("on")), EMIT_PLAIN, false, "\"on\"");
	expect(node_new(&a, NODE_STRING, STR("a b")), EMIT_PLAIN, false, "a b");
	expect(node_new(&a, NODE_STRING, STR("a b")), EMIT_PLAIN, true, "\"a b\"");
	expect(node_new(&a, NODE_STRING, STR("\xC3\xA4\x01\"\\\n" LS)), EMIT_DOUBLE, false, "\"\xC3\xA4\\u0001\\\"\\\\\\n\\u2028\"");
	expect(node_new(&a, NODE_BOOL, STR("yes")), EMIT_DOUBLE, true, "yes");
	expect(node_new(&a, NODE_NULL, STR("")), EMIT_PLAIN, true, "null");
	node_put(&a, map, STR("a"), node_new(&a, NODE_STRING, STR("one\ntwo\n")));
	node_put(&a, item, STR("b"), node_new(&a, NODE_STRING, STR("1")));
	node_put(&a, item, STR("c"), node_list(&a));
	node_append(list, item);
	node_put(&a, map, STR("l"), list);
	emit_block(&b, map, 2, 4, false, STR("\n"));
	assert_string_equal(buf_z(&b), "  a: |\n      one\n      two\n  l:\n      - b: \"1\"\n        c: []\n");
	b.n = 0;
	emit_block(&b, map, 0, 2, true, STR("\r\n"));
	assert_string_equal(buf_z(&b), "a: |\r\n  one\r\n  two\r\nl:\r\n- b: \"1\"\r\n  c: []\r\n");
	b.n = 0;
	emit_flow(&b, map, false);
	assert_string_equal(buf_z(&b), "{a: \"one\\ntwo\\n\", l: [{b: \"1\", c: []}]}");
	b.n = 0;
	emit_flow(&b, map, true);
	assert_string_equal(buf_z(&b), "{\"a\": \"one\\ntwo\\n\", \"l\": [{\"b\": \"1\", \"c\": []}]}");
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings),
		cmocka_unit_test(other_kinds),
		cmocka_unit_test(long_keys),
		cmocka_unit_test(spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
