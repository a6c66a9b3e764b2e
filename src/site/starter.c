/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a starter profile from the schema, the presets and what is known of the site. */
#include "site/starter.h"

#include "base/arena.h"
#include "base/wrap.h"
#include "schema/builtin.h"
#include "schema/valid.h"
#include "site/field.h"
#include "site/hint.h"
#include "site/platform.h"
#include "yaml/emit.h"
#include "yaml/scalar.h"

#include <string.h>

enum { COLUMNS = 100, STEP = 2 };

struct starter {
	const struct answer *answers;
	const struct platform *platform;
	bool brief;
	struct buf text;
};

struct str
starter_answer(const struct answer *a, const char *field)
{
	for (; a; a = a->next) {
		if (strcmp(a->field, field) == 0) {
			return a->text;
		}
	}
	return STR("");
}

/* a number where one is wanted, else a text, which is quoted where it looks like something else */
static struct node *
value_of(const struct field *f, struct str text, struct arena *a)
{
	const struct node *type = node_get(f->schema, STR("type"));
	bool number = type && str_eq(type->text, STR("integer")) && scalar_kind(text) == NODE_INT;

	return node_new(a, number ? NODE_INT : NODE_STRING, text);
}

bool
starter_check(const struct answer *answer, struct diags *diags)
{
	struct arena *a = diags->arena;
	const struct schema *schema = schema_builtin("site-profile", diags);
	struct source *src = arena_new(a, struct source);
	struct str path = str_of(answer->field);
	struct diag **from = diags->last;
	struct node *root, *at;
	struct field field;

	if (!schema || !field_find(field_profile(), path, a, &field)) {
		return false;
	}
	source_init(src, a, "answer", answer->text);
	at = root = node_map(a);
	node_put(a, root, STR("apiVersion"), node_new(a, NODE_STRING, STR("wbrender/v1")));
	node_put(a, root, STR("kind"), node_new(a, NODE_STRING, STR("SiteProfile")));
	node_put(a, root, STR("hostname"), node_new(a, NODE_STRING, STR(STARTER_HOSTNAME)));
	node_put(a, root, STR("uid"), node_new(a, NODE_INT, STR("1000")));
	for (size_t i = 0, end; i < path.n; i = end + 1) {
		struct node *to;

		end = str_find(path, '.', i);
		to = end < path.n ? node_map(a) : value_of(&field, answer->text, a);
		to->span.n = end < path.n ? 0 : answer->text.n;
		node_put(a, at, str_slice(path, i, end), to);
		at = to;
	}
	if (valid(schema, src, root, "profile", diags)) {
		return true;
	}
	hint("site-profile", src, root, *from, diags);
	return false;
}

/* is one of the answers for this field or for one below it? */
static bool
is_live(const struct starter *s, const char *path)
{
	for (const struct answer *a = s->answers; a; a = a->next) {
		struct str field = str_of(a->field), own = str_of(path);

		if (str_starts(field, own) && (field.n == own.n || field.s[own.n] == '.')) {
			return true;
		}
	}
	return false;
}

/* A map that is best shown field by field. Not one whose fields exclude or need one another: its example shows how. */
static bool
is_open(const struct field *f, struct arena *a)
{
	const struct node *forms = node_get(f->schema, STR("anyOf")), *map = f->schema;

	if (forms) {
		map = forms->last;
	}
	return node_get(map, STR("properties")) && !node_get(map, STR("required")) && !node_get(map, STR("maxProperties"))
		&& field_list(field_profile(), f, 1, a);
}

static void
add_sentence(struct buf *b, const char *text, struct str more)
{
	buf_addf(b, "%s%s%.*s%s", b->n > 0 ? " " : "", text, STR_FMT(more), str_ends(more, STR(".")) ? "" : ".");
}

/* what the schema says, the values to choose from, the default, and what the platform does */
static void
add_comment(struct starter *s, const struct field *f, size_t indent, bool live)
{
	struct arena *a = s->text.arena;
	const struct node *choices = field_keyword(field_profile(), f->schema, "enum"), *fallback = node_get(f->schema, STR("default"));
	struct buf b = { .arena = a }, value = { .arena = a };
	const char *prefix;

	add_sentence(&b, "", node_text(f->schema, STR("description")));
	for (const struct node *c = choices ? choices->first : NULL; c; c = c->next) {
		buf_addf(&value, "%s%.*s", value.n > 0 ? ", " : "", STR_FMT(c->text));
	}
	if (value.n > 0) {
		add_sentence(&b, "One of ", buf_str(&value));
	}
	value = (struct buf){ .arena = a };
	if (fallback && fallback->kind < NODE_LIST && fallback->kind != NODE_NULL && fallback->text.n > 0) {
		emit_flow(&value, fallback, false);
		add_sentence(&b, "Default: ", buf_str(&value));
	}
	for (const struct preset *p = s->platform ? platform_preset(s->platform, NULL) : NULL; p; p = platform_preset(s->platform, p)) {
		if (strcmp(p->field, f->path) == 0 && p->value) {
			add_sentence(&b, arena_printf(a, "%s sets it: ", s->platform->name), str_of(p->why));
		} else if (strcmp(p->field, f->path) == 0) {
			add_sentence(&b, arena_printf(a, "%s: ", s->platform->title), str_of(p->why));
		}
	}
	prefix = arena_printf(a, "%s%*s# ", live ? "" : "#", (int)indent, "");
	buf_add(&s->text, str_of(prefix));
	wrap(&s->text, buf_str(&b), prefix, str_of(prefix).n, COLUMNS);
}

/* "key: value" as lines, each behind a '#' where the field is not live */
static void
add_setting(struct starter *s, struct str key, const struct node *value, size_t indent, bool live)
{
	struct arena *a = s->text.arena;
	struct buf b = { .arena = a };
	struct node *map = node_map(a);
	struct str lines;

	node_put(a, map, key, node_flat(a, value));
	emit_block(&b, map, indent, STEP, false, STR("\n"));
	lines = buf_str(&b);
	for (size_t at = 0, end; at < lines.n; at = end + 1) {
		end = str_find(lines, '\n', at);
		buf_addf(&s->text, "%s%.*s\n", live ? "" : "#", STR_FMT(str_slice(lines, at, end)));
	}
}

static void add_fields(struct starter *, const struct field *of, size_t indent, bool live);

/* live: what it stands in is set */
static void
add_field(struct starter *s, const struct field *f, size_t indent, bool live)
{
	struct arena *a = s->text.arena;
	const struct node *constant = node_get(f->schema, STR("const")), *examples = node_get(f->schema, STR("examples"));
	struct str answer = starter_answer(s->answers, f->path);
	bool set = constant || is_live(s, f->path);
	struct str key = str_of(f->path);

	if (s->brief && !set) {
		return;
	}
	for (size_t dot; (dot = str_find(key, '.', 0)) < key.n;) {
		key = str_slice(key, dot + 1, key.n);
	}
	if (indent == 0 && !constant) {
		buf_byte(&s->text, '\n');
	}
	if (!constant) {
		add_comment(s, f, indent, live);
	}
	if (constant || answer.n > 0) {
		add_setting(s, key, constant ? constant : value_of(f, answer, a), indent, true);
	} else if (is_open(f, a)) {
		buf_addf(&s->text, "%s%*s%.*s:\n", set ? "" : "#", (int)indent, "", STR_FMT(key));
		add_fields(s, f, indent + STEP, set);
	} else if (examples) {
		add_setting(s, key, examples->first, indent, false);
	}
}

static void
add_fields(struct starter *s, const struct field *of, size_t indent, bool live)
{
	for (const struct field *f = field_list(field_profile(), of, 1, s->text.arena); f; f = f->next) {
		add_field(s, f, indent, live);
	}
}

struct str
starter_build(const struct answer *answers, const char *schema, bool brief, struct arena *a)
{
	struct answer hostname = { "hostname", STR(STARTER_HOSTNAME), answers }, uid = { "uid", STR(STARTER_UID), NULL };
	struct starter s = { .answers = answers, .brief = brief, .text = { .arena = a } };

	if (starter_answer(answers, "hostname").n == 0) {
		s.answers = &hostname;
	}
	if (starter_answer(answers, "uid").n == 0) {
		uid.next = s.answers;
		s.answers = &uid;
	}
	s.platform = platform_named(starter_answer(answers, "platform"));
	buf_addf(&s.text, "# yaml-language-server: $schema=%s\n#\n"
		"# The profile of one site, for wbrender. 'wbrender schema profile' prints the schema that the line above\n"
		"# names for editors, 'wbrender explain FIELD' says more of a field, 'wbrender lint FILE' checks this file.\n", schema);
	if (!brief) {
		buf_add(&s.text, STR("# Fields that are left out have a '#' before them: take it away to set one.\n"));
	}
	buf_byte(&s.text, '\n');
	add_fields(&s, NULL, 0, true);
	return buf_str(&s.text);
}
