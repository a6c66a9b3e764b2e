/* SPDX-License-Identifier: Apache-2.0 */
/* Tries changed values against the schema, and looks habits up. */
#include "site/hint.h"

#include "base/arena.h"
#include "base/secret.h"
#include "schema/builtin.h"
#include "schema/check.h"
#include "schema/valid.h"
#include "site/field.h"
#include "site/habit.h"
#include "site/meant.h"
#include "yaml/emit.h"
#include "yaml/scalar.h"

#include <string.h>

enum { LENGTH_MAX = 200 };            /* bytes of a text that is changed */

struct trials {
	const char *name;             /* of the schema */
	const struct schema *schema;
	const struct node *root;
	struct arena *arena;
	struct arena scratch;
	size_t left;
};

/* The value at a path of an else right document; the names of lists' items are all 0 there. NULL: no such document */
static struct node *
document(struct trials *t, const char *path, struct node *value, struct buf *ret_path)
{
	static const char *const header[][2] = { { "apiVersion", "wbrender/v1" }, { "kind", "SiteProfile" }, { "hostname", "workbench.acme.example" } };
	struct arena *a = &t->scratch;
	struct node *root = node_map(a), *at = root;
	const struct node *there = t->root;
	struct str p = str_of(path);

	for (size_t i = 0; strcmp(t->name, "site-profile") == 0 && i < 3; i++) {
		node_put(a, root, str_of(header[i][0]), node_new(a, NODE_STRING, str_of(header[i][1])));
		node_put(a, root, STR("uid"), node_new(a, NODE_INT, STR("1000")));
	}
	for (size_t i = 0, end; i < p.n; i = end) {
		bool item = there && there->kind == NODE_LIST;
		struct str name;

		end = str_find(p, '/', i + 1);
		name = str_slice(p, i + 1, end);
		there = there ? node_at(t->root, str_slice(p, 0, end)) : NULL;
		if (!there || memchr(name.s, '~', name.n)) {
			return NULL;
		}
		if (end == p.n) {
			value = value ? value : node_new(a, NODE_NULL, STR("null"));
		}
		if (item) {
			node_append(at, end == p.n ? value : there->kind == NODE_LIST ? node_list(a) : node_map(a));
			at = at->last;
			buf_add(ret_path, STR("/0"));
		} else {
			node_put(a, at, name, end == p.n ? value : there->kind == NODE_LIST ? node_list(a) : node_map(a));
			at = node_get(at, name);
			buf_addf(ret_path, "/%.*s", STR_FMT(name));
		}
	}
	return root;
}

/* will the schema take the value there? */
static bool
fits(struct trials *t, const char *path, struct node *value)
{
	struct source *src;
	struct buf where = { .arena = &t->scratch };
	struct node *root = document(t, path, value, &where);
	struct diags found;

	if (!root || t->left == 0 || !t->schema) {
		return false;
	}
	t->left--;
	src = arena_new(&t->scratch, struct source);
	source_init(src, &t->scratch, "trial", STR(""));
	diags_init(&found, &t->scratch);
	valid(t->schema, src, root, NULL, &found);
	for (const struct diag *d = found.first; d; d = d->next) {
		if (d->subject && str_starts(str_of(d->subject), buf_str(&where))) {
			return false;
		}
	}
	return true;
}

/* the help for a text that the schema takes, as a string or as what YAML makes of it; NULL if it does not */
static const char *
taken(struct trials *t, const char *path, struct str text)
{
	enum node_kind kind = scalar_kind(text);

	if (text.n == 0) {
		return NULL;
	}
	if (fits(t, path, node_new(&t->scratch, NODE_STRING, text))) {
		return arena_printf(t->arena, "did you mean '%s'?", say_cut(t->arena, text, CHECK_SHOWN_MAX));
	}
	if (kind != NODE_STRING && kind != NODE_NULL && fits(t, path, node_new(&t->scratch, kind, text))) {
		return arena_printf(t->arena, "did you mean %s?", say_cut(t->arena, text, CHECK_SHOWN_MAX));
	}
	return NULL;
}

/* several in one text, parted by that character */
static const char *
parted(struct trials *t, const char *path, struct str text, char by)
{
	struct buf b = { .arena = t->arena };
	struct node *list = node_list(&t->scratch);
	size_t n = 0;
	bool each = true;

	for (size_t at = 0, end; at < text.n; at = end + 1, n++) {
		struct str part;

		end = str_find(text, by, at);
		part = str_trim(str_slice(text, at, end));
		each = each && part.n > 0 && fits(t, path, node_new(&t->scratch, NODE_STRING, part));
		buf_addf(&b, "%s", n > 0 ? ", " : "");
		emit_scalar(&b, node_new(&t->scratch, NODE_STRING, part), EMIT_PLAIN, true);
		node_append(list, node_new(&t->scratch, NODE_STRING, part));
	}
	if (n < 2) {
		return NULL;
	}
	if (fits(t, path, list)) {
		return arena_printf(t->arena, "write them as a list: [%s]", buf_z(&b));
	}
	return by == ',' && each && path[strlen(path) - 1] >= '0' && path[strlen(path) - 1] <= '9'
		? arena_printf(t->arena, "write them as items of their own: %s", buf_z(&b)) : NULL;
}

/* would an effect become the key? Any word is right as one. */
static bool
is_key_of_effect(const char *path, struct str text, struct str changed)
{
	return strstr(path, "/tolerations/") && str_find(text, ':', 0) < text.n && str_find(changed, ':', 0) == changed.n;
}

/* What was meant by a text; NULL where nothing is found. */
static const char *
meant(struct trials *t, const char *path, struct str text)
{
	const char *help = NULL;

	if (text.n == 0 || text.n > LENGTH_MAX || memchr(text.s, '\n', text.n)) {
		return NULL;
	}
	help = parted(t, path, text, ',');
	help = help ? help : parted(t, path, text, ' ');
	for (size_t i = 0; !help && meant_changes[i]; i++) {
		struct str once = meant_changes[i](&t->scratch, text);

		help = str_eq(once, text) || is_key_of_effect(path, text, once) ? NULL : taken(t, path, once);
	}
	for (size_t i = 0; !help && meant_changes[i]; i++) {
		struct str once = meant_changes[i](&t->scratch, text);

		for (size_t k = 0; !help && !str_eq(once, text) && meant_changes[k]; k++) {
			struct str twice = meant_changes[k](&t->scratch, once);

			help = k == i || str_eq(twice, once) || str_eq(twice, text) || is_key_of_effect(path, text, twice) ? NULL : taken(t, path, twice);
		}
	}
	return help;
}

/* "*", ":NoExecute" or "*:NoExecute": all taints, which only the long form can say; NULL where no toleration is wanted */
static const char *
any_key(struct trials *t, const char *path, struct str text)
{
	struct node *map = node_map(&t->scratch);
	size_t star = str_starts(text, STR("*"));
	struct str effect = str_slice(text, star + 1, text.n);

	if (text.n == 0 || text.n > LENGTH_MAX || (text.n > star && text.s[star] != ':')) {
		return NULL;
	}
	node_put(&t->scratch, map, STR("operator"), node_new(&t->scratch, NODE_STRING, STR("Exists")));
	if (effect.n > 0) {
		node_put(&t->scratch, map, STR("effect"), node_new(&t->scratch, NODE_STRING, effect));
	}
	return !fits(t, path, map) ? NULL : arena_printf(t->arena, "for taints of any key: {operator: Exists%s%.*s}",
		effect.n > 0 ? ", effect: " : "", STR_FMT(effect));
}

static bool
is_secret(const char *path)
{
	struct str p = str_of(path);

	for (size_t at = 0, end; at < p.n; at = end) {
		end = str_find(p, '/', at + 1);
		if (secret_key(str_slice(p, at + 1, end))) {
			return true;
		}
	}
	return false;
}

/* the first example of the field, where that is short */
static const char *
example(struct trials *t, const char *path)
{
	const struct node *tree = embedded_schema(t->name), *examples;
	struct buf b = { .arena = t->arena };
	struct field f;

	if (!field_find(tree, str_of(path), t->arena, &f)) {
		return NULL;
	}
	examples = node_get(f.schema, STR("examples"));
	if (examples && examples->first && examples->first->kind == NODE_BOOL) {
		return "write true or false";
	}
	if (examples && examples->first) {
		emit_flow(&b, examples->first, false);
	}
	return b.n > 0 && b.n <= CHECK_SHOWN_MAX * 2 ? arena_printf(t->arena, "for example: %s", buf_z(&b)) : NULL;
}

/* is it the path of a map in a rule, or of what stands there? */
static bool
in_rule(struct str path, const char *map, struct str *ret_above)
{
	size_t slash = path.n;

	while (slash > 0 && path.s[slash - 1] != '/') {
		slash--;
	}
	*ret_above = str_slice(path, 0, slash > 0 ? slash - 1 : 0);
	return str_starts(path, STR("/render/rules/")) && str_ends(*ret_above, str_of(map));
}

/* the map of labels that stands where a selector is wanted, as one; NULL: it is none */
static const char *
selector_of(struct trials *t, struct str path)
{
	struct buf b = { .arena = t->arena };
	const struct node *map;
	struct str above;

	if (!in_rule(path, "/match/labels", &above) && !in_rule(path, "/match/annotations", &above)) {
		return NULL;
	}
	map = node_at(t->root, above);
	for (const struct node *entry = map ? map->first : NULL; entry; entry = entry->next) {
		if (entry->kind >= NODE_LIST || !entry->key || entry->key->kind >= NODE_LIST || b.n > LENGTH_MAX) {
			return NULL;
		}
		buf_addf(&b, "%s%.*s=%.*s", b.n > 0 ? "," : "", STR_FMT(entry->key->text), STR_FMT(entry->text));
	}
	return b.n > 0 ? arena_printf(t->arena, "write it as a selector: \"%s\"", buf_z(&b)) : NULL;
}

/* the JSON pointer that is meant by a key of `set`: spec/replicas, spec.replicas, .spec.replicas; NULL: it is none */
static const char *
pointer_of(struct trials *t, struct str path, const struct node *value)
{
	struct buf b = { .arena = t->arena };
	struct str above, key = value->key->text;

	if (!in_rule(path, "/set", &above) || key.n == 0 || key.n > LENGTH_MAX) {
		return NULL;
	}
	if (value->kind == NODE_MAP) {
		return "a JSON pointer to each value, in one key: {/spec/replicas: 2}";
	}
	key = str_starts(key, STR("$")) ? str_slice(key, 1, key.n) : key;
	for (size_t i = 0; i < key.n; i++) {
		bool dots = str_find(key, '/', 0) == key.n;

		if (i == 0 && key.s[0] != '/' && !(dots && key.s[0] == '.')) {
			buf_byte(&b, '/');
		}
		if (dots && key.s[i] == '[') {
			buf_byte(&b, '/');
		} else if (!(dots && key.s[i] == ']')) {
			buf_byte(&b, dots && key.s[i] == '.' ? '/' : key.s[i]);
		}
	}
	return arena_printf(t->arena, "did you mean '%s'?", buf_z(&b));
}

/* Of an unknown key what is known by heart counts more than what is spelt alike. */
static void
help_key(struct trials *t, struct diag *d)
{
	struct str path = str_of(d->subject);
	const char *known = selector_of(t, path);

	known = known ? known : habit_key(path, true);
	if (known) {
		d->help = known;
		d->fix = NULL;
	} else if (!d->help) {
		d->help = habit_key(path, false);
	}
}

static void
help(struct trials *t, struct diag *d, struct diags *diags)
{
	const struct node *value = node_at(t->root, str_of(d->subject));
	bool key = strcmp(d->code, "schema/unknown-key") == 0, type = strcmp(d->code, "schema/type") == 0,
		small = strcmp(d->code, "schema/minimum") == 0, only = strcmp(d->code, "schema/const") == 0;
	const char *known, *before = d->help;

	if (key) {
		help_key(t, d);
		return;
	}
	known = value && value->key && value->key->span.at == d->span.at ? pointer_of(t, str_of(d->subject), value) : NULL;
	if (known) {
		d->help = known;
		return;
	}
	if (!value || value->span.at != d->span.at
		|| (!type && !small && !only && strcmp(d->code, "schema/pattern") != 0 && strcmp(d->code, "schema/enum") != 0)) {
		return;
	}
	/* quotes too many are the whole mistake */
	known = type && d->fix && before && str_starts(str_of(before), STR("write ")) ? NULL : habit_value(str_of(d->subject), value, type || small || only);
	/* quotes were not meant */
	d->fix = known && type ? NULL : d->fix;
	if (!known && value->kind < NODE_LIST && value->kind != NODE_NULL && !is_secret(d->subject)
		&& (!before || !(str_starts(str_of(before), STR("did you")) || str_starts(str_of(before), STR("this looks"))))
		&& !(type && before && d->fix)) {
		struct arena_mark mark = arena_mark(&t->scratch);

		known = any_key(t, d->subject, value->text);
		known = known ? known : meant(t, d->subject, value->text);
		arena_rewind(&t->scratch, mark);
	}
	if (known) {
		d->help = known;
		if (before && !only && (!type || str_starts(str_of(before), STR("allowed: "))) && !str_starts(str_of(before), STR("did you"))) {
			diag_note(diags, d, "%s%s", str_starts(str_of(before), STR("allowed: ")) ? "" : "wanted: ", before);
		}
	} else if (type && !before && !is_secret(d->subject)) {
		d->help = value->kind == NODE_BOOL && !scalar_true(value->text) ? "leave it out" : example(t, d->subject);
	}
}

void
hint(const char *schema, struct source *src, const struct node *root, struct diag *first, struct diags *diags)
{
	enum { HELPED_MAX = 200 };    /* findings; more than are shown */
	struct trials t = { .name = schema, .schema = first ? schema_builtin(schema, diags) : NULL, .root = root, .arena = diags->arena,
		.left = HINT_TRIALS_MAX };
	size_t n = 0;

	for (struct diag *d = first; d && n < HELPED_MAX; d = d->next) {
		if (d->src == src && root && d->subject && !*d->subject && strcmp(d->code, "schema/type") == 0 && habit_document(root)) {
			d->help = habit_document(root);
		}
		if (d->src == src && d->subject && *d->subject == '/' && str_starts(str_of(d->code), STR("schema/"))) {
			help(&t, d, diags);
			n++;
		}
	}
	arena_done(&t.scratch);
}
