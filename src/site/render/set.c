/* SPDX-License-Identifier: Apache-2.0 */
/* Reads JSON pointers, and knows what they must not touch. */
#include "site/render/set.h"

#include "base/arena.h"
#include "yaml/edit.h"
#include "yaml/pointer.h"

/* Selectors, and what cannot change once it is there: such keys stay, wherever they are. */
static const char *const never[] = { "selector", "matchLabels", "matchExpressions", "labelSelector", "podSelector", "namespaceSelector",
	"objectSelector", "affinity", "volumeClaimTemplates", NULL };
/* what rules match by, or who the object is */
static const char *const roots[] = { "/apiVersion", "/kind", "/status", "/metadata/name", "/metadata/generateName", "/metadata/namespace",
	"/metadata/managedFields", "/metadata/ownerReferences" };

bool
set_reserved(struct str key)
{
	return str_starts(key, STR("helm.sh/hook")) || str_starts(key, STR("postrenderer.helm.sh/")) || str_eq(key, STR("openshift.io/scc"))
		|| str_eq(key, STR("security.openshift.io/validated-scc-subject-type"));
}

static bool
is_one_of(struct str key, const char *const *keys)
{
	bool found = false;

	for (; *keys; keys++) {
		found = found || str_is(key, *keys);
	}
	return found;
}

/* May a map that is made at a key have keys that look like the index of an item? Others would be made where a list was meant. */
static bool
takes_numbers(struct str key)
{
	static const char *const keys[] = { "data", "binaryData", "stringData", "labels", "annotations", "nodeSelector", NULL };

	return is_one_of(key, keys);
}

/* has the map at that key texts and numbers only, with keys that may have a slash? */
static bool
takes_texts(struct str key)
{
	static const char *const keys[] = { "labels", "annotations", "nodeSelector", "limits", "requests", NULL };

	return is_one_of(key, keys);
}

static bool
is_never(struct str key)
{
	return is_one_of(key, never);
}

/* a key that is never changed, somewhere in the data; NULL: there is none */
static const struct node *
find_never(const struct node *data, bool labels)
{
	data = node_real(data);
	if (!data || data->kind < NODE_LIST) {
		return NULL;
	}
	for (const struct node *child = data->first; child; child = child->next) {
		const struct node *found;

		if (child->key && (is_never(node_real(child->key)->text) || (labels && str_eq(node_real(child->key)->text, STR("labels"))))) {
			return node_real(child->key);
		}
		found = find_never(child, labels);
		if (found) {
			return found;
		}
	}
	return NULL;
}

static bool
refuse(const struct want_of *w, const struct node *at, const char *text, const char *help)
{
	struct diag *diag = diag_add(w->diags, DIAG_ERROR, "profile/set", w->profile, at->span, "%s", text);

	if (help) {
		diag_help(w->diags, diag, "%s", help);
	}
	return false;
}

static bool
check_pointer(const struct want_of *w, const struct node *value)
{
	const struct node *key = value->key;
	struct str tokens[POINTER_TOKENS_MAX], last;
	size_t n = pointer_read(w->arena, key->text, tokens);
	const char *what = arena_printf(w->arena, "'%.*s'", STR_FMT(key->text));

	if (n == 0) {
		return refuse(w, key, arena_printf(w->arena, "%s is no JSON pointer of 1 to %d parts", what, POINTER_TOKENS_MAX),
			"begin each part with '/', and write '~1' for a '/' in it and '~0' for a '~'");
	}
	last = tokens[n - 1];
	for (size_t i = 0; i < n; i++) {
		if (is_never(tokens[i])) {
			return refuse(w, key, arena_printf(w->arena, "%s leads to '%.*s', which is never changed", what, STR_FMT(tokens[i])), NULL);
		}
	}
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		struct str root = str_of(roots[i]);

		if (str_starts(key->text, root) && (key->text.n == root.n || key->text.s[root.n] == '/')) {
			return refuse(w, key, arena_printf(w->arena, "%s is never changed", what), NULL);
		}
	}
	if (n == 1 && (str_eq(last, STR("metadata")) || str_eq(last, STR("spec")))) {
		return refuse(w, key, arena_printf(w->arena, "%s is all of it", what), "set what is below it");
	}
	if (str_eq(last, STR("labels")) || str_eq(last, STR("annotations"))) {
		return refuse(w, key, arena_printf(w->arena, "%s would replace all of them", what), "use the rule's labels, annotations and remove");
	}
	for (size_t i = 1; i + 1 < n; i++) {
		if (takes_texts(tokens[i - 1]) && str_find(tokens[i], '.', 0) < tokens[i].n) {
			return refuse(w, key, arena_printf(w->arena, "%s leads below '%.*s'", what, STR_FMT(tokens[i])),
				arena_printf(w->arena, "a '/' in a key is written '~1': %.*s~1%.*s", STR_FMT(tokens[i]), STR_FMT(tokens[i + 1])));
		}
	}
	if (n > 1 && (str_eq(tokens[n - 2], STR("labels")) || str_eq(tokens[n - 2], STR("annotations")))) {
		if (set_reserved(last)) {
			return refuse(w, key, arena_printf(w->arena, "%s is Helm's or the cluster's own and is never changed", what), NULL);
		}
		if (value->kind != NODE_STRING && value->kind != NODE_NULL) {
			return refuse(w, value, arena_printf(w->arena, "%s is %s, a string is wanted", what, node_describe(w->arena, value)), "quote it");
		}
	}
	return true;
}

bool
set_check(const struct want_of *w, const struct node *set)
{
	bool good = true;

	for (const struct node *value = set->first; value; value = value->next) {
		const struct node *found = find_never(value, false);

		good = check_pointer(w, value) && good;
		if (found) {
			good = refuse(w, found, arena_printf(w->arena, "'%.*s' is never changed, and so not set", STR_FMT(found->text)), NULL);
		}
	}
	return good;
}

static bool
refuse_here(const struct want_of *w, const struct node *value, const struct node *at, const char *text, const char *help)
{
	struct diag *diag = diag_add(w->diags, DIAG_ERROR, "render/set", w->profile, value->key->span, "%s", text);
	const struct node *name = node_find(node_find(w->here, STR("metadata")), STR("name"));

	if (help) {
		diag_help(w->diags, diag, "%s", help);
	}
	diag_note(w->diags, diag, "in %.*s %.*s", STR_FMT(node_text(w->here, STR("kind"))), STR_FMT(name ? name->text : STR("without a name")));
	if (at && at->span.n > 0) {
		diag_relate(w->diags, diag, w->manifests, at->span, "it is here");
	}
	return false;
}

/* a pointer as into a Pod, and the object has a template of pods */
static bool
pods_are_deeper(const struct want_of *w, struct str pointer)
{
	return str_starts(pointer, STR("/spec/")) && !str_starts(pointer, STR("/spec/template"))
		&& node_find(node_find(w->here, STR("spec")), STR("template"));
}

static struct node *
list_of(const struct want_of *w, const struct node *value)
{
	struct node *list = node_list(w->arena);

	node_append(list, node_flat(w->arena, value));
	return list;
}

/* Where the value goes, below a key: maps by their keys, items of lists by their indices. NULL if an error was added. */
static struct node *
branch(const struct want_of *w, struct str key, const struct node *here, const struct node *value, const struct str *tokens, size_t n)
{
	struct node *list, *below;
	size_t at;

	if (n == 0) {
		below = value->kind == NODE_NULL ? want_absent(w->arena, value) : node_flat(w->arena, value);
		below->wish = value->kind == NODE_NULL ? EDIT_ABSENT : EDIT_WHOLE;
		return below;
	}
	here = node_real(here);
	if (n == 1 && str_eq(tokens[0], STR("-")) && value->kind != NODE_NULL && (!here || here->kind == NODE_LIST || here->kind == NODE_NULL)) {
		return list_of(w, value);
	}
	if ((!here || here->kind == NODE_NULL) && value->kind != NODE_NULL && !takes_numbers(key)
		&& (pointer_index(tokens[0], &at) || str_eq(tokens[0], STR("-")))) {
		refuse_here(w, value, NULL, arena_printf(w->arena, "'%.*s' names an item of '%.*s', which is not there", STR_FMT(value->key->text), STR_FMT(key)),
			pods_are_deeper(w, value->key->text) ? "the pods of this kind stand at /spec/template" : "'-' as the last part makes a list");
		return NULL;
	}
	if (!here || here->kind != NODE_LIST) {
		struct node *map = node_map(w->arena);

		below = branch(w, tokens[0], node_find(here, tokens[0]), value, tokens + 1, n - 1);
		if (below) {
			node_put(w->arena, map, tokens[0], below);
		}
		return below ? map : NULL;
	}
	if (!pointer_index(tokens[0], &at) || (n == 1 && value->kind == NODE_NULL)) {
		refuse_here(w, value, here->key, arena_printf(w->arena, "'%.*s' passes a list, and '%.*s' is no item to change there",
			STR_FMT(value->key->text), STR_FMT(tokens[0])),
			n == 1 && value->kind == NODE_NULL ? "items are not taken out"
							   : "an item is named by its number, from 0; the rule's own fields, as 'env', are for all containers");
		return NULL;
	}
	list = node_list(w->arena);
	below = here->first;
	for (; at > 0 && below; at--) {
		below = below->next;
	}
	below = branch(w, tokens[0], below, value, tokens + 1, n - 1);
	if (below) {
		list->text = EDIT_INDEX;
		below->key = want_text(w->arena, tokens[0], value);
		node_append(list, below);
	}
	return below ? list : NULL;
}

bool
set_wants(const struct want_of *w, const struct node *set, struct node *into)
{
	bool secret = str_eq(node_text(w->here, STR("kind")), STR("Secret")), good = true;

	for (const struct node *value = set->first; value; value = value->next) {
		struct str tokens[POINTER_TOKENS_MAX];
		size_t n = pointer_read(w->arena, value->key->text, tokens);
		const struct node *old = w->here, *found;
		struct node *one;

		for (size_t i = 0; i < n && old; i++) {
			old = node_find(old, tokens[i]);
		}
		found = find_never(old, true);
		if (secret && n > 0 && (str_eq(tokens[0], STR("data")) || str_eq(tokens[0], STR("stringData")))) {
			good = refuse_here(w, value, NULL, "the data of a Secret is never changed", NULL);
		} else if (found) {
			good = refuse_here(w, value, found, arena_printf(w->arena, "'%.*s' would replace '%.*s', which is never changed",
				STR_FMT(value->key->text), STR_FMT(found->text)), NULL);
		} else {
			one = branch(w, STR(""), w->here, value, tokens, n);
			good = one && good;
			if (one) {
				edit_combine(w->arena, into, one);
			}
		}
	}
	return good;
}
