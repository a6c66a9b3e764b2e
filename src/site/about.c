/* SPDX-License-Identifier: Apache-2.0 */
/* Tells the type of a field, where it goes, and which page is about it. */
#include "site/about.h"

#include "base/arena.h"

enum { INDENT = 2 };

/* --- the type */

/* what holds for the same value whatever its form is: the schema, what it refers to, its allOf */
struct chain {
	const struct node *items[FIELD_PARTS];
	size_t n;
};

static void
follow(const struct node *root, const struct node *schema, struct chain *c)
{
	struct str ref = node_text(schema, STR("$ref"));
	const struct node *all = node_get(schema, STR("allOf")), *target;

	if (c->n == FIELD_PARTS) {
		return;
	}
	c->items[c->n++] = schema;
	target = ref.n > 0 ? node_at(root, str_slice(ref, 1, ref.n)) : NULL;
	if (target) {
		follow(root, target, c);
	}
	for (const struct node *one = all ? all->first : NULL; one; one = one->next) {
		follow(root, one, c);
	}
}

static const struct node *
keyword(const struct chain *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct node *found = node_get(c->items[i], str_of(name));

		if (found) {
			return found;
		}
	}
	return NULL;
}

static const char *
noun(struct str type)
{
	static const char *const nouns[][2] = { { "string", "a string" }, { "integer", "an integer" }, { "number", "a number" },
		{ "boolean", "a boolean, true or false" }, { "array", "a list" }, { "object", "a map" }, { "null", "null" } };

	for (size_t i = 0; i < sizeof(nouns) / sizeof(*nouns); i++) {
		if (str_is(type, nouns[i][0])) {
			return nouns[i][1];
		}
	}
	return "anything else";
}

static void
add_bounds(struct buf *b, const struct chain *c)
{
	const struct node *least = keyword(c, "minimum"), *most = keyword(c, "maximum"), *above = keyword(c, "exclusiveMinimum");

	if (least && most) {
		buf_addf(b, " from %.*s to %.*s", STR_FMT(least->text), STR_FMT(most->text));
	} else if (least) {
		buf_addf(b, ", at least %.*s", STR_FMT(least->text));
	} else if (above) {
		buf_addf(b, ", more than %.*s", STR_FMT(above->text));
	}
}

/* The words of the schemas behind the field, which tell what form is wanted. skip: the field's own are told elsewhere */
static void
add_descriptions(struct buf *b, const struct chain *c, bool skip, const char *between)
{
	for (size_t i = skip ? 1 : 0; i < c->n; i++) {
		struct str text = node_text(c->items[i], STR("description"));

		if (text.n > 0) {
			text.n -= text.s[text.n - 1] == '.';
			buf_addf(b, "%s%.*s", between, STR_FMT(text));
			between = "; ";
		}
	}
}

static void add_form(struct buf *, const struct node *root, const struct node *schema, size_t indent, bool own);

static void
add_line(struct buf *b, size_t indent, const char *label)
{
	buf_byte(b, '\n');
	buf_fill(b, ' ', indent);
	buf_add(b, str_of(label));
}

static void
add_choices(struct buf *b, const struct node *choices)
{
	buf_add(b, STR("one of "));
	for (const struct node *one = choices->first; one; one = one->next) {
		buf_addf(b, "%s%.*s", one == choices->first ? "" : ", ", STR_FMT(one->text));
	}
}

/* own: the schema is the field's own, whose description is not repeated */
static void
add_form(struct buf *b, const struct node *root, const struct node *schema, size_t indent, bool own)
{
	struct chain c = { .n = 0 };
	const struct node *forms, *constant, *choices, *type, *items, *others, *names;

	follow(root, schema, &c);
	forms = keyword(&c, "anyOf");
	constant = keyword(&c, "const");
	choices = keyword(&c, "enum");
	type = keyword(&c, "type");
	if (forms) {
		buf_add(b, STR("one of these:"));
		for (const struct node *form = forms->first; form; form = form->next) {
			add_line(b, indent + INDENT, "- ");
			add_form(b, root, form, indent + 2 * INDENT, false);
		}
		return;
	}
	if (constant) {
		buf_addf(b, "%.*s and nothing else", STR_FMT(constant->text));
		return;
	}
	if (choices) {
		add_choices(b, choices);
		return;
	}
	if (type) {
		buf_add(b, str_of(noun(type->text)));
		add_bounds(b, &c);
	}
	add_descriptions(b, &c, own, type ? ": " : "");
	items = keyword(&c, "items");
	others = keyword(&c, "additionalProperties");
	names = keyword(&c, "propertyNames");
	if (items) {
		add_line(b, indent + INDENT, "each item: ");
		add_form(b, root, items, indent + INDENT, false);
	}
	if (names) {
		add_line(b, indent + INDENT, "each key: ");
		add_form(b, root, names, indent + INDENT, false);
	}
	if (others && others->kind == NODE_MAP) {
		add_line(b, indent + INDENT, "each value: ");
		add_form(b, root, others, indent + INDENT, false);
	}
}

const char *
about_type(const struct node *root, const struct node *schema, struct arena *a)
{
	struct buf b = { .arena = a };

	add_form(&b, root, schema, 0, true);
	return buf_z(&b);
}

/* --- where it goes */

/* a path and what is said of it and of those below it; the first that fits counts */
static const struct goes {
	const char *path, *text;
} goes[] = {
	{ "apiVersion", "nowhere: it says what this file is" },
	{ "kind", "nowhere: it says what this file is" },
	{ "name", "the header of values.yaml, reports" },
	{ "platform", "nowhere itself: it chooses presets and checks" },
	{ "resourceProfilesKey", "values.yaml: the key that the resource profiles stand under" },
	{ "resourceProfiles", "values.yaml, under the key that resourceProfilesKey names: resource-profiles" },
	{ "values", "values.yaml, merged last into what the other fields give" },
	{ "openshift", "not values.yaml: it is a fact, for checks and for 'wbrender render'" },
	{ "render", "not values.yaml: 'wbrender render' does it to the rendered manifests" },
	{ "lint", "not values.yaml: it is for 'wbrender lint'" },
	{ NULL, NULL },
};

/* true if the path is that of the field or of one around it */
static bool
covers(const char *around, const char *path)
{
	struct str a = str_of(around), p = str_of(path);

	return str_starts(p, a) && (p.n == a.n || p.s[a.n] == '.');
}

static bool
takes(const struct node *root, const struct node *schema, const char *type)
{
	struct chain c = { .n = 0 };
	const struct node *found, *forms;

	follow(root, schema, &c);
	found = keyword(&c, "type");
	forms = keyword(&c, "anyOf");
	for (const struct node *form = forms ? forms->first : NULL; form; form = form->next) {
		if (takes(root, form, type)) {
			return true;
		}
	}
	return found && str_is(found->text, type);
}

const char *
about_goes(const struct field *f, struct arena *a)
{
	struct str path = str_of(f->path);
	struct field to;

	for (const struct goes *g = goes; g->path; g++) {
		if (covers(g->path, f->path)) {
			return g->text;
		}
	}
	/* the path, or the longest part of it that the chart's template has */
	while (path.n > 0 && !field_find(field_values(), path, a, &to)) {
		do {
			path.n--;
		} while (path.n > 0 && path.s[path.n] != '.');
	}
	/* what the template's map does not have is no part of it, but for a short form */
	if (path.n > 0 && str_of(f->path).n > path.n && takes(field_values(), to.schema, "object")
		&& !str_ends(str_of(f->path), STR(".prefer"))) {
		path.n = 0;
	}
	if (path.n == 0) {
		return "not values.yaml: it is a fact about the site, for checks";
	}
	/* a map there, and a name or a short form of it here */
	if (takes(field_values(), to.schema, "object") && takes(field_profile(), f->schema, "string")) {
		return field_find(field_values(), str_of(arena_printf(a, "%.*s.pvc", STR_FMT(path))), a, &to)
			? arena_printf(a, "values.yaml: %.*s.pvc, the claim's name", STR_FMT(path))
			: arena_printf(a, "values.yaml: %.*s, a short form written out in full", STR_FMT(path));
	}
	return arena_printf(a, "values.yaml: %.*s", STR_FMT(path));
}

/* --- pages */

#define PREPARE "BYOK8s environment preparation", "https://www.anaconda.com/docs/data-science/5.7.1/environment-prep/byok8s-prep"
#define INSTALL "Installing on your own Kubernetes", "https://anaconda.com/docs/data-science/5.8.0/install/byok8s"

static const struct page pages[] = {
	{ "apiVersion", NULL, NULL },
	{ "kind", NULL, NULL },
	{ "name", NULL, NULL },
	{ "lint", NULL, NULL },
	{ "release", INSTALL },
	{ "namespace", INSTALL },
	{ "storage.volume", "Kubernetes: Volumes", "https://kubernetes.io/docs/concepts/storage/volumes/" },
	{ "persistence.volume", "Kubernetes: Volumes", "https://kubernetes.io/docs/concepts/storage/volumes/" },
	{ "tolerations", "Kubernetes: Taints and Tolerations",
		"https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/" },
	{ "affinity", "Kubernetes: Assigning Pods to Nodes",
		"https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/" },
	{ "resourceProfiles", "Configuring workload resource profiles",
		"https://www.anaconda.com/docs/data-science/5.7.1/admin/resources/resource-profile.md" },
	{ "values", "Platform settings", "https://anaconda.com/docs/data-science/latest/admin/advanced/settings" },
	{ "render.rules.gpu", "Kubernetes: Schedule GPUs", "https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/" },
	{ "render.rules.tolerations", "Kubernetes: Taints and Tolerations",
		"https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/" },
	{ "render.rules.affinity", "Kubernetes: Assigning Pods to Nodes",
		"https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/" },
	{ "render.rules.resources", "Kubernetes: Resource Management for Pods and Containers",
		"https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/" },
	{ "render", "Helm: Post Rendering", "https://helm.sh/docs/topics/advanced/#post-rendering" },
	{ "", PREPARE },
};

const struct page *
about_page(const struct field *f)
{
	for (const struct page *p = pages;; p++) {
		if (*p->path == '\0' || covers(p->path, f->path)) {
			return p->url ? p : NULL;
		}
	}
}

/* --- examples */

struct node *
about_placed(const struct field *f, const struct node *value, struct arena *a)
{
	struct node *root = node_map(a), *at = root;
	struct str exact = str_of(f->exact);

	for (size_t i = 0, end; i < exact.n; i = end + 1) {
		struct str name;
		bool list;
		struct node *to, *items;

		end = str_find(exact, '.', i);
		name = str_slice(exact, i, end);
		list = str_ends(name, STR("[]"));
		name.n -= list ? 2 : 0;
		name = str_eq(name, STR("NAME")) ? STR("default") : name;
		to = end >= exact.n ? node_flat(a, value) : node_map(a);
		if (list) {
			items = node_list(a);
			node_append(items, to);
			node_put(a, at, name, items);
		} else {
			node_put(a, at, name, to);
		}
		at = to;
	}
	return root;
}
