/* SPDX-License-Identifier: Apache-2.0 */
/* Judges texts by their form. */
#include "kube/text.h"

#include "base/arena.h"

#include <string.h>

enum {
	TEXT_LABEL_MAX = 63,          /* bytes of a DNS label, of a label's value, of the name in its key */
	TEXT_SUBDOMAIN_MAX = 253,     /* bytes of a DNS subdomain */
	TEXT_PORT_MAX = 15,           /* bytes of a port's name */
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_letter(char c)
{
	return is_lower(c) || (c >= 'A' && c <= 'Z');
}

/* one label of a DNS name */
static const char *
label(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (is_letter(c) && !is_lower(c)) {
			return "has upper case letters";
		}
		if (!is_lower(c) && !is_digit(c) && c != '-') {
			return c == '_' ? "has a '_'" : c == ' ' ? "has a blank" : "has other characters than a-z, 0-9 and '-'";
		}
	}
	return s.n == 0 ? "is empty" : s.s[0] == '-' ? "begins with '-'" : s.s[s.n - 1] == '-' ? "ends in '-'" : NULL;
}

const char *
text_label(struct str s)
{
	return s.n > TEXT_LABEL_MAX ? "is longer than 63 characters" : str_find(s, '.', 0) < s.n ? "has a '.'" : label(s);
}

const char *
text_label_1035(struct str s)
{
	return text_label(s) ? text_label(s) : is_digit(s.s[0]) ? "begins with a digit" : NULL;
}

const char *
text_subdomain(struct str s)
{
	if (s.n > TEXT_SUBDOMAIN_MAX) {
		return "is longer than 253 characters";
	}
	for (size_t at = 0; at <= s.n;) {
		size_t end = str_find(s, '.', at);
		const char *wrong = label(str_slice(s, at, end));

		if (wrong) {
			return s.n > 0 && end == at ? "has an empty part" : wrong;
		}
		at = end + 1;
	}
	return NULL;
}

const char *
text_path_segment(struct str s)
{
	if (s.n == 0) {
		return "is empty";
	}
	if (str_eq(s, STR(".")) || str_eq(s, STR(".."))) {
		return "is a folder's";
	}
	return str_find(s, '/', 0) < s.n ? "has a '/'" : str_find(s, '%', 0) < s.n ? "has a '%'" : NULL;
}

/* letters, digits, '-', '_' and '.', with a letter or digit at both ends */
static const char *
qualified(struct str s)
{
	if (s.n > TEXT_LABEL_MAX) {
		return "is longer than 63 characters";
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_' && c != '.') {
			return c == ' ' ? "has a blank" : "has other characters than letters, digits, '-', '_' and '.'";
		}
	}
	if (s.n == 0) {
		return NULL;
	}
	if (!is_letter(s.s[0]) && !is_digit(s.s[0])) {
		return "does not begin with a letter or digit";
	}
	return !is_letter(s.s[s.n - 1]) && !is_digit(s.s[s.n - 1]) ? "does not end in a letter or digit" : NULL;
}

const char *
text_label_key(struct str s)
{
	size_t slash = str_find(s, '/', 0);
	struct str name = slash < s.n ? str_slice(s, slash + 1, s.n) : s;

	if (str_find(name, '/', 0) < name.n) {
		return "has more than one '/'";
	}
	if (slash < s.n && text_subdomain(str_slice(s, 0, slash))) {
		return "has no DNS name before its '/'";
	}
	return name.n == 0 ? slash < s.n ? "has no name behind its '/'" : "is empty" : qualified(name);
}

const char *
text_label_value(struct str s)
{
	return qualified(s);
}

const char *
text_port_name(struct str s)
{
	bool letter = false;

	for (size_t i = 0; i < s.n; i++) {
		letter = letter || is_lower(s.s[i]);
		if (s.s[i] == '-' && i > 0 && s.s[i - 1] == '-') {
			return "has two '-' in a row";
		}
	}
	if (s.n > TEXT_PORT_MAX) {
		return "is longer than 15 characters";
	}
	return text_label(s) ? text_label(s) : letter ? NULL : "has no letter";
}

/* four numbers up to 255; leading zeros are read over, as netutils.ParseIPSloppy does */
static bool
is_address(struct str s)
{
	size_t n = 0, number;

	for (size_t at = 0; at <= s.n && n <= 4; n++) {
		size_t end = str_find(s, '.', at);

		if (!str_number(str_slice(s, at, end), 255, &number)) {
			return false;
		}
		at = end + 1;
	}
	return n == 4;
}

const char *
text_host(struct str s)
{
	bool wildcard = str_starts(s, STR("*."));
	struct str rest = wildcard ? str_slice(s, 2, s.n) : s;
	size_t colon = str_find(s, ':', 0);

	if (memmem(s.s, s.n, "://", 3)) {
		return "has a scheme";
	}
	if (str_find(s, '/', 0) < s.n) {
		return "has a path";
	}
	if (is_address(s) || str_find(s, ':', colon + 1) < s.n) {
		return "is an IP address, a DNS name is wanted";
	}
	if (colon < s.n) {
		return "has a port";
	}
	if (str_find(rest, '*', 0) < rest.n) {
		return "has a '*' that is not the whole first part";
	}
	return s.n > 1 && s.s[s.n - 1] == '.' ? "ends in '.'" : text_subdomain(rest);
}

const char *
text_host_meant(struct arena *a, struct str s)
{
	const char *scheme = memmem(s.s, s.n, "://", 3);
	char *text;
	size_t end;

	s = str_trim(scheme ? str_slice(s, (size_t)(scheme - s.s) + 3, s.n) : s);
	for (end = 0; end < s.n && !memchr("/?#", s.s[end], 3); end++) {
	}
	s = str_slice(s, 0, end);
	end = str_find(s, ':', 0);
	if (str_find(s, ':', end + 1) < s.n) {
		return NULL;
	}
	s = str_slice(s, 0, end);
	s = str_ends(s, STR(".")) ? str_slice(s, 0, s.n - 1) : s;
	text = arena_alloc(a, s.n + 1, 1);
	for (size_t i = 0; i < s.n; i++) {
		text[i] = s.s[i] >= 'A' && s.s[i] <= 'Z' ? (char)(s.s[i] - 'A' + 'a') : s.s[i];
	}
	text[s.n] = '\0';
	return s.n > 0 && !text_host(str_of(text)) ? text : NULL;
}

const char *
text_env_name(struct str s, bool relaxed)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (c == '=') {
			return "has a '='";
		}
		if (relaxed ? c < ' ' || c > '~' : !is_letter(c) && !is_digit(c) && c != '_' && c != '-' && c != '.') {
			return relaxed ? "has other characters than printable ASCII" : c == ' ' ? "has a blank"
				: "has other characters than letters, digits, '_', '-' and '.'";
		}
	}
	if (s.n == 0) {
		return "is empty";
	}
	if (relaxed) {
		return NULL;
	}
	return is_digit(s.s[0]) ? "begins with a digit" : str_eq(s, STR(".")) ? "is '.'" : str_starts(s, STR("..")) ? "begins with '..'" : NULL;
}

bool
text_base64(struct str s)
{
	size_t n = 0, padding = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (c == '\n' || c == '\r') {
			continue;
		}
		if (c == '=') {
			padding++;
		} else if (padding > 0 || !(is_letter(c) || is_digit(c) || c == '+' || c == '/')) {
			return false;
		}
		n++;
	}
	return n % 4 == 0 && padding <= 2;
}

/* a number of so many digits, at most max */
static bool
digits(struct str s, size_t *at, size_t n, size_t max)
{
	size_t number;
	struct str part = str_slice(s, *at, *at + n);

	*at += n;
	return part.n == n && str_number(part, max, &number);
}

static bool
one_of(struct str s, size_t *at, const char *chars)
{
	for (; *at < s.n && *chars; chars++) {
		if (s.s[*at] == *chars) {
			++*at;
			return true;
		}
	}
	return false;
}

bool
text_time(struct str s)
{
	size_t at = 0, from;

	if (!digits(s, &at, 4, 9999) || !one_of(s, &at, "-") || !digits(s, &at, 2, 12) || !one_of(s, &at, "-") || !digits(s, &at, 2, 31)
		|| !one_of(s, &at, "Tt") || !digits(s, &at, 2, 23) || !one_of(s, &at, ":") || !digits(s, &at, 2, 59)
		|| !one_of(s, &at, ":") || !digits(s, &at, 2, 60)) {
		return false;
	}
	if (one_of(s, &at, ".")) {
		for (from = at; at < s.n && is_digit(s.s[at]); at++) {
		}
		if (at == from) {
			return false;
		}
	}
	if (one_of(s, &at, "Zz")) {
		return at == s.n;
	}
	return one_of(s, &at, "+-") && digits(s, &at, 2, 23) && one_of(s, &at, ":") && digits(s, &at, 2, 59) && at == s.n;
}
