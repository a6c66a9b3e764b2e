/* SPDX-License-Identifier: Apache-2.0 */
/* Dates, times and durations: RFC 3339 as the two schema libraries of Helm read it. */
#include "schema/formattime.h"

#include "base/ascii.h"
enum { NUMBER_CAP = 1000000000 };

static bool
is_digit(struct str s, size_t at)
{
	return at < s.n && ascii_digit(s.s[at]);
}

static struct str
from(struct str s, size_t at)
{
	return str_slice(s, at, s.n);
}

bool
formattime_number(struct str s, long *ret)
{
	bool negative = s.n > 0 && s.s[0] == '-';
	size_t i = negative || (s.n > 0 && s.s[0] == '+') ? 1 : 0;

	*ret = 0;
	if (i == s.n) {
		return false;
	}
	for (; i < s.n; i++) {
		if (!is_digit(s, i)) {
			return false;
		}
		*ret = *ret * 10 + (s.s[i] - '0');
		*ret = *ret > NUMBER_CAP ? NUMBER_CAP : *ret;
	}
	*ret = negative ? -*ret : *ret;
	return true;
}

static long
two(struct str s, size_t at)
{
	return is_digit(s, at) && is_digit(s, at + 1) ? (s.s[at] - '0') * 10 + (s.s[at + 1] - '0') : -1;
}

/* YYYY-MM-DD at the beginning, behind which *rest begins */
static const char *
read_date(struct str s, struct str *rest)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	long century = two(s, 0), year = two(s, 2), month = two(s, 5), day = two(s, 8);
	bool leap;

	if (s.n < 10 || century < 0 || year < 0 || month < 0 || day < 0 || s.s[4] != '-' || s.s[7] != '-') {
		return "YYYY-MM-DD is wanted";
	}
	year += century * 100;
	leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (month < 1 || month > 12) {
		return "the month must be 01 to 12";
	}
	if (day < 1 || day > days[month - 1] + (month == 2 && leap)) {
		return "the month has no such day";
	}
	*rest = from(s, 10);
	return NULL;
}

const char *
formattime_date(struct str s)
{
	struct str rest;
	const char *wrong = read_date(s, &rest);

	return wrong ? wrong : rest.n > 0 ? "YYYY-MM-DD is wanted" : NULL;
}

/* Two characters as a number from 0 to most. Go's Atoi takes a sign, so v6 does. */
static bool
in_range(struct str s, size_t at, long most, long *ret)
{
	return formattime_number(str_slice(s, at, at + 2), ret) && *ret >= 0 && *ret <= most;
}

const char *
formattime_time(struct str s)
{
	static const char form[] = "hh:mm:ss and a zone are wanted: 08:30:00Z, 08:30:00+02:00";
	long hour, minute, second, zone_hour, zone_minute, utc;
	size_t at = 8;

	if (s.n < 9 || s.s[2] != ':' || s.s[5] != ':' || !formattime_number(str_slice(s, 0, 2), &hour)
		|| !formattime_number(str_slice(s, 3, 5), &minute) || !formattime_number(str_slice(s, 6, 8), &second)) {
		return s.n == 8 ? "the zone is missing: Z or +hh:mm" : form;
	}
	if (!in_range(s, 0, 23, &hour) || !in_range(s, 3, 59, &minute) || !in_range(s, 6, 60, &second)) {
		return "there is no such time";
	}
	if (s.s[at] == '.') {
		for (at++; is_digit(s, at); at++) {
		}
		if (at == 9) {
			return "digits are wanted behind the point";
		}
	}
	s = from(s, at);
	utc = hour * 60 + minute;
	if (!str_eq(s, STR("Z")) && !str_eq(s, STR("z"))) {
		if (s.n != 6 || (s.s[0] != '+' && s.s[0] != '-') || s.s[3] != ':') {
			return s.n == 0 ? "the zone is missing: Z or +hh:mm" : form;
		}
		if (!in_range(s, 1, 23, &zone_hour) || !in_range(s, 4, 59, &zone_minute)) {
			return "there is no such zone";
		}
		utc += (s.s[0] == '+' ? -1 : 1) * (zone_hour * 60 + zone_minute);
		utc += utc < 0 ? 24 * 60 : 0;
	}
	return second == 60 && utc != 23 * 60 + 59 ? "a second 60 there is only at 23:59:60 of UTC" : NULL;
}

const char *
formattime_date_time(struct str s)
{
	struct str rest;
	const char *wrong = read_date(s, &rest);

	if (wrong) {
		return "YYYY-MM-DDThh:mm:ss and a zone are wanted: 2024-02-29T08:30:00Z";
	}
	if (rest.n == 0) {
		return "the time is missing: 2024-02-29T08:30:00Z";
	}
	if (rest.s[0] != 'T' && rest.s[0] != 't') {
		return "a T is wanted between date and time";
	}
	return formattime_time(from(rest, 1));
}

/* digits and a unit, again and again, the units in their order */
static const char *
read_units(struct str s, const char *units)
{
	struct str left = str_of(units);

	for (size_t i = 0, digits; i < s.n; i++) {
		for (digits = 0; is_digit(s, i); i++) {
			digits++;
		}
		if (digits == 0) {
			return "a number is wanted before each unit";
		}
		if (i == s.n) {
			return "the unit of the last number is missing";
		}
		if (str_find(left, s.s[i], 0) == left.n) {
			return str_find(str_of(units), s.s[i], 0) < 3 ? "the units are out of order"
				: "the units are Y, M, D, and behind a T H, M, S; or W alone";
		}
		left = from(left, str_find(left, s.s[i], 0) + 1);
	}
	return NULL;
}

const char *
formattime_duration(struct str s)
{
	size_t t;
	const char *wrong;

	if (s.n == 0 || s.s[0] != 'P') {
		return "it begins with P: P1DT12H";
	}
	s = from(s, 1);
	if (s.n == 0) {
		return "nothing follows the P";
	}
	if (s.s[s.n - 1] == 'W') {
		for (size_t i = 0; i + 1 < s.n; i++) {
			if (!is_digit(s, i)) {
				return "weeks stand alone: P2W";
			}
		}
		return s.n == 1 ? "a number is wanted before each unit" : NULL;
	}
	t = str_find(s, 'T', 0);
	wrong = read_units(str_slice(s, 0, t), "YMD");
	if (wrong || t == s.n) {
		return wrong;
	}
	s = from(s, t + 1);
	return s.n == 0 ? "nothing follows the T" : read_units(s, "HMS");
}

const char *
formattime_period(struct str s)
{
	size_t slash = str_find(s, '/', 0);
	struct str start = str_slice(s, 0, slash), end = from(s, slash + 1);
	bool first = str_starts(start, STR("P")), second = str_starts(end, STR("P"));
	const char *wrong;

	if (slash == s.n) {
		return "a start and an end with a / between them are wanted";
	}
	wrong = first ? formattime_duration(start) : formattime_date_time(start);
	if (wrong) {
		return wrong;
	}
	return second && !first ? formattime_duration(end) : formattime_date_time(end);
}

/* hh:mm:ss as Go's layout 15:04:05; the hour may have one digit, a fraction may follow */
static const char *
read_go_time(struct str s, struct str *rest)
{
	long hour = two(s, 0), minute, second;
	size_t at = 2;

	if (hour < 0 && is_digit(s, 0)) {
		hour = s.s[0] - '0';
		at = 1;
	}
	minute = two(s, at + 1);
	second = two(s, at + 4);
	if (hour < 0 || minute < 0 || second < 0 || s.s[at] != ':' || s.s[at + 3] != ':') {
		return "hh:mm:ss is wanted";
	}
	if (hour > 23 || minute > 59 || second > 59) {
		return "there is no such time";
	}
	at += 6;
	if (at < s.n && (s.s[at] == '.' || s.s[at] == ',') && is_digit(s, at + 1)) {
		for (at++; is_digit(s, at); at++) {
		}
	}
	*rest = from(s, at);
	return NULL;
}

static bool
is_go_zone(struct str s)
{
	long hour = two(s, 1), minute = two(s, 4);

	return str_eq(s, STR("Z"))
		|| (s.n == 6 && (s.s[0] == '+' || s.s[0] == '-') && s.s[3] == ':' && hour >= 0 && hour <= 24 && minute >= 0 && minute <= 60);
}

const char *
formattime_time3(struct str s)
{
	struct str rest;
	const char *wrong = read_go_time(s, &rest);

	return wrong || rest.n == 0 || is_go_zone(rest) ? wrong : "the zone is Z or +hh:mm";
}

const char *
formattime_date_time3(struct str s)
{
	struct str rest;
	const char *wrong = read_date(s, &rest);

	if (wrong) {
		return formattime_time3(s) ? "YYYY-MM-DDThh:mm:ss and a zone are wanted: 2024-02-29T08:30:00Z" : NULL;
	}
	if (rest.n == 0) {
		return NULL;
	}
	if (rest.s[0] != 'T') {
		return "a T is wanted between date and time";
	}
	wrong = read_go_time(from(rest, 1), &rest);
	return wrong || is_go_zone(rest) ? wrong : "the zone is missing: Z or +hh:mm";
}
