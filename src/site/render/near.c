/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the manifests again for what rules missed. */
#include "site/render/near.h"

#include "base/arena.h"
#include "base/table.h"
#include "schema/suggest.h"
#include "site/render/doubt.h"
#include "site/render/survey.h"

#include <string.h>

enum {
	NEAR_MAX = 3,                 /* objects that are named for a rule */
	KINDS_MAX = 10,               /* kinds that are named */
	LABELS_MAX = 60,              /* bytes of an object's labels that are shown */
	OTHER = 32,                   /* as a distance: what is not a matter of spelling */
	FAR = 1000,                   /* the same: no more than any other object */
};

struct candidate {
	const char *text;
	size_t apart;                 /* the less, the nearer */
};

struct missed {
	bool over;                    /* too many were matched: they are named; else those that were missed nearly */
	struct candidate best[NEAR_MAX];
	size_t n;
};

struct looking {
	const struct rules *rules;
	const struct pod_paths *paths;
	struct missed *missed[RULES_MAX];     /* NULL: nothing is to be said of the rule */
	struct arena *arena, *scratch;
	struct table kinds;           /* of the objects, to themselves */
	struct str first_kinds[KINDS_MAX];
	size_t objects, work;
};

/* "'a', 'b'" of the names in a list */
static const char *
names_of(struct arena *a, const struct node *list)
{
	struct buf b = { .arena = a };

	for (const struct node *item = list && list->kind == NODE_LIST ? list->first : NULL; item; item = item->next) {
		buf_addf(&b, "%s'%.*s'", b.n > 0 ? ", " : "", STR_FMT(node_text(node_real(item), STR("name"))));
	}
	return b.n > 0 ? buf_z(&b) : NULL;
}

static const char *
why_container(struct arena *a, const struct rules *r, size_t index, const struct pod_place *places, size_t n)
{
	const struct node *spec = n > 0 ? node_find(places[0].template, STR("spec")) : NULL, *init = node_find(spec, STR("initContainers"));
	const char *names = names_of(a, node_find(spec, STR("containers")));

	for (const struct node *item = init && init->kind == NODE_LIST ? init->first : NULL; item; item = item->next) {
		if (rules_has_container(r, index, node_real(item))) {
			return arena_printf(a, "its '%.*s' is an init container, which rules do not change", STR_FMT(node_text(node_real(item), STR("name"))));
		}
	}
	return names ? arena_printf(a, "its containers: %s", names) : "it has no containers";
}

static const char *
why_labels(struct arena *a, const struct node *labels)
{
	struct buf b = { .arena = a };

	for (const struct node *entry = labels && labels->kind == NODE_MAP ? labels->first : NULL; entry && b.n < LABELS_MAX; entry = entry->next) {
		const struct node *key = node_real(entry->key), *value = node_real(entry);

		if (key && value && key->kind < NODE_LIST && value->kind < NODE_LIST) {
			buf_addf(&b, "%s%.*s=%.*s", b.n > 0 ? "," : "", STR_FMT(key->text), STR_FMT(value->text));
		}
	}
	return b.n > 0 ? arena_printf(a, "its labels: %.*s%s", str_cut(b.n < LABELS_MAX ? b.n : LABELS_MAX), buf_z(&b), b.n > LABELS_MAX ? "..." : "")
		: "it has no labels";
}

const char *
near_why(struct arena *a, const struct rules *r, size_t index, const struct rule_misses *m, size_t i, const struct object *object,
	const struct pod_place *places, size_t n)
{
	const char *field = m->fields[i];
	const struct node *metadata = node_find(object->node, STR("metadata"));

	if (strcmp(field, "container") == 0) {
		return why_container(a, r, index, places, n);
	}
	if (strcmp(field, "labels") == 0) {
		return why_labels(a, node_find(metadata, STR("labels")));
	}
	if (strcmp(field, "annotations") == 0) {
		return node_find(metadata, STR("annotations")) ? "not its annotations" : "it has no annotations";
	}
	if (strcmp(field, "hook") == 0) {
		return node_find(node_find(metadata, STR("annotations")), STR("helm.sh/hook")) ? "it is a hook" : "it is no hook";
	}
	return m->is[i].n > 0 ? arena_printf(a, "its %s is '%.*s'", field, STR_FMT(m->is[i])) : arena_printf(a, "it states no %s", field);
}

/* how much of a pattern is plain text at its start */
static struct str
plain(struct str pattern)
{
	size_t n = 0;

	while (n < pattern.n && !memchr("\\.*+?()[]{}|^$", pattern.s[n], sizeof("\\.*+?()[]{}|^$") - 1)) {
		n++;
	}
	/* what may be left out does not count */
	return str_slice(pattern, 0, n < pattern.n && n > 0 && memchr("*?{", pattern.s[n], 3) ? n - 1 : n);
}

/* how far a text is from a pattern, by spelling */
static size_t
apart(struct looking *l, struct str pattern, struct str text)
{
	struct str word = plain(pattern);
	struct suggest one;

	suggest_init(&one, word, &l->work);
	suggest_offer(&one, word.n < pattern.n ? str_slice(text, 0, word.n) : text);
	return one.n > 0 ? one.best : FAR;
}

/* How far an object is from a rule, for a condition that does not hold. It is near by its name alone, or where all else holds that is
   stated. */
static size_t
apart_of(struct looking *l, size_t index, const char *field, struct str text)
{
	const struct node *match = node_get(rules_node(l->rules, index), STR("match")), *from = node_get(match, str_of(field));
	bool name = strcmp(field, "name") == 0, word = name || strcmp(field, "kind") == 0;
	size_t least = !name && node_count(match) > 1 ? OTHER : FAR;

	if (!word || !from || from->kind == NODE_MAP) {
		return least;
	}
	for (const struct node *item = from->kind == NODE_LIST ? from->first : from; item; item = from->kind == NODE_LIST ? item->next : NULL) {
		size_t one = apart(l, item->text, text);

		least = one < least ? one : least;
	}
	return least;
}

/* keeps the nearest, of equally near ones the first, and no far ones beside others */
static void
offer(struct looking *l, struct missed *m, const char *text, size_t apart)
{
	size_t at = m->n;

	while (at > 0 && m->best[at - 1].apart > apart) {
		at--;
	}
	if (at == NEAR_MAX || (apart == FAR && m->n > 0 && m->best[0].apart < FAR)) {
		return;
	}
	if (apart < FAR && m->n > 0 && m->best[0].apart == FAR) {
		m->n = 0;
	}
	m->n += m->n < NEAR_MAX;
	for (size_t i = m->n - 1; i > at; i--) {
		m->best[i] = m->best[i - 1];
	}
	m->best[at] = (struct candidate){ arena_printf(l->arena, "%s", text), apart };
}

static void
look_with(struct looking *l, size_t index, const struct object *object, const struct pod_place *places, size_t n)
{
	struct missed *m = l->missed[index];
	struct rule_misses misses;

	rules_misses(l->rules, index, object, places, n, &misses);
	if (m->over && misses.n == 0) {
		offer(l, m, arena_printf(l->scratch, "matched: %s", object_name(l->scratch, object)), 0);
	} else if (!m->over && misses.n == 1) {
		offer(l, m, arena_printf(l->scratch, "near: %s: %s", object_name(l->scratch, object),
			near_why(l->scratch, l->rules, index, &misses, 0, object, places, n)), apart_of(l, index, misses.fields[0], misses.is[0]));
	}
}

static bool
look(const struct object *object, void *ctx)
{
	struct looking *l = ctx;
	struct pod_place places[POD_PLACES_MAX];
	size_t n = pod_places(l->paths, l->scratch, object, places);

	l->objects++;
	if (!table_get(&l->kinds, object->kind)) {
		struct str kind = str_of(str_z(l->arena, object->kind));

		if (l->kinds.n < KINDS_MAX) {
			l->first_kinds[l->kinds.n] = kind;
		}
		table_put(&l->kinds, kind, l);
	}
	for (size_t i = 0; i < rules_count(l->rules); i++) {
		if (l->missed[i]) {
			look_with(l, i, object, places, n);
		}
	}
	return true;
}

static void
look_again(struct looking *l, struct source *manifests)
{
	struct arena scratch = { 0 };
	struct arena_mark mark;
	struct parser *parser;
	struct diags said;            /* when they were read first */
	struct doc doc;

	l->scratch = &scratch;
	diags_init(&said, &scratch);
	parser = parser_new(&scratch, manifests, &said);
	mark = arena_mark(&scratch);
	while (parser_next(parser, &scratch, survey_parts(l->paths), &doc)) {
		object_each(&doc, look, l);
		arena_rewind(&scratch, mark);
	}
	parser_close(parser);
	arena_done(&scratch);
}

/* the kinds of the manifests that are spelt like the one that the rule wants and they have not; NULL: none is */
static const char *
near_kinds(struct looking *l, const struct node *kind)
{
	struct suggest near;

	if (!kind || kind->kind >= NODE_LIST || table_get(&l->kinds, kind->text)) {
		return NULL;
	}
	suggest_init(&near, kind->text, &l->work);
	for (size_t i = 0; i < l->kinds.cap; i++) {
		if (l->kinds.slots[i].value) {
			suggest_offer(&near, l->kinds.slots[i].key);
		}
	}
	return near.n > 0 && near.best < SUGGEST_PART ? suggest_text(&near, l->arena) : NULL;
}

static void
note_kinds(struct looking *l, struct diags *diags, struct diag *diag)
{
	struct buf b = { .arena = l->arena };

	for (size_t i = 0; i < l->kinds.n && i < KINDS_MAX; i++) {
		buf_addf(&b, "%s%.*s", i > 0 ? ", " : "", STR_FMT(l->first_kinds[i]));
	}
	if (l->objects == 0) {
		diag_note(diags, diag, "there are no objects in the input");
	} else {
		diag_note(diags, diag, "nothing is near: the objects are of the kinds %s%s", buf_z(&b), l->kinds.n > KINDS_MAX ? ", ..." : "");
	}
}

static void
unexpected(struct looking *l, size_t index, enum diag_level level, struct source *src, const struct node *profile, struct diags *diags)
{
	const struct rule_tally t = rules_tally(l->rules, index);
	const struct node *rule = rules_node(l->rules, index), *kind = node_get(node_get(rule, STR("match")), STR("kind"));
	const struct node *at = node_get(rule, STR("name"));
	const struct missed *m = l->missed[index];
	const char *wanted = t.most == SIZE_MAX || t.most == t.least
		? arena_printf(l->arena, "%s%zu %s", t.most == SIZE_MAX ? "at least " : "", t.least, t.least == 1 ? "is" : "are")
		: arena_printf(l->arena, "%zu to %zu are", t.least, t.most);
	const char *help = m->over ? "narrow its match, or change its expect" : "change its match, or write 'expect: 0+' if none may be there";
	const char *kinds = m->over || t.matched > 0 ? NULL : near_kinds(l, kind);
	struct doubt found[DOUBTS];
	struct diag *diag;

	if (!m->over && t.matched == 0 && doubt_match(l->arena, profile, rule, found) > 0) {
		at = found[0].at;
		help = found[0].help;
	} else if (kinds) {
		at = kind;
		help = kinds;
	}
	diag = diag_add(diags, level, "render/unmatched", src, at->span, "the rule '%.*s' matched %zu object%s, %s wanted",
		STR_FMT(rules_name(l->rules, index)), t.matched, t.matched == 1 ? "" : "s", wanted);
	diag_help(diags, diag, "%s", help);
	for (size_t i = 0; i < m->n; i++) {
		diag_note(diags, diag, "%s", m->best[i].text);
	}
	if (m->over && t.matched > m->n) {
		diag_note(diags, diag, "and %zu more", t.matched - m->n);
	}
	if (!m->over && m->n == 0 && t.matched == 0) {
		note_kinds(l, diags, diag);
	}
}

/* it matched objects, and has nothing that would change one of them */
static void
tell_idle(struct arena *a, const struct rules *r, size_t index, struct source *src, struct diags *diags)
{
	const struct rule_tally t = rules_tally(r, index);
	const struct node *at;
	size_t n;
	const char *names = doubt_pod_fields(a, rules_node(r, index), &at, &n);
	struct diag *diag;

	if (doubt_idle(r, index)) {
		doubt_tell_idle(r, index, src, diags);
	} else if (names && t.matched > 0 && t.with_pods == 0) {
		diag = diag_add(diags, DIAG_WARNING, "profile/no-effect", src, at->key->span, "%s of the rule '%.*s' %s nothing: the %s that it matched %s no pods",
			names, STR_FMT(rules_name(r, index)), n > 1 ? "do" : "does", t.matched > 1 ? arena_printf(a, "%zu objects", t.matched) : "object",
			t.matched > 1 ? "have" : "has");
		diag_help(diags, diag, "match a kind with pods, such as Deployment, or state those of the kind in 'podPaths'");
	}
}

bool
near_tell(const struct rules *r, struct source *src, const struct node *profile, const struct pod_paths *paths, struct source *manifests,
	bool allow_unmatched, struct diags *diags)
{
	struct arena *a = diags->arena;
	struct looking l = { .rules = r, .paths = paths, .arena = a, .kinds = { .arena = a }, .work = SUGGEST_WORK_MAX };
	bool any = false;

	for (size_t i = 0; i < rules_count(r); i++) {
		const struct rule_tally t = rules_tally(r, i);

		if (t.matched < t.least || t.matched > t.most) {
			l.missed[i] = arena_new(a, struct missed);
			*l.missed[i] = (struct missed){ .over = t.matched > t.most };
			any = true;
		}
	}
	if (any) {
		look_again(&l, manifests);
	}
	for (size_t i = 0; i < rules_count(r); i++) {
		if (l.missed[i]) {
			unexpected(&l, i, allow_unmatched ? DIAG_WARNING : DIAG_ERROR, src, profile, diags);
		} else {
			tell_idle(a, r, i, src, diags);
		}
	}
	return !any || allow_unmatched;
}
