/* SPDX-License-Identifier: Apache-2.0 */
/* The changes: quotes of a word processor, URLs for names, capitals, blanks, units, signs of other languages. */
#include "site/meant.h"

#include "schema/suggest.h"

#include <string.h>

/* what is no part of a value and looks like nothing or like a quote, in UTF-8 */
static const char *const strange[] = { "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xE3\x80\x80", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E",
	"\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9A", "\xC2\xAB", "\xC2\xBB", "\"", "'", "`", " ", "\t", NULL };

/* length of what is strange at one end; 0: nothing is */
static size_t
strange_at(struct str s, bool end)
{
	for (size_t i = 0; strange[i]; i++) {
		struct str one = str_of(strange[i]);

		if (end ? str_ends(s, one) : str_starts(s, one)) {
			return one.n;
		}
	}
	return 0;
}

static struct str
trim(struct arena *a, struct str s)
{
	size_t n;

	(void)a;
	while ((n = strange_at(s, false)) > 0) {
		s = str_slice(s, n, s.n);
	}
	while ((n = strange_at(s, true)) > 0) {
		s.n -= n;
	}
	return s;
}

static struct str
no_punctuation(struct arena *a, struct str s)
{
	(void)a;
	while (s.n > 0 && strchr(",;.", s.s[s.n - 1])) {
		s.n--;
	}
	return s;
}

/* "eks // ours", "eks#ours" */
static struct str
no_comment(struct arena *a, struct str s)
{
	(void)a;
	for (size_t i = 1; i < s.n; i++) {
		if (s.s[i] == '#' || str_starts(str_slice(s, i, s.n), STR(" //"))) {
			return str_trim(str_slice(s, 0, i));
		}
	}
	return s;
}

static struct str
no_scheme(struct arena *a, struct str s)
{
	const char *found = memmem(s.s, s.n, "://", 3);

	(void)a;
	return found ? str_slice(s, (size_t)(found - s.s) + 3, s.n) : s;
}

/* "workbench.acme.org" of "https://workbench.acme.org:443/path" */
static struct str
host_of(struct arena *a, struct str s)
{
	size_t end = 0;

	s = no_scheme(a, s);
	while (end < s.n && !strchr(":/?", s.s[end])) {
		end++;
	}
	return memchr(s.s, '.', end) || strspn(str_z(a, s), "0123456789") == end ? str_slice(s, 0, end) : s;
}

static struct str
no_wildcard(struct arena *a, struct str s)
{
	(void)a;
	return str_starts(s, STR("*.")) ? str_slice(s, 2, s.n) : s;
}

/* before the last ':', a tag or a port of what looks like a registry */
static struct str
no_tag(struct arena *a, struct str s)
{
	(void)a;
	for (size_t i = s.n; i > 0 && s.s[i - 1] != '/'; i--) {
		if (s.s[i - 1] == ':') {
			return memchr(s.s, '.', i) || memchr(s.s, '/', i) ? str_slice(s, 0, i - 1) : s;
		}
	}
	return s;
}

/* behind the last ':' or '/', as of a name with its namespace */
static struct str
last_part(struct arena *a, struct str s)
{
	enum { SHORT = 3 };

	for (size_t i = s.n; i > 0 && !memchr(s.s, '=', s.n) && s.s[i - 1] != ','; i--) {
		if (s.s[i - 1] == ':' || s.s[i - 1] == '/') {
			struct str part = str_slice(s, i, s.n);

			part = str_trim(part);
			return part.n < SHORT || strspn(str_z(a, part), "0123456789") == part.n ? s : part;
		}
	}
	return s;
}

static struct str
lower(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n; i++) {
		buf_byte(&b, s.s[i] >= 'A' && s.s[i] <= 'Z' ? (char)(s.s[i] + 'a' - 'A') : s.s[i]);
	}
	return buf_str(&b);
}

/* of: these characters; by: another one, '\0': nothing */
static struct str
put_for(struct arena *a, struct str s, const char *of, char by)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '\0' || !strchr(of, s.s[i])) {
			buf_byte(&b, s.s[i]);
		} else if (by) {
			buf_byte(&b, by);
		}
	}
	return buf_str(&b);
}

static struct str
dashes(struct arena *a, struct str s)
{
	return put_for(a, s, " _", '-');
}

static struct str
no_blanks(struct arena *a, struct str s)
{
	return put_for(a, s, " \t", '\0');
}

/* of a number */
static struct str
no_separators(struct arena *a, struct str s)
{
	return strspn(str_z(a, s), "0123456789 ,'_") == s.n ? put_for(a, s, " ,'_", '\0') : s;
}

static struct str
no_v(struct arena *a, struct str s)
{
	(void)a;
	return s.n > 1 && (s.s[0] == 'v' || s.s[0] == 'V') ? str_slice(s, 1, s.n) : s;
}

/* "1.27" of "1.27.3", "1.27.3-gke.100", "1.27.16-eks-a18cd3a", "1.27+" */
static struct str
no_patch(struct arena *a, struct str s)
{
	size_t first = strspn(str_z(a, s), "0123456789"), second = first < s.n ? first + 1 + strspn(str_z(a, str_slice(s, first + 1, s.n)), "0123456789") : s.n;

	return first > 0 && first < s.n && s.s[first] == '.' && second > first + 1 && second < s.n && strchr(".+-", s.s[second]) ? str_slice(s, 0, second) : s;
}

/* "1.27" of "27" */
static struct str
major(struct arena *a, struct str s)
{
	return s.n == 2 && strspn(str_z(a, s), "0123456789") == s.n ? str_of(arena_printf(a, "1.%.*s", STR_FMT(s))) : s;
}

/* "500 GB" as "500G", "1,5ti" as "1.5Ti" */
static struct str
unit(struct arena *a, struct str s)
{
	static const char *const units[][2] = { { "k", "k" }, { "kb", "k" }, { "ki", "Ki" }, { "kib", "Ki" }, { "mb", "M" }, { "mi", "Mi" },
		{ "mib", "Mi" }, { "g", "G" }, { "gb", "G" }, { "gi", "Gi" }, { "gib", "Gi" }, { "t", "T" }, { "tb", "T" }, { "ti", "Ti" },
		{ "tib", "Ti" } };
	struct buf b = { .arena = a };
	size_t n = 0;

	while (n < s.n && ((s.s[n] >= '0' && s.s[n] <= '9') || s.s[n] == '.' || s.s[n] == ',')) {
		buf_byte(&b, s.s[n] == ',' ? '.' : s.s[n]);
		n++;
	}
	for (size_t i = 0; n > 0 && i < sizeof(units) / sizeof(*units); i++) {
		if (str_eq_nocase(str_trim(str_slice(s, n, s.n)), str_of(units[i][0]))) {
			buf_add(&b, str_of(units[i][1]));
			return buf_str(&b);
		}
	}
	return s;
}

/* the effect of a taint, misspelt or in other capitals */
static struct str
effect(struct arena *a, struct str s)
{
	size_t work = SUGGEST_WORK_MAX, at = s.n;
	struct suggest near;

	while (at > 0 && s.s[at - 1] != ':') {
		at--;
	}
	suggest_init(&near, str_trim(str_slice(s, at, s.n)), &work);
	suggest_offer(&near, STR("NoSchedule"));
	suggest_offer(&near, STR("PreferNoSchedule"));
	suggest_offer(&near, STR("NoExecute"));
	if (at > 0 && str_starts(lower(a, str_slice(s, at, s.n)), STR("noexec"))) {
		return str_of(arena_printf(a, "%.*sNoExecute", STR_FMT(str_slice(s, 0, at))));
	}
	if (at > 0 && str_starts(lower(a, str_slice(s, at, s.n)), STR("nosched"))) {
		return str_of(arena_printf(a, "%.*sNoSchedule", STR_FMT(str_slice(s, 0, at))));
	}
	return at > 0 && near.n == 1 && near.best < SUGGEST_PART
		? str_of(arena_printf(a, "%.*s%.*s", STR_FMT(str_slice(s, 0, at)), STR_FMT(near.found[0]))) : s;
}

/* "key=value NoSchedule", "key, NoExecute" */
static struct str
effect_behind(struct arena *a, struct str s)
{
	size_t word = s.n, end;

	while (word > 0 && !strchr(" \t,;", s.s[word - 1])) {
		word--;
	}
	for (end = word; end > 0 && strchr(" \t,;", s.s[end - 1]); end--) { }
	return end > 0 && end < word && str_ends(lower(a, s), STR("schedule")) + str_ends(lower(a, s), STR("execute")) > 0
		? effect(a, str_of(arena_printf(a, "%.*s:%.*s", STR_FMT(str_slice(s, 0, end)), STR_FMT(str_slice(s, word, s.n))))) : s;
}

/* "key:value:Effect" */
static struct str
equals(struct arena *a, struct str s)
{
	size_t first = str_find(s, ':', 0);

	return str_find(s, ':', first + 1) < s.n ? str_of(arena_printf(a, "%.*s=%.*s", STR_FMT(str_slice(s, 0, first)),
		STR_FMT(str_slice(s, first + 1, s.n)))) : s;
}

static struct str
with_effect(struct arena *a, struct str s)
{
	return str_find(s, '=', 0) < s.n && str_find(s, ':', 0) == s.n && str_find(s, ' ', 0) == s.n ? str_of(arena_printf(a, "%.*s:NoSchedule", STR_FMT(s))) : s;
}

/* "in b" as "in (b)", "(a b" as "(a,b)", "a && b" as "a,b", "in [b]" too */
static struct str
selector(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };
	bool open = false, own = false;

	s = put_for(a, put_for(a, s, "[", '('), "]", ')');
	for (size_t i = 0; i < s.n; i++) {
		struct str rest = str_slice(s, i, s.n);

		if (str_starts(rest, STR(" && ")) || str_starts(rest, STR("&&"))) {
			buf_byte(&b, ',');
			i += rest.s[0] == ' ' ? 3 : 1;
		} else if (str_starts(rest, STR(" in ")) && str_find(rest, '(', 0) == rest.n) {
			buf_add(&b, STR(" in ("));
			i += 3;
			open = own = true;
		} else if (own && open && s.s[i] == ',') {
			buf_add(&b, STR("),"));
			open = false;
		} else if (s.s[i] == '(' || s.s[i] == ')') {
			open = s.s[i] == '(';
			buf_byte(&b, s.s[i]);
		} else if (open && s.s[i] == ' ') {
			if (s.s[i - 1] != ',' && s.s[i - 1] != '(' && i + 1 < s.n && s.s[i + 1] != ',' && s.s[i + 1] != ')') {
				buf_byte(&b, ',');
			}
		} else if (s.s[i] != '"' && s.s[i] != '\'') {
			buf_byte(&b, s.s[i]);
		}
	}
	if (open) {
		buf_byte(&b, ')');
	}
	return buf_str(&b);
}

/* "app: web" as "app=web" */
static struct str
colon(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n; i++) {
		bool here = s.s[i] == ':' && i + 1 < s.n && s.s[i + 1] == ' ';

		buf_byte(&b, here ? '=' : s.s[i]);
		i += here;
	}
	return buf_str(&b);
}

/* ">=1" as "1+" */
static struct str
at_least(struct arena *a, struct str s)
{
	return str_starts(s, STR(">=")) ? str_of(arena_printf(a, "%.*s+", STR_FMT(str_trim(str_slice(s, 2, s.n))))) : s;
}

/* "a..b" of a range */
static struct str
range(struct arena *a, struct str s)
{
	const char *found = memmem(s.s, s.n, "..", 2);
	size_t at = found ? (size_t)(found - s.s) : s.n;

	return found ? str_of(arena_printf(a, "%.*s-%.*s", STR_FMT(str_slice(s, 0, at)), STR_FMT(str_slice(s, at + 2, s.n)))) : s;
}

static struct str
one_dot(struct arena *a, struct str s)
{
	const char *found = memmem(s.s, s.n, "..", 2);
	size_t at = found ? (size_t)(found - s.s) : s.n;

	return found ? str_of(arena_printf(a, "%.*s%.*s", STR_FMT(str_slice(s, 0, at)), STR_FMT(str_slice(s, at + 1, s.n)))) : s;
}

static struct str
first_word(struct arena *a, struct str s)
{
	(void)a;
	return memchr(s.s, '|', s.n) ? s : str_slice(s, 0, str_find(s, ' ', 0));
}

meant_change *const meant_changes[] = { trim, no_punctuation, no_comment, no_scheme, no_tag, host_of, no_wildcard, lower, unit, effect, effect_behind,
	equals, with_effect, colon, selector, at_least, dashes, no_blanks, no_separators, no_v, no_patch, range, one_dot, last_part, major, first_word, NULL };
