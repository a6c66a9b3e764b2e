/* SPDX-License-Identifier: Apache-2.0 */
/* Adds up what all that counts for an object wants of it. */
#include "site/render/wanted.h"

#include "base/arena.h"
#include "site/render/container.h"
#include "site/render/field.h"
#include "site/render/near.h"
#include "site/render/storage.h"
#include "site/render/survey.h"
#include "yaml/scalar.h"

#include <string.h>

/* the data for objects with one path to their pod template and the same rules, where nothing depends on what they hold */
struct made {
	const char *const *path;
	uint64_t rules;
	struct node *data;
	struct made *next;
};

struct wanted {
	struct profile *profile;
	struct rule_wants all;        /* what `render` itself wants */
	struct rule_wants storage;    /* what the profile's `storage` does */
	bool inherit;
	struct pod_paths *paths;      /* NULL: the profile states none */
	struct rules *rules;
	struct sccs *sccs;
	struct grants *grants;        /* NULL: no pod has an SCC to be granted */
	struct source *manifests;
	struct arena *lasting, own;   /* as long as the manifests; until wanted_forget */
	struct arena *arena;          /* the one in use */
	struct diags *diags;
	struct made *made;
};

/* those that count for an object, in order: i from 0; NULL: this one does not */
static const struct rule_wants *
nth(const struct wanted *w, uint64_t rules, size_t i)
{
	if (i < 2) {
		return i == 0 ? &w->storage : &w->all;
	}
	return rules >> (i - 2) & 1 ? rules_wants(w->rules, i - 2) : NULL;
}

static size_t
count(const struct wanted *w)
{
	return 2 + rules_count(w->rules);
}

static struct want_of
want_of(struct wanted *w, const struct rule_wants *wants, const struct node *here)
{
	return (struct want_of){ .arena = w->arena, .profile = &w->profile->src, .manifests = w->manifests, .from = wants->from, .here = here,
		.diags = w->diags };
}

/* What the rules want of one container; NULL: nothing. normal: it is no init or ephemeral container, which fields for all are for only. */
static struct node *
container_of(struct wanted *w, uint64_t rules, const struct node *container, bool normal)
{
	struct node *into = node_map(w->arena);
	struct str name = node_text(container, STR("name"));

	for (size_t i = 0; i < count(w); i++) {
		const struct rule_wants *wants = nth(w, rules, i);
		bool own = normal && (i < 2 || rules_has_container(w->rules, i - 2, container));

		if (wants && wants->containers) {
			const struct want_of of = want_of(w, wants, container);

			fields_put(&of, own ? FIELD_CONTAINER | FIELD_CONTAINERS : FIELD_CONTAINERS, true, wants->by, into);
		}
	}
	if (!into->first || name.n == 0) {
		return NULL;
	}
	container_as_written(into, container);
	node_put(w->arena, into, STR("name"), node_new(w->arena, NODE_STRING, name));
	return into;
}

static const char *const container_lists[] = { "initContainers", "containers", "ephemeralContainers" };

enum { NCONTAINER_LISTS = sizeof(container_lists) / sizeof(container_lists[0]) };

/* What is no list has containers that nobody would find: the pod must not look as if they had been seen to. */
static void
check_containers(struct wanted *w, const struct object *object, const struct node *template)
{
	for (size_t i = 0; i < NCONTAINER_LISTS; i++) {
		const struct node *there = node_find(node_find(template, STR("spec")), str_of(container_lists[i]));

		if (there && there->kind != NODE_LIST && there->kind != NODE_NULL) {
			struct diag *diag = diag_add(w->diags, DIAG_ERROR, "render/kind", w->manifests, there->span,
				"'spec.%s' is %s, a list is wanted", container_lists[i], node_describe(w->arena, there));

			diag_note(w->diags, diag, "in %s", object_name(w->arena, object));
		}
	}
}

static void
put_containers(struct wanted *w, struct node *pod, uint64_t rules, const struct node *template)
{
	const char *const *keys = container_lists;

	for (size_t i = 0; i < NCONTAINER_LISTS; i++) {
		const struct node *containers = node_find(node_find(template, STR("spec")), str_of(keys[i]));
		struct node *list = node_list(w->arena), *spec;

		list->text = STR("name");
		for (const struct node *item = containers && containers->kind == NODE_LIST ? containers->first : NULL; item; item = item->next) {
			struct node *wants = container_of(w, rules, node_real(item), strcmp(keys[i], "containers") == 0);

			if (wants) {
				node_append(list, wants);
			}
		}
		if (list->first) {
			spec = want_map(w->arena, pod, "spec");
			node_put(w->arena, spec, str_of(keys[i]), list);
		}
	}
}

/* Does the profile choose an SCC or a Pod Security Standard for pods for which these rules count? ret: those of the rules that do. */
static bool
any_security(const struct wanted *w, uint64_t rules, const struct node *ret[RULES_MAX + 1])
{
	rules_security(w->rules, rules, ret);
	return sccs_all(w->sccs) || ret[0];
}

/* who chose it: the last of the rules, else `render` */
static unsigned
security_by(const struct wanted *w, uint64_t rules)
{
	for (size_t i = rules_count(w->rules); i > 0; i--) {
		if ((rules >> (i - 1) & 1) && rules_wants(w->rules, i - 1)->security) {
			return rules_wants(w->rules, i - 1)->by;
		}
	}
	return RENDER_BY;
}

static void
put_security(struct wanted *w, struct node *pod, uint64_t rules, const struct object *object, const struct node *template)
{
	const struct node *chosen[RULES_MAX + 1];

	if (any_security(w, rules, chosen)) {
		sccs_put(w->sccs, object, template, chosen, pod);
		want_sign(pod, security_by(w, rules), true);
	}
}

/* what is wanted of one pod template; template: as it is, NULL where that does not count */
static struct node *
pod_of(struct wanted *w, uint64_t rules, bool inherit, const struct object *object, const struct node *template)
{
	struct node *pod = node_map(w->arena);

	for (size_t i = 0; i < count(w); i++) {
		const struct rule_wants *wants = nth(w, rules, i);

		if (!wants) {
			continue;
		}
		if (inherit) {
			edit_combine(w->arena, pod, wants->inherited);
		}
		edit_combine(w->arena, pod, wants->pod);
		if (wants->looks_at_pod && template) {
			const struct want_of of = want_of(w, wants, template);

			fields_put(&of, FIELD_POD, true, wants->by, pod);
		}
	}
	if (template) {
		check_containers(w, object, template);
		put_containers(w, pod, rules, template);
		put_security(w, pod, rules, object, template);
	}
	return pod;
}

/* a tree at the end of some steps */
static struct node *
wrap(struct wanted *w, const struct pod_place *place, struct node *tree)
{
	for (size_t i = place->n; i > 0 && tree->first; i--) {
		const struct pod_step *step = &place->steps[i - 1];
		struct node *outer = step->item ? node_list(w->arena) : node_map(w->arena);

		if (step->item) {
			outer->text = EDIT_INDEX;
			/* the steps last as long as the object */
			tree->key = node_new(w->arena, NODE_STRING, str_of(str_z(w->arena, step->token)));
			node_append(outer, tree);
		} else {
			node_put(w->arena, outer, str_of(str_z(w->arena, step->token)), tree);
		}
		tree = outer;
	}
	return tree;
}

static struct node *
data_of(struct wanted *w, uint64_t rules, const struct object *object, const struct pod_place *places, size_t n, bool looks)
{
	struct node *data = node_map(w->arena);

	for (size_t i = 0; i < count(w); i++) {
		const struct rule_wants *wants = nth(w, rules, i);

		if (wants) {
			edit_combine(w->arena, data, wants->object);
		}
		if (wants && wants->looks_at_object && looks) {
			const struct want_of of = want_of(w, wants, object->node);

			fields_put(&of, FIELD_OBJECT, true, wants->by, data);
		}
	}
	for (size_t i = 0; i < n; i++) {
		bool inherit = w->inherit || places[i].n == 0;

		edit_combine(w->arena, data, wrap(w, &places[i], pod_of(w, rules, inherit, object, looks ? places[i].template : NULL)));
	}
	return data;
}

/* does anything that counts depend on what the object holds? */
static bool
looks(const struct wanted *w, uint64_t rules, size_t places)
{
	const struct node *chosen[RULES_MAX + 1];

	for (size_t i = 0; i < count(w); i++) {
		const struct rule_wants *wants = nth(w, rules, i);

		if (wants && (wants->looks_at_object || (places > 0 && (wants->looks_at_pod || wants->containers)))) {
			return true;
		}
	}
	return places > 0 && any_security(w, rules, chosen);
}

const struct node *
wanted_for(struct wanted *w, const struct object *object, bool *ret_lasting)
{
	const char *const *path = pod_path(object);
	struct pod_place places[POD_PLACES_MAX];
	size_t n = pod_places(w->paths, &w->own, object, places);
	uint64_t rules = rules_match(w->rules, object, places, n);
	const struct node *grant = w->grants ? grants_for(w->grants, object) : NULL;
	/* by what it holds, as what Role it is, or because its pods are elsewhere */
	bool own = grant || n != (path != NULL) || looks(w, rules, n);
	struct made *made = own ? NULL : w->made;
	struct node *data;

	if (n == POD_PLACES_MAX) {
		diag_add(w->diags, DIAG_ERROR, "render/pods", w->manifests, node_real(object->node)->span, "%s has %d pod templates or more",
			object_name(w->arena, object), POD_PLACES_MAX);
	}
	w->arena = own ? &w->own : w->lasting;
	while (made && (made->path != path || made->rules != rules)) {
		made = made->next;
	}
	data = made ? made->data : data_of(w, rules, object, places, n, own);
	if (grant) {
		edit_combine(w->arena, data, grant);
	}
	if (!made && !own) {
		made = arena_new(w->lasting, struct made);
		*made = (struct made){ path, rules, data, w->made };
		w->made = made;
	}
	*ret_lasting = !own;
	return data;
}

void
wanted_forget(struct wanted *w)
{
	arena_rewind(&w->own, (struct arena_mark){ 0 });
}

void
wanted_done(struct wanted *w)
{
	arena_done(&w->own);
}

enum wanted_of
wanted_of(const struct wanted *w)
{
	bool pods = sccs_all(w->sccs), all = w->paths;

	for (size_t i = 0; i < count(w); i++) {
		const struct rule_wants *wants = nth(w, UINT64_MAX, i);

		pods = pods || node_get(wants->pod, STR("spec")) || wants->looks_at_pod || wants->containers || wants->security;
		all = all || wants->looks_at_object;
	}
	return all ? WANTED_ALL : pods ? WANTED_PODS : WANTED_METADATA;
}

bool
wanted_check(const struct wanted *w, bool allow_unmatched, struct diags *diags)
{
	if (w->grants) {
		grants_tell(w->grants, diags);
	}
	return rules_tell(w->rules, diags) && near_tell(w->rules, &w->profile->src, w->profile->root, w->paths, w->manifests, allow_unmatched, diags);
}

const struct rules *
wanted_rules(const struct wanted *w)
{
	return w->rules;
}

struct str
wanted_by(const struct wanted *w, unsigned by)
{
	if (by >= RULES_BY && by - RULES_BY < rules_count(w->rules)) {
		return rules_name(w->rules, by - RULES_BY);
	}
	return by == STORAGE_BY ? STR("storage") : STR("render");
}

size_t
wanted_places(const struct wanted *w, struct arena *a, const struct object *object, struct pod_place ret[POD_PLACES_MAX])
{
	return pod_places(w->paths, a, object, ret);
}

/* {storage: ...} where the profile says that it is on one node, and that is not to be left alone; else {} */
static const struct node *
storage_of(struct arena *a, const struct node *profile)
{
	const struct node *storage = node_get(profile, STR("storage")), *one = node_get(node_get(profile, STR("render")), STR("oneNode"));
	struct node *map = node_map(a);

	if (storage_on_one_node(storage) && (!one || scalar_true(one->text))) {
		node_put(a, map, STR("storage"), node_flat(a, storage));
	}
	return map;
}

struct wanted *
wanted_new(struct profile *profile, struct source *manifests, struct arena *a, struct diags *diags)
{
	const struct node *render = node_get(profile->root, STR("render")), *paths = node_get(render, STR("podPaths"));
	const struct node *inherit = node_get(render, STR("inherit"));
	struct wanted *w = arena_new(a, struct wanted);
	bool good;

	*w = (struct wanted){
		.profile = profile,
		.inherit = !inherit || scalar_true(inherit->text),
		.paths = paths ? pod_paths_new(a, paths) : NULL,
		.rules = rules_new(&profile->src, profile->root, a, diags),
		.manifests = manifests,
		.lasting = a,
		.arena = a,
		.diags = diags,
	};
	good = rules_read_wants(a, &profile->src, render ? render : node_map(a), RENDER_BY, &w->all, diags);
	w->all.security = NULL;       /* sccs_all */
	good = rules_read_wants(a, &profile->src, storage_of(a, profile->root), STORAGE_BY, &w->storage, diags) && good;
	if (!w->rules || !good) {
		return NULL;
	}
	w->sccs = sccs_new(profile, manifests, wanted_conflict(profile), a, diags);
	w->grants = survey(profile, manifests, w->paths, w->sccs, wanted_conflict(profile), a);
	return w;
}

enum edit_conflict
wanted_conflict(const struct profile *profile)
{
	struct str word = node_text(node_get(profile->root, STR("render")), STR("conflict"));

	return str_eq(word, STR("keep")) ? EDIT_KEEP : str_eq(word, STR("fail")) ? EDIT_FAIL : EDIT_OVERWRITE;
}
