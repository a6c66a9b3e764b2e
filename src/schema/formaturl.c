/* SPDX-License-Identifier: Apache-2.0 */
/* A port of the part of Go's net/url that refuses: what Helm takes for a URI is what url.Parse takes. */
#include "schema/formaturl.h"

#include "base/ascii.h"
#include "schema/formathost.h"

/* Which Go: of Helm 4.1.4, with v6's own look at the host, or of Helm 3.16 */
enum age { OLD, NEW };

struct url {
	bool absolute;                /* has a scheme */
	struct str path;              /* as written; empty where what follows the scheme is opaque */
};

static bool
is_in(const char *set, char c)
{
	return str_find(str_of(set), c, 0) < str_of(set).n;
}

static size_t
find_last(struct str s, char c)
{
	for (size_t i = s.n; i > 0; i--) {
		if (s.s[i - 1] == c) {
			return i - 1;
		}
	}
	return s.n;
}

/* ASCII that stands for itself in a host */
static bool
is_host(char c)
{
	return ascii_letter(c) || ascii_digit(c) || is_in("-_.~!$&'()*+,;=:[]<>\"", c);
}

/* where Go writes a path with escapes */
static bool
is_escaped_in_path(char c)
{
	return !ascii_letter(c) && !ascii_digit(c) && !is_in("-_.~$&+,/:;=@", c);
}

/* every % is followed by two digits; in a host (zone: behind the %25 of an address) little may be escaped and little may not */
static const char *
check_escapes(struct str s, bool host, bool zone)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] != '%') {
			if (host && (unsigned char)s.s[i] < 0x80 && !is_host(s.s[i])) {
				return "a character is not allowed in the host";
			}
			continue;
		}
		if (i + 2 >= s.n || ascii_hex(s.s[i + 1]) < 0 || ascii_hex(s.s[i + 2]) < 0) {
			return "two hexadecimal digits are wanted behind %";
		}
		if (host && !str_eq(str_slice(s, i, i + 3), STR("%25"))) {
			int c = ascii_hex(s.s[i + 1]) * 16 + ascii_hex(s.s[i + 2]);

			if (zone ? c != ' ' && (c >= 0x80 || !is_host((char)c)) : c < 0x80) {
				return "an escape is not allowed in the host";
			}
		}
		i += 2;
	}
	return NULL;
}

/* empty, or a colon and digits */
static bool
is_port(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (!ascii_digit(s.s[i])) {
			return false;
		}
	}
	return s.n == 0 || s.s[0] == ':';
}

static const char *
check_host_old(struct str host)
{
	size_t close = find_last(host, ']'), zone, colon = find_last(host, ':');
	struct str inner = str_slice(host, 0, close);
	const char *wrong;

	if (!str_starts(host, STR("["))) {
		return colon < host.n && !is_port(str_slice(host, colon, host.n)) ? "the port is no number" : check_escapes(host, true, false);
	}
	if (close == host.n) {
		return "the ] of the host is missing";
	}
	if (!is_port(str_slice(host, close + 1, host.n))) {
		return "the port is no number";
	}
	for (zone = 0; zone < inner.n && !str_starts(str_slice(inner, zone, inner.n), STR("%25")); zone++) {
	}
	wrong = check_escapes(str_slice(inner, 0, zone), true, false);
	wrong = wrong ? wrong : check_escapes(str_slice(inner, zone, inner.n), true, true);
	return wrong ? wrong : check_escapes(str_slice(host, close, host.n), true, false);
}

static const char *
check_host(struct str host)
{
	size_t open = find_last(host, '['), close = find_last(host, ']'), colon = find_last(host, ':');

	if (open < host.n) {
		if (close == host.n) {
			return "the ] of the host is missing";
		}
		if (!is_port(str_slice(host, close + 1, host.n))) {
			return "the port is no number";
		}
		return open > 0 || formathost_ipv6(str_slice(host, 1, close)) ? "only an IPv6 address stands in [] in the host" : NULL;
	}
	if (colon < host.n && !is_port(str_slice(host, colon, host.n))) {
		return "the port is no number";
	}
	if (str_find(host, ':', 0) < colon) {
		return "an IPv6 address stands in []";
	}
	return check_escapes(host, true, false);
}

static const char *
check_authority(struct str authority, enum age age)
{
	size_t at = find_last(authority, '@');
	struct str host = at < authority.n ? str_slice(authority, at + 1, authority.n) : authority;
	struct str user = at < authority.n ? str_slice(authority, 0, at) : (struct str){ 0 };
	const char *wrong = age == NEW ? check_host(host) : check_host_old(host);

	if (wrong) {
		return wrong;
	}
	for (size_t i = 0; i < user.n; i++) {
		if (!ascii_letter(user.s[i]) && !ascii_digit(user.s[i]) && !is_in("-._:~!$&'()*+,;=%@", user.s[i])) {
			return "a character before the @ is not allowed";
		}
	}
	return check_escapes(user, false, false);
}

/* where the scheme's colon is; s.n: there is none, or no scheme */
static size_t
scheme_end(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == ':') {
			return i;
		}
		if (!ascii_letter(s.s[i]) && (i == 0 || (!ascii_digit(s.s[i]) && !is_in("+-.", s.s[i])))) {
			break;
		}
	}
	return s.n;
}

static const char *
parse(struct str s, enum age age, struct url *ret)
{
	size_t hash = str_find(s, '#', 0), colon;
	struct str fragment = str_slice(s, hash + 1, s.n), rest = str_slice(s, 0, hash);
	const char *wrong = NULL;

	*ret = (struct url){ 0 };
	for (size_t i = 0; i < rest.n; i++) {
		if ((unsigned char)rest.s[i] < ' ' || rest.s[i] == 0x7F) {
			return "it has a control character";
		}
	}
	colon = scheme_end(rest);
	if (colon < rest.n) {
		if (colon == 0) {
			return "the scheme before the colon is missing";
		}
		ret->absolute = true;
		rest = str_slice(rest, colon + 1, rest.n);
	}
	rest = str_slice(rest, 0, str_find(rest, '?', 0));
	if (!str_starts(rest, STR("/"))) {
		if (ret->absolute) {
			rest = (struct str){ 0 };
		} else if (str_find(str_slice(rest, 0, str_find(rest, '/', 0)), ':', 0) < str_find(rest, '/', 0)) {
			return "a colon in the first part of a path stands for a scheme";
		}
	}
	if (str_starts(rest, STR("//")) && (ret->absolute || !str_starts(rest, STR("///")))) {
		size_t slash = str_find(rest, '/', 2);

		wrong = check_authority(str_slice(rest, 2, slash), age);
		rest = str_slice(rest, slash, rest.n);
	}
	ret->path = rest;
	wrong = wrong ? wrong : check_escapes(rest, false, false);
	return wrong ? wrong : check_escapes(fragment, false, false);
}

const char *
formaturl_uri(struct str s)
{
	struct url url;
	const char *wrong = parse(s, NEW, &url);

	return wrong || url.absolute ? wrong : "it begins with no scheme, like https:";
}

const char *
formaturl_reference(struct str s)
{
	struct url url;

	return str_find(s, '\\', 0) < s.n ? "it has a \\" : parse(s, NEW, &url);
}

/* the byte at *i of a path, which then stands at its last character */
static char
decoded(struct str path, size_t *i)
{
	if (path.s[*i] != '%') {
		return path.s[*i];
	}
	*i += 2;
	return (char)(ascii_hex(path.s[*i - 1]) * 16 + ascii_hex(path.s[*i]));
}

/* Go keeps a path as written only where its own way to escape it gives another text */
static bool
is_kept(struct str path)
{
	for (size_t i = 0; i < path.n; i++) {
		bool escaped = path.s[i] == '%', small = false;
		size_t at = i;
		char c = decoded(path, &i);

		for (; escaped && at <= i; at++) {
			small = small || (path.s[at] >= 'a' && path.s[at] <= 'f');
		}
		if (escaped != is_escaped_in_path(c) || small) {
			return true;
		}
	}
	return false;
}

const char *
formaturl_template(struct str s)
{
	struct url url;
	const char *wrong = parse(s, NEW, &url);
	bool open = false;

	if (wrong || !is_kept(url.path)) {
		return wrong;
	}
	for (size_t i = 0; i <= url.path.n; i++) {
		char c;

		if (i == url.path.n || url.path.s[i] == '/') {
			if (open) {
				return "a { is not closed before the next / or ?";
			}
			continue;
		}
		c = decoded(url.path, &i);
		if (c == '{' || c == '}') {
			if (open == (c == '{')) {
				return "{ and } do not pair";
			}
			open = c == '{';
		}
	}
	return NULL;
}

const char *
formaturl_uri3(struct str s)
{
	struct url url;
	const char *wrong = parse(s, OLD, &url);

	return wrong ? wrong : !url.absolute ? "it begins with no scheme, like https:" : str_find(s, '\\', 0) < s.n ? "it has a \\" : NULL;
}

const char *
formaturl_reference3(struct str s)
{
	struct url url;

	return str_find(s, '\\', 0) < s.n ? "it has a \\" : parse(s, OLD, &url);
}

const char *
formaturl_template3(struct str s)
{
	struct url url;
	const char *wrong = str_find(s, '\\', 0) < s.n ? "it has a \\" : parse(s, OLD, &url);
	bool open = false;

	for (size_t i = 0; !wrong && i < url.path.n; i++) {
		char c = decoded(url.path, &i);

		open = open ? c != '}' : c == '{';
	}
	return wrong ? wrong : open ? "a { is not closed" : NULL;
}
