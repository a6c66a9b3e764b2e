/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/scalar: what Helm takes an unquoted text for, and which texts may stand unquoted. */
#include "base/arena.h"
#include "yaml/scalar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
expect(const char *texts, enum node_kind kind)
{
	struct str all = str_of(texts);

	for (size_t at = 0; at < all.n;) {
		size_t end = str_find(all, '|', at);
		struct str text = str_slice(all, at, end);

		if (scalar_kind(text) != kind) {
			fail_msg("'%.*s' is taken for %s, wanted %s", STR_FMT(text), node_kind_name(scalar_kind(text)), node_kind_name(kind));
		}
		if (kind != NODE_STRING && (scalar_plain_safe(text, false) || scalar_plain_safe(text, true))) {
			fail_msg("the text '%.*s' is not safe unquoted", STR_FMT(text));
		}
		at = end + 1;
	}
}

static void
kinds(void **state)
{
	(void)state;
	expect("~|null|Null|NULL", NODE_NULL);
	assert_int_equal(scalar_kind(STR("")), NODE_NULL);
	expect("y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE", NODE_BOOL);
	expect("0|1|-1|+1|12|0644|0o644|0O17|0x1F|0X1f|0b101|1_000|-0x10|00|9223372036854775807|18446744073709551615"
		"|-9223372036854775808|0_7|0777|1__0", NODE_INT);
	expect("1.5|1.|.5|-.5|+.5|1e3|1E3|1e+3|1.5e-3|1.0|.inf|.Inf|.INF|+.inf|-.inf|-.INF|.nan|.NaN|.NAN|1_0.5|18446744073709551616"
		"|123456789012345678901234567890", NODE_FLOAT);
	expect("nULL|nil|None|yEs|tRUE|oN|tru|truee|yess|nO|12:30:45|12:30|2001-01-01|2001-01-01T00:00:00Z|2001-1-1|1.2.3|1e|1e+|e3|.|..|-|+"
		"|+-1|--1|0x|0xG|0b2|0o8|.e3|1.5.|- 1|1 |.infinity|.Nan|inf|nan|v1|1k|100m|2Gi|=|<<|abc|0x1.8p1|1,000|-.nan",
		NODE_STRING);
}

static void
octal_or_not(void **state)
{
	(void)state;
	/* go-yaml tries a float where the digits are not octal */
	assert_int_equal(scalar_kind(STR("089")), NODE_FLOAT);
	assert_int_equal(scalar_kind(STR("08")), NODE_FLOAT);
	assert_int_equal(scalar_kind(STR("08.")), NODE_FLOAT);
}

static void
truth(void **state)
{
	(void)state;
	assert_true(scalar_true(STR("y")));
	assert_true(scalar_true(STR("On")));
	assert_true(scalar_true(STR("TRUE")));
	assert_false(scalar_true(STR("no")));
	assert_false(scalar_true(STR("OFF")));
	assert_false(scalar_true(STR("false")));
}

static void
expect_number(struct str text, double wanted)
{
	double got = -12345;

	if (!scalar_double(text, &got) || got < wanted || got > wanted) {
		fail_msg("'%.*s' is %g, wanted %g", STR_FMT(text), got, wanted);
	}
}

static void
numbers(void **state)
{
	double got = 7;

	(void)state;
	expect_number(STR("0644"), 420);
	expect_number(STR("0o644"), 420);
	expect_number(STR("1_000"), 1000);
	expect_number(STR("0x1F"), 31);
	expect_number(STR("-0x1F"), -31);
	expect_number(STR("0b101"), 5);
	expect_number(STR("1e3"), 1000);
	expect_number(STR(".5"), 0.5);
	expect_number(STR("-1."), -1);
	expect_number(STR("+7"), 7);
	expect_number(STR("9007199254740993"), 9007199254740992.0);
	expect_number(STR("18446744073709551615"), 18446744073709551616.0);
	expect_number(STR("089"), 89);
	assert_false(scalar_double(STR(".inf"), &got));
	assert_false(scalar_double(STR(".nan"), &got));
	assert_false(scalar_double(STR("1e999"), &got));
	assert_false(scalar_double(STR("x"), &got));
	assert_false(scalar_double(STR(""), &got));
}

static void
tags(void **state)
{
	(void)state;
	assert_int_equal(scalar_tagged_kind("tag:yaml.org,2002:str", STR("1")), NODE_STRING);
	assert_int_equal(scalar_tagged_kind("tag:yaml.org,2002:int", STR("0644")), NODE_INT);
	assert_int_equal(scalar_tagged_kind("tag:yaml.org,2002:float", STR("1")), NODE_FLOAT);
	assert_int_equal(scalar_tagged_kind("tag:yaml.org,2002:bool", STR("on")), NODE_BOOL);
	assert_int_equal(scalar_tagged_kind("tag:yaml.org,2002:null", STR("")), NODE_NULL);
	assert_int_equal(scalar_tagged_kind("!vault", STR("1")), NODE_STRING);
}

static void
long_texts(void **state)
{
	char digits[2000];

	(void)state;
	memset(digits, '1', sizeof(digits));
	assert_int_equal(scalar_kind((struct str){ digits, 500 }), NODE_FLOAT);
	assert_int_equal(scalar_kind((struct str){ "1\0", 2 }), NODE_STRING);
	memset(digits, 'a', sizeof(digits));
	assert_int_equal(scalar_kind((struct str){ digits, sizeof(digits) }), NODE_STRING);
}

static void
expect_safe(const char *texts, bool block, bool flow)
{
	struct str all = str_of(texts);

	for (size_t at = 0; at < all.n;) {
		size_t end = str_find(all, '|', at);
		struct str text = str_slice(all, at, end);

		if (scalar_plain_safe(text, false) != block || scalar_plain_safe(text, true) != flow) {
			fail_msg("'%.*s' is judged wrongly", STR_FMT(text));
		}
		at = end + 1;
	}
}

static void
plain(void **state)
{
	(void)state;
	expect_safe("a|abc|acme.example/cost-center|v1.2|/etc/ssl|a_b|user@host|a=b|x%y|a+b|Pod|yesterday|nullable|ona", true, true);
	expect_safe("two words|a:b|http://x/y", true, false);
	expect_safe(" a|a |a  b|a #b|a: b|a:|:a|- a|-a|?|? a|[a]|{a}|a,b|&a|*a|!a|#a|%a|@a|`a|'a'|\"a\"|<<|=|~|1a|1.2.3|2001-01-01"
		"|12:30|.a|0x|\ta|a\tb|\\|a\nb|\xC3\xA4|a\xC2\x85" "b|a\xE2\x80\xA8" "b|>a|a\x7F" "b|---|...|---a|+1x|_a", false, false);
	assert_false(scalar_plain_safe(STR(""), false));
	assert_false(scalar_plain_safe(STR("|"), false));
	assert_false(scalar_plain_safe(STR("a\0b"), false));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(octal_or_not),
		cmocka_unit_test(truth),
		cmocka_unit_test(numbers),
		cmocka_unit_test(tags),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
