/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses and names of hosts, and mail addresses, as the two schema libraries of Helm read them. */
#include "schema/formathost.h"

#include "base/ascii.h"
#include "schema/formattime.h"

static size_t
count(struct str s, char c)
{
	size_t n = 0;

	for (size_t at = str_find(s, c, 0); at < s.n; at = str_find(s, c, at + 1)) {
		n++;
	}
	return n;
}

const char *
formathost_ipv4(struct str s)
{
	static const char *const few[] = { "one number, four are wanted", "two numbers, four are wanted", "three numbers, four are wanted" };
	size_t dots = count(s, '.');

	if (dots != 3) {
		return dots < 3 ? few[dots] : "more than four numbers";
	}
	for (size_t at = 0, end; at <= s.n; at = end + 1) {
		struct str number;
		long value;

		end = str_find(s, '.', at);
		number = str_slice(s, at, end);
		if (number.n > 1 && number.s[0] == '0') {
			return "a number begins with 0";
		}
		if (!formattime_number(number, &value)) {
			return "four numbers with dots between are wanted";
		}
		if (value < 0 || value > 255) {
			return "each number must be 0 to 255";
		}
	}
	return NULL;
}

/* four decimal numbers, as netip.ParseAddr */
static bool
is_dotted(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_digit(s.s[i]) && s.s[i] != '.') {
			return false;
		}
	}
	return !formathost_ipv4(s);
}

/* without a zone, as netip.ParseAddr */
static const char *
check_ipv6(struct str s)
{
	size_t bytes = 0, at = 0, n;
	bool gap = false;

	if (str_starts(s, STR("::"))) {
		gap = true;
		at = 2;
		if (at == s.n) {
			return NULL;
		}
	}
	while (bytes < 16) {
		for (n = 0; at + n < s.n && ascii_hex(s.s[at + n]) >= 0; n++) {
			if (n > 3) {
				return "a group has more than four digits";
			}
		}
		if (n == 0) {
			return "groups of hexadecimal digits with : between are wanted";
		}
		if (at + n < s.n && s.s[at + n] == '.') {
			if ((!gap && bytes != 12) || bytes + 4 > 16) {
				return "an IPv4 address stands for the last two groups";
			}
			if (!is_dotted(str_slice(s, at, s.n))) {
				return "the IPv4 address in it is none";
			}
			at = s.n;
			bytes += 4;
			break;
		}
		bytes += 2;
		at += n;
		if (at == s.n) {
			break;
		}
		if (s.s[at] != ':' || at + 1 == s.n) {
			return "groups of hexadecimal digits with : between are wanted";
		}
		at++;
		if (s.s[at] == ':') {
			if (gap) {
				return "it has :: twice";
			}
			gap = true;
			at++;
			if (at == s.n) {
				break;
			}
		}
	}
	if (at < s.n) {
		return "more than eight groups";
	}
	if (bytes < 16 && !gap) {
		return "fewer than eight groups";
	}
	return bytes == 16 && gap ? "the :: stands for no group" : NULL;
}

const char *
formathost_ip(struct str s)
{
	size_t dot = str_find(s, '.', 0), colon = str_find(s, ':', 0);

	if (dot == colon) {
		return "numbers with . or : between are wanted";
	}
	return dot < colon ? (is_dotted(s) ? NULL : "four numbers from 0 to 255 with dots between are wanted") : check_ipv6(s);
}

const char *
formathost_ipv6(struct str s)
{
	size_t zone = str_find(s, '%', 0);

	if (str_find(s, ':', 0) == s.n) {
		return "it has no :";
	}
	return zone < s.n ? "a zone (%) is not part of it" : formathost_ip(s);
}

const char *
formathost_ipv4_3(struct str s)
{
	return str_find(s, '.', 0) == s.n ? "four numbers with dots between are wanted" : formathost_ip(s);
}

const char *
formathost_ipv6_3(struct str s)
{
	return str_find(s, ':', 0) == s.n ? "it has no :" : formathost_ip(s);
}

/* letters, digits and '-' between them, 1 to 63 */
static const char *
check_label(struct str label)
{
	if (label.n == 0) {
		return "a part between dots is empty";
	}
	if (label.n > 63) {
		return "a part between dots is longer than 63";
	}
	if (label.s[0] == '-' || label.s[label.n - 1] == '-') {
		return "a part between dots must not begin or end with '-'";
	}
	for (size_t i = 0; i < label.n; i++) {
		if (!ascii_alnum(label.s[i]) && label.s[i] != '-') {
			return label.s[i] == '_' ? "'_' is not allowed in it"
				: (unsigned char)label.s[i] >= 0x80 ? "only letters of ASCII, digits, '-' and dots are allowed"
				: label.s[i] == ':' || label.s[i] == '/' ? "only the host is wanted, no scheme, port or path"
				: "only letters, digits, '-' and dots are allowed";
		}
	}
	return NULL;
}

static const char *
check_name(struct str s, size_t max)
{
	const char *wrong = s.n > max ? "it is too long" : NULL;

	for (size_t at = 0, end; !wrong && at <= s.n; at = end + 1) {
		end = str_find(s, '.', at);
		wrong = check_label(str_slice(s, at, end));
	}
	return wrong;
}

const char *
formathost_name(struct str s)
{
	return check_name(str_slice(s, 0, s.n - str_ends(s, STR("."))), 253);
}

const char *
formathost_name3(struct str s)
{
	return check_name(s, 255);
}

static const char *
check_local(struct str local)
{
	static const char marks[] = ".!#$%&'*+-/=?^_`{|}~";

	if (local.n > 64) {
		return "what stands before the @ is longer than 64";
	}
	/* v6 does not look whether the last character is a quote, too */
	if (local.n > 1 && local.s[0] == '"') {
		local = str_slice(local, 1, local.n - 1);
		return str_find(local, '\\', 0) < local.n || str_find(local, '"', 0) < local.n ? "no \\ and no \" may stand in the quotes" : NULL;
	}
	for (size_t i = 0; i < local.n; i++) {
		char c = local.s[i];

		if (c == '.' && (i == 0 || i + 1 == local.n || local.s[i - 1] == '.')) {
			return "before the @ a dot stands between other characters";
		}
		if (!ascii_alnum(c) && str_find(STR(marks), c, 0) == sizeof(marks) - 1) {
			return (unsigned char)c >= 0x80 ? "only ASCII is allowed" : "a character before the @ is not allowed";
		}
	}
	return NULL;
}

const char *
formathost_email(struct str s)
{
	size_t at = s.n;
	struct str domain;
	const char *wrong;

	while (at > 0 && s.s[at - 1] != '@') {
		at--;
	}
	if (s.n > 254) {
		return "it is longer than 254";
	}
	if (at == 0) {
		return "it has no @";
	}
	domain = str_slice(s, at, s.n);
	wrong = check_local(str_slice(s, 0, at - 1));
	if (wrong) {
		return wrong;
	}
	if (domain.n > 1 && domain.s[0] == '[' && str_ends(domain, STR("]"))) {
		domain = str_slice(domain, 1, domain.n - 1);
		return str_starts(domain, STR("IPv6:")) ? formathost_ipv6(str_slice(domain, 5, domain.n)) : formathost_ipv4(domain);
	}
	return formathost_name(domain) ? "what stands behind the @ is no host name" : NULL;
}
