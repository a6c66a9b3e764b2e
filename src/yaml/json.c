/* SPDX-License-Identifier: Apache-2.0 */
/* A reader of JSON by one pass, with the place of every value. */
#include "yaml/json.h"

#include "base/arena.h"
#include "base/table.h"

#include <string.h>

enum { SMALL_MAP = 12 };              /* searched one by one for keys given twice */

struct reader {
	struct source *src;
	struct arena *arena;
	struct diags *diags;
	const char *s;
	size_t at, n;
	unsigned depth;
	bool part;                    /* more may follow the value */
};

static struct node *value(struct reader *);

static struct node *
refuse(struct reader *r, size_t at, size_t n, const char *text, const char *help)
{
	struct diag *diag = diag_add(r->diags, DIAG_ERROR, "json/syntax", r->src,
		(struct span){ at < r->n ? at : r->n, at + n <= r->n ? n : at < r->n ? r->n - at : 0 }, "%s", text);

	if (help) {
		diag_help(r->diags, diag, "%s", help);
	}
	return NULL;
}

static void
blanks(struct reader *r)
{
	while (r->at < r->n && (r->s[r->at] == ' ' || r->s[r->at] == '\n' || r->s[r->at] == '\t' || r->s[r->at] == '\r')) {
		r->at++;
	}
}

static bool
next_is(struct reader *r, char c)
{
	blanks(r);
	if (r->at < r->n && r->s[r->at] == c) {
		r->at++;
		return true;
	}
	return false;
}

static struct node *
scalar(struct reader *r, enum node_kind kind, enum node_style style, size_t from, struct str text)
{
	struct node *node = arena_new(r->arena, struct node);

	node->kind = (unsigned char)kind;
	node->style = (unsigned char)style;
	node->span = (struct span){ from, r->at - from };
	node->props = from;
	node->text = text;
	return node;
}

/* four hexadecimal digits; -1 if they are not there */
static long
hex(const struct reader *r, size_t at)
{
	long code = 0;

	if (at + 4 > r->n) {
		return -1;
	}
	for (size_t i = at; i < at + 4; i++) {
		char c = r->s[i];

		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
			return -1;
		}
		code = code * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	return code;
}

static void
add_point(struct buf *b, long code)
{
	if (code < 0x80) {
		buf_byte(b, (char)code);
	} else if (code < 0x800) {
		buf_byte(b, (char)(0xC0 | code >> 6));
		buf_byte(b, (char)(0x80 | (code & 0x3F)));
	} else if (code < 0x10000) {
		buf_byte(b, (char)(0xE0 | code >> 12));
		buf_byte(b, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_byte(b, (char)(0x80 | (code & 0x3F)));
	} else {
		buf_byte(b, (char)(0xF0 | code >> 18));
		buf_byte(b, (char)(0x80 | (code >> 12 & 0x3F)));
		buf_byte(b, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_byte(b, (char)(0x80 | (code & 0x3F)));
	}
}

/* what stands behind a backslash; false if it is no escape */
static bool
escape(struct reader *r, struct buf *b)
{
	static const char names[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *found = r->at < r->n && r->s[r->at] != '\0' ? strchr(names, r->s[r->at]) : NULL;
	long code, low;

	if (found) {
		buf_byte(b, meant[found - names]);
		r->at++;
		return true;
	}
	if (r->at >= r->n || r->s[r->at] != 'u' || (code = hex(r, r->at + 1)) < 0) {
		return false;
	}
	r->at += 5;
	if (code >= 0xD800 && code < 0xDC00 && r->at + 1 < r->n && r->s[r->at] == '\\' && r->s[r->at + 1] == 'u') {
		low = hex(r, r->at + 2);
		if (low >= 0xDC00 && low < 0xE000) {
			code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
			r->at += 6;
		}
	}
	add_point(b, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
	return true;
}

/* length of a UTF-8 sequence that begins with a byte from 0x80 on; 0 if it is broken */
static size_t
sequence(const struct reader *r, size_t at)
{
	const unsigned char *s = (const unsigned char *)r->s + at;
	size_t n = s[0] >= 0xC2 && s[0] <= 0xDF ? 2 : s[0] >= 0xE0 && s[0] <= 0xEF ? 3 : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4 : 0;

	if (n == 0 || at + n > r->n || (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF0 && s[1] < 0x90)
		|| (s[0] == 0xF4 && s[1] > 0x8F)) {
		return 0;
	}
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80) {
			return 0;
		}
	}
	return n;
}

static struct node *
string(struct reader *r)
{
	size_t from = r->at++, plain = r->at;
	struct buf b = { .arena = r->arena };
	bool escaped = false;

	while (r->at < r->n && r->s[r->at] != '"') {
		unsigned char c = (unsigned char)r->s[r->at];
		size_t n = c < 0x80 ? 1 : sequence(r, r->at);

		if (n == 0) {
			return refuse(r, r->at, 1, "this is no UTF-8", NULL);
		}
		if (c < ' ') {
			return refuse(r, r->at, 1, c == '\n' ? "the text is not closed on its line" : "a control character in a text",
				c == '\n' ? "close it with '\"', or write \\n for a line break" : c == '\t' ? "write \\t" : NULL);
		}
		if (c != '\\') {
			r->at += n;
			continue;
		}
		escaped = true;
		buf_add(&b, (struct str){ r->s + plain, r->at - plain });
		r->at++;
		if (r->at == r->n) {
			break;
		}
		if (!escape(r, &b)) {
			return refuse(r, r->at - 1, 2, "JSON knows no such escape", "write \\\\ for a backslash");
		}
		plain = r->at;
	}
	if (r->at == r->n) {
		return refuse(r, from, 1, "the text that begins here is not closed", NULL);
	}
	r->at++;
	if (escaped) {
		buf_add(&b, (struct str){ r->s + plain, r->at - 1 - plain });
		return scalar(r, NODE_STRING, NODE_DOUBLE, from, buf_str(&b));
	}
	return scalar(r, NODE_STRING, NODE_DOUBLE, from, (struct str){ r->s + plain, r->at - 1 - plain });
}

static size_t
digits(const struct reader *r, size_t at)
{
	size_t n = 0;

	while (at + n < r->n && r->s[at + n] >= '0' && r->s[at + n] <= '9') {
		n++;
	}
	return n;
}

static bool
at_is(const struct reader *r, size_t at, const char *any)
{
	return at < r->n && r->s[at] != '\0' && strchr(any, r->s[at]);
}

static struct node *
number(struct reader *r)
{
	size_t from = r->at, at = from + (r->s[from] == '-'), n = digits(r, at);
	bool whole = true;

	if (n == 0 || (n > 1 && r->s[at] == '0')) {
		return refuse(r, from, at + n - from, "this is no number in JSON", n > 1 ? "leave out the leading zeros" : NULL);
	}
	at += n;
	if (at_is(r, at, ".")) {
		whole = false;
		n = digits(r, at + 1);
		at += 1 + n;
	}
	if (n > 0 && at_is(r, at, "eE")) {
		whole = false;
		at += at_is(r, at + 1, "+-") ? 2 : 1;
		n = digits(r, at);
		at += n;
	}
	if (n == 0) {
		return refuse(r, from, at - from, "this is no number in JSON", NULL);
	}
	r->at = at;
	return scalar(r, whole ? NODE_INT : NODE_FLOAT, NODE_PLAIN, from, (struct str){ r->s + from, at - from });
}

static struct node *
list(struct reader *r)
{
	struct node *node = scalar(r, NODE_LIST, NODE_FLOW, r->at++, (struct str){ 0 });

	if (!next_is(r, ']')) {
		for (;;) {
			struct node *item = value(r);

			if (!item) {
				return NULL;
			}
			node_append(node, item);
			if (next_is(r, ']')) {
				break;
			}
			if (!next_is(r, ',')) {
				return refuse(r, r->at, 1, "',' or ']' is wanted here", NULL);
			}
			blanks(r);
			if (r->at < r->n && r->s[r->at] == ']') {
				return refuse(r, r->at, 1, "an item is wanted here", "remove the ',' before it");
			}
		}
	}
	node->span.n = r->at - node->span.at;
	return node;
}

/* the entry before a new one that has the same key; with *ret_before the one before that */
static struct node *
same_key(struct reader *r, const struct node *map, struct table *seen, size_t n, struct node *entry)
{
	if (n > SMALL_MAP) {
		if (seen->n == 0) {
			seen->arena = r->arena;
			for (struct node *each = map->first; each; each = each->next) {
				table_put(seen, each->key->text, each);
			}
		}
		return table_put(seen, entry->key->text, entry);
	}
	for (struct node *each = map->first; each; each = each->next) {
		if (str_eq(each->key->text, entry->key->text)) {
			return each;
		}
	}
	return NULL;
}

static void
drop(struct reader *r, struct node *map, struct node *old, const struct node *key)
{
	struct diag *diag = diag_add(r->diags, DIAG_WARNING, "yaml/duplicate-key", r->src, key->span, "the key '%.*s' is given twice",
		STR_FMT(key->text));

	diag_help(r->diags, diag, "remove one; Helm takes the last, and says nothing");
	diag_relate(r->diags, diag, r->src, old->key->span, "the first is here");
	if (map->first == old) {
		map->first = old->next;
		map->last = map->last == old ? NULL : map->last;
		return;
	}
	for (struct node *before = map->first;; before = before->next) {
		if (before->next == old) {
			before->next = old->next;
			map->last = map->last == old ? before : map->last;
			return;
		}
	}
}

static struct node *
map(struct reader *r)
{
	struct node *node = scalar(r, NODE_MAP, NODE_FLOW, r->at++, (struct str){ 0 });
	struct table seen = { 0 };
	size_t n = 0, drops = 0;

	if (!next_is(r, '}')) {
		for (;;) {
			struct node *key, *entry, *old;

			blanks(r);
			if (r->at == r->n || r->s[r->at] != '"') {
				return refuse(r, r->at, 1, "a key in double quotes is wanted here",
					r->at < r->n && r->s[r->at] == '}' ? "remove the ',' before it"
					: r->at < r->n && r->s[r->at] == '/' ? "JSON has no comments; \"$comment\" is for them" : NULL);
			}
			key = string(r);
			if (!key) {
				return NULL;
			}
			if (!next_is(r, ':')) {
				return refuse(r, r->at, 1, "':' is wanted behind the key", NULL);
			}
			entry = value(r);
			if (!entry) {
				return NULL;
			}
			entry->key = key;
			old = same_key(r, node, &seen, n, entry);
			if (old) {
				if (++drops > JSON_DEPTH_MAX) {
					return refuse(r, key->span.at, key->span.n, "too many keys are given twice", NULL);
				}
				drop(r, node, old, key);
			}
			node_append(node, entry);
			n++;
			if (next_is(r, '}')) {
				break;
			}
			if (!next_is(r, ',')) {
				return refuse(r, r->at, 1, "',' or '}' is wanted here", NULL);
			}
		}
	}
	node->span.n = r->at - node->span.at;
	return node;
}

static struct node *
word(struct reader *r)
{
	static const struct {
		const char *text;
		enum node_kind kind;
	} words[] = { { "true", NODE_BOOL }, { "false", NODE_BOOL }, { "null", NODE_NULL } };
	size_t from = r->at, n = 0;

	while (from + n < r->n && ((r->s[from + n] | 0x20) >= 'a' && (r->s[from + n] | 0x20) <= 'z')) {
		n++;
	}
	for (size_t i = 0; i < 3; i++) {
		struct str text = str_of(words[i].text);

		if (r->part ? str_starts((struct str){ r->s + from, n }, text) : str_eq((struct str){ r->s + from, n }, text)) {
			r->at += text.n;
			return scalar(r, words[i].kind, NODE_PLAIN, from, (struct str){ r->s + from, text.n });
		}
	}
	if (from == r->n) {
		return refuse(r, from, 0, "the file ends where a value is wanted", NULL);
	}
	return refuse(r, from, n > 0 ? n : 1, "a value of JSON is wanted here",
		n > 0 ? "put texts and keys into double quotes" : r->s[from] == '\'' ? "JSON has double quotes only"
		: r->s[from] == '/' ? "JSON has no comments; \"$comment\" is for them" : NULL);
}

static struct node *
value(struct reader *r)
{
	struct node *node;

	blanks(r);
	switch (r->at < r->n ? r->s[r->at] : '\0') {
	case '{':
	case '[':
		if (++r->depth > JSON_DEPTH_MAX) {
			return refuse(r, r->at, 1, "nested too deeply", NULL);
		}
		node = r->s[r->at] == '{' ? map(r) : list(r);
		r->depth--;
		return node;
	case '"':
		return string(r);
	case '-':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		return number(r);
	default:
		return word(r);
	}
}

struct node *
json_read(struct source *src, struct arena *a, struct diags *diags)
{
	struct reader r = { .src = src, .arena = a, .diags = diags, .s = src->text.s, .n = src->text.n };
	struct node *node;

	if (str_starts(src->text, STR("\xEF\xBB\xBF"))) {
		r.at = 3;
	}
	node = value(&r);
	blanks(&r);
	if (node && r.at < r.n) {
		return refuse(&r, r.at, 1, "nothing may stand behind the value", NULL);
	}
	return node;
}

struct node *
json_read_at(struct source *src, size_t *at, struct arena *a, struct diags *diags)
{
	struct reader r = { .src = src, .arena = a, .diags = diags, .s = src->text.s, .n = src->text.n, .at = *at, .part = true };
	struct node *node = value(&r);

	*at = r.at;
	return node;
}
