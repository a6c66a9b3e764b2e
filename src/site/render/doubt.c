/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for what no object can be called, and for rules without effect. */
#include "site/render/doubt.h"

#include "base/arena.h"
#include "kube/types.h"
#include "schema/suggest.h"
#include "site/render/field.h"
#include "site/render/scc.h"

#include <string.h>

enum {
	NEAR_MIN = 5,                 /* shorter kinds are near to too many others */
	NEAR_LONG = 8,                /* of kinds as long as this two slips are taken for one */
};

struct doubting {
	struct arena *arena;
	const struct node *pod_paths;
	struct doubt *found;
	size_t n;
};

static void
doubt(struct doubting *d, const struct node *at, const char *text, const char *help, const char *fix)
{
	if (d->n < DOUBTS) {
		d->found[d->n++] = (struct doubt){ at, text, help, at->style == NODE_PLAIN ? fix : NULL };
	}
}

/* are all of its characters letters, digits, or one of these? */
static bool
is_made_of(struct str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr(more, c)))) {
			return false;
		}
	}
	return s.n > 0;
}

/* "ray.io/RayCluster": the kind */
static struct str
kind_of_path(const struct node *entry)
{
	size_t slash = str_find(entry->key->text, '/', 0);

	return slash < entry->key->text.n ? str_slice(entry->key->text, slash + 1, entry->key->text.n) : entry->key->text;
}

static bool
is_kind(const struct doubting *d, struct str word)
{
	size_t n;

	kube_kind_rows(word, &n);
	for (size_t i = 0; n == 0 && pod_kind(i); i++) {
		n += str_is(word, pod_kind(i));
	}
	for (const struct node *entry = d->pod_paths ? d->pod_paths->first : NULL; entry; entry = entry->next) {
		n += str_eq(word, kind_of_path(entry));
	}
	return n > 0;
}

/* what kubectl calls it for short (kubectl api-resources); NULL: nothing */
static const char *
long_name(struct str word)
{
	static const char *const names[][2] = { { "po", "Pod" }, { "deploy", "Deployment" }, { "sts", "StatefulSet" }, { "ds", "DaemonSet" },
		{ "rs", "ReplicaSet" }, { "rc", "ReplicationController" }, { "cj", "CronJob" }, { "svc", "Service" }, { "cm", "ConfigMap" },
		{ "ing", "Ingress" }, { "sa", "ServiceAccount" }, { "pvc", "PersistentVolumeClaim" }, { "pv", "PersistentVolume" }, { "ns", "Namespace" },
		{ "hpa", "HorizontalPodAutoscaler" }, { "pdb", "PodDisruptionBudget" }, { "netpol", "NetworkPolicy" }, { "sc", "StorageClass" },
		{ "crd", "CustomResourceDefinition" }, { "dc", "DeploymentConfig" } };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_eq_nocase(word, str_of(names[i][0]))) {
			return names[i][1];
		}
	}
	return NULL;
}

/* A word that is no known kind: the known one that it must be, in one spelling or by one slip. There are other kinds, so that what is less
   near may be right. NULL: there is none; *ret_only: there is one alone. */
static const char *
near_kind(const struct doubting *d, struct str word, const char **ret_only)
{
	size_t work = SUGGEST_WORK_MAX;
	struct suggest near;

	*ret_only = long_name(word);
	if (*ret_only) {
		return arena_printf(d->arena, "did you mean '%s'?", *ret_only);
	}
	if (str_ends(word, STR("ies"))) {
		word = str_of(arena_printf(d->arena, "%.*sy", STR_FMT(str_slice(word, 0, word.n - 3))));
	}
	suggest_init(&near, word, &work);
	for (size_t i = 0; pod_kind(i); i++) {
		suggest_offer(&near, str_of(pod_kind(i)));
	}
	for (const struct node *entry = d->pod_paths ? d->pod_paths->first : NULL; entry; entry = entry->next) {
		suggest_offer(&near, kind_of_path(entry));
	}
	for (size_t i = 0; i < kube_kinds_n; i++) {
		suggest_offer(&near, kube_name(kube_kinds[i].kind));
	}
	if (near.n == 0 || near.best > (word.n >= NEAR_LONG ? 2 : word.n >= NEAR_MIN ? 1 : 0)) {
		return NULL;
	}
	*ret_only = near.n == 1 ? str_z(d->arena, near.found[0]) : NULL;
	return suggest_text(&near, d->arena);
}

static void
doubt_word(struct doubting *d, const struct node *at, struct str word)
{
	const char *only, *help = is_kind(d, word) ? NULL : near_kind(d, word, &only);

	if (help) {
		doubt(d, at, arena_printf(d->arena, "the kind '%.*s' is not known", STR_FMT(word)), help, str_eq(word, at->text) ? only : NULL);
	}
}

/* /x/ without its slashes; else the same */
static struct str
no_slashes(struct str s)
{
	return s.n > 2 && s.s[0] == '/' && s.s[s.n - 1] == '/' ? str_slice(s, 1, s.n - 1) : s;
}

static void
doubt_kind(struct doubting *d, const struct node *at)
{
	struct str text = at->text, bare = no_slashes(text);
	const char *said = arena_printf(d->arena, "no kind is called '%.*s'", STR_FMT(text));

	if (str_starts(text, STR("!"))) {
		doubt(d, at, said, arena_printf(d->arena, "write {not: %.*s}", STR_FMT(str_trim(str_slice(text, 1, text.n)))), NULL);
	} else if (bare.n < text.n) {
		doubt(d, at, said, arena_printf(d->arena, "did you mean '%.*s'?", STR_FMT(bare)), str_z(d->arena, bare));
	} else if (is_made_of(text, ", ")) {
		struct str words = str_trim(text);

		if (memchr(words.s, ',', words.n) || memchr(words.s, ' ', words.n)) {
			doubt(d, at, said, "write them as a list: [Deployment, StatefulSet]", NULL);
			return;
		}
		doubt_word(d, at, text);
	} else if (is_made_of(text, "/.-") && memchr(text.s, '/', text.n)) {
		doubt(d, at, said, "write the kind alone; 'apiVersion' stands beside it", NULL);
	} else if (is_made_of(text, "|")) {
		for (size_t from = 0, to; from < text.n; from = to + 1) {
			to = str_find(text, '|', from);
			doubt_word(d, at, str_slice(text, from, to));
		}
	}
}

static void
doubt_api(struct doubting *d, const struct node *at)
{
	if (at->text.n > 0 && kube_group_known(at->text)) {
		doubt(d, at, arena_printf(d->arena, "the apiVersion '%.*s' is a group without a version", STR_FMT(at->text)),
			arena_printf(d->arena, "write '%.*s/.*' for all of its versions", STR_FMT(at->text)), NULL);
	}
}

/* api-* as api-.*, where nothing else says that it is a regular expression; else the same */
static struct str
no_glob(struct arena *a, struct str s)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < s.n; i++) {
		if (i > 0 && s.s[i] == '*' && s.s[i - 1] != '.') {
			buf_byte(&b, '.');
		}
		buf_byte(&b, s.s[i]);
	}
	return is_made_of(s, "-.*") ? buf_str(&b) : s;
}

static void
doubt_name(struct doubting *d, const struct node *at)
{
	struct str text = at->text, bare = no_slashes(text), glob = no_glob(d->arena, text);

	if (bare.n < text.n) {
		doubt(d, at, arena_printf(d->arena, "no name has slashes, as '%.*s' has", STR_FMT(text)),
			arena_printf(d->arena, "did you mean '%.*s'?", STR_FMT(bare)), str_z(d->arena, bare));
	} else if (is_made_of(text, "/-.*") && memchr(text.s, '/', text.n)) {
		doubt(d, at, arena_printf(d->arena, "no name has a slash, as '%.*s' has", STR_FMT(text)),
			"write the name alone; 'kind' and 'namespace' stand beside it", NULL);
	} else if (glob.n > text.n) {
		doubt(d, at, arena_printf(d->arena, "in '%.*s' the '*' repeats the character before it: this is a regular expression", STR_FMT(text)),
			arena_printf(d->arena, "did you mean '%.*s'?", STR_FMT(glob)), str_z(d->arena, glob));
	}
}

/* PATTERN, [PATTERN, ...] or {not: either} */
static void
each_pattern(struct doubting *d, const struct node *from, void (*look)(struct doubting *, const struct node *))
{
	const struct node *not = node_get(from, STR("not"));

	from = not ? not : from;
	for (const struct node *item = from && from->kind == NODE_LIST ? from->first : from; item; item = from->kind == NODE_LIST ? item->next : NULL) {
		if (item->kind < NODE_LIST) {
			look(d, item);
		}
	}
}

size_t
doubt_match(struct arena *a, const struct node *profile, const struct node *rule, struct doubt ret[DOUBTS])
{
	const struct node *match = node_get(rule, STR("match"));
	struct doubting d = { .arena = a, .pod_paths = node_get(node_get(profile, STR("render")), STR("podPaths")), .found = ret };

	each_pattern(&d, node_get(match, STR("kind")), doubt_kind);
	each_pattern(&d, node_get(match, STR("apiVersion")), doubt_api);
	each_pattern(&d, node_get(match, STR("name")), doubt_name);
	return d.n;
}

/* lists in maps and so on, with nothing in any of them; a null is something, as in `set` */
static bool
is_hollow(const struct node *node)
{
	bool hollow = node->kind >= NODE_LIST;

	for (const struct node *child = hollow ? node->first : NULL; child && hollow; child = child->next) {
		hollow = is_hollow(child);
	}
	return hollow;
}

/* the parts of objects that an entry of a rule changes; 0: none */
static unsigned
parts_of(const struct node *entry)
{
	unsigned parts = str_is(entry->key->text, "scc") || str_is(entry->key->text, "podSecurity") ? FIELD_POD : 0;

	for (const struct field *f = fields; f->name; f++) {
		/* {} is a value to set */
		if (str_is(entry->key->text, f->name) && field_says(f, entry) && (f->bare || f->part == FIELD_OBJECT || !is_hollow(entry))) {
			parts |= f->part;
		}
	}
	return parts;
}

bool
doubt_changes_nothing(const struct node *rule)
{
	unsigned parts = 0;

	for (const struct node *entry = rule->first; entry; entry = entry->next) {
		parts |= parts_of(entry);
	}
	return parts == 0;
}

bool
doubt_idle(const struct rules *r, size_t index)
{
	const struct rule_tally tally = rules_tally(r, index);

	return doubt_changes_nothing(rules_node(r, index)) && !(tally.stated && (tally.least > 0 || tally.most < SIZE_MAX));
}

const char *
doubt_pod_fields(struct arena *a, const struct node *rule, const struct node **ret_first, size_t *ret_n)
{
	const struct node *found[RULES_MAX];
	struct buf b = { .arena = a };
	size_t n = 0;

	for (const struct node *entry = rule->first; entry && n < RULES_MAX; entry = entry->next) {
		unsigned parts = parts_of(entry);

		if (parts != 0 && !(parts & (FIELD_OBJECT | FIELD_INHERIT))) {
			found[n++] = entry;
		}
	}
	for (size_t i = 0; i < n; i++) {
		buf_addf(&b, "%s'%.*s'", i == 0 ? "" : i + 1 == n ? " and " : ", ", STR_FMT(found[i]->key->text));
	}
	*ret_first = n > 0 ? found[0] : NULL;
	*ret_n = n;
	return n > 0 ? buf_z(&b) : NULL;
}

/* may it match an object that has pods? */
static bool
may_have_pods(const struct rules *r, size_t index, const struct node *profile)
{
	const struct node *paths = node_get(node_get(profile, STR("render")), STR("podPaths"));
	bool may = false;

	for (size_t i = 0; pod_kind(i); i++) {
		may = may || rules_fit_kind(r, index, str_of(pod_kind(i)));
	}
	for (const struct node *entry = paths ? paths->first : NULL; entry; entry = entry->next) {
		may = may || rules_fit_kind(r, index, kind_of_path(entry));
	}
	return may;
}

static void
tell_podless(const struct rules *r, size_t index, struct source *src, struct diags *diags)
{
	const struct node *rule = rules_node(r, index), *match = node_get(rule, STR("match")), *at;
	const struct node *container = node_get(match, STR("container")), *kind = node_get(match, STR("kind"));
	size_t n;
	const char *names = doubt_pod_fields(diags->arena, rule, &at, &n);
	struct diag *diag;

	if (!names && !container) {
		return;
	}
	at = names ? at : container;
	diag = diag_add(diags, DIAG_WARNING, "profile/no-effect", src, at->key->span, "%s %s for pods, and the kinds that the rule '%.*s' is for have none",
		names ? names : "'container'", n > 1 ? "are" : "is", STR_FMT(rules_name(r, index)));
	diag_help(diags, diag, "match a kind with pods, such as Deployment, or state those of the kind in 'podPaths'");
	diag_relate(diags, diag, src, kind->key->span, "the kinds are here");
}

void
doubt_tell_idle(const struct rules *r, size_t index, struct source *profile, struct diags *diags)
{
	struct diag *diag = diag_add(diags, DIAG_WARNING, "profile/no-effect", profile, node_get(rules_node(r, index), STR("name"))->span,
		"the rule '%.*s' changes nothing: it has no field that would", STR_FMT(rules_name(r, index)));

	diag_help(diags, diag, "add what it shall do, such as 'labels', 'gpu' or 'set'");
}

static void
tell_same_name(const struct rules *r, size_t index, size_t again, struct source *src, struct diags *diags)
{
	struct diag *diag = diag_add(diags, DIAG_WARNING, "profile/rule-name", src, node_get(rules_node(r, again), STR("name"))->span,
		"another rule has the name '%.*s' already", STR_FMT(rules_name(r, again)));

	diag_help(diags, diag, "give it a name of its own: findings and reports tell rules apart by it");
	diag_relate(diags, diag, src, node_get(rules_node(r, index), STR("name"))->span, "the first is here");
}

static void
tell(const struct doubt *found, size_t n, const char *code, struct source *src, struct diags *diags)
{
	for (size_t i = 0; i < n; i++) {
		struct diag *diag = diag_add(diags, DIAG_WARNING, code, src, found[i].at->span, "%s", found[i].text);

		diag_help(diags, diag, "%s", found[i].help);
		diag->fix = found[i].fix;
		diag->fix_at = found[i].at->span;
	}
}

void
doubt_rules(const struct rules *r, struct source *src, const struct node *profile, struct diags *diags)
{
	for (size_t i = 0; i < rules_count(r); i++) {
		struct doubt found[DOUBTS], aims[DOUBTS];
		size_t n = doubt_match(diags->arena, profile, rules_node(r, i), found), first = rules_named(r, rules_name(r, i), 0);

		tell(found, n, "profile/match", src, diags);
		tell(aims, doubt_set(diags->arena, profile, rules_node(r, i), aims), "profile/set", src, diags);
		tell(aims, doubt_fields(diags->arena, profile, rules_node(r, i), aims), "profile/field", src, diags);
		if (first < i) {
			tell_same_name(r, first, i, src, diags);
		}
		if (doubt_idle(r, i)) {
			doubt_tell_idle(r, i, src, diags);
		} else if (n == 0 && !may_have_pods(r, i, profile)) {
			tell_podless(r, i, src, diags);
		}
	}
}
