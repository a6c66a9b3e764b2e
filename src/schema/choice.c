/* SPDX-License-Identifier: Apache-2.0 */
/* Of several forms the one that was probably meant; its findings stand alone, the other forms are a note. */
#include "schema/choice.h"

#include "schema/canon.h"
#include "schema/kind.h"
#include "schema/object.h"

#include <stdint.h>
#include <string.h>

/* whether a key's value is the one that this form wants, or the form says nothing about it */
static bool
agrees(struct check *c, const struct schema *s, const struct node *value)
{
	struct buf b = { .arena = &c->scratch };

	if (!canon_add(&b, value, c->how->numbers, &c->work)) {
		return false;
	}
	if (s->constant) {
		return str_eq(s->constant_canon, buf_str(&b));
	}
	return table_get(&s->by_choice, buf_str(&b)) != NULL;
}

/* keeps only the forms whose key of a fixed value has the value found, when every form has such a key */
static void
by_fixed_key(struct check *c, const struct schema_list *forms, struct check_trial *trials, const struct where *w)
{
	const struct schema *first = forms->items[0]->ref ? forms->items[0]->ref : forms->items[0];

	for (const struct schema_prop *p = first->props; p; p = p->next) {
		const struct node *value = node_get(w->node, p->name);
		size_t fixed = 0, fitting = 0;

		for (size_t i = 0; value && i < forms->n; i++) {
			const struct schema *under = schema_prop(forms->items[i], p->name);

			fixed += under && (under->constant || under->choices);
			fitting += under && (under->constant || under->choices) && agrees(c, under, value);
		}
		if (!value || fixed < forms->n || fitting == 0) {
			continue;
		}
		for (size_t i = 0; i < forms->n; i++) {
			trials[i].possible = trials[i].possible && agrees(c, schema_prop(forms->items[i], p->name), value);
		}
		return;
	}
}

/* a form that says only which keys must be there */
static bool
is_required_only(const struct schema *s)
{
	return s->required.n == 1 && s->types == 0 && !s->props && !s->ref && s->all.n + s->any.n + s->one.n == 0 && !s->none
		&& !s->others;
}

static bool
all_required_only(const struct schema_list *forms)
{
	for (size_t i = 0; i < forms->n; i++) {
		if (!is_required_only(forms->items[i])) {
			return false;
		}
	}
	return forms->n > 0;
}

static const char *
names_of(struct check *c, const struct schema_list *forms)
{
	struct buf b = { .arena = c->arena };

	for (size_t i = 0; i < forms->n; i++) {
		buf_addf(&b, "%s'%s'", i == 0 ? "" : i + 1 == forms->n ? " or " : ", ",
			say_cut(c->arena, forms->items[i]->required.items[0], CHECK_SHOWN_MAX));
	}
	return buf_z(&b);
}

static void
two_fit(struct check *c, const struct schema *s, struct where *w, const struct check_trial *trials)
{
	const struct schema *fitting[2] = { NULL, NULL };

	for (size_t i = 0, n = 0; n < 2 && i < s->one.n; i++) {
		if (trials[i].failed == 0) {
			fitting[n++] = s->one.items[i];
		}
	}
	if (all_required_only(&s->one) && w->node->kind == NODE_MAP) {
		check_add(c, w, s, "oneOf", "schema/one-of", where_key(w), "%s has '%s' and '%s', only one of them may be set",
			where_name(c, w), say_cut(c->arena, fitting[0]->required.items[0], CHECK_SHOWN_MAX),
			say_cut(c->arena, fitting[1]->required.items[0], CHECK_SHOWN_MAX));
		return;
	}
	check_add(c, w, s, "oneOf", "schema/one-of", where_value(w), "%s fits two forms at once: %s and %s", where_name(c, w),
		say_form(c, fitting[0]), say_form(c, fitting[1]));
}

/* the findings of the form that was probably meant */
static void
explain(struct check *c, const struct schema_list *forms, const struct check_trial *trials, size_t possible,
	struct where *w)
{
	struct diag **last = c->diags->last;
	struct where copy = *w;
	size_t best = forms->n;

	for (size_t i = 0; i < forms->n; i++) {
		if (trials[i].possible && (best == forms->n || trials[i].failed < trials[best].failed
			|| (trials[i].failed == trials[best].failed && trials[i].deepest > trials[best].deepest))) {
			best = i;
		}
	}
	/* tried already: another try at every level of nesting would take exponential time */
	if (c->quiet) {
		c->failed += trials[best].failed;
		c->deepest = trials[best].deepest > c->deepest ? trials[best].deepest : c->deepest;
		check_mark(c, SIZE_MAX);
		return;
	}
	copy.schema = forms->items[best];
	c->value(c, forms->items[best], &copy);
	w->wrong = copy.wrong;
	/* what is wrong deep inside the only form of this type was not a matter of choice */
	if (!*last || (possible == 1 && strcmp((*last)->subject, where_pointer(c, w)) != 0)) {
		return;
	}
	for (size_t i = 0; i < forms->n; i++) {
		if (i != best) {
			diag_note(c->diags, *last, "or: %s", say_form(c, forms->items[i]));
		}
	}
}

static void
choose(struct check *c, const struct schema *s, const struct schema_list *forms, bool one, struct where *w)
{
	struct check_trial *trials = arena_alloc(&c->scratch, forms->n, sizeof(*trials));
	size_t fitting = 0, possible = 0;
	unsigned wanted = 0;
	struct diag *diag;
	const char *keyword = one ? "oneOf" : "anyOf";

	for (size_t i = 0; i < forms->n && !c->stopped; i++) {
		unsigned types = schema_types(forms->items[i]);

		wanted |= types;
		/* a form of another type cannot fit: nothing to try */
		if (!kind_fits(types, w->node)) {
			trials[i].failed = SIZE_MAX;
			continue;
		}
		trials[i] = check_try(c, forms->items[i], w);
		fitting += trials[i].failed == 0;
		possible++;
		check_see(c, trials[i].marks);
		if (fitting > 0 && !one && !c->marks) {
			return;
		}
	}
	if (c->stopped || fitting == 1 || (fitting > 1 && !one)) {
		return;
	}
	if (fitting > 1) {
		two_fit(c, s, w, trials);
	} else if (possible == 0) {
		diag = check_add(c, w, s, keyword, "schema/type", where_value(w), "%s is %s; %s is wanted", where_name(c, w),
			say_value(c, w), schema_types_text(c->arena, wanted));
		if (diag) {
			kind_help(c, diag, s, wanted, w);
		}
		w->wrong = true;
	} else if (all_required_only(forms) && w->node->kind == NODE_MAP) {
		check_add(c, w, s, keyword, "schema/required", where_key(w), "%s lacks %s", where_name(c, w), names_of(c, forms));
	} else {
		if (w->node->kind == NODE_MAP) {
			by_fixed_key(c, forms, trials, w);
		}
		explain(c, forms, trials, possible, w);
	}
}

static void
must_not(struct check *c, const struct schema *s, struct where *w, struct str key)
{
	const struct node *entry = where_get(c, w, key);
	struct span unused;
	const char *why = c->because.at && c->because.at->node == w->node ? object_because(c, &unused) : NULL;
	struct where at = where_entry(w, entry);
	struct diag *diag = check_add(c, &at, s, "not", "schema/not", entry->key->span, "%s must not be set here%s%s",
		where_name(c, &at), why ? ", " : "", why ? why : "");

	if (diag && say_description(c, s)) {
		diag_help(c->diags, diag, "%s", say_description(c, s));
	}
}

static void
forbid(struct check *c, const struct schema *s, struct where *w)
{
	const struct schema *none = s->none;
	const char *why = say_description(c, none) ? say_description(c, none) : say_description(c, s);
	const char *text = say_short(c, w);
	struct diag *diag;

	if (w->node->kind == NODE_MAP && is_required_only(none)) {
		must_not(c, s, w, none->required.items[0]);
		return;
	}
	if (w->node->kind == NODE_MAP && all_required_only(&none->any)) {
		for (size_t i = 0; i < none->any.n; i++) {
			if (where_get(c, w, none->any.items[i]->required.items[0])) {
				must_not(c, s, w, none->any.items[i]->required.items[0]);
			}
		}
		return;
	}
	if (w->key || !text) {
		diag = check_add(c, w, s, "not", "schema/not", where_key(w), "%s is not allowed%s", where_name(c, w),
			w->key ? "" : " here");
	} else {
		diag = check_add(c, w, s, "not", "schema/not", where_value(w), "%s is not allowed for %s", text, where_name(c, w));
	}
	if (diag && why) {
		diag_help(c->diags, diag, "%s", why);
	}
}

void
choice_check(struct check *c, const struct schema *s, struct where *w)
{
	if (s->any.n > 0) {
		choose(c, s, &s->any, false, w);
	}
	if (s->one.n > 0 && !w->wrong) {
		choose(c, s, &s->one, true, w);
	}
	if (s->none && !w->wrong && check_try(c, s->none, w).failed == 0 && !c->stopped) {
		forbid(c, s, w);
	}
}
