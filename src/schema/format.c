/* SPDX-License-Identifier: Apache-2.0 */
/* The table of formats, and those of a few lines. */
#include "schema/format.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "schema/formathost.h"
#include "schema/formatmail.h"
#include "schema/formattime.h"
#include "schema/formaturl.h"
#include "schema/re2read.h"

/* RFC 4122; 8, 4, 4, 4 and 12 digits */
static const char *
check_digits(struct str s, bool small_only)
{
	if (s.n != 36) {
		return "8, 4, 4, 4 and 12 hexadecimal digits with '-' between are wanted";
	}
	for (size_t i = 0; i < s.n; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? s.s[i] != '-' : ascii_hex(s.s[i]) < 0 || (small_only && s.s[i] >= 'A' && s.s[i] <= 'F')) {
			return small_only && ascii_letter(s.s[i]) ? "only small hexadecimal digits are wanted"
				: "8, 4, 4, 4 and 12 hexadecimal digits with '-' between are wanted";
		}
	}
	return NULL;
}

static const char *
check_uuid(struct str s)
{
	return check_digits(s, false);
}

static const char *
check_uuid3(struct str s)
{
	return check_digits(s, true);
}

/* RFC 6901 */
static const char *
check_pointer(struct str s)
{
	if (s.n > 0 && s.s[0] != '/') {
		return "it begins with /";
	}
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '~' && (i + 1 == s.n || (s.s[i + 1] != '0' && s.s[i + 1] != '1'))) {
			return "a ~ is written ~0";
		}
	}
	return NULL;
}

/* draft-handrews-relative-json-pointer-01 */
static const char *
check_relative(struct str s)
{
	size_t digits = 0;

	while (digits < s.n && ascii_digit(s.s[digits])) {
		digits++;
	}
	if (digits == 0 || (digits > 1 && s.s[0] == '0')) {
		return "it begins with a number, without 0 before it";
	}
	s = str_slice(s, digits, s.n);
	return str_eq(s, STR("#")) ? NULL : check_pointer(s) ? "# or /... is wanted behind the number" : NULL;
}

/* identifiers with dots between, https://semver.org; numeric: no number begins with 0 */
static const char *
check_identifiers(struct str s, bool numeric)
{
	for (size_t at = 0, end; at <= s.n; at = end + 1) {
		bool digits = true;

		end = str_find(s, '.', at);
		for (size_t i = at; i < end; i++) {
			digits = digits && ascii_digit(s.s[i]);
			if (!ascii_digit(s.s[i]) && !ascii_letter(s.s[i]) && s.s[i] != '-') {
				return "behind the numbers only letters, digits and '-' are allowed";
			}
		}
		if (at == end) {
			return "a part between dots is empty";
		}
		if (numeric && digits && end - at > 1 && s.s[at] == '0') {
			return "a number begins with 0";
		}
	}
	return NULL;
}

static const char *
check_semver(struct str s)
{
	size_t plus = str_find(s, '+', 0), minus = str_find(str_slice(s, 0, plus), '-', 0), parts = 0;
	const char *wrong = plus < s.n ? check_identifiers(str_slice(s, plus + 1, s.n), false) : NULL;

	if (!wrong && minus < plus) {
		wrong = check_identifiers(str_slice(s, minus + 1, plus), true);
	}
	s = str_slice(s, 0, minus);
	for (size_t at = 0, end; !wrong && at <= s.n; at = end + 1, parts++) {
		end = str_find(s, '.', at);
		for (size_t i = at; i < end; i++) {
			wrong = ascii_digit(s.s[i]) ? wrong : "three numbers with dots between are wanted: 1.2.3";
		}
		wrong = at == end ? "three numbers with dots between are wanted: 1.2.3"
			: end - at > 1 && s.s[at] == '0' ? "a number begins with 0" : wrong;
	}
	return wrong ? wrong : parts != 3 ? "three numbers with dots between are wanted: 1.2.3" : NULL;
}

static const char *
check_pattern(struct str s, enum re2_go go)
{
	struct arena scratch = { 0 };
	struct re2 re2;

	re2_read(&scratch, s, go, &re2);
	arena_done(&scratch);
	return re2.error;
}

static const char *
check_regex(struct str s)
{
	return check_pattern(s, RE2_GO_NEW);
}

static const char *
check_regex3(struct str s)
{
	return check_pattern(s, RE2_GO_OLD);
}

static const struct format formats[] = {
	{ "date", "date", { formattime_date, formattime_date } },
	{ "time", "time", { formattime_time3, formattime_time } },
	{ "date-time", "date and time", { formattime_date_time3, formattime_date_time } },
	{ "duration", "duration", { NULL, formattime_duration } },
	{ "period", "period", { NULL, formattime_period } },
	{ "hostname", "host name", { formathost_name3, formathost_name } },
	{ "email", "mail address", { formatmail_address, formathost_email } },
	{ "idn-email", "mail address", { formatmail_address, NULL } },
	{ "ipv4", "IPv4 address", { formathost_ipv4_3, formathost_ipv4 } },
	{ "ipv6", "IPv6 address", { formathost_ipv6_3, formathost_ipv6 } },
	{ "uri", "URI", { formaturl_uri3, formaturl_uri } },
	{ "iri", "IRI", { formaturl_uri3, formaturl_uri } },
	{ "uri-reference", "reference to a URI", { formaturl_reference3, formaturl_reference } },
	{ "iri-reference", "reference to an IRI", { formaturl_reference3, formaturl_reference } },
	{ "uri-template", "URI template", { formaturl_template3, formaturl_template } },
	{ "uuid", "UUID", { check_uuid3, check_uuid } },
	{ "semver", "semantic version", { NULL, check_semver } },
	{ "regex", "regular expression", { check_regex3, check_regex } },
	{ "json-pointer", "JSON pointer", { check_pointer, check_pointer } },
	{ "relative-json-pointer", "relative JSON pointer", { check_relative, check_relative } },
};

const char *const format_names[] = { "date", "time", "date-time", "duration", "period", "hostname", "email", "idn-email",
	"ipv4", "ipv6", "uri", "iri", "uri-reference", "iri-reference",
	"uri-template", "uuid", "semver", "regex", "json-pointer", "relative-json-pointer", NULL };

const struct format *
format_find(struct str name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (str_is(name, formats[i].name)) {
			return &formats[i];
		}
	}
	return NULL;
}

bool
format_refuses_numbers(const struct format *format, enum format_helm helm)
{
	return helm == FORMAT_HELM_3 && format->helm[helm];
}
