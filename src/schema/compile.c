/* SPDX-License-Identifier: Apache-2.0 */
/* A parsed JSON Schema to compiled structs: what is used first, then the rest of what is written. */
#include "base/arena.h"
#include "schema/compiler.h"
#include "schema/suggest.h"
#include "yaml/scalar.h"

#include <stdint.h>

void
compiler_refuse(struct compiler *c, const struct schema *s, const struct node *value, const char *keyword, const char *wanted)
{
	diag_add(c->diags, DIAG_ERROR, "schema/schema", s->src, value->span, "'%s' is %s, %s is wanted", keyword,
		node_describe(c->arena, value), wanted);
}

/* a keyword of any draft, or NULL: is it one of the schema's dialect? */
static bool
is_known(const struct schema *s, const struct keyword *k)
{
	const struct dialect *d = &s->home->dialect;

	return k && (k->drafts & d->draft) && (k->vocab & d->vocab);
}

const struct keyword *
compiler_keyword(struct compiler *c, const struct schema *s, struct str name)
{
	const struct keyword *k = table_get(&c->by_name, name);

	return is_known(s, k) ? k : NULL;
}

void
compiler_use(struct compiler *c, struct schema *s)
{
	if (s->used) {
		return;
	}
	s->used = true;
	s->home->used = true;
	*c->end = s;
	c->end = &s->queued;
}

static const char *
origin_of(const struct keyword *k)
{
	unsigned first = draft_first(k->drafts);

	return first == DRAFT_4 ? "up to" : "from";
}

/* a keyword of another draft, which this one does not know */
static void
foreign_keyword(struct compiler *c, const struct schema *s, const struct node *key, const struct keyword *k)
{
	enum { HARMLESS = VOCAB_META | VOCAB_CONTENT };
	unsigned draft = s->home->dialect.draft, last = k->drafts & ~(unsigned)DRAFT_MIXED;
	struct diag *diag;

	if ((k->vocab & HARMLESS) || k->reader == READ_DEFINITIONS || (k->reader == READ_TEXT && k->offset == SIZE_MAX)
		|| !(k->drafts & ~draft) || (k->drafts & draft)) {
		return;
	}
	while (last & (last - 1)) {
		last &= last - 1;
	}
	if (draft == DRAFT_MIXED) {
		diag_add(c->diags, DIAG_WARNING, "schema/keyword", s->src, key->span, "Helm up to 3.18.4 does not know '%s' and ignores it",
			k->name);
		return;
	}
	diag = diag_add(c->diags, DIAG_WARNING, "schema/keyword", s->src, key->span, "'%s' is no keyword of %s, Helm ignores it", k->name,
		draft_name(draft));
	diag_help(c->diags, diag, "it is one %s %s on", origin_of(k),
		draft_name(draft_first(k->drafts) == DRAFT_4 ? last : draft_first(k->drafts)));
}

static void
unknown_keyword(struct compiler *c, const struct schema *s, const struct node *key)
{
	const struct keyword *known = table_get(&c->by_name, key->text);
	bool own = c->options->origin == SCHEMA_BUILTIN;
	struct suggest near;
	struct diag *diag;

	if (known && !own) {
		foreign_keyword(c, s, key, known);
		return;
	}
	if (str_starts(key->text, STR("x-")) || s->src == NULL) {
		return;
	}
	if (str_eq(key->text, STR("nullable"))) {
		diag = diag_add(c->diags, DIAG_WARNING, "schema/keyword", s->src, key->span, "Helm ignores 'nullable'");
		diag_help(c->diags, diag, "add \"null\" to the list of types");
		return;
	}
	suggest_init(&near, key->text, &c->suggest_work);
	for (size_t i = 0; draft_keywords[i].name; i++) {
		if (draft_keywords[i].drafts & s->home->dialect.draft) {
			suggest_offer(&near, str_of(draft_keywords[i].name));
		}
	}
	if (near.n > 0 && near.best < SUGGEST_PART && key->text.n > 3) {
		diag = diag_add(c->diags, DIAG_WARNING, "schema/keyword", s->src, key->span, "unknown keyword '%.*s', Helm ignores it",
			STR_FMT(key->text));
		diag->help = suggest_text(&near, c->diags->arena);
	}
}

/* what stands beside a $ref of an old draft is not read */
static void
ignored_keyword(struct compiler *c, const struct schema *s, const struct node *key)
{
	const struct keyword *k = compiler_keyword(c, s, key->text);
	struct diag *diag;

	if (!k || k->reader == READ_DEFINITIONS || !(k->vocab & (VOCAB_VALIDATION | VOCAB_APPLICATOR | VOCAB_FORMAT)) || !s->src) {
		return;
	}
	diag = diag_add(c->diags, DIAG_WARNING, "schema/keyword", s->src, key->span, "'%s' beside '$ref' is ignored %s%s", k->name,
		s->home->dialect.draft == DRAFT_MIXED ? "by Helm up to 3.18.4" : "in ",
		s->home->dialect.draft == DRAFT_MIXED ? "" : draft_name(s->home->dialect.draft));
	diag_help(c->diags, diag, "put both into an allOf");
}

/* whether a keyword may make Helm up to 3.18.4, which takes drafts from 2019-09 on for the mixture, come to another verdict */
static bool
may_differ(const struct schema *s, const struct keyword *k, const struct keyword *known)
{
	bool effective = known && (known->vocab & (VOCAB_CORE | VOCAB_VALIDATION | VOCAB_APPLICATOR | VOCAB_UNEVALUATED));

	if (!effective || !(s->home->dialect.draft & (DRAFT_2019 | DRAFT_2020))) {
		return false;
	}
	if (known->reader == READ_REF) {
		return s->node->first->next != NULL;
	}
	if (known->reader == READ_TEXT) {
		return s->up != NULL;   /* $id, $anchor: not of the whole */
	}
	return known->reader != READ_DEFINITIONS && !k != !(known->drafts & DRAFT_MIXED);
}

/* does a keyword lead elsewhere? Such are read last */
static bool
refers(const struct keyword *k)
{
	return k->reader >= READ_REF && k->reader <= READ_RECURSIVE_REF;
}

/* all but what refers; how much does */
static size_t
read_keywords(struct compiler *c, struct schema *s)
{
	size_t n = 0;

	for (const struct node *entry = s->node->first; entry; entry = entry->next) {
		const struct keyword *known = table_get(&c->by_name, entry->key->text), *k = is_known(s, known) ? known : NULL;

		c->set->differs = c->set->differs || may_differ(s, k, known);
		if (!k) {
			unknown_keyword(c, s, entry->key);
		} else if (refers(k)) {
			n++;
		} else {
			keyword_read(c, s, k, entry);
		}
	}
	return n;
}

static void
read_map(struct compiler *c, struct schema *s)
{
	const struct node *ref = (s->home->dialect.draft & DRAFTS_REF_ALONE) ? node_entry(s->node, STR("$ref")) : NULL;
	bool alone = ref && ref->kind == NODE_STRING;
	size_t left = alone ? 1 : read_keywords(c, s);

	for (const struct node *entry = alone || left > 0 ? s->node->first : NULL; entry; entry = entry->next) {
		const struct keyword *k = compiler_keyword(c, s, entry->key->text);

		if (alone && entry != ref) {
			ignored_keyword(c, s, entry->key);
		} else if (k && refers(k)) {
			keyword_read(c, s, k, entry);
		}
	}
	if (alone) {
		return;
	}
	if (s->more_items && s->first.n > 0) {
		s->items = s->more_items;
	} else if (s->first.n == 0 && node_get(s->node, STR("items")) && node_get(s->node, STR("items"))->kind == NODE_LIST
		&& s->more_items) {
		s->items = s->more_items;
	}
	s->contains_sees = s->home->dialect.draft == DRAFT_2020;
}

static void
read_schema(struct compiler *c, struct schema *s)
{
	if (s->read) {
		return;
	}
	s->read = true;
	if (s->node->kind == NODE_BOOL && s->home->dialect.draft != DRAFT_4) {
		s->never = !scalar_true(s->node->text);
	} else if (s->node->kind == NODE_BOOL && s->keyword.n > 0 && s->keyword.s[0] != '/'
		&& (str_eq(s->keyword, STR("additionalProperties")) || str_eq(s->keyword, STR("additionalItems")))) {
		s->never = !scalar_true(s->node->text);
	} else if (s->node->kind == NODE_MAP) {
		read_map(c, s);
	} else {
		diag_add(c->diags, DIAG_ERROR, "schema/schema", s->src, s->node->span, "%s is no schema: a map%s is wanted",
			node_describe(c->arena, s->node), s->home->dialect.draft == DRAFT_4 ? "" : ", true or false");
	}
}

/* what dynamic references may lead to */
static void
use_dynamic(struct compiler *c)
{
	for (const struct resource *r = c->resources; r; r = r->next) {
		if (!r->used) {
			continue;
		}
		for (size_t i = 0; i < r->open.dynamic.cap; i++) {
			if (r->open.dynamic.slots[i].value) {
				compiler_use(c, r->open.dynamic.slots[i].value);
			}
		}
		if (r->open.recursive) {
			compiler_use(c, r->open.recursive);
		}
	}
}

static void
read_used(struct compiler *c)
{
	do {
		while (c->first) {
			struct schema *s = c->first;

			c->first = s->queued;
			if (!c->first) {
				c->end = &c->first;
			}
			read_schema(c, s);
		}
		if (c->set->dynamic) {
			use_dynamic(c);
		}
	} while (c->first);
}

/* what is written and not used; what it refers to may be new, and comes in front of c->last */
static void
read_unused(struct compiler *c)
{
	struct schema *from = NULL;

	while (from != c->last) {
		struct schema *newest = c->last;

		for (struct schema *s = c->last; s != from; s = s->made) {
			if (s->src) {
				read_schema(c, s);
			}
		}
		from = newest;
	}
}

static void
check_loop(struct compiler *c)
{
	const struct schema *loop = schema_loop(c->last);

	if (loop) {
		const struct node *word = node_get(loop->node, STR("$ref"));
		struct diag *diag = diag_add(c->diags, DIAG_ERROR, "schema/ref", loop->src, word ? word->span : loop->node->span, "the reference '%.*s' leads back to itself", STR_FMT(loop->ref_text));

		if (c->options->origin == SCHEMA_FILE) {
			diag_note(c->diags, diag, "Helm refuses it, and up to 3.18.4 dies of it");
		}
	}
}

const struct schema *
schema_compile(struct arena *a, struct source *src, const struct node *root, const struct schema_options *options, struct diags *diags)
{
	struct compiler c = { .arena = a, .diags = diags, .options = options, .canon_work = COMPILER_CHOICES_MAX,
		.suggest_work = SUGGEST_WORK_MAX };
	size_t errors = diags->count[DIAG_ERROR];
	struct dialect dialect = { options->draft, VOCAB_ALL };
	struct table *const tables[] = { &c.by_node, &c.by_uri, &c.by_name, &c.dialects, &c.patterns, &c.formats, &c.maps };
	struct resource *r;

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		tables[i]->arena = a;
	}
	for (size_t i = 0; draft_keywords[i].name; i++) {
		table_put(&c.by_name, str_of(draft_keywords[i].name), (void *)(uintptr_t)&draft_keywords[i]);
	}
	c.set = arena_new(a, struct schema_set);
	c.set->helm = options->helm == 3 ? 3 : 4;
	c.set->origin = options->origin;
	c.end = &c.first;
	if (dialect.draft == 0) {
		dialect.draft = c.set->helm == 3 ? DRAFT_MIXED : DRAFT_2020;
	}
	r = resource_add(&c, options->origin == SCHEMA_BUILTIN ? NULL : src, root, STR(COMPILER_BASE), &dialect);
	if (!r) {
		return NULL;
	}
	compiler_use(&c, r->whole);
	read_used(&c);
	if (options->origin == SCHEMA_FILE) {
		read_unused(&c);
	}
	check_loop(&c);
	return diags->count[DIAG_ERROR] == errors ? r->whole : NULL;
}
