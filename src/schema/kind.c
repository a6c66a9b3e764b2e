/* SPDX-License-Identifier: Apache-2.0 */
/* Types and allowed values, and what to write instead of a wrong one. */
#include "schema/kind.h"

#include "schema/canon.h"
#include "schema/suggest.h"
#include "yaml/scalar.h"

#include <string.h>

/* from 2^53 on every double is an integer */
bool
kind_whole(double number)
{
	const double exact = 9007199254740992.0;

	return number >= exact || number <= -exact || (double)(long long)number == number;
}

bool
kind_fits(unsigned types, const struct node *node)
{
	struct decimal number;

	switch (node->kind) {
	case NODE_NULL:
		return types & SCHEMA_NULL;
	case NODE_BOOL:
		return types & SCHEMA_BOOLEAN;
	case NODE_INT:
		return types & (SCHEMA_INTEGER | SCHEMA_NUMBER);
	case NODE_FLOAT:
		return (types & SCHEMA_NUMBER)
			|| ((types & SCHEMA_INTEGER)
				&& (decimal_read(&number, node, DECIMAL_DOUBLE) || decimal_read(&number, node, DECIMAL_WRITTEN))
				&& decimal_whole(&number));
	case NODE_STRING:
		return types & SCHEMA_STRING;
	case NODE_LIST:
		return types & SCHEMA_LIST;
	default:
		return types & SCHEMA_MAP;
	}
}

const char *
kind_written(struct check *c, const struct node *value)
{
	value = node_real(value);
	if (value->kind == NODE_STRING && value->text.n == 0) {
		return "an empty string";
	}
	return value->kind >= NODE_LIST ? say_flow(c, value) : say_cut(c->arena, value->text, CHECK_SHOWN_MAX);
}

bool
kind_unquoted(const struct node *value, const struct node *choice)
{
	choice = node_real(choice);
	return value->kind != NODE_STRING && value->kind < NODE_LIST && choice->kind == NODE_STRING
		&& str_eq(value->text, choice->text);
}

void
kind_choices(struct check *c, const struct schema *s, const struct where *w, struct diag *diag)
{
	struct buf b = { .arena = c->arena };
	struct suggest near;
	size_t n = 0;

	suggest_init(&near, w->node->text, &c->suggest_work);
	for (const struct node *choice = s->choices->first; choice && c->suggest_work > 0; choice = choice->next) {
		c->suggest_work--;
		if (kind_unquoted(w->node, choice)) {
			diag_help(c->diags, diag, "quote it: \"%s\"", kind_written(c, choice));
			return;
		}
		if (w->node->kind == NODE_STRING && node_real(choice)->kind == NODE_STRING) {
			suggest_offer(&near, node_real(choice)->text);
		}
		say_listed(&b, &n, str_of(kind_written(c, choice)));
	}
	diag->help = suggest_text(&near, c->arena);
	if (diag->help) {
		diag_note(c->diags, diag, "allowed: %s", say_list_end(&b, n));
	} else {
		diag_help(c->diags, diag, "allowed: %s", say_list_end(&b, n));
	}
}

/* one line as a list of one; NULL when it cannot be written simply */
static const char *
as_list(struct check *c, struct str text)
{
	if (scalar_plain_safe(text, true)) {
		return arena_printf(c->arena, "[%.*s]", STR_FMT(text));
	}
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '"' || text.s[i] == '\\' || (unsigned char)text.s[i] < ' ') {
			return NULL;
		}
	}
	return arena_printf(c->arena, "[\"%.*s\"]", STR_FMT(text));
}

/* of a value on one line that has no anchor, tag or alias */
static void
set_fix(const struct check *c, struct diag *diag, const struct where *w, const char *text)
{
	const struct node *node = w->node;

	if (!where_secret(c, w) && !node->tagged && !node->anchor && node->span.n > 0 && node->span.at == diag->span.at
		&& node->text.n < CHECK_SHOWN_MAX && node->style <= NODE_DOUBLE) {
		diag->fix = text;
		diag->fix_at = node->span;
	}
}

/* A word that YAML took for a boolean or a number, where a string is wanted. Quotes help only if the string is allowed;
   else the help is what would be said about the string. */
static void
help_quote(struct check *c, struct diag *diag, const struct schema *s, const struct where *w, const char *text)
{
	struct node quoted = *w->node;
	struct where copy = *w;
	struct check other = *c;  /* its own findings, the same limits */
	struct diags found;

	quoted.kind = NODE_STRING;
	quoted.style = NODE_DOUBLE;
	copy.node = &quoted;
	copy.wrong = false;
	diags_init(&found, c->arena);
	other.diags = &found;
	other.value(&other, w->schema ? w->schema : s, &copy);
	c->scratch = other.scratch;
	c->tried = other.tried;
	c->scopes = other.scopes;
	c->work = other.work;
	c->suggest_work = other.suggest_work;
	if (!found.first) {
		diag_help(c->diags, diag, where_secret(c, w) ? "quote it" : "quote it: \"%s\"", text);
		set_fix(c, diag, w, arena_printf(c->arena, "\"%s\"", text));
	} else {
		diag->help = found.first->help;
	}
}

const char *
kind_unfilled(struct str text)
{
	size_t at = str_find(text, '$', 0);

	if (text.n >= 4 && memmem(text.s, text.n, "{{", 2)) {
		return "this looks like a Helm template; render it first";
	}
	if (at + 1 < text.n && (text.s[at + 1] == '{' || text.s[at + 1] == '(' || (text.s[at + 1] >= 'A' && text.s[at + 1] <= 'Z'))) {
		return "this looks like a variable that was not filled in: wbrender reads none; use envsubst, or write the value";
	}
	if (text.n >= 3 && text.s[0] == '<' && text.s[text.n - 1] == '>') {
		return "this looks like a placeholder: write your own value";
	}
	return NULL;
}

/* "a=b" as an entry; NULL when it is none */
static const char *
as_entry(struct check *c, const struct node *item)
{
	size_t at = item && item->kind == NODE_STRING ? str_find(item->text, '=', 0) : 0;

	if (at == 0 || at >= item->text.n || !scalar_plain_safe(str_slice(item->text, 0, at), true)
		|| !scalar_plain_safe(str_slice(item->text, at + 1, item->text.n), true)) {
		return NULL;
	}
	return arena_printf(c->arena, "%.*s: %.*s", STR_FMT(str_slice(item->text, 0, at)), STR_FMT(str_slice(item->text, at + 1, item->text.n)));
}

/* a quoted text that would have the right type without its quotes */
static void
help_unquote(struct check *c, struct diag *diag, const struct schema *s, const struct where *w, const char *text)
{
	struct node bare = { .kind = (unsigned char)scalar_kind(w->node->text), .text = w->node->text, .span = w->node->span };
	struct where there = *w;

	there.node = &bare;
	there.wrong = false;
	if (where_secret(c, w)) {
		diag_help(c->diags, diag, "write it without quotes");
	} else if (check_try(c, s, &there).failed == 0) {
		diag_help(c->diags, diag, "write %s without quotes", text);
		set_fix(c, diag, w, text);
	} else {
		diag_help(c->diags, diag, "without quotes it would be %s, which is not allowed here either", node_describe(c->arena, &bare));
	}
}

void
kind_help(struct check *c, struct diag *diag, const struct schema *s, unsigned types, const struct where *w)
{
	const struct node *node = w->node, *only = node->kind >= NODE_LIST ? node->first : NULL;
	struct node plain = { .kind = (unsigned char)scalar_kind(node->text), .text = node->text };
	const char *text = say_cut(c->arena, node->text, CHECK_SHOWN_MAX);

	if (only && only->next) {
		only = NULL;
	}
	/* a flow map or list as the only key of a flow map */
	if (only && node->kind == NODE_MAP && node->style == NODE_FLOW && only->key->style == NODE_FLOW) {
		diag_help(c->diags, diag, "this looks like a Helm template; render it first");
		return;
	}
	if (node->kind == NODE_STRING && kind_unfilled(node->text)) {
		diag_help(c->diags, diag, "%s", kind_unfilled(node->text));
	} else if (types == SCHEMA_MAP && !where_secret(c, w) && as_entry(c, node->kind == NODE_LIST ? node->first : node)) {
		diag_help(c->diags, diag, "write it as a map: {%s}", as_entry(c, node->kind == NODE_LIST ? node->first : node));
	} else if ((types & SCHEMA_STRING) && node->kind > NODE_NULL && node->kind < NODE_STRING) {
		help_quote(c, diag, s, w, text);
	} else if (node->kind == NODE_STRING && node->style == NODE_PLAIN && plain.kind == NODE_FLOAT) {
		diag_help(c->diags, diag, "no number is that large");
	} else if (node->kind == NODE_STRING && plain.kind != NODE_NULL && kind_fits(types, &plain)) {
		help_unquote(c, diag, s, w, text);
	} else if (node->kind == NODE_STRING && (types & SCHEMA_BOOLEAN)) {
		diag_help(c->diags, diag, "write true or false");
	} else if ((types & SCHEMA_LIST) && node->kind == NODE_MAP && node->first) {
		diag_help(c->diags, diag, node->style == NODE_FLOW ? "put [ ] around it" : "put \"- \" before each entry");
	} else if ((types & SCHEMA_LIST) && node->kind == NODE_STRING && !where_secret(c, w) && node->text.n <= CHECK_SHOWN_MAX
		&& as_list(c, node->text)) {
		diag_help(c->diags, diag, "write it as a list: %s", as_list(c, node->text));
	} else if ((types & SCHEMA_STRING) && only && only->kind == NODE_STRING && !where_secret(c, w)
		&& (node->kind == NODE_LIST || str_eq(only->key->text, STR("name")))) {
		diag_help(c->diags, diag, "write only %s", say_cut(c->arena, only->text, CHECK_SHOWN_MAX));
	}
}

/* a number that people read otherwise than Helm does: 01000, 0x10, 1_000 */
static void
number_check(struct check *c, const struct where *w)
{
	struct str text = w->node->text, digits = text;
	const char *read;
	double number;
	struct diag *diag;
	size_t n = 0;

	if (c->quiet || c->how->told || where_secret(c, w) || w->node->kind != NODE_INT || w->node->style != NODE_PLAIN
		|| !scalar_double(text, &number)) {
		return;
	}
	read = canon_number(c->arena, number);
	if (str_starts(digits, STR("-")) || str_starts(digits, STR("+"))) {
		digits = str_slice(digits, 1, digits.n);
	}
	while (n < digits.n && digits.s[n] >= '0' && digits.s[n] <= '9') {
		n++;
	}
	if (n == digits.n && !(n > 1 && digits.s[0] == '0')) {
		return;
	}
	diag = diag_add(c->diags, DIAG_WARNING, "yaml/number", check_source(c, w->node), where_value(w), "%s is written %s, which Helm reads as %s",
		where_name(c, w), say_cut(c->arena, text, CHECK_SHOWN_MAX), read);
	diag->subject = where_pointer(c, w);
	if (n == digits.n) {
		diag_help(c->diags, diag, "write %s, or leave out the leading zeros", read);
	} else {
		diag_help(c->diags, diag, "write %s", read);
	}
}

void
kind_check(struct check *c, const struct schema *s, struct where *w)
{
	struct diag *diag;
	double number;

	if (w->node->kind == NODE_FLOAT && c->how->numbers == DECIMAL_DOUBLE && !scalar_double(w->node->text, &number)) {
		check_add(c, w, s, "type", "schema/type", where_value(w), "%s is %s, which Helm cannot read", where_name(c, w),
			say_value(c, w));
		w->wrong = true;
		return;
	}
	if (s->types == 0 || kind_fits(s->types, w->node)) {
		if (s->types & (SCHEMA_INTEGER | SCHEMA_NUMBER)) {
			number_check(c, w);
		}
		return;
	}
	w->wrong = true;
	diag = check_add(c, w, s, "type", "schema/type", where_value(w), "%s is %s, %s is wanted", where_name(c, w),
		say_value(c, w), schema_types_text(c->arena, s->types));
	if (diag) {
		kind_help(c, diag, s, s->types, w);
	}
}
