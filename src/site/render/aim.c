/* SPDX-License-Identifier: Apache-2.0 */
/* Holds what `set` aims at against the fields of Kubernetes. */
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

static bool
no_field(struct arena *a, const struct kube_type *type, struct str name, struct str kind, const struct node *value, unsigned version,
	struct doubt *ret)
{
	size_t work = SUGGEST_WORK_MAX;
	struct suggest near;
	const char *help;

	suggest_init(&near, name, &work);
	for (size_t i = 0; i < type->n; i++) {
		const struct kube_field *f = &kube_fields[type->first + i];

		if (f->since <= version && version <= f->until) {
			suggest_offer(&near, kube_name(f->name));
		}
	}
	help = suggest_text(&near, a);
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
			.help = value->kind >= NODE_LIST ? "write what Kubernetes has there" : type->sort == KUBE_STRING ? "quote it" : "write it without quotes" };
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
