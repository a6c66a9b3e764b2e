/* SPDX-License-Identifier: Apache-2.0 */
/* Renders, and looks at the manifests with one rule's eyes. */
#include "site/render/explain.h"

#include "base/arena.h"
#include "schema/suggest.h"
#include "site/render/doubt.h"
#include "site/render/near.h"
#include "site/render/record.h"
#include "site/render/render.h"

#include <string.h>

/* the changes of a run, object by object */
struct view {
	struct changes changes;
	const struct change *next;    /* the first that may be of the next object: they come in order */
	struct diags said;
	unsigned by;                  /* the rule there */
};

struct looking {
	struct wanted *wanted;
	struct source *src;
	size_t rule, objects, others;
	struct view all, own;         /* by all rules, and by those of this name alone */
	bool keep;                    /* what is there and differs stays */
	struct arena *arena;
	struct buf matched, near;
};

static size_t
line_of(const struct looking *l, const struct object *object)
{
	return source_place(l->src, node_real(object->node)->span.at).line;
}

/* the first change of what stands in an object; NULL: there is none */
static const struct change *
change_in(struct view *v, struct span span)
{
	while (v->next && v->next->at < span.at) {
		v->next = v->next->next;
	}
	return v->next && v->next->at <= span.at + span.n ? v->next : NULL;
}

static const struct change *
change_after(const struct change *c, struct span span)
{
	return c->next && c->next->at <= span.at + span.n ? c->next : NULL;
}

static size_t
add_own(struct looking *l, const struct change *first, struct span span)
{
	size_t n = 0;

	for (const struct change *c = first; c; c = change_after(c, span)) {
		if (c->by != l->all.by) {
			continue;
		}
		n++;
		if (c->before && c->after) {
			buf_addf(&l->matched, "  ~ %s: %s, before %s\n", c->pointer, c->after, c->before);
		} else {
			buf_addf(&l->matched, "  %c %s: %s\n", c->after ? '+' : '-', c->pointer, c->after ? c->after : c->before);
		}
	}
	return n;
}

/* c: what came of it instead */
static void
add_other(struct looking *l, const struct change *c, const struct change *mine)
{
	struct str other = l->all.changes.rules[c->by].name;

	if (c->after && mine->after && strcmp(c->after, mine->after) == 0) {
		buf_addf(&l->matched, "  = %s: '%.*s' says the same\n", c->pointer, STR_FMT(other));
	} else if (c->after && mine->after && (c->after[0] == '{' || c->after[0] == '[')) {
		buf_addf(&l->matched, "  = %s: %s, together with '%.*s'\n", c->pointer, c->after, STR_FMT(other));
	} else {
		buf_addf(&l->matched, "  = %s: '%.*s' has the last word\n", c->pointer, STR_FMT(other));
	}
}

/* what the rule would change if it were alone, and others do instead; how many */
static size_t
add_lost(struct looking *l, const struct change *first, struct span span)
{
	size_t n = 0;

	for (const struct change *mine = change_in(&l->own, span); mine; mine = change_after(mine, span)) {
		const struct change *c = first;

		if (mine->by != l->own.by) {
			continue;
		}
		while (c && strcmp(c->pointer, mine->pointer) != 0) {
			c = change_after(c, span);
		}
		if (c && c->by != l->all.by) {
			add_other(l, c, mine);
			n++;
		}
	}
	return n;
}

static void
add_changes(struct looking *l, const struct object *object, size_t pods)
{
	const struct span span = node_real(object->node)->span;
	const struct change *first = change_in(&l->all, span);
	const struct rules *rules = wanted_rules(l->wanted);
	const struct node *field;
	size_t nfields, n = add_own(l, first, span);
	const char *fields = doubt_pod_fields(l->arena, rules_node(rules, l->rule), &field, &nfields);

	if (doubt_changes_nothing(rules_node(rules, l->rule))) {
		buf_add(&l->matched, STR("  changes nothing: the rule has no field that would\n"));
		return;
	}
	n += add_lost(l, first, span);
	if (fields && pods == 0) {
		buf_addf(&l->matched, "  %s %s nothing here: the object has no pods\n", fields, nfields > 1 ? "do" : "does");
	} else if (n == 0) {
		buf_addf(&l->matched, "  changes nothing: it is so already%s\n", l->keep ? ", or is kept, as 'render.conflict' says" : "");
	}
}

static bool
look(const struct object *object, void *ctx)
{
	struct looking *l = ctx;
	struct pod_place places[POD_PLACES_MAX];
	size_t n = wanted_places(l->wanted, l->arena, object, places);
	struct rule_misses misses;

	l->objects++;
	rules_misses(wanted_rules(l->wanted), l->rule, object, places, n, &misses);
	if (misses.n == 0) {
		buf_addf(&l->matched, "\n%s (line %zu)\n", object_name(l->arena, object), line_of(l, object));
		add_changes(l, object, n);
	} else if (misses.n == 1) {
		buf_addf(&l->near, "  %s (line %zu): %s\n", object_name(l->arena, object), line_of(l, object),
			near_why(l->arena, wanted_rules(l->wanted), l->rule, &misses, 0, object, places, n));
	} else {
		l->others++;
	}
	return true;
}

static void
no_such_rule(const struct node *rules, struct str name, struct arena *a, struct diags *diags)
{
	struct diag *diag = diag_add(diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "the profile has no rule '%.*s'", STR_FMT(name));
	size_t work = SUGGEST_WORK_MAX;
	struct suggest suggest;
	const char *text;

	suggest_init(&suggest, name, &work);
	for (const struct node *rule = rules ? rules->first : NULL; rule; rule = rule->next) {
		suggest_offer(&suggest, node_text(rule, STR("name")));
	}
	text = suggest_text(&suggest, a);
	if (text) {
		diag_note(diags, diag, "%s", text);
	}
	for (const struct node *rule = !text && rules ? rules->first : NULL; rule; rule = rule->next) {
		diag_note(diags, diag, "it has: %.*s", STR_FMT(node_text(rule, STR("name"))));
	}
}

static const struct node *
rules_of(const struct profile *profile)
{
	return node_get(node_get(profile->root, STR("render")), STR("rules"));
}

/* what is changed by a profile; false: there were errors, which are in said */
static bool
record(struct view *v, struct profile *profile, struct source *src, struct arena *a)
{
	struct patch patch;
	bool good;

	diags_init(&v->said, a);
	v->changes = (struct changes){ .arena = a };
	patch_init(&patch, src);
	good = render_recorded(profile, &patch, true, &v->changes, a, &v->said);
	patch_done(&patch);
	return good;
}

/* one rule, by its index in the profile whose changes are those of all */
static void
explain_one(struct looking *l, struct buf *b, struct str name, size_t rule, size_t same)
{
	const size_t matched = l->all.changes.rules[RULES_BY + rule].matched;
	struct diags said;            /* by render already */
	struct parser *parser;
	struct doc doc;

	diags_init(&said, l->arena);
	l->rule = rule;
	l->all.by = RULES_BY + (unsigned)rule;
	l->own.by = RULES_BY + (unsigned)same;
	l->all.next = l->all.changes.first;
	l->own.next = l->own.changes.first;
	l->objects = l->others = 0;
	l->matched = l->near = (struct buf){ .arena = l->arena };
	parser = parser_new(l->arena, l->src, &said);
	while (parser_next(parser, l->arena, NULL, &doc)) {
		object_each(&doc, look, l);
	}
	parser_close(parser);
	buf_addf(b, "%srule '%.*s' matches %zu of %zu object%s\n", same > 0 ? "\n" : "", STR_FMT(name), matched, l->objects, l->objects == 1 ? "" : "s");
	buf_add(b, buf_str(&l->matched));
	if (l->near.n > 0) {
		buf_add(b, STR("\nnot matched, for one condition:\n"));
		buf_add(b, buf_str(&l->near));
	}
	if (l->others > 0) {
		buf_addf(b, "\n%zu other%s for several conditions\n", l->others, l->others == 1 ? "" : "s");
	}
}

/* is it about a rule of another name? */
static bool
of_another(const struct diag *d, const struct profile *profile, struct str name)
{
	const struct node *rules = d->src == &profile->src ? rules_of(profile) : NULL;

	for (const struct node *rule = rules ? rules->first : NULL; rule; rule = rule->next) {
		if (d->span.at >= rule->span.at && d->span.at - rule->span.at < rule->span.n) {
			return !str_eq(node_text(rule, STR("name")), name);
		}
	}
	return false;
}

/* What was said of all rules: warnings only, where this one is explained without the others. Of others only what is wrong with them,
   since that is why they are left out. */
static void
take_said(struct diags *said, bool alone, const struct profile *profile, struct str name, struct diags *diags)
{
	for (const struct diag *d = said->first; d; d = d->next) {
		struct diag *copy = d->level != DIAG_ERROR && of_another(d, profile, name) ? NULL : diag_take(diags, d);

		if (copy && alone && copy->level == DIAG_ERROR) {
			diag_lower(diags, copy, DIAG_WARNING);
		}
	}
}

bool
explain_rule(struct buf *b, struct profile *profile, struct source *src, struct str name, bool alone, struct arena *a, struct diags *diags)
{
	struct looking l = { .src = src, .arena = a, .keep = wanted_conflict(profile) == EDIT_KEEP };
	struct profile one = *profile;
	struct diags said;
	bool good;

	one.root = node_flat(a, profile->root);
	profile_keep_rules(one.root, name);
	if (!rules_of(&one) || !rules_of(&one)->first) {
		no_such_rule(rules_of(profile), name, a, diags);
		return false;
	}
	good = record(&l.all, profile, src, a);
	if (!record(&l.own, &one, src, a) && !good) {
		take_said(&l.all.said, false, profile, name, diags);
		return false;
	}
	take_said(&l.all.said, !good, profile, name, diags);
	diags_init(&said, a);
	if (!good) {
		l.all = l.own;
		alone = true;
	}
	l.wanted = wanted_new(good ? profile : &one, src, a, &said);
	if (alone) {
		buf_add(b, STR("without the other rules, of which some are wrong:\n\n"));
	}
	for (size_t rule = rules_named(wanted_rules(l.wanted), name, 0), same = 0; rule != SIZE_MAX;
		rule = rules_named(wanted_rules(l.wanted), name, rule + 1)) {
		explain_one(&l, b, name, rule, same++);
	}
	return true;
}
