/* SPDX-License-Identifier: Apache-2.0 */
/* URIs taken apart and put together. */
#include "schema/uri.h"

#include "base/arena.h"

struct parts {
	struct str scheme, authority, path, query;
	bool has_authority, has_query;
};

struct str
uri_split(struct str uri, struct str *ret_fragment)
{
	size_t at = str_find(uri, '#', 0);

	*ret_fragment = str_slice(uri, at + 1, uri.n);
	return str_slice(uri, 0, at);
}

struct str
uri_scheme(struct str uri)
{
	for (size_t i = 0; i < uri.n; i++) {
		char c = uri.s[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (c == ':' && i > 0) {
			return str_slice(uri, 0, i);
		}
		if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
			break;
		}
	}
	return (struct str){ uri.s, 0 };
}

/* of a URI without fragment */
static struct parts
parts_of(struct str uri)
{
	struct parts p = { .scheme = uri_scheme(uri) };
	size_t at = p.scheme.n > 0 ? p.scheme.n + 1 : 0, query = str_find(uri, '?', at);

	p.has_query = query < uri.n;
	p.query = str_slice(uri, query + 1, uri.n);
	uri = str_slice(uri, 0, query);
	if (at + 1 < uri.n && uri.s[at] == '/' && uri.s[at + 1] == '/') {
		size_t end = str_find(uri, '/', at + 2);

		p.has_authority = true;
		p.authority = str_slice(uri, at + 2, end);
		at = end;
	}
	p.path = str_slice(uri, at, uri.n);
	return p;
}

struct str
uri_path(struct str uri)
{
	return parts_of(uri).path;
}

/* RFC 3986, 5.2.4 */
static struct str
without_dots(struct arena *a, struct str path)
{
	struct buf b = { .arena = a };

	for (size_t at = 0; at < path.n;) {
		size_t end = str_find(path, '/', at + 1);
		struct str step = str_slice(path, at, end);
		bool last = end == path.n;

		at = end;
		if (str_eq(step, STR("/.")) || str_eq(step, STR("/.."))) {
			while (step.n == 3 && b.n > 0 && b.s[--b.n] != '/') {
			}
			if (last) {
				buf_byte(&b, '/');
			}
			continue;
		}
		if (b.n == 0 && (str_eq(step, STR(".")) || str_eq(step, STR("..")))) {
			continue;
		}
		buf_add(&b, step);
	}
	return buf_str(&b);
}

static struct str
merged(struct arena *a, const struct parts *base, struct str path)
{
	struct buf b = { .arena = a };
	size_t end = base->path.n;

	if (base->has_authority && base->path.n == 0) {
		buf_byte(&b, '/');
	}
	while (end > 0 && base->path.s[end - 1] != '/') {
		end--;
	}
	buf_add(&b, str_slice(base->path, 0, end));
	buf_add(&b, path);
	return buf_str(&b);
}

struct str
uri_resolve(struct arena *a, struct str base, struct str reference)
{
	struct str fragment, text = uri_split(reference, &fragment);
	struct parts from = parts_of(base), p = parts_of(text);
	struct buf b = { .arena = a };

	if (text.n == 0) {
		return base;
	}
	if (p.scheme.n == 0) {
		p.scheme = from.scheme;
		if (!p.has_authority) {
			p.has_authority = from.has_authority;
			p.authority = from.authority;
			if (p.path.n == 0) {
				p.path = from.path;
				p.query = p.has_query ? p.query : from.query;
				p.has_query = p.has_query || from.has_query;
			} else if (p.path.s[0] != '/') {
				p.path = merged(a, &from, p.path);
			}
		}
	}
	if (p.scheme.n > 0) {
		buf_add(&b, p.scheme);
		buf_byte(&b, ':');
	}
	if (p.has_authority) {
		buf_add(&b, STR("//"));
		buf_add(&b, p.authority);
	}
	buf_add(&b, without_dots(a, p.path));
	if (p.has_query) {
		buf_byte(&b, '?');
		buf_add(&b, p.query);
	}
	return buf_str(&b);
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct str
uri_decode(struct arena *a, struct str fragment)
{
	struct buf b = { .arena = a };

	if (str_find(fragment, '%', 0) == fragment.n) {
		return fragment;
	}
	for (size_t i = 0; i < fragment.n; i++) {
		if (fragment.s[i] == '%' && i + 2 < fragment.n && hex(fragment.s[i + 1]) >= 0 && hex(fragment.s[i + 2]) >= 0) {
			buf_byte(&b, (char)(hex(fragment.s[i + 1]) * 16 + hex(fragment.s[i + 2])));
			i += 2;
		} else {
			buf_byte(&b, fragment.s[i]);
		}
	}
	return buf_str(&b);
}
