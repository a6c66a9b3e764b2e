/* SPDX-License-Identifier: Apache-2.0 */
/* Walks the built-in schemas as trees: which fields there are, and what their values must be. */
#include "site/field.h"

#include "base/arena.h"
#include "schema/builtin.h"

#include <string.h>

/* a schema and those beside it: what it refers to, and its alternatives */
struct parts {
	const struct node *items[FIELD_PARTS];
	size_t n;
};

const struct node *
field_profile(void)
{
	return embedded_schema("site-profile");
}

const struct node *
field_values(void)
{
	return embedded_schema("workbench-values");
}

static const struct node *
referred(const struct node *root, const struct node *schema)
{
	struct str ref = node_text(schema, STR("$ref"));

	return ref.n > 0 ? node_at(root, str_slice(ref, 1, ref.n)) : NULL;
}

static void
collect(const struct node *root, const struct node *schema, struct parts *p)
{
	static const char *const lists[] = { "allOf", "anyOf", "oneOf" };
	const struct node *ref = referred(root, schema);

	if (p->n == FIELD_PARTS) {
		return;
	}
	p->items[p->n++] = schema;
	if (ref) {
		collect(root, ref, p);
	}
	for (size_t i = 0; i < 3; i++) {
		const struct node *list = node_get(schema, str_of(lists[i]));

		for (const struct node *one = list ? list->first : NULL; one; one = one->next) {
			collect(root, one, p);
		}
	}
}

static struct parts
parts_of(const struct node *root, const struct node *schema)
{
	struct parts p = { .n = 0 };

	collect(root, schema, &p);
	return p;
}

/* the entry of that name under the properties of one of the parts; NULL if there is none */
static const struct node *
property(const struct parts *p, struct str name, bool *ret_required)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct node *properties = node_get(p->items[i], STR("properties"));
		const struct node *found = properties ? node_get(properties, name) : NULL;

		if (found) {
			const struct node *required = node_get(p->items[i], STR("required"));

			*ret_required = false;
			for (const struct node *r = required ? required->first : NULL; r; r = r->next) {
				*ret_required = *ret_required || str_eq(r->text, name);
			}
			return found;
		}
	}
	return NULL;
}

/* the schema of a list's items or of a map's free entries; NULL if none of the parts has one */
static const struct node *
inner(const struct parts *p, const char *keyword)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct node *found = node_get(p->items[i], str_of(keyword));

		if (found && found->kind == NODE_MAP) {
			return found;
		}
	}
	return NULL;
}

const struct node *
field_keyword(const struct node *root, const struct node *schema, const char *keyword)
{
	struct parts p = parts_of(root, schema);

	for (size_t i = 0; i < p.n; i++) {
		const struct node *found = node_get(p.items[i], str_of(keyword));

		if (found) {
			return found;
		}
	}
	return NULL;
}

/* --- finding */

static const char *
joined(struct arena *a, const char *path, const char *between, struct str name)
{
	return arena_printf(a, "%s%s%.*s", path, *path ? between : "", STR_FMT(name));
}

/* the value of its enum that a name stands for */
static const char *
choice(const struct node *root, const struct node *schema, struct str name)
{
	const struct node *choices = field_keyword(root, schema, "enum");

	for (const struct node *c = choices ? choices->first : NULL; c; c = c->next) {
		if (str_eq_nocase(c->text, name)) {
			return c->text.s;
		}
	}
	return NULL;
}

/* one name further; false if there is no such field */
static bool
step(const struct node *root, struct field *f, struct str name, bool last, struct arena *a)
{
	const char *exact = f->exact, *path = f->path;

	if (last && (f->choice = choice(root, f->schema, name))) {
		return true;
	}
	for (const struct node *schema = f->schema; schema;) {
		struct parts p = parts_of(root, schema);
		const struct node *found = property(&p, name, &f->required), *items = inner(&p, "items"),
			*others = inner(&p, "additionalProperties");

		if (found) {
			*f = (struct field){ joined(a, path, ".", name), joined(a, exact, ".", name), found, f->required, NULL, NULL };
			return true;
		}
		schema = items ? items : others;
		exact = joined(a, exact, items ? "" : ".", items ? STR("[]") : STR("NAME"));
		if (!items && others) {
			struct parts below = parts_of(root, others);

			if (!property(&below, name, &f->required)) {
				/* a free name */
				*f = (struct field){ path, exact, others, false, NULL, NULL };
				return true;
			}
		}
	}
	return false;
}

static bool
find(const struct node *root, struct str name, struct arena *a, struct field *f)
{
	unsigned depth = 0;

	*f = (struct field){ "", "", root, false, NULL, NULL };
	for (size_t at = 0, end; at < name.n; at = end + 1) {
		struct str part;

		end = at;
		while (end < name.n && name.s[end] != '.' && name.s[end] != '/') {
			end++;
		}
		part = str_slice(name, at, end);
		part.n = str_find(part, '[', 0);
		/* a pointer begins with '/', and numbers the items of lists */
		if (part.n == 0 || strspn(str_z(a, part), "0123456789") == part.n) {
			continue;
		}
		if (f->choice || ++depth > FIELD_DEPTH_MAX || !step(root, f, part, end >= name.n, a)) {
			return false;
		}
	}
	return f->schema != root;
}

static struct str
last_name(struct str path)
{
	for (size_t i = path.n; i > 0; i--) {
		if (path.s[i - 1] == '.') {
			return str_slice(path, i, path.n);
		}
	}
	return path;
}

bool
field_find(const struct node *root, struct str name, struct arena *a, struct field *ret)
{
	size_t found = 0;

	if (find(root, name, a, ret)) {
		return true;
	}
	for (const struct field *f = field_list(root, NULL, 3, a); f; f = f->next) {
		if (str_eq(last_name(str_of(f->path)), name)) {
			*ret = *f;
			found++;
		}
	}
	return found == 1;
}

/* --- listing */

struct list {
	const struct node *root;
	struct arena *arena;
	struct field *first, **end;
};

static void below(struct list *, const struct node *schema, const char *path, const char *exact, unsigned depth);

static void
add(struct list *l, const struct parts *p, const struct node *property_, const char *path, const char *exact, unsigned depth)
{
	struct arena *a = l->arena;
	struct field *f = arena_new(a, struct field);
	struct str name = property_->key->text;

	f->path = joined(a, path, ".", name);
	f->exact = joined(a, exact, ".", name);
	f->schema = property(p, name, &f->required);
	*l->end = f;
	l->end = &f->next;
	below(l, f->schema, f->path, f->exact, depth - 1);
}

/* bounded by depth: a field's name is added at every level */
static void
below(struct list *l, const struct node *schema, const char *path, const char *exact, unsigned depth)
{
	struct parts p = parts_of(l->root, schema);
	const struct node *items = inner(&p, "items"), *others = inner(&p, "additionalProperties");

	for (size_t i = 0; depth > 0 && i < p.n; i++) {
		const struct node *properties = node_get(p.items[i], STR("properties"));

		for (const struct node *one = properties ? properties->first : NULL; one; one = one->next) {
			bool required;

			if (property(&p, one->key->text, &required) == one) {
				add(l, &p, one, path, exact, depth);
			}
		}
	}
	if (depth > 0 && items) {
		below(l, items, path, arena_printf(l->arena, "%s[]", exact), depth);
	}
	if (depth > 0 && others) {
		below(l, others, path, arena_printf(l->arena, "%s.NAME", exact), depth);
	}
}

struct field *
field_list(const struct node *root, const struct field *at, unsigned depth, struct arena *a)
{
	struct list l = { .root = root, .arena = a, .end = &l.first };

	below(&l, at ? at->schema : root, at ? at->path : "", at ? at->exact : "", depth);
	return l.first;
}
