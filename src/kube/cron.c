/* SPDX-License-Identifier: Apache-2.0 */
/* Reads schedules as the API server does, and says what is wrong and where. */
#include "kube/cron.h"

#include "base/arena.h"

#include <stdint.h>
#include <string.h>

enum { FIELDS = 5, FIELDS_TOLD = 8, SHOWN_MAX = 40 };

static const char *const months[] = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", NULL };
static const char *const days[] = { "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", NULL };
static const char *const macros[] = { "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", NULL };

static const struct field {
	const char *name;
	uint64_t least, most;
	const char *const *names;     /* of least and what follows; or NULL */
	const char *known;            /* the names, for texts */
	const char *whole;            /* what they make up */
} fields[FIELDS] = {
	{ "minute", 0, 59, NULL, NULL, "hour" }, { "hour", 0, 23, NULL, NULL, "day" }, { "day", 1, 31, NULL, NULL, "month" },
	{ "month", 1, 12, months, "JAN to DEC", "year" }, { "weekday", 0, 6, days, "SUN to SAT", "week" },
};

/* one schedule that is read */
struct reader {
	struct arena *arena;
	const struct field *field;
	struct str all;
	bool any_day;                 /* the day of the month is '*' */
	struct cron_wrong *first, *last;
};

static bool
fail(struct reader *r, struct str at, const char *text, const char *help)
{
	size_t from = (size_t)(at.s - r->all.s);
	struct cron_wrong *wrong = arena_new(r->arena, struct cron_wrong);

	*wrong = (struct cron_wrong){ text, help, NULL, from, from + at.n, true, NULL };
	if (r->last) {
		r->last->next = wrong;
	} else {
		r->first = wrong;
	}
	r->last = wrong;
	return false;
}

/* the same, with what to write instead */
static bool
fail_fix(struct reader *r, struct str at, const char *text, const char *fix)
{
	(void)fail(r, at, text, fix ? arena_printf(r->arena, "write %s", fix) : NULL);
	r->last->fix = fix;
	return false;
}

static const char *
shown(struct reader *r, struct str s)
{
	return arena_printf(r->arena, "%.*s%s", STR_FMT(str_slice(s, 0, SHOWN_MAX)), s.n > SHOWN_MAX ? "..." : "");
}

/* the bytes of white space at a place, as unicode.IsSpace has it; 0: there is none */
static size_t
space_at(struct str s, size_t at)
{
	unsigned point;
	size_t n;

	if (s.s[at] == ' ' || (s.s[at] >= '\t' && s.s[at] <= '\r')) {
		return 1;
	}
	n = str_point(s, at, &point);
	return n > 0 && (point == 0x85 || point == 0xa0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 || point == 0x2029
		|| point == 0x202f || point == 0x205f || point == 0x3000) ? n : 0;
}

/* the next text between white space; false at the end */
static bool
next_field(struct str s, size_t *at, struct str *ret)
{
	size_t from, n;

	while (*at < s.n && (n = space_at(s, *at)) > 0) {
		*at += n;
	}
	for (from = *at; *at < s.n && space_at(s, *at) == 0; ++*at) {
	}
	*ret = str_slice(s, from, *at);
	return ret->n > 0;
}

/* A whole number as strconv.Atoi reads it: a '+' may stand before it. */
static bool
number(struct str s, uint64_t *ret)
{
	size_t i = s.n > 0 && s.s[0] == '+';

	if (i == s.n) {
		return false;
	}
	for (*ret = 0; i < s.n; i++) {
		if (s.s[i] < '0' || s.s[i] > '9' || *ret > ((uint64_t)INT64_MAX - (uint64_t)(s.s[i] - '0')) / 10) {
			return false;
		}
		*ret = *ret * 10 + (uint64_t)(s.s[i] - '0');
	}
	return true;
}

/* a name that the text begins with; NULL: with none */
static const char *
name_before(struct reader *r, struct str s)
{
	for (size_t i = 0; r->field->names && r->field->names[i]; i++) {
		if (s.n > 3 && str_eq_nocase(str_slice(s, 0, 3), str_of(r->field->names[i]))) {
			return r->field->names[i];
		}
	}
	return NULL;
}

/* such as L, 15W and 6#3 */
static bool
of_quartz(struct reader *r, struct str s)
{
	bool number = s.s[0] >= '0' && s.s[0] <= '9';

	return str_find(s, '#', 0) < s.n || (memchr("LlWw", s.s[s.n - 1], 4) && (s.n <= 2 || number || (s.n == 4 && name_before(r, s))));
}

/* a number or a name */
static bool
moment(struct reader *r, struct str expression, struct str s, uint64_t *ret)
{
	const char *text;

	for (size_t i = 0; r->field->names && r->field->names[i]; i++) {
		if (str_eq_nocase(s, str_of(r->field->names[i]))) {
			*ret = r->field->least + i;
			return true;
		}
	}
	if (number(s, ret)) {
		return true;
	}
	if (s.n == 0) {
		return fail(r, expression, arena_printf(r->arena, "the %s '%s' lacks a number", r->field->name, shown(r, expression)), NULL);
	}
	text = arena_printf(r->arena, "the %s '%s' is no number%s%s", r->field->name, shown(r, s), r->field->known ? ", and none of " : "",
		r->field->known ? r->field->known : "");
	return of_quartz(r, s) ? fail(r, s, text, "L, W and # are of Quartz; Kubernetes does not know them") : fail_fix(r, s, text, name_before(r, s));
}

/* "22-23,0-6" for 22-6 */
static const char *
two_ranges(struct reader *r, uint64_t from, uint64_t to)
{
	struct buf b = { .arena = r->arena };

	buf_addf(&b, "%d", (int)from);
	if (from < r->field->most) {
		buf_addf(&b, "-%d", (int)r->field->most);
	}
	buf_addf(&b, ",%d", (int)r->field->least);
	if (to > r->field->least) {
		buf_addf(&b, "-%d", (int)to);
	}
	return buf_z(&b);
}

/* A range that begins or ends with the weekday 7, by what counts: "5-6,0" for 5-7. All days are '*'; but where the day of the month is said too,
   '*' would mean both, and a range either. */
static const char *
with_sunday(struct reader *r, uint64_t from, uint64_t to, uint64_t step)
{
	struct buf b = { .arena = r->arena };
	unsigned set = 0;

	if (from == 7) {
		from = 0;
		to = to == 7 ? 0 : to;
	}
	for (uint64_t day = from; day <= to; day += step) {
		set |= 1u << day % 7;
	}
	if (set == 0x7f) {
		return r->any_day ? "*" : "0-6";
	}
	for (unsigned day = from > 0, last; day < 7; day = last + 1) {
		for (last = day; set & 1u << day && last < 6 && set & 1u << (last + 1); last++) {
		}
		if (set & 1u << day) {
			buf_addf(&b, last > day ? "%s%u-%u" : "%s%u", b.n > 0 ? "," : "", day, last);
		}
	}
	/* Sunday stays at the end, where it was */
	if (from > 0 && set & 1u) {
		buf_addf(&b, "%s0", b.n > 0 ? "," : "");
	}
	return buf_z(&b);
}

/* number or name, a range of two, or '*'; each with a step behind a '/' */
static bool
range(struct reader *r, struct str s)
{
	const struct field *f = r->field;
	size_t slash = str_find(s, '/', 0);
	struct str base = str_slice(s, 0, slash), steps = str_slice(s, slash + 1, s.n);
	size_t dash = str_find(base, '-', 0);
	struct str low = str_slice(base, 0, dash), high = str_slice(base, dash + 1, base.n);
	uint64_t from = f->least, to = f->most, step = 1;

	if (!str_eq(low, STR("*")) && !str_eq(low, STR("?"))) {
		if (!moment(r, s, low, &from)) {
			return false;
		}
		to = from;
		if (str_find(high, '-', 0) < high.n) {
			return fail(r, s, arena_printf(r->arena, "the %s '%s' has more than one '-'", f->name, shown(r, s)), "separate ranges by ','");
		}
		if (dash < base.n && !moment(r, s, high, &to)) {
			return false;
		}
	}
	if (slash < s.n) {
		if (str_find(steps, '/', 0) < steps.n) {
			return fail(r, s, arena_printf(r->arena, "the %s '%s' has more than one '/'", f->name, shown(r, s)), NULL);
		}
		if (!number(steps, &step)) {
			return fail(r, s, arena_printf(r->arena, "the step of the %s '%s' is no number", f->name, shown(r, s)), NULL);
		}
		to = dash == base.n ? f->most : to;
	}
	if (from < f->least) {
		return fail(r, low, arena_printf(r->arena, "the %s '%s' is below %d", f->name, shown(r, low), (int)f->least), NULL);
	}
	if (to > f->most || from > f->most) {
		struct str part = to > f->most && dash < base.n ? high : low;

		const char *text = arena_printf(r->arena, "the %s '%s' is above %d", f->name, shown(r, part), (int)f->most);
		bool sunday = f->names == days && from <= 7 && to <= 7;

		if (sunday && dash < base.n && step > 0) {
			return fail_fix(r, s, text, with_sunday(r, from, to, step));
		}
		(void)fail(r, part, text, sunday ? "Sunday is 0, or SUN" : NULL);
		r->last->fix = sunday && part.n == s.n ? "0" : NULL;
		return false;
	}
	if (from > to) {
		return fail_fix(r, s, arena_printf(r->arena, "the %s range '%s' goes backwards", f->name, shown(r, s)), slash == s.n ? two_ranges(r, from, to)
			: NULL);
	}
	if (step == 0) {
		return fail(r, s, arena_printf(r->arena, "the step of the %s '%s' is 0", f->name, shown(r, s)), NULL);
	}
	/* as many as there are is a way to say once */
	if (step > f->most - f->least + 1) {
		(void)fail(r, s, arena_printf(r->arena, "the %s '%s' is only ever %d", f->name, shown(r, s), (int)from),
			arena_printf(r->arena, "steps begin anew with every %s", f->whole));
		r->last->refused = false;
	}
	return true;
}

/* What stands before a unit, as leadingInt and leadingFraction of Go's time package read it: a fraction adds less than one unit. False when
   it is too large. */
static bool
amount(struct str s, size_t *at, uint64_t *ret, bool *digits)
{
	for (*ret = 0; *at < s.n && s.s[*at] >= '0' && s.s[*at] <= '9'; ++*at) {
		*digits = true;
		if (*ret > ((uint64_t)1 << 63) / 10) {
			return false;
		}
		*ret = *ret * 10 + (uint64_t)(s.s[*at] - '0');
		if (*ret > (uint64_t)1 << 63) {
			return false;
		}
	}
	if (*at < s.n && s.s[*at] == '.') {
		for (++*at; *at < s.n && s.s[*at] >= '0' && s.s[*at] <= '9'; ++*at) {
			*digits = true;
		}
	}
	return true;
}

/* time.ParseDuration */
static bool
duration(struct str s)
{
	static const struct {
		const char *name;
		uint64_t nanoseconds;
	} units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "\xc2\xb5s", 1000 }, { "\xce\xbcs", 1000 }, { "ms", 1000000 }, { "s", 1000000000 },
		{ "m", UINT64_C(60000000000) }, { "h", UINT64_C(3600000000000) },
	};
	uint64_t total = 0;
	size_t at = s.n > 0 && (s.s[0] == '-' || s.s[0] == '+');

	if (at == s.n || (s.n == at + 1 && s.s[at] == '0')) {
		return at < s.n;
	}
	while (at < s.n) {
		uint64_t value, unit = 0;
		bool digits = false;
		size_t from;

		if (!amount(s, &at, &value, &digits) || !digits) {
			return false;
		}
		for (from = at; at < s.n && s.s[at] != '.' && (s.s[at] < '0' || s.s[at] > '9'); at++) {
		}
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
			unit = str_is(str_slice(s, from, at), units[i].name) ? units[i].nanoseconds : unit;
		}
		if (unit == 0 || value > ((uint64_t)1 << 63) / unit || total + value * unit > (uint64_t)INT64_MAX) {
			return false;
		}
		total += value * unit;
	}
	return true;
}

static bool
macro(struct reader *r, struct str s)
{
	static const char all[] = "known are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every 1h30m";

	for (size_t i = 0; macros[i]; i++) {
		if (str_is(s, macros[i])) {
			return true;
		}
	}
	if (str_starts(s, STR("@every "))) {
		struct str rest = str_slice(s, 7, s.n);

		return duration(rest) || fail(r, rest.n > 0 ? rest : s, arena_printf(r->arena, "'%s' is no duration", shown(r, rest)),
			"write such as 90s, 5m or 1h30m");
	}
	for (size_t i = 0; macros[i]; i++) {
		if (str_eq_nocase(str_trim(s), str_of(macros[i]))) {
			return fail_fix(r, s, arena_printf(r->arena, "'%s' is no schedule", shown(r, s)), macros[i]);
		}
	}
	return fail(r, s, arena_printf(r->arena, "'%s' is no schedule", shown(r, s)), all);
}

/* the fields of Quartz and of Spring begin with seconds, and may end with a year */
static const char *
count_help(struct reader *r, const struct str *words, size_t n)
{
	if (n == FIELDS + 1 || n == FIELDS + 2) {
		return "Quartz has seconds before, and may have a year behind: leave them out";
	}
	for (size_t i = 0; n == 1 && macros[i]; i++) {
		if (str_eq_nocase(words[0], str_of(macros[i] + 1))) {
			return arena_printf(r->arena, "write %s", macros[i]);
		}
	}
	return "write minute, hour, day, month and weekday: 30 3 * * 1-5";
}

static bool
read_all(struct reader *r, struct str s)
{
	struct str words[FIELDS_TOLD], word;
	bool good = true;
	size_t n = 0;

	if (s.n == 0) {
		return fail(r, s, "the schedule is empty", "write minute, hour, day, month and weekday: 30 3 * * 1-5");
	}
	if (s.s[0] == '@') {
		return macro(r, s);
	}
	for (size_t at = 0; next_field(s, &at, &word); n++) {
		if (n < FIELDS_TOLD) {
			words[n] = word;
		}
	}
	if (n != FIELDS) {
		return fail(r, s, arena_printf(r->arena, "the schedule has %zu field%s, 5 are wanted", n, n == 1 ? "" : "s"), count_help(r, words, n));
	}
	r->any_day = str_eq(words[2], STR("*")) || str_eq(words[2], STR("?"));
	for (size_t i = 0; i < FIELDS; i++) {
		r->field = &fields[i];
		for (size_t at = 0; at < words[i].n;) {
			size_t end = str_find(words[i], ',', at);

			/* empty items are skipped */
			good = (end == at || range(r, str_slice(words[i], at, end))) && good;
			at = end + 1;
		}
	}
	return good;
}

bool
cron_valid(struct arena *arena, struct str s, const struct cron_wrong **ret)
{
	struct reader r = { .arena = arena, .all = s };
	bool good = read_all(&r, s);

	*ret = r.first;
	return good;
}

size_t
cron_zone(struct str s)
{
	return str_starts(s, STR("TZ=")) || str_starts(s, STR("CRON_TZ=")) ? str_find(s, ' ', 0) : 0;
}
