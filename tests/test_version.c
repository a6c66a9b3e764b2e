/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of chart versions against ranges, with the answers of Masterminds/semver 3 as Helm 3.17 and 4.1 gave them. */
#include "helm/version.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void
versions(void **state)
{
	(void)state;
	assert_true(version_valid(STR("1.2.3")));
	assert_true(version_valid(STR("v1.2")));
	assert_true(version_valid(STR("1")));
	assert_true(version_valid(STR("1.2.3-rc.1+build.5")));
	assert_false(version_valid(STR("")));
	assert_false(version_valid(STR("one")));
	assert_false(version_valid(STR("1.2.3.4")));
	assert_false(version_valid(STR("1.2.3-")));
	assert_false(version_valid(STR("1.x")));
	assert_false(version_valid(STR("1.2.3 ")));
}

static void
ranges(void **state)
{
	static const struct { const char *version, *range; bool fits; } rows[] = {
		{ "1.2.3", "1.2.3", true }, { "1.2.3", "=1.2.3", true }, { "1.2.4", "1.2.3", false }, { "1.2.3", "", false },
		{ "1.2.3", "*", true }, { "1.2.3", "1.x", true }, { "2.0.0", "1.x", false }, { "1.2.3", "1", true }, { "1.3.0", "1.2", false },
		{ "1.2.3", "^1.0", true }, { "2.0.0", "^1.0", false }, { "0.2.9", "^0.2", true }, { "0.3.0", "^0.2", false },
		{ "0.0.3", "^0.0.3", true }, { "0.0.4", "^0.0.3", false }, { "0.9.0", "^0", true }, { "1.0.0", "^0", false },
		{ "1.2.9", "~1.2.3", true }, { "1.3.0", "~1.2.3", false }, { "1.9.0", "~1", true }, { "1.2.9", "~>1.2.3", true },
		{ "1.2.3", ">1.2", false }, { "1.3.0", ">1.2", true }, { "11.1.0", ">11", false }, { "12.0.0", ">11", true },
		{ "1.2.3", ">= 1.0, < 2", true }, { "2.0.0", ">= 1.0, < 2", false }, { "2.0.0", ">= 1.0 < 2 || 2.0.0", true },
		{ "1.2.9", "<=1.2", true }, { "1.3.0", "<=1.2", false }, { "1.2.3", "!=1.2.3", false }, { "1.2.4", "!=1.2.3", true },
		{ "1.2.4", "!=1.2.x", false }, { "1.3.0", "1.2 - 1.4", true }, { "1.4.9", "1.2 - 1.4", true }, { "1.5.0", "1.2 - 1.4", false },
		{ "1.0.0-rc1", "*", false }, { "1.0.0-rc1", ">=0", false }, { "1.0.0-rc1", ">=0-0", true }, { "1.0.0-rc1", "1.0.0-rc1", true },
		{ "1.0.0", ">1.0.0-rc1", true }, { "1.0.0-rc.2", ">1.0.0-rc.1", true }, { "1.0.0-rc.10", ">1.0.0-rc.9", true },
		{ "1.2.3", "1.2.3,", false }, { "1.2.3", "one", false }, { "1.2.3", "1.2.3 || one", false },
		{ "1.2.3+b1", "1.2.3", true }, { "1.2.3", "=>1.0", true }, { "1.2.3", "> =1.0", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (version_in_range(str_of(rows[i].version), str_of(rows[i].range)) != rows[i].fits) {
			fail_msg("%s in '%s'", rows[i].version, rows[i].range);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions),
		cmocka_unit_test(ranges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
