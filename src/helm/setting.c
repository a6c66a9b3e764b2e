/* SPDX-License-Identifier: Apache-2.0 */
/* A port of Helm's parser for --set: names with dots and indexes, values with types, lists in braces. */
#include "helm/setting.h"

#include "base/arena.h"
#include "yaml/json.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

enum { PADDING_MAX = 4 * SETTING_INDEX_MAX };

/* END: the argument ended where it may; Helm's io.EOF */
enum step { BAD, MORE, END };

struct reader {
	struct values *values;
	enum setting_kind kind;
	struct source *src;
	struct str s;
	size_t at;
	unsigned helm;
	struct diags *diags;
	size_t padding;               /* list items made so far */
};

/* a name or value without its escapes, and where it stands */
struct word {
	struct str text;
	struct span span;
	char stop;                    /* what ended it; 0: the end of the argument */
};

static struct diag *
refuse(struct reader *r, struct span span, const char *text)
{
	return diag_add(r->diags, DIAG_ERROR, "helm/set", r->src, span, "%s", text);
}

/* Up to one of the stops, which is read too. A \ keeps what follows it. */
static struct word
read_word(struct reader *r, const char *stops)
{
	struct buf b = { .arena = r->values->arena };
	struct word w = { .span = { r->at, 0 } };

	while (r->at < r->s.n && !w.stop) {
		char c = r->s.s[r->at++];

		if (c != '\0' && strchr(stops, c)) {
			w.stop = c;
		} else if (c == '\\') {
			if (r->at < r->s.n) {
				buf_byte(&b, r->s.s[r->at++]);
			}
		} else {
			buf_byte(&b, c);
		}
	}
	w.span.n = r->at - w.span.at - (w.stop != 0);
	w.text = buf_str(&b);
	return w;
}

static struct value *
new_scalar(struct reader *r, enum node_kind kind, struct str text, struct span span)
{
	struct node *node = node_new(r->values->arena, kind, text);

	node->span = span;
	return value_of(r->values, node, r->src);
}

static struct value *
new_list(struct reader *r, struct span span)
{
	struct node *node = node_list(r->values->arena);

	node->span = span;
	return value_of(r->values, node, r->src);
}

/* An int64 in decimal digits, with a sign or not, that does not begin with 0; written as Go prints it. */
static bool
is_integer(struct str s, struct str *ret)
{
	bool sign = s.n > 0 && (s.s[0] == '-' || s.s[0] == '+');
	struct str digits = str_slice(s, sign, s.n);
	size_t value;

	while (sign && digits.n > 1 && digits.s[0] == '0') {
		digits = str_slice(digits, 1, digits.n);
	}
	if (s.n == 0 || s.s[0] == '0' || !str_number(digits, (size_t)INT64_MAX + (s.s[0] == '-'), &value)) {
		return false;
	}
	*ret = s.s[0] == '+' || value == 0 ? digits : digits.s == s.s + sign ? s : digits;
	if (s.s[0] == '-' && value != 0 && digits.s != s.s + sign) {
		*ret = s;
	}
	return true;
}

static struct value *
typed(struct reader *r, const struct word *w)
{
	struct str number;

	if (r->kind == SETTING_STRING) {
		return new_scalar(r, NODE_STRING, w->text, w->span);
	}
	if (str_eq_nocase(w->text, STR("true")) || str_eq_nocase(w->text, STR("false"))) {
		return new_scalar(r, NODE_BOOL, w->text.n == 4 ? STR("true") : STR("false"), w->span);
	}
	if (str_eq_nocase(w->text, STR("null"))) {
		return new_scalar(r, NODE_NULL, w->text, w->span);
	}
	if (str_eq(w->text, STR("0"))) {
		return new_scalar(r, NODE_INT, w->text, w->span);
	}
	return is_integer(w->text, &number) ? new_scalar(r, NODE_INT, number, w->span) : new_scalar(r, NODE_STRING, w->text, w->span);
}

/* what a word means under the option; NULL if an error was added */
static struct value *
meaning(struct reader *r, const struct word *w)
{
	struct source *file;
	int error;

	if (r->kind != SETTING_FILE) {
		return typed(r, w);
	}
	file = arena_new(r->values->arena, struct source);
	error = memchr(w->text.s ? w->text.s : "", '\0', w->text.n) ? ENOENT : source_read(file, r->values->arena, str_z(r->values->arena, w->text));
	if (error != 0) {
		refuse(r, w->span, arena_printf(r->values->arena, "cannot read '%.*s': %s", STR_FMT(w->text), strerror(error)));
		return NULL;
	}
	return new_scalar(r, NODE_STRING, file->text, w->span);
}

/* {a,b} behind its brace */
static struct value *
read_list(struct reader *r, size_t open)
{
	struct value *list = new_list(r, (struct span){ open, 1 });
	struct buf items = { .arena = r->values->arena };
	struct node *node = node_list(r->values->arena);
	struct word w;

	do {
		struct value *item;

		w = read_word(r, ",}");
		if (!w.stop) {
			refuse(r, (struct span){ open, 1 }, "the list is not closed: '}' is wanted");
			return NULL;
		}
		item = meaning(r, &w);
		if (!item) {
			return NULL;
		}
		buf_add(&items, (struct str){ (const char *)&item, sizeof(item) });
		list->n++;
	} while (w.stop == ',');
	node->span = (struct span){ open, r->at - open };
	list->node = node;
	list->items = arena_alloc(r->values->arena, list->n + 1, sizeof(*list->items));
	memcpy(list->items, items.s, items.n);
	if (r->at < r->s.n && r->s.s[r->at] == ',') {
		r->at++;
	}
	return list;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* blanks and a comma; true when a value ends here */
static bool
skip_to_next(struct reader *r)
{
	while (r->at < r->s.n && is_space(r->s.s[r->at])) {
		r->at++;
	}
	if (r->at < r->s.n && r->s.s[r->at] != ',') {
		return false;
	}
	r->at += r->at < r->s.n;
	return true;
}

/* what stands behind the =; *ret_step END where the argument ends with it */
static struct value *
read_value(struct reader *r, enum step *ret_step)
{
	const struct node *json;
	size_t from = r->at;
	struct word w;

	*ret_step = MORE;
	if (r->kind == SETTING_JSON) {
		if (skip_to_next(r)) {
			return new_scalar(r, NODE_NULL, (struct str){ 0 }, (struct span){ from, 0 });
		}
		json = json_read_at(r->src, &r->at, r->values->arena, r->diags);
		if (json) {
			skip_to_next(r);
		}
		return json ? value_of(r->values, json, r->src) : NULL;
	}
	if (r->at == r->s.n) {
		*ret_step = END;
		return new_scalar(r, NODE_STRING, (struct str){ 0 }, (struct span){ from, 0 });
	}
	if (r->s.s[r->at] == '{') {
		r->at++;
		return read_list(r, from);
	}
	w = read_word(r, ",");
	return meaning(r, &w);
}

/* what Helm takes without a word, though it does nothing */
static enum step
warn(struct reader *r, struct span span, const char *text)
{
	diag_add(r->diags, DIAG_WARNING, "helm/set", r->src, span, "%s", text);
	return END;
}

static enum step read_name(struct reader *, struct value *map, unsigned nested);

/* [N behind its bracket; MORE when it is one */
static enum step
read_index(struct reader *r, size_t *ret)
{
	struct word w = read_word(r, "]");
	struct str digits = str_slice(w.text, w.text.n > 0 && w.text.s[0] == '+', w.text.n);

	if (!w.stop && r->helm != 3) {
		return warn(r, w.span, "the index is not closed: Helm 4 sets nothing here");
	}
	if (!w.stop) {
		refuse(r, w.span, "the index is not closed: ']' is wanted");
	} else if (w.text.n > 1 && w.text.s[0] == '-' && str_number(str_slice(w.text, 1, w.text.n), SIZE_MAX, ret)) {
		refuse(r, w.span, "a list index cannot be negative");
	} else if (digits.n > 0 && digits.n < 19 && str_number(digits, SIZE_MAX, ret)) {
		return MORE;
	} else {
		refuse(r, w.span, "a list index is a number");
	}
	return BAD;
}

static bool
set_item(struct reader *r, struct value *list, size_t index, struct value *v, struct span span)
{
	struct value **items, *null;

	if (index > SETTING_INDEX_MAX) {
		refuse(r, span, arena_printf(r->values->arena, "the list index is %zu, Helm takes %d at most", index, SETTING_INDEX_MAX));
		return false;
	}
	if (index >= list->n) {
		r->padding += index + 1;
		if (r->padding > PADDING_MAX) {
			refuse(r, span, "the list indexes of this argument make too many items");
			return false;
		}
		items = arena_alloc(r->values->arena, index + 2, sizeof(*items));
		memcpy(items, list->items ? list->items : items, list->n * sizeof(*items));
		null = new_scalar(r, NODE_NULL, STR("null"), span);
		for (; list->n <= index; list->n++) {
			items[list->n] = null;
		}
		list->items = items;
	}
	list->items[index] = v;
	return true;
}

/* what follows a[N]: a value, another index or a name below */
static enum step
read_item(struct reader *r, struct value *list, size_t index, struct span span, unsigned nested)
{
	struct word w = read_word(r, "[.=");
	struct value *old = index < list->n ? list->items[index] : NULL, *v;
	enum step step = MORE;
	size_t next;

	if (w.text.n > 0) {
		refuse(r, w.span, "'=', '.' or '[' is wanted behind an index");
		return BAD;
	}
	/* Helm takes a[0] and a[0].b= at the end of an argument, and sets no item */
	if (!w.stop) {
		return warn(r, span, "no value follows this index: Helm sets no item");
	}
	if (w.stop == '=') {
		v = read_value(r, &step);
		return v && set_item(r, list, index, v, span) ? MORE : BAD;
	}
	if (w.stop == '[') {
		struct span second = { r->at, 0 };

		if (old && !value_is_null(old) && old->node->kind != NODE_LIST) {
			refuse(r, span, arena_printf(r->values->arena, "this item is %s already, and no list", value_describe(r->values, old)));
			return BAD;
		}
		step = read_index(r, &next);
		if (step != MORE) {
			return step;
		}
		second.n = r->at - second.at - 1;
		v = old && old->node->kind == NODE_LIST ? old : new_list(r, span);
		step = read_item(r, v, next, second, nested);
		return step != MORE || set_item(r, list, index, v, span) ? step : BAD;
	}
	v = value_is_map(old) ? old : value_map(r->values, r->src, span);
	if (old) {
		list->items[index] = v;
	}
	step = read_name(r, v, nested);
	return step != MORE || set_item(r, list, index, v, span) ? step : BAD;
}

static struct diag *
refuse_old(struct reader *r, const struct word *w, const struct value *old, const char *wanted)
{
	struct diag *diag = refuse(r, w->span, arena_printf(r->values->arena, "'%.*s' is %s already, %s is wanted here", STR_FMT(w->text),
		value_describe(r->values, old), wanted));

	if (old->src != r->src) {
		diag_relate(r->diags, diag, old->src, old->node->span, "where it is set");
	}
	return diag;
}

static enum step
read_indexed(struct reader *r, struct value *map, const struct word *w, unsigned nested)
{
	struct value *list = value_get(map, w->text);
	struct span span = { r->at, 0 };
	enum step step;
	size_t index;

	step = read_index(r, &index);
	if (step != MORE) {
		return step;
	}
	span.n = r->at - span.at - 1;
	if (list && list->node->kind != NODE_LIST) {
		refuse_old(r, w, list, "a list");
		return BAD;
	}
	list = list ? list : new_list(r, w->span);
	step = read_item(r, list, index, span, nested);
	if (step != BAD && w->text.n > 0) {
		value_put(r->values, map, w->text, r->src, w->span, list);
	}
	return step;
}

static enum step
read_below(struct reader *r, struct value *map, const struct word *w, unsigned nested)
{
	struct value *inner = value_get(map, w->text);
	enum step step;

	if (nested >= SETTING_NESTED_MAX) {
		refuse(r, w->span, arena_printf(r->values->arena, "the name is nested deeper than %d levels, which Helm refuses", SETTING_NESTED_MAX));
		return BAD;
	}
	if (inner && !value_is_map(inner)) {
		refuse_old(r, w, inner, "a map");
		return BAD;
	}
	inner = inner ? inner : value_map(r->values, r->src, w->span);
	step = read_name(r, inner, nested + 1);
	if (step == MORE && inner->n == 0) {
		refuse(r, w->span, arena_printf(r->values->arena, "'%.*s' gets no value", STR_FMT(w->text)));
		return BAD;
	}
	if (step != BAD && inner->n > 0 && w->text.n > 0) {
		value_put(r->values, map, w->text, r->src, w->span, inner);
	}
	return step;
}

/* one name and its value */
static enum step
read_name(struct reader *r, struct value *map, unsigned nested)
{
	struct word w = read_word(r, "=[,.");
	struct value *v;
	enum step step;

	switch (w.stop) {
	case '[':
		return read_indexed(r, map, &w, nested);
	case '.':
		return read_below(r, map, &w, nested);
	case '=':
		v = read_value(r, &step);
		if (!v) {
			return BAD;
		}
		if (w.text.n > 0) {
			value_put(r->values, map, w.text, r->src, w.span, v);
		}
		return step;
	case ',':
		diag_help(r->diags, refuse(r, w.span, arena_printf(r->values->arena, "'%.*s' has no value", STR_FMT(w.text))),
			"a comma in a value is written \\,");
		return BAD;
	default:
		if (w.text.n == 0) {
			return END;
		}
		diag_help(r->diags, refuse(r, w.span, arena_printf(r->values->arena, "'%.*s' has no value", STR_FMT(w.text))),
			r->kind == SETTING_JSON ? "NAME=JSON is wanted" : "NAME=VALUE is wanted; a comma in a value is written \\,");
		return BAD;
	}
}

/* a whole map of JSON, which Helm 4 takes and Helm 3 does not */
static bool
apply_map(struct reader *r, struct value *base)
{
	const struct node *json = json_read(r->src, r->values->arena, r->diags);

	if (json) {
		value_merge(r->values, base, value_of(r->values, json, r->src));
	}
	return json;
}

bool
setting_apply(struct values *vs, struct value *base, enum setting_kind kind, struct source *arg, unsigned helm, struct diags *diags)
{
	struct reader r = { vs, kind, arg, arg->text, 0, helm, diags, 0 };
	enum step step = MORE;
	size_t first = 0;

	while (first < r.s.n && is_space(r.s.s[first])) {
		first++;
	}
	if (kind == SETTING_JSON && helm != 3 && first < r.s.n && r.s.s[first] == '{') {
		return apply_map(&r, base);
	}
	while (step == MORE) {
		step = read_name(&r, base, 0);
	}
	return step == END;
}
