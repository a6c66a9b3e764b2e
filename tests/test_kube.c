/* SPDX-License-Identifier: Apache-2.0 */
/* The forms of texts, quantities, and the tables of Kubernetes' types. */
#include "base/arena.h"
#include "kube/cron.h"
#include "kube/quantity.h"
#include "kube/text.h"
#include "kube/types.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

typedef const char *form(struct str);

static void
good(form *f, const char *text)
{
	if (f(str_of(text))) {
		fail_msg("'%s' %s", text, f(str_of(text)));
	}
}

static void
bad(form *f, const char *text, const char *wanted)
{
	const char *wrong = f(str_of(text));

	if (!wrong || strcmp(wrong, wanted) != 0) {
		fail_msg("'%s' %s, wanted: %s", text, wrong ? wrong : "is right", wanted);
	}
}

/* so many characters */
static const char *
long_text(char *s, size_t n)
{
	memset(s, 'a', n);
	s[n] = '\0';
	return s;
}

static void
names(void **state)
{
	char s[300];

	(void)state;
	good(text_label, "a");
	good(text_label, "1-a");
	good(text_label, long_text(s, 63));
	bad(text_label, long_text(s, 64), "is longer than 63 characters");
	bad(text_label, "", "is empty");
	bad(text_label, "a.b", "has a '.'");
	bad(text_label, "-a", "begins with '-'");
	bad(text_label, "a-", "ends in '-'");
	bad(text_label, "aB", "has upper case letters");
	bad(text_label, "a_b", "has a '_'");
	bad(text_label, "\xc3\xa9", "has other characters than a-z, 0-9 and '-'");
	good(text_label_1035, "a1");
	bad(text_label_1035, "1a", "begins with a digit");
	good(text_subdomain, "a.b-c.1");
	bad(text_subdomain, "", "is empty");
	bad(text_subdomain, ".a", "has an empty part");
	bad(text_subdomain, "a.", "has an empty part");
	bad(text_subdomain, "a.-b", "begins with '-'");
	good(text_subdomain, long_text(s, 253));
	bad(text_subdomain, long_text(s, 254), "is longer than 253 characters");
	good(text_path_segment, "system:Auth..");
	bad(text_path_segment, "..", "is a folder's");
	bad(text_path_segment, "a/b", "has a '/'");
	bad(text_path_segment, "50%", "has a '%'");
}

static void
labels(void **state)
{
	char s[300];

	(void)state;
	good(text_label_key, "a");
	good(text_label_key, "A_b.c-1");
	good(text_label_key, "acme.example/A");
	bad(text_label_key, "", "is empty");
	bad(text_label_key, "/a", "has no DNS name before its '/'");
	bad(text_label_key, "A.b/a", "has no DNS name before its '/'");
	bad(text_label_key, "a/", "has no name behind its '/'");
	bad(text_label_key, "a/b/c", "has more than one '/'");
	good(text_label_key, long_text(s, 63));
	bad(text_label_key, long_text(s, 64), "is longer than 63 characters");
	good(text_label_value, "");
	good(text_label_value, "1.20");
	good(text_label_value, "A_b");
	bad(text_label_value, "a b", "has a blank");
	bad(text_label_value, "-a", "does not begin with a letter or digit");
	bad(text_label_value, "a.", "does not end in a letter or digit");
	bad(text_label_value, "a/b", "has other characters than letters, digits, '-', '_' and '.'");
	good(text_port_name, "http-2");
	good(text_port_name, "a-15-long-name1");
	bad(text_port_name, "a-16-long-name-1", "is longer than 15 characters");
	bad(text_port_name, "80", "has no letter");
	bad(text_port_name, "a--b", "has two '-' in a row");
	bad(text_port_name, "a-", "ends in '-'");
}

static void
encodings(void **state)
{
	static const char *const base64[] = { "", "YQ==", "YWI=", "YWJj", "YW\r\nJj\n", "+/+/" };
	static const char *const no_base64[] = { "YQ", "YQ=", "Y===", "Y=Q=", "YQ==YQ==", "YW-_", " YWJj", "====" };
	static const char *const times[] = { "2026-01-31T12:00:00Z", "2026-01-31t12:00:00.123+02:00", "0001-01-01T00:00:00Z" };
	static const char *const no_times[] = { "", "2026-01-31", "2026-13-31T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:00:00",
		"2026-01-31 12:00:00Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00Zx", "26-01-31T12:00:00Z", "2026-01-31T12:00:00+0200" };

	(void)state;
	for (size_t i = 0; i < COUNT(base64); i++) {
		assert_true(text_base64(str_of(base64[i])));
	}
	for (size_t i = 0; i < COUNT(no_base64); i++) {
		assert_false(text_base64(str_of(no_base64[i])));
	}
	for (size_t i = 0; i < COUNT(times); i++) {
		assert_true(text_time(str_of(times[i])));
	}
	for (size_t i = 0; i < COUNT(no_times); i++) {
		assert_false(text_time(str_of(no_times[i])));
	}
}

/* the examples and the grammar of k8s.io/apimachinery/pkg/api/resource */
static void
quantities(void **state)
{
	static const char *const right[] = { "0", "1", "-1", "+1.5", ".5", "5.", "100m", "1k", "1Ki", "1E", "1Ei", "1e3", "1E-3", "1e+3", "12n", "1u",
		"123456789012345678901234567890123456789" };
	static const char *const wrong[] = { "", "-", ".", "m", "1K", "1ki", "1GB", "1 G", " 1", "1e", "1e+", "1e3m", "1.2.3", "0x1", "1Mim", "++1" };
	static const char *const meant[][2] = { { "8GB", "8G" }, { "8gib", "8Gi" }, { "4 Gi", "4Gi" }, { "1K", "1k" }, { "1ki", "1Ki" }, { "500 m", "500m" },
		{ "1.5gb", "1.5G" }, { "2MB", "2M" }, { "100mb", "100M" } };
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(right); i++) {
		if (!quantity_valid(str_of(right[i]))) {
			fail_msg("%s", right[i]);
		}
	}
	for (size_t i = 0; i < COUNT(wrong); i++) {
		if (quantity_valid(str_of(wrong[i]))) {
			fail_msg("%s", wrong[i]);
		}
	}
	for (size_t i = 0; i < COUNT(meant); i++) {
		const char *text = quantity_meant(&a, str_of(meant[i][0]));

		assert_non_null(text);
		assert_string_equal(text, meant[i][1]);
		assert_true(quantity_valid(str_of(text)));
	}
	assert_null(quantity_meant(&a, STR("half")));
	assert_null(quantity_meant(&a, STR("5 apples")));
	arena_done(&a);
}

/* the rules of github.com/robfig/cron/v3 */
static void
schedules(void **state)
{
	static const char *const right[] = { "* * * * *", "? ? ? ? ?", "  0\t0  1 1\n0 ", "*/5 * * * *", "59 23 31 12 6", "0 0 1 jan sun", "0 0 1-5/2 JAN-Mar MON-FRI",
		"0,15,30-40 * * * *", "5/15 * * * *", "*/61 * * * *", "*-x-y * * * *", ",0, , * * *", "+5 * * * *", "0\xc2\xa0* * * *", "0 0 * * 0-6/7",
		"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@every 1h30m", "@every 0", "@every -1.5s", "@every .5h",
		"@every 1\xc2\xb5s2\xce\xbcs3us", "@every 2562047h" };
	/* what is wrong, and its bytes */
	static const struct {
		const char *schedule, *text, *part;
	} wrong[] = {
		{ "", "the schedule is empty", "" },
		{ " ", "the schedule has 0 fields, 5 are wanted", " " },
		{ "* * * *", "the schedule has 4 fields, 5 are wanted", "* * * *" },
		{ "0 0 12 * * ?", "the schedule has 6 fields, 5 are wanted", "0 0 12 * * ?" },
		{ "60 * * * *", "the minute '60' is above 59", "60" },
		{ "0-60 * * * *", "the minute '60' is above 59", "60" },
		{ "60/5 * * * *", "the minute '60' is above 59", "60" },
		{ "0 24 * * *", "the hour '24' is above 23", "24" },
		{ "0 0 0 * *", "the day '0' is below 1", "0" },
		{ "0 0 1 0 *", "the month '0' is below 1", "0" },
		{ "0 0 * * 1,7", "the weekday '7' is above 6", "7" },
		{ "0 0 * * FRI-MON", "the weekday range 'FRI-MON' goes backwards", "FRI-MON" },
		{ "*/0 * * * *", "the step of the minute '*/0' is 0", "*/0" },
		{ "*/x * * * *", "the step of the minute '*/x' is no number", "*/x" },
		{ "*/ * * * *", "the step of the minute '*/' is no number", "*/" },
		{ "*/-1 * * * *", "the step of the minute '*/-1' is no number", "*/-1" },
		{ "1/2/3 * * * *", "the minute '1/2/3' has more than one '/'", "1/2/3" },
		{ "1-2-3 * * * *", "the minute '1-2-3' has more than one '-'", "1-2-3" },
		{ "-5 * * * *", "the minute '-5' lacks a number", "-5" },
		{ "5- * * * *", "the minute '5-' lacks a number", "5-" },
		{ "** * * * *", "the minute '**' is no number", "**" },
		{ "0 0 L * *", "the day 'L' is no number", "L" },
		{ "0 0 * JANUARY *", "the month 'JANUARY' is no number, and none of JAN to DEC", "JANUARY" },
		{ "99999999999999999999 * * * *", "the minute '99999999999999999999' is no number", "99999999999999999999" },
		{ "* * * * MON-x", "the weekday 'x' is no number, and none of SUN to SAT", "x" },
		{ "@reboot", "'@reboot' is no schedule", "@reboot" },
		{ "@Daily", "'@Daily' is no schedule", "@Daily" },
		{ "@every", "'@every' is no schedule", "@every" },
		{ "@every 5", "'5' is no duration", "5" },
		{ "@every 1d", "'1d' is no duration", "1d" },
		{ "@every 9999999h", "'9999999h' is no duration", "9999999h" },
		{ "@every ", "'' is no duration", "@every " },
		{ "@every .s", "'.s' is no duration", ".s" },
	};
	struct arena a = { 0 };
	static const char *const sundays[][2] = {
		{ "0 0 * * 7", "0" }, { "0 0 * * 5-7", "5-6,0" }, { "0 0 * * 6-7", "6,0" }, { "0 0 * * MON-7", "*" }, { "0 0 * * 0-7", "*" },
		{ "0 0 1 * 1-7", "0-6" }, { "0 0 * * 7-1", "0-1" }, { "0 0 * * 7-7", "0" }, { "0 0 * * 1-7/2", "1,3,5,0" }, { "0 0 * * 0-7/2", "0,2,4,6" },
		{ "0 0 * * 2-7/9", "2" }, { "0 0 * * 7-6", "*" }, { "0 0 * * 7/2", NULL }, { "0 0 * * 5-8", NULL }, { "0 0 * * 5-7/0", NULL },
	};
	const struct cron_wrong *found;

	(void)state;
	for (size_t i = 0; i < COUNT(sundays); i++) {
		assert_false(cron_valid(&a, str_of(sundays[i][0]), &found));
		assert_true(sundays[i][1] ? found->fix && strcmp(found->fix, sundays[i][1]) == 0 : !found->fix);
	}
	assert_false(cron_valid(&a, STR("60 */9 0 * 7,6-7,3"), &found));
	assert_string_equal(found->text, "the minute '60' is above 59");
	assert_string_equal(found->next->text, "the day '0' is below 1");
	assert_string_equal(found->next->next->fix, "0");
	assert_string_equal(found->next->next->next->fix, "6,0");
	assert_null(found->next->next->next->next);
	for (size_t i = 0; i < COUNT(right); i++) {
		if (!cron_valid(&a, str_of(right[i]), &found)) {
			fail_msg("'%s': %s", right[i], found->text);
		}
	}
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct str s = str_of(wrong[i].schedule);

		if (cron_valid(&a, s, &found)) {
			fail_msg("'%s'", wrong[i].schedule);
		}
		assert_string_equal(found->text, wrong[i].text);
		assert_true(str_is(str_slice(s, found->from, found->to), wrong[i].part));
	}
	assert_true(cron_valid(&a, STR("*/60 0/24 * * *"), &found));
	assert_null(found);
	assert_true(cron_valid(&a, STR("0 5/25 * */13 *"), &found));
	assert_string_equal(found->text, "the hour '5/25' is only ever 5");
	assert_int_equal(cron_zone(STR("CRON_TZ=UTC 0 0 * * *")), 11);
	assert_int_equal(cron_zone(STR("TZ=UTC")), 6);
	assert_int_equal(cron_zone(STR("0 0 * * *")), 0);
	arena_done(&a);
}

static void
versions(void **state)
{
	unsigned n = 0;

	(void)state;
	assert_true(kube_version_read(STR("1.28"), &n));
	assert_int_equal(n, 28);
	assert_true(kube_version_read(STR("v1.15.12"), &n));
	assert_int_equal(n, 15);
	assert_true(kube_version_read(STR("1.31+k3s1"), &n));
	assert_int_equal(n, 31);
	assert_false(kube_version_read(STR("1."), &n));
	assert_false(kube_version_read(STR("2.28"), &n));
	assert_false(kube_version_read(STR("1.28x"), &n));
	assert_false(kube_version_read(STR(""), &n));
	assert_int_equal(n, 31);
	assert_true(kube_oldest <= KUBE_DEFAULT && KUBE_DEFAULT <= kube_newest);
}

/* searches are by halves: the tables must be in order, and every range one of known versions */
static void
tables(void **state)
{
	size_t n;

	(void)state;
	assert_true(kube_kinds_n > 200);
	for (size_t i = 0; i < kube_kinds_n; i++) {
		const struct kube_kind *kind = &kube_kinds[i];
		const struct kube_type *type = &kube_types[kind->type];

		assert_true(i == 0 || str_cmp(kube_name(kind[-1].kind), kube_name(kind->kind)) <= 0);
		assert_true(kube_oldest <= kind->since && kind->since <= kind->until && kind->until <= kube_newest);
		assert_int_equal(type->sort, KUBE_OBJECT);
		assert_true(type->n > 0);
		for (size_t j = 0; j < type->n; j++) {
			const struct kube_field *field = &kube_fields[type->first + j];

			assert_true(j == 0 || str_cmp(kube_name(field[-1].name), kube_name(field->name)) <= 0);
			assert_true(kube_oldest <= field->since && field->since <= field->until && field->until <= kube_newest);
		}
	}
	assert_true(kube_group_known(STR("apps")) && kube_group_known(STR("")) && !kube_group_known(STR("acme.example")));
	assert_non_null(kube_kind_find(STR("apps/v1"), STR("Deployment"), 28));
	assert_null(kube_kind_find(STR("apps/v1"), STR("Pod"), 28));
	assert_null(kube_kind_find(STR("policy/v1beta1"), STR("PodDisruptionBudget"), 25));
	assert_non_null(kube_kind_find(STR("policy/v1beta1"), STR("PodDisruptionBudget"), 24));
	kube_kind_rows(STR("Nothing"), &n);
	assert_int_equal(n, 0);
	kube_kind_rows(STR("zzz"), &n);
	assert_int_equal(n, 0);
}

static void
fields(void **state)
{
	const struct kube_type *pod = &kube_types[kube_kind_find(STR("v1"), STR("Pod"), 28)->type];
	const struct kube_type *spec = &kube_types[kube_field_find(pod, STR("spec"), 28)->type];
	const struct kube_field *policy = kube_field_find(spec, STR("restartPolicy"), 28);
	size_t n;

	(void)state;
	assert_int_equal(kube_types[policy->type].sort, KUBE_CHOICE);
	assert_string_equal(kube_pool + kube_words[kube_types[policy->type].first], "Always");
	assert_true(kube_field_find(spec, STR("containers"), 15)->required);
	assert_null(kube_field_find(spec, STR("hostUsers"), 24));
	assert_non_null(kube_field_find(spec, STR("hostUsers"), 25));
	kube_field_rows(spec, STR("nothing"), &n);
	assert_int_equal(n, 0);
	kube_field_rows(spec, STR(""), &n);
	assert_int_equal(n, 0);
	kube_field_rows(spec, STR("zzz"), &n);
	assert_int_equal(n, 0);
}

int
main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(names), cmocka_unit_test(labels), cmocka_unit_test(encodings), cmocka_unit_test(quantities), cmocka_unit_test(schedules), cmocka_unit_test(versions),
		cmocka_unit_test(tables), cmocka_unit_test(fields),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
