/* SPDX-License-Identifier: Apache-2.0 */
/* Renders, and looks at the manifests with one rule's eyes. */
#include "site/render/explain.h"

#include "base/arena.h"
#include "schema/suggest.h"
#include "site/render/near.h"
#include "site/render/record.h"
#include "site/render/render.h"

struct looking {
	struct wanted *wanted;
	struct source *src;
	size_t rule, objects, others;
	const struct changes *changes;
	const struct change *next;    /* the first that may be of the next object: they come in order */
	struct arena *arena;
	struct buf matched, near;
};

static size_t
line_of(const struct looking *l, const struct object *object)
{
	return source_place(l->src, node_real(object->node)->span.at).line;
}

/* the rule's changes of what stands in an object */
static void
add_changes(struct looking *l, const struct object *object)
{
	const struct span span = node_real(object->node)->span;
	size_t n = 0;

	for (const struct change *c = l->next; c && c->at <= span.at + span.n; c = c->next) {
		l->next = c;
		if (c->by != RULES_BY + l->rule || c->at < span.at) {
			continue;
		}
		n++;
		if (c->before && c->after) {
			buf_addf(&l->matched, "  ~ %s: %s, before %s\n", c->pointer, c->after, c->before);
		} else {
			buf_addf(&l->matched, "  %c %s: %s\n", c->after ? '+' : '-', c->pointer, c->after ? c->after : c->before);
		}
	}
	if (n == 0) {
		buf_add(&l->matched, STR("  changes nothing: it is so already, or a later rule has the last word\n"));
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
		add_changes(l, object);
	} else if (misses.n == 1) {
		buf_addf(&l->near, "  %s (line %zu): %s\n", object_name(l->arena, object), line_of(l, object), near_why(l->arena, wanted_rules(l->wanted), l->rule, &misses, 0, object, places, n));
	} else {
		l->others++;
	}
	return true;
}

static void
no_such_rule(const struct rules *rules, struct str name, struct arena *a, struct diags *diags)
{
	struct diag *diag = diag_add(diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "the profile has no rule '%.*s'", STR_FMT(name));
	size_t work = SUGGEST_WORK_MAX;
	struct suggest suggest;
	const char *text;

	suggest_init(&suggest, name, &work);
	for (size_t i = 0; i < rules_count(rules); i++) {
		suggest_offer(&suggest, rules_name(rules, i));
	}
	text = suggest_text(&suggest, a);
	if (text) {
		diag_note(diags, diag, "%s", text);
	}
	for (size_t i = 0; !text && i < rules_count(rules); i++) {
		diag_note(diags, diag, "it has: %.*s", STR_FMT(rules_name(rules, i)));
	}
}

bool
explain_rule(struct buf *b, struct profile *profile, struct source *src, struct str name, struct arena *a, struct diags *diags)
{
	struct diags said;            /* by render already */
	struct changes changes = { .arena = a };
	struct looking l = { .src = src, .changes = &changes, .arena = a, .matched = { .arena = a }, .near = { .arena = a } };
	struct patch patch;
	struct parser *parser;
	struct doc doc;
	bool good;

	diags_init(&said, a);
	l.wanted = wanted_new(profile, src, a, &said);
	l.rule = l.wanted ? rules_named(wanted_rules(l.wanted), name, 0) : 0;
	if (l.wanted && l.rule >= rules_count(wanted_rules(l.wanted))) {
		no_such_rule(wanted_rules(l.wanted), name, a, diags);
		return false;
	}
	patch_init(&patch, src);
	good = render_recorded(profile, &patch, true, &changes, a, diags);
	patch_done(&patch);
	if (!good || !l.wanted) {
		return false;
	}
	l.next = changes.first;
	parser = parser_new(a, src, &said);
	while (parser_next(parser, a, NULL, &doc)) {
		object_each(&doc, look, &l);
	}
	parser_close(parser);
	buf_addf(b, "rule '%.*s' matches %zu of %zu object%s\n", STR_FMT(name), changes.rules[RULES_BY + l.rule].matched, l.objects, l.objects == 1 ? "" : "s");
	buf_add(b, buf_str(&l.matched));
	if (l.near.n > 0) {
		buf_add(b, STR("\nnot matched, for one condition:\n"));
		buf_add(b, buf_str(&l.near));
	}
	if (l.others > 0) {
		buf_addf(b, "\n%zu other%s for several conditions\n", l.others, l.others == 1 ? "" : "s");
	}
	return true;
}
