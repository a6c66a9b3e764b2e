/* SPDX-License-Identifier: Apache-2.0 */
/* Reads rules, matches objects, counts. */
#include "site/render/rule.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "kube/selector.h"
#include "schema/match.h"
#include "site/affinity.h"
#include "site/render/container.h"
#include "site/render/scc.h"
#include "site/short.h"
#include "yaml/edit.h"

enum { NEAR_MAX = 3 };                /* objects named that a rule missed by one condition */

/* any of the patterns, or none of them */
struct condition {
	const char *field;
	struct match **patterns;      /* NULL: there is no such condition */
	size_t n;
	bool negated;
};

enum { KIND, API, NAME, NAMESPACE, CONDITIONS };
static const char *const fields[CONDITIONS] = { "kind", "apiVersion", "name", "namespace" };

enum hook { HOOK_INCLUDE, HOOK_EXCLUDE, HOOK_ONLY };

struct rule {
	const struct node *node;
	struct str name;
	struct condition conditions[CONDITIONS];
	struct condition container;
	struct requirement *labels, *annotations;
	enum hook hook;
	size_t least, most, matched;
	const char *near[NEAR_MAX];
	size_t nnear;
	struct rule_wants wants;
};

struct rules {
	struct arena *arena;
	struct source *src;           /* the profile */
	struct rule *list;
	size_t n;
};

/* the fields of a pod's spec as a rule has them; a list of names where wrap is set */
static const struct {
	const char *field, *spec, *wrap;
	bool tolerations;
} pod_fields[] = {
	{ "nodeSelector", "nodeSelector", NULL, false },
	{ "tolerations", "tolerations", NULL, true },
	{ "topologySpreadConstraints", "topologySpreadConstraints", NULL, false },
	{ "imagePullSecrets", "imagePullSecrets", "name", false },
	{ "podSecurityContext", "securityContext", NULL, false },
	{ "serviceAccountName", "serviceAccountName", NULL, false },
	{ "priorityClassName", "priorityClassName", NULL, false },
	{ "runtimeClassName", "runtimeClassName", NULL, false },
	{ "schedulerName", "schedulerName", NULL, false },
	{ "dnsPolicy", "dnsPolicy", NULL, false },
	{ "dnsConfig", "dnsConfig", NULL, false },
};

/* [a, b] as [{name: a}, {name: b}] */
static struct node *
wrap_items(struct arena *a, const struct node *list, const char *key)
{
	struct node *out = short_node(a, NODE_LIST, (struct str){ 0 }, list);

	for (const struct node *item = list->first; item; item = item->next) {
		struct node *map = short_node(a, NODE_MAP, (struct str){ 0 }, item);

		node_put(a, map, str_of(key), short_node(a, NODE_STRING, item->text, item));
		node_append(out, map);
	}
	return out;
}

struct node *
rules_pod_spec(struct arena *a, const struct node *from)
{
	struct node *spec = node_map(a);

	for (size_t i = 0; i < sizeof(pod_fields) / sizeof(pod_fields[0]); i++) {
		const struct node *value = node_get(from, str_of(pod_fields[i].field));

		if (value) {
			node_put(a, spec, str_of(pod_fields[i].spec), pod_fields[i].wrap ? wrap_items(a, value, pod_fields[i].wrap)
				: pod_fields[i].tolerations ? short_tolerations(a, value)
							    : node_flat(a, value));
		}
	}
	if (node_get(from, STR("gpu"))) {
		container_gpu_pod(a, spec, node_get(from, STR("gpu")));
	}
	return spec->first ? spec : NULL;
}

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
	from = not ? not : from;
	c->patterns = arena_alloc(r->arena, node_count(from) + 1, sizeof(*c->patterns));
	for (const struct node *item = from->kind == NODE_LIST ? from->first : from; item; item = from->kind == NODE_LIST ? item->next : NULL) {
		c->patterns[c->n] = read_pattern(r, item, diags);
		good = c->patterns[c->n++] && good;
	}
	return good;
}

static bool
read_selector(struct rules *r, struct requirement **ret, const struct node *from, struct diags *diags)
{
	const char *error;
	size_t at;

	if (!from) {
		return true;
	}
	*ret = selector_parse(r->arena, from->text, &error, &at);
	if (!*ret) {
		diag_add(diags, DIAG_ERROR, "profile/selector", r->src, from->span, "the selector '%.*s' is wrong: %s",
			STR_FMT(from->text), error);
	}
	return *ret;
}

/* N, or "N+"; the schema has checked it */
static void
read_expect(struct rule *rule, const struct node *from)
{
	rule->least = 1;
	rule->most = SIZE_MAX;
	if (from) {
		bool more = str_ends(from->text, STR("+"));

		str_number(str_slice(from->text, 0, from->text.n - more), SIZE_MAX, &rule->least);
		rule->most = more ? SIZE_MAX : rule->least;
	}
}

static bool
add_affinity(struct rules *r, struct node *spec, struct node *affinity)
{
	struct node *outer = node_map(r->arena);

	if (affinity) {
		node_put(r->arena, outer, STR("affinity"), affinity);
		edit_combine(r->arena, spec, outer);
	}
	return affinity;
}

static bool
read_pod_spec(struct rules *r, struct rule *rule, struct diags *diags)
{
	struct source *src = r->src;
	const struct node *affinity = node_get(rule->node, STR("affinity")), *gpu = node_get(rule->node, STR("gpu"));
	struct node *spec = rules_pod_spec(r->arena, rule->node);
	bool good = true;

	spec = spec ? spec : node_map(r->arena);
	if (affinity) {
		good = add_affinity(r, spec, affinity_wants(r->arena, src, affinity, diags));
	}
	if (node_get(gpu, STR("product"))) {
		good = add_affinity(r, spec, affinity_products(r->arena, src, gpu, diags)) && good;
	}
	rule->wants.pod_spec = spec->first ? spec : NULL;
	return good;
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
		rule->conditions[i].field = fields[i];
		good = read_condition(r, &rule->conditions[i], node_get(match, str_of(fields[i])), diags) && good;
	}
	good = read_condition(r, &rule->container, node_get(match, STR("container")), diags) && good;
	good = read_selector(r, &rule->labels, node_get(match, STR("labels")), diags) && good;
	good = read_selector(r, &rule->annotations, node_get(match, STR("annotations")), diags) && good;
	rule->hook = str_eq(hook, STR("only")) ? HOOK_ONLY : str_eq(hook, STR("exclude")) ? HOOK_EXCLUDE : HOOK_INCLUDE;
	read_expect(rule, node_get(node, STR("expect")));
	rule->wants = (struct rule_wants){
		.labels = node_get(node, STR("labels")),
		.annotations = node_get(node, STR("annotations")),
		.pod_labels = node_get(node, STR("podLabels")),
		.pod_annotations = node_get(node, STR("podAnnotations")),
		.containers = container_fields(node) ? node : NULL,
		.security = sccs_rule(node) ? node : NULL,
	};
	return read_pod_spec(r, rule, diags) && good;
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
		if (match_find(c->patterns[i], text) == MATCH_YES) {
			return !c->negated;
		}
	}
	return c->negated;
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

bool
rules_has_container(const struct rules *r, size_t index, const struct node *container)
{
	struct str name = node_text(container, STR("name"));

	return name.n > 0 && fits(&r->list[index].container, name);
}

static bool
has_container(const struct rules *r, size_t index, const struct object *object)
{
	const struct node *list = pod_containers(object, "containers");

	for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
		if (rules_has_container(r, index, node_real(item))) {
			return true;
		}
	}
	return false;
}

/* the number of conditions that do not hold, and the last of them */
static size_t
misses(const struct rules *r, size_t index, const struct object *object, const char **ret_field)
{
	const struct rule *rule = &r->list[index];
	const struct str texts[CONDITIONS] = { object->kind, object->api, object->name, object->namespace };
	const struct node *metadata = node_find(object->node, STR("metadata"));
	const struct node *annotations = node_find(metadata, STR("annotations"));
	size_t n = 0;

	for (size_t i = 0; i < CONDITIONS; i++) {
		if (!fits(&rule->conditions[i], texts[i])) {
			*ret_field = fields[i];
			n++;
		}
	}
	if (rule->container.patterns && !has_container(r, index, object)) {
		*ret_field = "container";
		n++;
	}
	if (!all_hold(rule->labels, node_find(metadata, STR("labels")))) {
		*ret_field = "labels";
		n++;
	}
	if (!all_hold(rule->annotations, annotations)) {
		*ret_field = "annotations";
		n++;
	}
	if (rule->hook != HOOK_INCLUDE && (rule->hook == HOOK_ONLY) != (node_find(annotations, STR("helm.sh/hook")) != NULL)) {
		*ret_field = "hook";
		n++;
	}
	return n;
}

uint64_t
rules_match(struct rules *r, const struct object *object)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct rule *rule = &r->list[i];
		const char *field = NULL;
		size_t n = misses(r, i, object, &field);

		if (n == 0) {
			mask |= (uint64_t)1 << i;
			rule->matched++;
		} else if (n == 1 && rule->nnear < NEAR_MAX) {
			rule->near[rule->nnear++] = arena_printf(r->arena, "%s: not its %s", object_name(r->arena, object), field);
		}
	}
	return mask;
}

const struct rule_wants *
rules_wants(const struct rules *r, size_t index)
{
	return &r->list[index].wants;
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

static void
unexpected(const struct rules *r, const struct rule *rule, enum diag_level level, struct diags *diags)
{
	const struct node *name = node_get(rule->node, STR("name"));
	struct diag *diag = diag_add(diags, level, "render/unmatched", r->src, name->span,
		"the rule '%.*s' matched %zu object%s, %s%zu %s wanted", STR_FMT(rule->name), rule->matched, rule->matched == 1 ? "" : "s",
		rule->most == SIZE_MAX ? "at least " : "", rule->least, rule->least == 1 ? "is" : "are");

	diag_help(diags, diag, rule->matched < rule->least ? "change its match, or write 'expect: 0+' if none may be there" : "narrow its match, or change its expect");
	for (size_t i = 0; i < rule->nnear; i++) {
		diag_note(diags, diag, "near: %s", rule->near[i]);
	}
}

bool
rules_check(const struct rules *r, bool allow_unmatched, struct diags *diags)
{
	bool good = true;

	for (size_t i = 0; i < r->n; i++) {
		const struct rule *rule = &r->list[i];

		if (rule->matched < rule->least || rule->matched > rule->most) {
			unexpected(r, rule, allow_unmatched ? DIAG_WARNING : DIAG_ERROR, diags);
			good = allow_unmatched;
		}
	}
	return good;
}
