/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of formats: own cases; with the shared data each case of the official suite against the verdicts of real Helms. */
#include "base/arena.h"
#include "schema/format.h"
#include "shared.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* format, text, Helm 3's and Helm 4's verdict: y, n; all measured */
static const struct { const char *format, *text, *verdicts; } rows[] = {
	{ "date", "2024-02-29", "yy" }, { "date", "2023-02-29", "nn" }, { "date", "1900-02-29", "nn" }, { "date", "2024-2-9", "nn" },
	{ "date", "2024-01-01Z", "nn" }, { "date", "", "nn" }, { "date", "2024-13-01", "nn" }, { "date", "2024-01-00", "nn" },
	{ "time", "08:30:06Z", "yy" }, { "time", "08:30:06z", "ny" }, { "time", "08:30:06", "yn" }, { "time", "8:30:06Z", "yn" },
	{ "time", "08:30:06.283185Z", "yy" }, { "time", "08:30:06,5Z", "yn" }, { "time", "23:59:60Z", "ny" },
	{ "time", "22:59:60-01:00", "ny" }, { "time", "22:59:60Z", "nn" }, { "time", "01:02:03+24:00", "yn" },
	{ "time", "+1:02:03Z", "ny" }, { "time", "24:00:00Z", "nn" }, { "time", "08:30:06.Z", "nn" }, { "time", "08:30", "nn" },
	{ "date-time", "2020-01-01T00:00:00Z", "yy" }, { "date-time", "2020-01-01t00:00:00z", "ny" },
	{ "date-time", "2020-01-01T00:00:00", "nn" }, { "date-time", "2020-01-01", "yn" }, { "date-time", "10:00:00", "yn" },
	{ "date-time", "2020-01-01 00:00:00Z", "nn" }, { "date-time", "2020-01-01T1:02:03Z", "yn" },
	{ "duration", "P1Y2M3DT4H5M6S", "yy" }, { "duration", "P1D2Y", "yn" }, { "duration", "P2W", "yy" }, { "duration", "PT", "yn" },
	{ "duration", "P1", "yn" }, { "duration", "P1W2D", "yn" }, { "duration", "1D", "yn" }, { "duration", "PT1D", "yn" },
	{ "period", "P1D/2020-01-01T00:00:00Z", "yy" }, { "period", "2020-01-01T00:00:00Z/P1D", "yy" }, { "period", "P1D/P1D", "yn" },
	{ "hostname", "a.b-c.D1", "yy" }, { "hostname", "a.", "ny" }, { "hostname", "-a", "nn" }, { "hostname", "a..b", "nn" },
	{ "hostname", "a_b", "nn" }, { "hostname", "", "nn" }, { "hostname", "xn--X", "yy" },
	{ "hostname", "a123456789a123456789a123456789a123456789a123456789a123456789a123", "nn" },
	{ "email", "a.b+c@d.e", "yy" }, { "email", "a", "nn" }, { "email", ".a@b", "nn" }, { "email", "a..b@c", "nn" },
	{ "email", "@b", "ny" }, { "email", "A B <a@b>", "yn" }, { "email", "(c) a@b", "nn" }, { "email", "a@b (c)", "yn" },
	{ "email", "g: a@b;", "yn" }, { "email", "g: a@b, c@d;", "nn" }, { "email", "\"a b\"@c", "yy" }, { "email", "\"W@b", "ny" },
	{ "email", "a@[1.2.3.4]", "yy" }, { "email", "a@[IPv6:::1]", "ny" }, { "email", "a@[::1]", "yn" }, { "email", "\u00e9@b", "yn" },
	{ "idn-email", "a", "ny" }, { "idn-hostname", "..", "yy" },
	{ "ipv4", "10.0.0.1", "yy" }, { "ipv4", "10.0.0", "nn" }, { "ipv4", "01.1.1.1", "nn" }, { "ipv4", "256.1.1.1", "nn" },
	{ "ipv4", "+1.2.3.4", "ny" }, { "ipv4", "::1.2.3.4", "yn" }, { "ipv4", "1.2.3.4.5", "nn" },
	{ "ipv6", "::1", "yy" }, { "ipv6", "::", "yy" }, { "ipv6", "1::2::3", "nn" }, { "ipv6", "::ffff:1.2.3.4", "yy" },
	{ "ipv6", "1:2:3:4:5:6:7:8", "yy" }, { "ipv6", "1:2:3:4:5:6:7", "nn" }, { "ipv6", "fe80::1%eth0", "nn" },
	{ "ipv6", "12345::", "nn" }, { "ipv6", "1.2.3.4", "nn" }, { "ipv6", "1:2:3:4:5:6:7::8", "nn" },
	{ "uri", "http://x/y", "yy" }, { "uri", "mailto:a@b", "yy" }, { "uri", "/rel", "nn" }, { "uri", "http://x/\u00e9 {|}", "yy" },
	{ "uri", "http://x/\\", "ny" }, { "uri", "http://x/%zz", "nn" }, { "uri", "http://x:a/", "nn" }, { "uri", "http://[::1]:80/", "yy" },
	{ "uri", "http://[1.2.3.4]/", "yn" }, { "uri", "http://a b/", "nn" }, { "uri", "http://2001:db8::1/", "yn" }, { "uri", ":a", "nn" },
	{ "uri", "http:/[::1]", "yy" }, { "iri", "http://x/\u00e9", "yy" }, { "uri-reference", "/rel", "yy" },
	{ "uri-reference", "a:b/c", "yy" }, { "uri-reference", "1:b", "nn" }, { "uri-reference", "a\\b", "nn" },
	{ "uri-template", "/a{b}/c", "yy" }, { "uri-template", "/a{b", "nn" }, { "uri-template", "/a}b", "yn" },
	{ "uri-template", "{#v}", "nn" }, { "uri-template", "{/v}", "yn" }, { "uri-template", "/%7B", "ny" }, { "uri-template", "/%7b", "nn" },
	{ "uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "yy" }, { "uuid", "2EB8AA08-aa98-11ea-b4aa-73b441d16380", "ny" },
	{ "uuid", "2eb8aa08aa9811eab4aa73b441d16380", "nn" },
	{ "semver", "1.2.3-rc.1+b.01", "yy" }, { "semver", "1.2", "yn" }, { "semver", "01.2.3", "yn" }, { "semver", "1.2.3-01", "yn" },
	{ "semver", "1.2.3-", "yn" }, { "semver", "1.2.3+", "yn" },
	{ "regex", "^a+$", "yy" }, { "regex", "(?=a)", "nn" }, { "regex", "\\p{Letter}", "ny" }, { "regex", "\\p{Old_Italic}", "yn" },
	{ "json-pointer", "/a~0b/~1", "yy" }, { "json-pointer", "", "yy" }, { "json-pointer", "a", "nn" }, { "json-pointer", "/~2", "nn" },
	{ "relative-json-pointer", "1/a", "yy" }, { "relative-json-pointer", "0#", "yy" }, { "relative-json-pointer", "01/a", "nn" },
	{ "relative-json-pointer", "/a", "nn" },
	{ "int32", "x", "yy" },
};

static bool
takes(struct str name, enum format_helm helm, struct str text)
{
	const struct format *f = format_find(name);

	return !f || !f->helm[helm] || !f->helm[helm](text);
}

static void
own_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int helm = 0; helm < 2; helm++) {
			if (takes(str_of(rows[i].format), helm, str_of(rows[i].text)) != (rows[i].verdicts[helm] == 'y')) {
				fail_msg("%s: '%s' in Helm %d", rows[i].format, rows[i].text, helm + 3);
			}
		}
	}
	assert_true(format_refuses_numbers(format_find(STR("ipv4")), FORMAT_HELM_3));
	assert_false(format_refuses_numbers(format_find(STR("ipv4")), FORMAT_HELM_4));
	assert_false(format_refuses_numbers(format_find(STR("semver")), FORMAT_HELM_3));
}

static void
reasons(void **state)
{
	const struct format *f = format_find(STR("ipv4"));

	(void)state;
	assert_string_equal(f->noun, "IPv4 address");
	assert_string_equal(f->helm[FORMAT_HELM_4](STR("10.0.0")), "three numbers, four are wanted");
	f = format_find(STR("hostname"));
	assert_string_equal(f->helm[FORMAT_HELM_4](STR("https://a")), "only the host is wanted, no scheme, port or path");
}

/* Helm 3 writes the values out as YAML and reads them again before it checks them; U+0085 is a line break then. */
static bool
is_changed_by_helm3(struct str text)
{
	for (size_t at = str_find(text, '\xC2', 0); at + 1 < text.n; at = str_find(text, '\xC2', at + 1)) {
		if (text.s[at + 1] == '\x85') {
			return true;
		}
	}
	return false;
}

/* the verdict on one value of any kind */
static bool
passes(struct str name, enum format_helm helm, const struct node *value)
{
	const struct format *f = format_find(name);

	if (value->kind == NODE_INT || value->kind == NODE_FLOAT) {
		return !f || !format_refuses_numbers(f, helm);
	}
	return value->kind != NODE_STRING || takes(name, helm, value->text);
}

/* one file of the suite, the truth beside it */
static size_t
check_file(struct arena *a, const char *draft, const struct node *truth)
{
	const struct node *groups, *verdicts = truth->first;
	struct source src, copy;
	size_t cases = 0;

	assert_true(shared_read(&src, a, arena_printf(a, "jsonschema-suite/tests/%s/%.*s", draft, STR_FMT(truth->key->text))));
	groups = shared_json(&copy, a, src.text);
	assert_non_null(groups);
	for (const struct node *group = groups->first; group; group = group->next, verdicts = verdicts->next) {
		struct str name = node_text(node_get(group, STR("schema")), STR("format"));
		const struct node *verdict = verdicts->first;

		for (const struct node *test = node_get(group, STR("tests"))->first; test; test = test->next, verdict = verdict->next) {
			const struct node *value = node_get(test, STR("data"));

			for (int helm = 0; helm < 2; helm++) {
				struct str known = (helm ? verdict->first->next : verdict->first)->text;

				if ((str_eq(known, STR("1")) || str_eq(known, STR("0"))) && (helm == 1 || !is_changed_by_helm3(value->text))) {
					cases++;
					if (passes(name, helm, value) != str_eq(known, STR("1"))) {
						fail_msg("%s %.*s: '%.*s' in Helm %d", draft, STR_FMT(name), STR_FMT(value->text), helm + 3);
					}
				}
			}
		}
	}
	return cases;
}

static void
suite(void **state)
{
	static const char *const drafts[] = { "draft4", "draft6", "draft7" };
	struct source src, copy;
	struct arena a = { 0 };
	const struct node *all;
	size_t cases = 0;

	(void)state;
	if (!shared_read(&src, &a, "jsonschema-suite/helm-truth.json")) {
		skip();
	}
	all = shared_json(&copy, &a, src.text);
	for (size_t i = 0; i < sizeof(drafts) / sizeof(drafts[0]); i++) {
		for (const struct node *file = node_get(all, str_of(drafts[i]))->first; file; file = file->next) {
			if (str_starts(file->key->text, STR("optional/format/"))) {
				cases += check_file(&a, drafts[i], file);
			}
		}
	}
	print_message("# %zu verdicts\n", cases);
	assert_true(cases > 2400);
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_cases),
		cmocka_unit_test(reasons),
		cmocka_unit_test(suite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
