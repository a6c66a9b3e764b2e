/* SPDX-License-Identifier: Apache-2.0 */
/* Reads rules, matches objects, counts. */
#include "site/render/rule.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "kube/selector.h"
#include "schema/match.h"
#include "site/render/field.h"
#include "site/render/scc.h"
#include "site/render/set.h"

/* any of the patterns, or none of them */
struct pattern {
	const struct match *match;
	const struct node *from;
	const char *astray;           /* a text for which nobody knows whether it matches; NULL: there was none */
};

struct condition {
	const char *field;
	struct pattern *patterns;     /* NULL: there is no such condition */
	size_t n;
	bool negated;
	struct arena *arena;
};

enum { KIND, API, NAME, NAMESPACE, CONDITIONS };
static const char *const condition_fields[CONDITIONS] = { "kind", "apiVersion", "name", "namespace" };

enum hook { HOOK_INCLUDE, HOOK_EXCLUDE, HOOK_ONLY };

/* any of the selectors, or none of them */
struct choice {
	struct requirement **selectors;       /* NULL: there is no such condition */
	size_t n;
	bool negated;
};

struct rule {
	const struct node *node;
	struct str name;
	struct condition conditions[CONDITIONS];
	struct condition container;
	struct choice labels, annotations;
	enum hook hook;
	struct rule_tally tally;
	struct rule_wants wants;
};

struct rules {
	struct arena *arena;
	struct source *src;           /* the profile */
	struct rule *list;
	size_t n;
};

/* a pattern for the whole text */
static struct match *
read_pattern(struct rules *r, const struct node *from, struct diags *diags)
{
	const char *error;
	size_t at;
	struct str whole = str_of(arena_printf(r->arena, "^(?:%.*s)$", STR_FMT(from->text)));
	struct match *match = match_new_pcre2(r->arena, from->text, &error, &at);

	if (!match) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "profile/pattern", r->src, from->span,
			"the pattern '%.*s' is wrong: %s", STR_FMT(from->text), error);

		diag_help(diags, diag, "write a regular expression for the whole text, like 'api-.*'");
		return NULL;
	}
	return match_new_pcre2(r->arena, whole, &error, &at);
}

/* PATTERN, [PATTERN, ...] or {not: either} */
static bool
read_condition(struct rules *r, struct condition *c, const struct node *from, struct diags *diags)
{
	const struct node *not = node_get(from, STR("not"));
	bool good = true;

	if (!from) {
		return true;
	}
	c->negated = not != NULL;
	c->arena = r->arena;
	from = not ? not : from;
	c->patterns = arena_alloc(r->arena, node_count(from) + 1, sizeof(*c->patterns));
	for (const struct node *item = from->kind == NODE_LIST ? from->first : from; item; item = from->kind == NODE_LIST ? item->next : NULL) {
		c->patterns[c->n] = (struct pattern){ read_pattern(r, item, diags), item, NULL };
		good = c->patterns[c->n++].match && good;
	}
	return good;
}

/* SELECTOR, [SELECTOR, ...] or {not: either} */
static bool
read_selectors(struct rules *r, struct choice *c, const struct node *from, struct diags *diags)
{
	const struct node *not = node_get(from, STR("not"));
	bool good = true;

	if (!from) {
		return true;
	}
	c->negated = not != NULL;
	from = not ? not : from;
	c->selectors = arena_alloc(r->arena, node_count(from) + 1, sizeof(struct requirement *));
	for (const struct node *item = from->kind == NODE_LIST ? from->first : from; item; item = from->kind == NODE_LIST ? item->next : NULL) {
		const char *error;
		size_t at;

		c->selectors[c->n] = selector_parse(r->arena, item->text, &error, &at);
		if (!c->selectors[c->n++]) {
			diag_add(diags, DIAG_ERROR, "profile/selector", r->src, item->span, "the selector '%.*s' is wrong: %s",
				STR_FMT(item->text), error);
			good = false;
		}
	}
	return good;
}

/* N, "N+" or "N-M"; the schema has checked it */
static bool
read_expect(struct rules *r, struct rule *rule, const struct node *from, struct diags *diags)
{
	size_t dash;
	bool more;

	rule->tally = (struct rule_tally){ .least = 1, .most = SIZE_MAX, .stated = from };
	if (!from) {
		return true;
	}
	more = str_ends(from->text, STR("+"));
	dash = str_find(from->text, '-', 0);
	str_number(str_slice(from->text, 0, dash < from->text.n ? dash : from->text.n - more), SIZE_MAX, &rule->tally.least);
	rule->tally.most = more ? SIZE_MAX : rule->tally.least;
	if (dash < from->text.n) {
		str_number(str_slice(from->text, dash + 1, from->text.n), SIZE_MAX, &rule->tally.most);
	}
	if (rule->tally.most < rule->tally.least) {
		diag_add(diags, DIAG_ERROR, "profile/expect", r->src, from->span, "'%.*s' is a range from more to less", STR_FMT(from->text));
		return false;
	}
	return true;
}

bool
rules_read_wants(struct arena *a, struct source *src, const struct node *from, unsigned by, struct rule_wants *ret, struct diags *diags)
{
	const struct want_of w = { .arena = a, .profile = src, .from = from, .diags = diags };
	const struct node *set = node_get(from, STR("set"));
	bool good = true;

	*ret = (struct rule_wants){ .from = from, .by = by, .object = node_map(a), .inherited = node_map(a), .pod = node_map(a) };
	good = fields_put(&w, FIELD_OBJECT | FIELD_INHERIT, false, by, ret->object);
	/* the same once more, without its findings */
	if (good) {
		fields_put(&w, FIELD_INHERIT, false, by, ret->inherited);
	}
	good = fields_put(&w, FIELD_POD, false, by, ret->pod) && good;
	ret->looks_at_object = fields_any(from, FIELD_OBJECT, true);
	ret->looks_at_pod = fields_any(from, FIELD_POD, true);
	ret->containers = fields_any(from, FIELD_CONTAINER | FIELD_CONTAINERS, true);
	ret->security = sccs_rule(from) ? from : NULL;
	return (!set || set_check(&w, set)) && good;
}

static bool
read_rule(struct rules *r, struct rule *rule, const struct node *node, struct diags *diags)
{
	const struct node *match = node_get(node, STR("match"));
	struct str hook = node_text(match, STR("hook"));
	bool good = true;

	rule->node = node;
	rule->name = node_text(node, STR("name"));
	for (size_t i = 0; i < CONDITIONS; i++) {
		rule->conditions[i].field = condition_fields[i];
		good = read_condition(r, &rule->conditions[i], node_get(match, str_of(condition_fields[i])), diags) && good;
	}
	good = read_condition(r, &rule->container, node_get(match, STR("container")), diags) && good;
	good = read_selectors(r, &rule->labels, node_get(match, STR("labels")), diags) && good;
	good = read_selectors(r, &rule->annotations, node_get(match, STR("annotations")), diags) && good;
	rule->hook = str_eq(hook, STR("only")) ? HOOK_ONLY : str_eq(hook, STR("exclude")) ? HOOK_EXCLUDE : HOOK_INCLUDE;
	good = read_expect(r, rule, node_get(node, STR("expect")), diags) && good;
	return rules_read_wants(r->arena, r->src, node, RULES_BY + (unsigned)(rule - r->list), &rule->wants, diags) && good;
}

struct rules *
rules_new(struct source *src, const struct node *profile, struct arena *a, struct diags *diags)
{
	const struct node *list = node_get(node_get(profile, STR("render")), STR("rules"));
	struct rules *r = arena_new(a, struct rules);
	bool good = true;

	*r = (struct rules){ .arena = a, .src = src };
	if (!list || list->kind != NODE_LIST) {
		return r;
	}
	r->list = arena_alloc(a, RULES_MAX, sizeof(*r->list));
	for (const struct node *node = list->first; node && r->n < RULES_MAX; node = node->next) {
		good = read_rule(r, &r->list[r->n++], node, diags) && good;
	}
	return good ? r : NULL;
}

static bool
fits(const struct condition *c, struct str text)
{
	if (!c->patterns) {
		return true;
	}
	for (size_t i = 0; i < c->n; i++) {
		struct pattern *p = &c->patterns[i];
		enum match_answer answer = match_find(p->match, text, NULL);

		if (answer == MATCH_YES) {
			return !c->negated;
		}
		if (answer == MATCH_LIMIT && !p->astray) {
			p->astray = str_z(c->arena, text);
		}
	}
	return c->negated;
}

static bool
tell_astray(const struct rules *r, const struct condition *c, struct diags *diags)
{
	bool good = true;

	for (size_t i = 0; i < c->n; i++) {
		const struct pattern *p = &c->patterns[i];
		struct diag *diag;

		if (!p->astray) {
			continue;
		}
		diag = diag_add(diags, DIAG_ERROR, "profile/pattern", r->src, p->from->span, "this pattern is too costly for '%s'", p->astray);
		diag_help(diags, diag, "make it simpler: repeats within repeats take long, and so does what looks back at a group");
		good = false;
	}
	return good;
}

bool
rules_tell(const struct rules *r, struct diags *diags)
{
	bool good = true;

	for (size_t i = 0; i < r->n; i++) {
		for (size_t j = 0; j < CONDITIONS; j++) {
			good = tell_astray(r, &r->list[i].conditions[j], diags) && good;
		}
		good = tell_astray(r, &r->list[i].container, diags) && good;
	}
	return good;
}

/* Gt and Lt: both are whole numbers */
static bool
compares(const struct requirement *q, struct str text)
{
	size_t have, wanted;

	return q->n > 0 && str_number(text, SIZE_MAX, &have) && str_number(q->values[0], SIZE_MAX, &wanted)
		&& (q->operator[0] == 'G' ? have > wanted : have < wanted);
}

/* kubectl's meaning: != and notin hold for a label that is absent too */
static bool
holds(const struct requirement *q, const struct node *map)
{
	const struct node *value = node_find(map, q->key);
	bool in = false;

	for (size_t i = 0; i < q->n && value; i++) {
		in = in || str_eq(q->values[i], value->text);
	}
	switch (q->operator[0]) {
	case 'I':
		return in;
	case 'N':
		return !in;
	case 'E':
		return value;
	case 'D':
		return !value;
	default:
		return value && compares(q, value->text);
	}
}

static bool
all_hold(const struct requirement *q, const struct node *map)
{
	for (; q; q = q->next) {
		if (!holds(q, map)) {
			return false;
		}
	}
	return true;
}

static bool
chosen(const struct choice *c, const struct node *map)
{
	if (!c->selectors) {
		return true;
	}
	for (size_t i = 0; i < c->n; i++) {
		if (all_hold(c->selectors[i], map)) {
			return !c->negated;
		}
	}
	return c->negated;
}

bool
rules_has_container(const struct rules *r, size_t index, const struct node *container)
{
	struct str name = node_text(container, STR("name"));

	return name.n > 0 && fits(&r->list[index].container, name);
}

static bool
has_container(const struct rules *r, size_t index, const struct pod_place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct node *list = node_find(node_find(places[i].template, STR("spec")), STR("containers"));

		for (const struct node *item = list && list->kind == NODE_LIST ? list->first : NULL; item; item = item->next) {
			if (rules_has_container(r, index, node_real(item))) {
				return true;
			}
		}
	}
	return false;
}

static void
add_miss(struct rule_misses *m, const char *field, struct str is)
{
	m->fields[m->n] = field;
	m->is[m->n++] = is;
}

void
rules_misses(const struct rules *r, size_t index, const struct object *object, const struct pod_place *places, size_t n,
	struct rule_misses *ret)
{
	const struct rule *rule = &r->list[index];
	const struct str texts[CONDITIONS] = { object->kind, object->api, object->name, object->namespace };
	const struct node *metadata = node_find(object->node, STR("metadata"));
	const struct node *annotations = node_find(metadata, STR("annotations"));

	ret->n = 0;
	for (size_t i = 0; i < CONDITIONS; i++) {
		if (!fits(&rule->conditions[i], texts[i])) {
			add_miss(ret, condition_fields[i], texts[i]);
		}
	}
	if (rule->container.patterns && !has_container(r, index, places, n)) {
		add_miss(ret, "container", (struct str){ 0 });
	}
	if (!chosen(&rule->labels, node_find(metadata, STR("labels")))) {
		add_miss(ret, "labels", (struct str){ 0 });
	}
	if (!chosen(&rule->annotations, annotations)) {
		add_miss(ret, "annotations", (struct str){ 0 });
	}
	if (rule->hook != HOOK_INCLUDE && (rule->hook == HOOK_ONLY) != (node_find(annotations, STR("helm.sh/hook")) != NULL)) {
		add_miss(ret, "hook", (struct str){ 0 });
	}
}

uint64_t
rules_match(struct rules *r, const struct object *object, const struct pod_place *places, size_t n)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct rule *rule = &r->list[i];
		struct rule_misses misses;

		rules_misses(r, i, object, places, n, &misses);
		if (misses.n == 0) {
			mask |= (uint64_t)1 << i;
			rule->tally.matched++;
			rule->tally.with_pods += n > 0;
		}
	}
	return mask;
}

const struct rule_wants *
rules_wants(const struct rules *r, size_t index)
{
	return &r->list[index].wants;
}

struct str
rules_name(const struct rules *r, size_t index)
{
	return r->list[index].name;
}

const struct node *
rules_node(const struct rules *r, size_t index)
{
	return r->list[index].node;
}

struct rule_tally
rules_tally(const struct rules *r, size_t index)
{
	return r->list[index].tally;
}

bool
rules_fit_kind(const struct rules *r, size_t index, struct str kind)
{
	return fits(&r->list[index].conditions[KIND], kind);
}

size_t
rules_named(const struct rules *r, struct str name, size_t from)
{
	for (size_t i = from; i < r->n; i++) {
		if (str_eq(r->list[i].name, name)) {
			return i;
		}
	}
	return SIZE_MAX;
}

size_t
rules_count(const struct rules *r)
{
	return r->n;
}

void
rules_security(const struct rules *r, uint64_t matched, const struct node *ret[RULES_MAX + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		if ((matched >> i & 1) && r->list[i].wants.security) {
			ret[n++] = r->list[i].wants.security;
		}
	}
	ret[n] = NULL;
}
