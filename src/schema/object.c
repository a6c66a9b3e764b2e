/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of a map: unknown, misspelt, missing, too many; and what may stand under them. */
#include "schema/object.h"

#include "schema/near.h"
#include "schema/suggest.h"

#include <stdint.h>

enum {
	LOOK_COST = 100,              /* of a look at one key of the schema, in cells of suggest.h */
	NAMES_MOST = 200,             /* keys gathered from all over a schema */
};

/* unknown keys first: one that is a misspelling of a missing key is the only finding about it */
struct keys {
	struct check *check;
	const struct schema *schema;
	struct where *map;
	const char *keyword;          /* that allows no other keys */
	const struct str *names;      /* the keys that may stand here, where the schema's own are not all */
	size_t n;
	struct table meant;           /* missing keys that an unknown one seems to mean */
};

/* the keys that may stand here, in the schema's order */
static const char *
list_allowed(struct keys *k)
{
	struct check *c = k->check;
	const struct schema *s = k->schema;
	struct buf b = { .arena = c->arena };
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++) {
		say_listed(&b, &n, k->names[i]);
	}
	for (const struct schema_prop *p = k->names ? NULL : s->props; p; p = p->next) {
		if (!p->schema->never) {
			say_listed(&b, &n, p->name);
		}
	}
	for (const struct schema_pattern *p = s->patterns; p; p = p->next) {
		say_listed(&b, &n, str_of(arena_printf(c->arena, "what matches %s", say_cut(c->arena, p->text, CHECK_SHOWN_MAX))));
	}
	return n == 0 ? NULL : say_list_end(&b, n);
}

static void
note_allowed(struct keys *k, struct diag *diag)
{
	struct check *c = k->check;

	/* many keys may be unknown to one schema */
	if (c->listed != k->schema) {
		c->listed = k->schema;
		c->list = list_allowed(k);
	}
	if (!c->list) {
		diag_note(c->diags, diag, "no keys are allowed here");
	} else if (c->how->noun) {
		diag_note(c->diags, diag, "the %s allows here: %s", c->how->noun, c->list);
	} else {
		diag_note(c->diags, diag, "allowed here: %s", c->list);
	}
}

/* where the key belongs one level up or down; false when it does not */
static bool
help_level(struct keys *k, struct diag *diag, struct str key)
{
	struct check *c = k->check;
	const struct where *up = k->map->up;
	struct buf b = { .arena = c->arena };
	struct near_key below[SUGGEST_SHOWN_MAX];
	size_t n;

	if (up && up->node->kind == NODE_MAP && up->schema && schema_prop(up->schema, key) && !node_get(up->node, key)) {
		diag_help(c->diags, diag, "'%.*s' belongs one level up, in %s", STR_FMT(key), where_name(c, up));
		return true;
	}
	n = near_below(k->schema, key, &c->suggest_work, below);
	for (size_t i = 0; i < n; i++) {
		buf_addf(&b, "%s%s", i == 0 ? "" : " or ", where_name_of(c, k->map, below[i].section));
		if (!str_eq(below[i].key, key)) {
			buf_addf(&b, " as '%.*s'", STR_FMT(below[i].key));
		}
	}
	if (n > 0) {
		diag_help(c->diags, diag, "put it into %s", buf_z(&b));
	}
	return n > 0;
}

/* a key that needs no quotes in any style */
static bool
is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(i > 0 && ((c >= '0' && c <= '9') || c == '_'))) {
			return false;
		}
	}
	return s.n > 1;
}

static void
unknown(struct keys *k, const struct node *entry)
{
	struct check *c = k->check;
	struct where w = where_entry(k->map, entry);
	struct suggest near;
	struct diag *diag;

	suggest_init(&near, w.name, &c->suggest_work);
	for (size_t i = 0; i < k->n && c->suggest_work > LOOK_COST; i++) {
		c->suggest_work -= LOOK_COST;
		if (!where_get(c, k->map, k->names[i])) {
			suggest_offer(&near, k->names[i]);
		}
	}
	for (const struct schema_prop *p = k->names ? NULL : k->schema->props; p && c->suggest_work > LOOK_COST; p = p->next) {
		c->suggest_work -= LOOK_COST;
		if (!p->schema->never && !where_get(c, k->map, p->name) && !suggest_offer(&near, p->name)) {
			break;
		}
	}
	for (size_t i = 0; i < near.n; i++) {
		table_put(&k->meant, near.found[i], k);
	}
	diag = check_add(c, &w, k->schema, k->keyword, "schema/unknown-key", entry->key->span,
		"unknown key '%s' in %s", say_cut(c->arena, w.name, CHECK_SHOWN_MAX), where_name(c, k->map));
	if (!diag) {
		return;
	}
	/* {{ .Values.x }} as a flow map in a flow map */
	if (entry->key->style == NODE_FLOW) {
		diag_help(c->diags, diag, "this looks like a Helm template; render it first");
		return;
	}
	if (near.best < SUGGEST_PART || !help_level(k, diag, w.name)) {
		diag->help = suggest_text(&near, c->arena);
	}
	if (near.n == 1 && near.best < SUGGEST_PART && is_word(near.found[0])) {
		diag->fix = str_z(c->arena, near.found[0]);
		diag->fix_at = entry->key->span;
	}
	note_allowed(k, diag);
}

const char *
object_because(struct check *c, struct span *ret_key)
{
	const struct schema *condition = c->because.condition;
	struct where *at = &(struct where){ 0 };
	struct place place;

	if (c->quiet) {
		return NULL;
	}
	if (c->because.entry) {
		*ret_key = c->because.entry->key->span;
		place = source_place(check_source(c, c->because.entry), ret_key->at);
		return arena_printf(c->arena, "because %s is set (line %zu)",
			say_cut(c->arena, c->because.entry->key->text, CHECK_SHOWN_MAX), place.line);
	}
	if (!condition) {
		return NULL;
	}
	*at = *c->because.at;
	at->keys = NULL;
	for (const struct schema_prop *p = condition->props; p; p = p->next) {
		const struct node *entry = where_get(c, at, p->name);
		struct where w;

		if (!entry || (!p->schema->constant && !p->schema->choices)) {
			continue;
		}
		w = where_entry(at, entry);
		if (say_short(c, &w)) {
			*ret_key = entry->key->span;
			place = source_place(check_source(c, entry), entry->key->span.at);
			return arena_printf(c->arena, "because %s is %s (line %zu)", say_cut(c->arena, p->name, CHECK_SHOWN_MAX),
				say_short(c, &w), place.line);
		}
	}
	for (size_t i = 0; i < condition->required.n; i++) {
		const struct node *entry = where_get(c, at, condition->required.items[i]);

		if (entry) {
			*ret_key = entry->key->span;
			place = source_place(check_source(c, entry), entry->key->span.at);
			return arena_printf(c->arena, "because %s is set (line %zu)",
				say_cut(c->arena, condition->required.items[i], CHECK_SHOWN_MAX), place.line);
		}
	}
	return NULL;
}

/* what a key is that is missing */
static void
help_missing(struct keys *k, struct diag *diag, struct str key)
{
	struct check *c = k->check;
	const struct schema *under = schema_prop(k->schema, key);
	const char *named = say_cut(c->arena, key, CHECK_SHOWN_MAX);

	if (!under && k->map->schema) {
		under = schema_prop(k->map->schema, key);
	}
	if (!under) {
		return;
	}
	if (say_description(c, under)) {
		diag_help(c->diags, diag, "%s: %s", named, say_description(c, under));
	} else if (under->title) {
		diag_help(c->diags, diag, "%s: %s", named, say_cut(c->arena, under->title->text, CHECK_SHOWN_MAX));
	}
	if (under->fallback && under->fallback->kind < NODE_LIST && under->fallback->text.n > 0) {
		diag_note(c->diags, diag, "default: %s", say_cut(c->arena, under->fallback->text, CHECK_SHOWN_MAX));
	} else if (under->examples && under->examples->kind == NODE_LIST && under->examples->first
		&& under->examples->first->kind < NODE_LIST) {
		diag_note(c->diags, diag, "for example: %s: %s", named,
			say_cut(c->arena, under->examples->first->text, CHECK_SHOWN_MAX));
	}
}

/* a key that is there, that the schema does not list, and that was probably meant to be the missing one */
static bool
help_misspelt(struct keys *k, struct diag *diag, struct str key)
{
	struct check *c = k->check;
	const struct node *found = NULL;
	struct suggest near;

	suggest_init(&near, key, &c->suggest_work);
	for (const struct node *entry = k->map->node->first; entry && c->suggest_work > LOOK_COST; entry = entry->next) {
		size_t n = near.n, best = near.best;

		c->suggest_work -= LOOK_COST;
		if (!schema_prop(k->schema, entry->key->text) && !(k->map->schema && schema_prop(k->map->schema, entry->key->text))) {
			suggest_offer(&near, entry->key->text);
			found = near.n != n || near.best != best ? entry : found;
		}
	}
	if (near.n != 1 || near.best >= SUGGEST_PART) {
		return false;
	}
	diag_help(c->diags, diag, "is it '%s'?", say_cut(c->arena, near.found[0], CHECK_SHOWN_MAX));
	diag_relate(c->diags, diag, check_source(c, found), found->key->span, "'%s' is not known here",
		say_cut(c->arena, near.found[0], CHECK_SHOWN_MAX));
	return true;
}

static void
missing(struct keys *k, struct str key)
{
	struct check *c = k->check;
	struct span span = where_key(k->map);
	const char *why = c->because.at && c->because.at->node == k->map->node ? object_because(c, &span) : NULL;
	const char *named = say_cut(c->arena, key, CHECK_SHOWN_MAX);
	struct diag *diag;

	if (why) {
		diag = check_add(c, k->map, k->schema, "required", "schema/required", span, "%s is missing, %s",
			where_name_of(c, k->map, key), why);
	} else {
		diag = check_add(c, k->map, k->schema, "required", "schema/required", span, "%s lacks '%s'",
			where_name(c, k->map), named);
	}
	if (diag && why && say_description(c, k->schema)) {
		diag_help(c->diags, diag, "%s", say_description(c, k->schema));
	} else if (diag && !help_misspelt(k, diag, key)) {
		help_missing(k, diag, key);
	}
}

/* one entry; true if the schema knows its key */
static bool
entry_check(struct keys *k, const struct node *entry, size_t index)
{
	struct check *c = k->check;
	const struct schema *s = k->schema;
	const struct schema_prop *p = table_get(&s->by_name, entry->key->text);
	bool known = p != NULL;

	if (s->names) {
		struct where key = where_of_key(k->map, entry);

		key.schema = s->names;
		check_under(c, s->names, &key);
	}
	if (p) {
		struct where w = where_entry(k->map, entry);

		w.schema = p->schema;
		check_under(c, p->schema, &w);
	}
	for (const struct schema_pattern *each = s->patterns; each && c->work > 0; each = each->next) {
		enum match_answer answer = check_match(c, each->match, entry->key->text);
		struct where w = where_entry(k->map, entry);

		if (answer == MATCH_LIMIT) {
			w = where_of_key(k->map, entry);
			check_stop(c, &w, "the pattern %s is too costly for %s", say_cut(c->arena, each->text, CHECK_SHOWN_MAX),
				where_name(c, &w));
		} else if (answer == MATCH_YES) {
			known = true;
			w.schema = each->schema;
			check_under(c, each->schema, &w);
		}
	}
	if (!known && s->others && !s->others->never) {
		struct where w = where_entry(k->map, entry);

		known = true;
		w.schema = s->others;
		check_under(c, s->others, &w);
	}
	/* of an unknown key one finding is enough */
	if (known || s->others) {
		check_mark(c, index);
	}
	return known;
}

/* what a key demands that is there */
static void
need_check(struct keys *k, const struct schema_need *need)
{
	struct check *c = k->check;
	const struct node *entry = where_get(c, k->map, need->name);

	for (size_t i = 0; entry && i < need->names.n; i++) {
		struct str key = need->names.items[i];
		struct diag *diag;

		if (where_get(c, k->map, key) || table_get(&k->meant, key)) {
			continue;
		}
		diag = check_add(c, k->map, k->schema, need->keyword, "schema/required", entry->key->span, "%s is needed with '%s'",
			where_name_of(c, k->map, key), say_cut(c->arena, need->name, CHECK_SHOWN_MAX));
		if (diag) {
			help_missing(k, diag, key);
		}
	}
	if (entry && need->schema) {
		struct because before = c->because;

		c->because = (struct because){ k->map, NULL, entry };
		c->value(c, need->schema, k->map);
		c->because = before;
	}
}

static void
count_check(struct check *c, const struct schema *s, struct where *w)
{
	size_t n = node_count(w->node);
	bool few = n < s->min_props;
	size_t limit = few ? s->min_props : s->max_props;
	struct diag *diag;

	if (!few && n <= s->max_props) {
		return;
	}
	diag = check_add(c, w, s, few ? "minProperties" : "maxProperties", few ? "schema/min-keys" : "schema/max-keys",
		where_key(w), "%s has %zu key%s, at %s %zu %s wanted", where_name(c, w), n, n == 1 ? "" : "s",
		few ? "least" : "most", limit, limit == 1 ? "is" : "are");
	if (diag && say_description(c, s)) {
		diag_help(c->diags, diag, "%s", say_description(c, s));
	}
}

void
object_check(struct check *c, const struct schema *s, struct where *map)
{
	struct keys k = { .check = c, .schema = s, .map = map, .keyword = "additionalProperties", .meant = { .arena = &c->scratch } };
	bool asks = s->props || s->patterns || s->others || s->names;
	size_t index = 0;

	for (const struct node *entry = map->node->first; entry && asks && !c->stopped; entry = entry->next, index++) {
		if (!entry_check(&k, entry, index) && s->others) {
			unknown(&k, entry);
		}
	}
	for (size_t i = 0; i < s->required.n && !c->stopped && c->work > 0; i++, c->work--) {
		struct str key = s->required.items[i];

		if (!where_get(c, map, key) && !table_get(&k.meant, key)) {
			missing(&k, key);
		}
	}
	for (const struct schema_need *need = s->needs; need && !c->stopped && c->work > 0; need = need->next, c->work--) {
		need_check(&k, need);
	}
	if (s->min_props > 0 || s->max_props < SIZE_MAX) {
		count_check(c, s, map);
	}
}

void
object_unseen(struct check *c, const struct schema *s, struct where *map, const struct marks *marks)
{
	struct str names[NAMES_MOST];
	struct keys k = { .check = c, .schema = s, .map = map, .keyword = "unevaluatedProperties", .names = names,
		.meant = { .arena = &c->scratch } };
	size_t index = 0;

	k.n = s->unseen_props->never && !c->quiet ? near_names(s, names, NAMES_MOST) : 0;
	for (const struct node *entry = map->node->first; entry && !c->stopped; entry = entry->next, index++) {
		struct where w = where_entry(map, entry);

		if (marks->seen[index]) {
			continue;
		}
		if (s->unseen_props->never) {
			unknown(&k, entry);
		} else {
			w.schema = s->unseen_props;
			check_under(c, s->unseen_props, &w);
		}
	}
}
