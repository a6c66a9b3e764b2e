/* SPDX-License-Identifier: Apache-2.0 */
/* Holds what `set` aims at, and what other fields of a rule hold as Kubernetes has it, against the fields of Kubernetes. */
#include "site/render/doubt.h"

#include "base/arena.h"
#include "base/secret.h"
#include "kube/types.h"
#include "schema/suggest.h"
#include "yaml/pointer.h"

static const char *
wanted_kind(const struct kube_type *type, const struct node *value)
{
	switch (type->sort) {
	case KUBE_STRING:
		return value->kind == NODE_STRING ? NULL : "a string";
	case KUBE_BOOLEAN:
		return value->kind == NODE_BOOL ? NULL : "a boolean";
	case KUBE_INT32:
	case KUBE_INT64:
		return value->kind == NODE_INT ? NULL : "an integer";
	case KUBE_LIST:
		return value->kind == NODE_LIST ? NULL : "a list";
	case KUBE_MAP:
	case KUBE_OBJECT:
		return value->kind == NODE_MAP ? NULL : "a map";
	default:
		return NULL;
	}
}

static const char *
kind_help(const struct kube_type *type, const struct node *value)
{
	return value->kind >= NODE_LIST ? "write what Kubernetes has there" : type->sort == KUBE_STRING ? "quote it" : "write it without quotes";
}

/* the fields of the type that the name may be meant for; NULL: none is near */
static const char *
near_field(struct arena *a, const struct kube_type *type, struct str name, unsigned version)
{
	size_t work = SUGGEST_WORK_MAX;
	struct suggest near;

	suggest_init(&near, name, &work);
	for (size_t i = 0; i < type->n; i++) {
		const struct kube_field *f = &kube_fields[type->first + i];

		if (f->since <= version && version <= f->until) {
			suggest_offer(&near, kube_name(f->name));
		}
	}
	return suggest_text(&near, a);
}

static bool
no_field(struct arena *a, const struct kube_type *type, struct str name, struct str kind, const struct node *value, unsigned version,
	struct doubt *ret)
{
	const char *help = near_field(a, type, name, version);

	help = help || !kube_field_find(type, STR("template"), version) ? help : "the pods of this kind stand below 'template'";
	*ret = (struct doubt){ .at = value->key,
		.text = arena_printf(a, "'%.*s' has no '%.*s', to which '%.*s' leads", STR_FMT(kind), STR_FMT(name), STR_FMT(value->key->text)),
		.help = help ? help : "check the spelling, and the path before it" };
	return true;
}

/* one value of `set` in a kind: true where it does not fit */
static bool
misses(struct arena *a, const struct kube_type *type, struct str kind, const struct node *value, unsigned version, struct doubt *ret)
{
	struct str tokens[POINTER_TOKENS_MAX];
	size_t n = pointer_read(a, value->key->text, tokens);
	const char *wanted;

	for (size_t i = 0; i < n; i++) {
		const struct kube_field *field;

		if (type->sort == KUBE_LIST || type->sort == KUBE_MAP) {
			type = &kube_types[type->of];
			continue;
		}
		if (type->sort != KUBE_OBJECT) {
			return false;
		}
		field = kube_field_find(type, tokens[i], version);
		if (!field) {
			return !type->open && no_field(a, type, tokens[i], kind, value, version, ret);
		}
		type = &kube_types[field->type];
	}
	wanted = n > 0 ? wanted_kind(type, value) : NULL;
	if (wanted) {
		*ret = (struct doubt){ .at = value,
			.text = arena_printf(a, "'%.*s' is %s, %s is wanted in '%.*s'", STR_FMT(value->key->text),
				secret_key(tokens[n - 1]) ? "something else" : node_describe(a, value), wanted, STR_FMT(kind)),
			.help = kind_help(type, value) };
	}
	return wanted;
}

/* false where one of the kind's forms in that version takes it, or the kind is not known */
static bool
kind_misses(struct arena *a, struct str kind, const struct node *value, unsigned version, struct doubt *ret)
{
	size_t n, known = 0;

	for (const struct kube_kind *row = kube_kind_rows(kind, &n); n > 0; row++, n--) {
		if (row->since > version || version > row->until) {
			continue;
		}
		if (!misses(a, &kube_types[row->type], kind, value, version, ret)) {
			return false;
		}
		known++;
	}
	return known > 0;
}

size_t
doubt_set(struct arena *a, const struct node *profile, const struct node *rule, struct doubt ret[DOUBTS])
{
	const struct node *kind = node_get(node_get(rule, STR("match")), STR("kind")), *set = node_get(rule, STR("set"));
	unsigned version = KUBE_DEFAULT;
	size_t n = 0;

	kube_version_read(node_text(profile, STR("kubernetesVersion")), &version);
	for (const struct node *value = set ? set->first : NULL; value && n < DOUBTS; value = value->next) {
		bool found = value->kind == NODE_NULL || (kind && kind->kind == NODE_MAP);

		/* a pattern is no kind that is known */
		for (const struct node *item = kind && kind->kind == NODE_LIST ? kind->first : kind; item && !found;
			item = kind->kind == NODE_LIST ? item->next : NULL) {
			found = kind_misses(a, item->text, value, version, &ret[n]);
			n += found;
		}
	}
	return n;
}

/* what is found in one rule */
struct found {
	struct arena *arena;
	unsigned version;
	struct doubt *list;
	size_t n;
};

static void
add(struct found *f, const struct node *at, const char *text, const char *help)
{
	if (f->n < DOUBTS) {
		f->list[f->n++] = (struct doubt){ .at = at, .text = text, .help = help };
	}
}

static const char *
name_of(const struct found *f, struct str path)
{
	return arena_printf(f->arena, "'%.*s'", STR_FMT(path));
}

/* one of its words */
static void
hold_choice(struct found *f, const struct kube_type *type, struct str path, const struct node *value)
{
	size_t work = SUGGEST_WORK_MAX;
	struct buf all = { .arena = f->arena };
	struct suggest near;
	const char *help;

	suggest_init(&near, value->text, &work);
	for (size_t i = 0; i < type->n; i++) {
		struct str word = kube_name(kube_words[type->first + i]);

		if (str_eq(word, value->text)) {
			return;
		}
		suggest_offer(&near, word);
		buf_addf(&all, "%s%.*s", i == 0 ? "write one of " : ", ", STR_FMT(word));
	}
	help = suggest_text(&near, f->arena);
	add(f, value, arena_printf(f->arena, "%s is not allowed for %s", node_describe(f->arena, value), name_of(f, path)), help ? help : buf_z(&all));
}

/* A value of that type and all in it. The depth is that of the type, where none of these contains itself. */
static void
hold(struct found *f, const struct kube_type *type, struct str path, const struct node *value)
{
	const char *wanted = value->kind == NODE_NULL ? NULL : wanted_kind(type, value);

	if (wanted) {
		add(f, value, arena_printf(f->arena, "%s is %s, %s is wanted", name_of(f, path), node_describe(f->arena, value), wanted),
			kind_help(type, value));
		return;
	}
	if (type->sort == KUBE_CHOICE && value->kind == NODE_STRING) {
		hold_choice(f, type, path, value);
	}
	for (const struct node *child = value->kind >= NODE_LIST ? value->first : NULL; child; child = child->next) {
		const struct kube_field *field;
		const char *help;

		if (type->sort == KUBE_LIST || type->sort == KUBE_MAP) {
			hold(f, &kube_types[type->of], path, child);
			continue;
		}
		if (type->sort != KUBE_OBJECT) {
			return;
		}
		field = kube_field_find(type, child->key->text, f->version);
		if (field) {
			hold(f, &kube_types[field->type], str_of(arena_printf(f->arena, "%.*s.%.*s", STR_FMT(path), STR_FMT(child->key->text))), child);
		} else if (!type->open) {
			help = near_field(f->arena, type, child->key->text, f->version);
			add(f, child->key, arena_printf(f->arena, "Kubernetes 1.%u has no '%.*s' in %s", f->version, STR_FMT(child->key->text), name_of(f, path)),
				help ? help : "check the spelling");
		}
	}
}

/* the type at a path of a pod's spec, lists looked into; NULL: that version has none */
static const struct kube_type *
type_in_pod(const char *path, unsigned version)
{
	const struct kube_kind *pod = kube_kind_find(STR("v1"), STR("Pod"), version);
	const struct kube_type *type = pod ? &kube_types[pod->type] : NULL;
	struct str all = str_of(path);

	for (size_t from = 0, to; type && from < all.n; from = to + 1) {
		const struct kube_field *field;

		to = str_find(all, '/', from);
		type = type->sort == KUBE_LIST ? &kube_types[type->of] : type;
		field = kube_field_find(type, str_slice(all, from, to), version);
		type = field ? &kube_types[field->type] : NULL;
	}
	return type;
}

/* the resources of containers: Kubernetes' own, or some with the name of their domain (Kubernetes, Resource Management for Pods and Containers) */
static void
hold_resources(struct found *f, const struct node *resources)
{
	static const char *const own[] = { "cpu", "memory", "ephemeral-storage" };

	for (const struct node *map = resources && resources->kind == NODE_MAP ? resources->first : NULL; map; map = map->next) {
		for (const struct node *n = map->kind == NODE_MAP ? map->first : NULL; n; n = n->next) {
			struct str name = n->key->text;
			size_t work = SUGGEST_WORK_MAX;
			struct suggest near;
			const char *help;
			bool known = str_find(name, '/', 0) < name.n || str_starts(name, STR("hugepages-"));

			suggest_init(&near, name, &work);
			for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
				known = known || str_is(name, own[i]);
				suggest_offer(&near, str_of(own[i]));
			}
			/* which is near to cpu, and nothing of the kind */
			help = str_is(name, "gpu") ? NULL : suggest_text(&near, f->arena);
			if (!known) {
				add(f, n->key, arena_printf(f->arena, "containers have no resource '%.*s'", STR_FMT(name)),
					help ? help : "others have the name of their domain, such as nvidia.com/gpu");
			}
		}
	}
}

/* user 0 where none may be root; the containers' own counts more than the pods' */
static void
hold_root(struct found *f, const struct node *rule)
{
	const struct node *own = node_get(rule, STR("securityContext")), *pod = node_get(rule, STR("podSecurityContext"));
	const struct node *user = node_get(own, STR("runAsUser")), *nonroot = node_get(own, STR("runAsNonRoot"));

	user = user ? user : node_get(pod, STR("runAsUser"));
	nonroot = nonroot ? nonroot : node_get(pod, STR("runAsNonRoot"));
	if (user && nonroot && user->kind == NODE_INT && str_is(user->text, "0") && nonroot->kind == NODE_BOOL && str_eq_nocase(nonroot->text, STR("true"))) {
		add(f, user, "'runAsUser: 0' is root, which 'runAsNonRoot: true' forbids", "state another user, or leave one of them out");
	}
}

size_t
doubt_fields(struct arena *a, const struct node *profile, const struct node *rule, struct doubt ret[DOUBTS])
{
	static const char *const held[][2] = { { "podSecurityContext", "spec/securityContext" }, { "securityContext", "spec/containers/securityContext" },
		{ "topologySpreadConstraints", "spec/topologySpreadConstraints" }, { "dnsConfig", "spec/dnsConfig" } };
	struct found f = { .arena = a, .version = KUBE_DEFAULT, .list = ret };

	kube_version_read(node_text(profile, STR("kubernetesVersion")), &f.version);
	for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++) {
		const struct node *value = node_get(rule, str_of(held[i][0]));
		const struct kube_type *type = value ? type_in_pod(held[i][1], f.version) : NULL;

		if (type) {
			hold(&f, type, str_of(held[i][0]), value);
		}
	}
	hold_resources(&f, node_get(rule, STR("resources")));
	hold_root(&f, rule);
	return f.n;
}
