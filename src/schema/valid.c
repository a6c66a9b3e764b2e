/* SPDX-License-Identifier: Apache-2.0 */
/* Keywords about any value, about texts, numbers and lists; maps and choices have files of their own. */
#include "schema/valid.h"

#include "schema/canon.h"
#include "schema/choice.h"
#include "schema/format.h"
#include "schema/kind.h"
#include "schema/list.h"
#include "schema/object.h"
#include "schema/suggest.h"
#include "yaml/scalar.h"

#include <stdint.h>

static bool
is_number(const struct node *node)
{
	return node->kind == NODE_INT || node->kind == NODE_FLOAT;
}

static struct diag *
not_allowed(struct check *c, const struct schema *s, struct where *w, const char *keyword, const char *code)
{
	const char *text = say_short(c, w);

	w->wrong = true;
	if (w->key) {
		return check_add(c, w, s, keyword, code, where_value(w), "%s is not allowed", where_name(c, w));
	}
	if (w->node->kind == NODE_BOOL && text) {
		return check_add(c, w, s, keyword, code, where_value(w), "%s is %s, which is not allowed", where_name(c, w),
			say_value(c, w));
	}
	return check_add(c, w, s, keyword, code, where_value(w), "%s is not allowed for %s",
		text ? text : where_secret(c, w) ? "the value" : say_value(c, w), where_name(c, w));
}

static void
fixed_check(struct check *c, const struct schema *s, struct where *w)
{
	struct buf b = { .arena = &c->scratch };
	struct diag *diag;

	if (!s->choices && !s->constant) {
		return;
	}
	if (!canon_add(&b, w->node, c->how->numbers, &c->work)) {
		check_stop(c, w, "%s is too large or too deep to compare", where_name(c, w));
		return;
	}
	if (s->constant && !str_eq(buf_str(&b), s->constant_canon)) {
		diag = not_allowed(c, s, w, "const", "schema/const");
		if (diag && kind_unquoted(w->node, s->constant)) {
			diag_help(c->diags, diag, "quote it: \"%s\"", kind_written(c, s->constant));
		} else if (diag) {
			diag_help(c->diags, diag, "only %s is allowed", kind_written(c, s->constant));
		}
		return;
	}
	if (s->choices && !table_get(&s->by_choice, buf_str(&b))) {
		diag = not_allowed(c, s, w, "enum", "schema/enum");
		if (diag) {
			kind_choices(c, s, w, diag);
		}
	}
}

static void
pattern_check(struct check *c, const struct schema *s, struct where *w)
{
	enum match_answer answer = check_match(c, s->pattern, w->node->text);
	const char *why, *text, *shown, *unfilled;
	struct diag *diag;

	if (answer == MATCH_YES) {
		return;
	}
	why = say_description(c, s);
	text = say_short(c, w);
	shown = say_cut(c->arena, s->pattern_text, CHECK_SHOWN_MAX);
	if (answer == MATCH_LIMIT) {
		check_stop(c, w, "the pattern %s is too costly for the value of %s", shown, where_name(c, w));
		return;
	}
	if (why || w->key) {
		diag = not_allowed(c, s, w, "pattern", "schema/pattern");
		unfilled = kind_unfilled(w->node->text);
		if (diag && unfilled) {
			diag_help(c->diags, diag, "%s", unfilled);
			if (why) {
				diag_note(c->diags, diag, "wanted: %s", why);
			}
			return;
		}
		if (diag && why) {
			diag_help(c->diags, diag, "%s", why);
		}
		/* words say more than a pattern; of a schema in a file a short one is shown too */
		if (diag && (!why || (schema_place(s, "pattern", c->arena) && str_points(s->pattern_text) <= CHECK_SHOWN_MAX))) {
			diag_note(c->diags, diag, "it must match %s", say_cut(c->arena, s->pattern_text, 4 * CHECK_SHOWN_MAX));
		}
		return;
	}
	check_add(c, w, s, "pattern", "schema/pattern", where_value(w), "%s does not match %s",
		text ? text : arena_printf(c->arena, "the value of %s", where_name(c, w)), shown);
}

/* a text, or to Helm 3 a number, that is not of the format */
static void
format_check_value(struct check *c, const struct schema *s, struct where *w)
{
	enum format_helm helm = s->set->helm == 3 ? FORMAT_HELM_3 : FORMAT_HELM_4;
	const char *text, *why;
	struct diag *diag;

	if (w->node->kind == NODE_STRING) {
		why = s->format->helm[helm](w->node->text);
	} else {
		why = format_refuses_numbers(s->format, helm) ? "Helm up to 3.18.4 takes no number for it" : NULL;
	}
	if (!why) {
		return;
	}
	text = say_short(c, w);
	text = text ? text : arena_printf(c->arena, "the value of %s", where_name(c, w));
	if (s->format_only_said) {
		diag = check_remark(c, w, s, "format", "schema/format", where_value(w), "%s is no %s, though Helm 4 does not check it", text,
			s->format->noun);
	} else {
		diag = check_add(c, w, s, "format", "schema/format", where_value(w), "%s is no %s", text, s->format->noun);
	}
	if (diag) {
		diag_help(c->diags, diag, "%s", why);
	}
}

static void
text_check(struct check *c, const struct schema *s, struct where *w)
{
	size_t n = str_points(w->node->text);
	bool few = n < s->min_length;
	size_t limit = few ? s->min_length : s->max_length;

	if (few && n == 0) {
		check_add(c, w, s, "minLength", "schema/min-length", where_value(w), "%s is empty, at least %zu character%s wanted",
			where_name(c, w), limit, limit == 1 ? " is" : "s are");
		return;
	}
	if (few || n > s->max_length) {
		check_add(c, w, s, few ? "minLength" : "maxLength", few ? "schema/min-length" : "schema/max-length", where_value(w),
			"%s has %zu character%s, at %s %zu %s wanted", where_name(c, w), n, n == 1 ? "" : "s",
			few ? "least" : "most", limit, limit == 1 ? "is" : "are");
	}
	if (s->pattern) {
		pattern_check(c, s, w);
	}
	if (s->format) {
		format_check_value(c, s, w);
	}
}

static void
bound(struct check *c, const struct schema *s, struct where *w, const char *keyword, const char *code, const char *words,
	const struct node *limit)
{
	const char *text = where_secret(c, w) ? "a number" : say_cut(c->arena, w->node->text, CHECK_SHOWN_MAX);
	const char *why = say_description(c, s);
	struct diag *diag = check_add(c, w, s, keyword, code, where_value(w), "%s is %s, %s %s is wanted", where_name(c, w),
		text, words, kind_written(c, limit));

	if (diag && why) {
		diag_note(c->diags, diag, "%s", why);
	}
}

static void
multiple_check(struct check *c, const struct schema *s, struct where *w, const struct decimal *number)
{
	struct decimal step;
	double value, by, quotient;
	struct diag *diag;

	if (!decimal_read(&step, s->multiple, DECIMAL_WRITTEN) || decimal_multiple(number, &step)) {
		return;
	}
	diag = check_add(c, w, s, "multipleOf", "schema/multiple", where_value(w), "%s is %s, a multiple of %s is wanted",
		where_name(c, w), where_secret(c, w) ? "a number" : say_cut(c->arena, w->node->text, CHECK_SHOWN_MAX),
		kind_written(c, s->multiple));
	if (!diag || where_secret(c, w) || !scalar_double(w->node->text, &value) || !scalar_double(s->multiple->text, &by) || by <= 0) {
		return;
	}
	quotient = value / by;
	if (quotient > -1e15 && quotient < 1e15) {
		double below = (double)((long long)quotient - (quotient < 0)) * by;

		diag_help(c->diags, diag, "the nearest are %.12g and %.12g", below, below + by);
	}
}

static void
bound_check(struct check *c, const struct schema *s, struct where *w, const struct decimal *number)
{
	struct decimal limit;

	if (s->minimum && decimal_read(&limit, s->minimum, DECIMAL_WRITTEN) && decimal_cmp(number, &limit) < 0) {
		bound(c, s, w, "minimum", "schema/minimum", "at least", s->minimum);
	}
	if (s->above && decimal_read(&limit, s->above, DECIMAL_WRITTEN) && decimal_cmp(number, &limit) <= 0) {
		bound(c, s, w, "exclusiveMinimum", "schema/minimum", "more than", s->above);
	}
	if (s->maximum && decimal_read(&limit, s->maximum, DECIMAL_WRITTEN) && decimal_cmp(number, &limit) > 0) {
		bound(c, s, w, "maximum", "schema/maximum", "at most", s->maximum);
	}
	if (s->below && decimal_read(&limit, s->below, DECIMAL_WRITTEN) && decimal_cmp(number, &limit) >= 0) {
		bound(c, s, w, "exclusiveMaximum", "schema/maximum", "less than", s->below);
	}
}

static void
number_check(struct check *c, const struct schema *s, struct where *w)
{
	struct decimal number;

	if (s->format) {
		format_check_value(c, s, w);
	}
	if (!s->minimum && !s->above && !s->maximum && !s->below && !s->multiple) {
		return;
	}
	if (!decimal_read(&number, w->node, c->how->numbers)) {
		return;
	}
	bound_check(c, s, w, &number);
	if (s->multiple) {
		multiple_check(c, s, w, &number);
	}
}

static void
condition_check(struct check *c, const struct schema *s, struct where *w)
{
	struct check_trial trial = check_try(c, s->condition, w);
	const struct schema *branch = trial.failed == 0 ? s->then : s->otherwise;
	struct because before = c->because;

	check_see(c, trial.marks);
	if (branch && !c->stopped) {
		c->because = (struct because){ w, s->condition, NULL };
		c->value(c, branch, w);
		c->because = before;
	}
}

static void
keywords_check(struct check *c, const struct schema *s, struct where *w)
{
	if (s->never) {
		struct diag *diag = check_add(c, w, s, "", "schema/not", where_key(w), "%s must not be set here", where_name(c, w));

		if (diag && s->up && say_description(c, s->up)) {
			diag_help(c->diags, diag, "%s", say_description(c, s->up));
		}
		w->wrong = true;
		return;
	}
	if (s->ref) {
		c->value(c, check_referred(c, s), w);
	}
	if (!w->wrong) {
		kind_check(c, s, w);
	}
	if (!w->wrong) {
		fixed_check(c, s, w);
	}
	if (!w->wrong && w->node->kind == NODE_STRING) {
		text_check(c, s, w);
	} else if (!w->wrong && is_number(w->node)) {
		number_check(c, s, w);
	} else if (!w->wrong && w->node->kind == NODE_LIST) {
		list_check(c, s, w);
	} else if (!w->wrong && w->node->kind == NODE_MAP) {
		object_check(c, s, w);
	}
	for (size_t i = 0; i < s->all.n && !w->wrong && !c->stopped; i++) {
		c->value(c, s->all.items[i], w);
	}
	if (!w->wrong && !c->stopped) {
		choice_check(c, s, w);
	}
	if (s->condition && (s->then || s->otherwise || c->marks) && !w->wrong && !c->stopped) {
		condition_check(c, s, w);
	}
}

/* keywords_check, and then what none of them has looked at */
static void
unseen_check(struct check *c, const struct schema *s, struct where *w)
{
	struct marks *before = c->marks;
	struct marks own = { .n = node_count(w->node) };

	own.seen = arena_alloc(&c->scratch, own.n, 1);
	c->marks = &own;
	keywords_check(c, s, w);
	if (!w->wrong && !c->stopped && w->node->kind == NODE_MAP && s->unseen_props) {
		object_unseen(c, s, w, &own);
		check_mark(c, SIZE_MAX);
	}
	if (!w->wrong && !c->stopped && w->node->kind == NODE_LIST && s->unseen_items) {
		list_unseen(c, s, w, &own);
		check_mark(c, SIZE_MAX);
	}
	c->marks = before;
	check_see(c, &own);
}

static void
value_check(struct check *c, const struct schema *s, struct where *w)
{
	const struct scope *before = c->scope;

	if (c->stopped) {
		return;
	}
	if (c->work == 0) {
		check_stop(c, w, "checking takes too long: stopped at %s", where_name(c, w));
		return;
	}
	if (c->depth == CHECK_DEPTH_MAX) {
		check_stop(c, w, "the schema and the value are nested too deeply at %s", where_name(c, w));
		return;
	}
	if (s->set->dynamic) {
		c->scope = check_scope(c, s);
	}
	c->work--;
	c->depth++;
	if ((s->unseen_props && w->node->kind == NODE_MAP) || (s->unseen_items && w->node->kind == NODE_LIST)) {
		unseen_check(c, s, w);
	} else {
		keywords_check(c, s, w);
	}
	c->depth--;
	c->scope = before;
	/* a loop above may have ended early */
	if (c->work == 0) {
		check_stop(c, w, "checking takes too long: stopped at %s", where_name(c, w));
	}
}

static void
run(struct check *c, const struct schema *s, const struct node *flat)
{
	struct where whole = { .schema = s, .node = flat };

	c->arena = c->diags->arena;
	c->value = value_check;
	c->work = CHECK_WORK_MAX;
	c->suggest_work = SUGGEST_WORK_MAX;
	c->tried.arena = &c->scratch;
	c->scopes.arena = &c->scratch;
	value_check(c, s, &whole);
	arena_done(&c->scratch);
}

bool
valid_tree(const struct schema *s, struct source *src, const struct node *flat, const struct valid_how *how, struct diags *diags)
{
	struct check c = { .how = how, .src = src, .diags = diags };
	size_t errors = diags->count[DIAG_ERROR];

	run(&c, s, flat);
	return diags->count[DIAG_ERROR] == errors;
}

bool
valid_quietly(const struct schema *s, const struct node *flat, const struct valid_how *how)
{
	struct arena arena = { 0 };
	struct diags diags;
	struct check c = { .how = how, .diags = &diags, .quiet = true };

	diags_init(&diags, &arena);
	run(&c, s, flat);
	arena_done(&arena);
	return c.failed == 0;
}

bool
valid(const struct schema *s, struct source *src, const struct node *root, const char *noun, struct diags *diags)
{
	struct valid_how how = { .noun = noun };
	struct arena arena = { 0 };
	const struct node *flat = root ? node_flat(&arena, root) : node_map(&arena);
	bool good = false;

	if (flat) {
		good = valid_tree(s, src, flat, &how, diags);
	} else {
		diag_add(diags, DIAG_ERROR, "schema/limit", src, (struct span){ root->span.at, 0 },
			"the %s is nested too deeply, or its aliases stand for too much", noun ? noun : "document");
	}
	arena_done(&arena);
	return good;
}
