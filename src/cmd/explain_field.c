/* SPDX-License-Identifier: Apache-2.0 */
/* Prints what is known of a field: from the schema, the presets and the rules of lint. */
#include "cmd/explain_field.h"

#include "base/arena.h"
#include "base/wrap.h"
#include "report/quote.h"
#include "site/about.h"
#include "site/lint/rule.h"
#include "site/platform.h"
#include "site/version.h"
#include "yaml/emit.h"

#include <string.h>

enum {
	LABEL = 10,                   /* the column of what stands behind a label */
	COLUMNS = 90,
	LISTED_DEPTH = 2,             /* names in a path of the list of all fields */
	NAMED_DEPTH = 4,              /* in what is completed */
};

/* the platform that a field and a value of it name; NULL: none */
static const struct platform *
platform_of(const struct field *f)
{
	return f->choice && strcmp(f->path, "platform") == 0 ? platform_named(str_of(f->choice)) : NULL;
}

static struct str
text_of(const struct field *f, const char *keyword)
{
	return node_text(f->schema, str_of(keyword));
}

/* the lines of a text, each wrapped at its own indent behind a label */
static void
add_labelled(struct buf *b, const char *label, const char *lines)
{
	struct str s = str_of(lines);
	bool begun = false;

	buf_add(b, str_of(label));
	buf_fill(b, ' ', LABEL - str_of(label).n);
	for (size_t at = 0, end, indent; at < s.n; at = end + 1) {
		end = str_find(s, '\n', at);
		for (indent = 0; at < end && s.s[at] == ' '; at++) {
			indent++;
		}
		buf_fill(b, ' ', begun ? LABEL + indent : 0);
		begun = true;
		wrap(b, str_slice(s, at, end), "", LABEL + indent + (s.s[at] == '-' ? 2 : 0), COLUMNS);
	}
}

static void
add_default(struct buf *b, const struct field *f)
{
	const struct node *fallback = node_get(f->schema, STR("default"));
	struct buf text = { .arena = b->arena };

	if (fallback) {
		emit_flow(&text, fallback, false);
	}
	add_labelled(b, "default", f->required ? "none: it must be stated" : !fallback ? "none"
		: str_eq(buf_str(&text), STR("\"\"")) ? "\"\", empty" : buf_z(&text));
}

static void
add_examples(struct buf *b, const struct field *f, const char *indent)
{
	const struct node *examples = node_get(f->schema, STR("examples"));

	for (const struct node *one = examples ? examples->first : NULL; one; one = one->next) {
		/* at the margin the lines are those of a file */
		buf_addf(b, "%s%s%s\n", one == examples->first ? "\n" : "", *indent ? "" : "# ", one == examples->first ? "example:" : "or:");
		emit_block(b, about_placed(f, one, b->arena), str_of(indent).n, 2, false, STR("\n"));
	}
}

/* what a platform sets, or what it advises */
static void
add_platform(struct buf *b, const struct platform *platform, bool set)
{
	const char *title = set ? "\nsets in values.yaml, where the profile does not:\n" : "\nadvice:\n";

	for (const struct preset *p = platform_preset(platform, NULL); p; p = platform_preset(platform, p)) {
		if (!p->value == !set) {
			buf_addf(b, "%s  %s%s%s\n      ", title, p->field, set ? ": " : "", set ? p->value : "");
			wrap(b, str_of(p->why), "", 6, COLUMNS);
			title = "";
		}
	}
	if (set && *title) {
		buf_add(b, STR("\nsets nothing in values.yaml\n"));
	}
}

/* what platforms do to a field */
static void
add_presets(struct buf *b, const struct field *f)
{
	const char *title = "\nplatforms:\n";

	for (const struct platform *platform = platforms; platform->name; platform++) {
		for (const struct preset *p = platform_preset(platform, NULL); p; p = platform_preset(platform, p)) {
			if (strcmp(p->field, f->path) != 0) {
				continue;
			}
			buf_addf(b, "%s  %s%s%s\n      ", title, platform->name, p->value ? ": " : "", p->value ? p->value : "");
			wrap(b, str_of(p->why), "", 6, COLUMNS);
			title = "";
		}
	}
}

/* which Workbench has the key */
static void
add_gate(struct buf *b, const struct field *f)
{
	for (const struct version_gate *g = version_gates; g->key; g++) {
		if (str_starts(str_of(f->path), str_of(g->key))) {
			add_labelled(b, "since", arena_printf(b->arena, "Workbench %s at the latest; %s does not have it", g->first, g->last));
			return;
		}
	}
}

static void
add_below(struct buf *b, const struct field *f)
{
	const struct field *list = field_list(field_profile(), f, 1, b->arena);
	size_t width = 0;

	for (const struct field *one = list; one; one = one->next) {
		width = str_of(one->path).n > width ? str_of(one->path).n : width;
	}
	if (strcmp(f->path, "platform") == 0) {
		buf_add(b, STR("\nvalues:\n"));
		for (const struct platform *p = platforms; p->name; p++) {
			buf_addf(b, "  platform.%-10s %s\n", p->name, p->title);
		}
	}
	buf_add(b, list ? STR("\nfields:\n") : STR(""));
	for (const struct field *one = list; one; one = one->next) {
		buf_addf(b, "  %-*s  %.*s\n", str_cut(width), one->path, STR_FMT(text_of(one, "title")));
	}
}

static void
add_rules(struct buf *b, const struct field *f)
{
	const char *title = "\nrules of lint:\n";

	for (const struct lint_rule *r = lint_rules; r->id; r++) {
		if (lint_rule_reads(r, str_of(f->path), b->arena)) {
			buf_addf(b, "%s  %s  %s\n", title, r->id, r->title);
			title = "";
		}
	}
}

static void
add_page(struct buf *b, const struct field *f)
{
	const struct page *page = about_page(f);

	if (page) {
		add_labelled(b, "page", arena_printf(b->arena, "%s\n%s", page->title, page->url));
	}
}

static void
add_text(struct buf *b, const struct field *f)
{
	const struct platform *platform = platform_of(f);

	if (platform) {
		buf_addf(b, "platform.%s: %s\n", platform->name, platform->title);
		add_platform(b, platform, true);
		add_platform(b, platform, false);
		buf_byte(b, '\n');
		add_labelled(b, "page", platform->source);
		return;
	}
	buf_addf(b, "%s: %.*s\n\n", f->exact, STR_FMT(text_of(f, "title")));
	wrap(b, text_of(f, "description"), "", 0, COLUMNS);
	buf_byte(b, '\n');
	add_labelled(b, "type", about_type(field_profile(), f->schema, b->arena));
	add_default(b, f);
	add_labelled(b, "goes to", about_goes(f, b->arena));
	add_gate(b, f);
	add_page(b, f);
	add_examples(b, f, "  ");
	add_below(b, f);
	add_presets(b, f);
	add_rules(b, f);
}

static void
add_markdown(struct buf *b, const struct field *f)
{
	const struct page *page = about_page(f);

	buf_addf(b, "## %s%s%s: %.*s\n\n%.*s\n\nType:\n\n```text\n%s\n```\n\nGoes to %s.\n", f->exact, f->choice ? "." : "",
		f->choice ? f->choice : "", STR_FMT(text_of(f, "title")), STR_FMT(text_of(f, "description")),
		about_type(field_profile(), f->schema, b->arena), about_goes(f, b->arena));
	buf_add(b, STR("\n```yaml"));
	add_examples(b, f, "");
	buf_add(b, STR("```\n"));
	if (platform_of(f)) {
		add_platform(b, platform_of(f), true);
		add_platform(b, platform_of(f), false);
	} else {
		add_presets(b, f);
	}
	add_rules(b, f);
	if (page) {
		buf_addf(b, "\n[%s](%s)\n", page->title, page->url);
	}
	buf_byte(b, '\n');
}

static void
add_json_rules(struct buf *b, const struct field *f)
{
	const char *between = "";

	buf_add(b, STR(",\"rules\":["));
	for (const struct lint_rule *r = lint_rules; r->id; r++) {
		if (lint_rule_reads(r, str_of(f->path), b->arena)) {
			buf_add(b, str_of(between));
			quote_json(b, str_of(r->id));
			between = ",";
		}
	}
	buf_byte(b, ']');
}

static void
add_json_presets(struct buf *b, const struct field *f)
{
	const char *between = "";

	buf_add(b, STR(",\"presets\":["));
	for (const struct platform *platform = platforms; platform->name; platform++) {
		for (const struct preset *p = platform_preset(platform, NULL); p; p = platform_preset(platform, p)) {
			if (platform != platform_of(f) && (f->choice || strcmp(p->field, f->path) != 0)) {
				continue;
			}
			buf_addf(b, "%s{\"platform\":", between);
			quote_json(b, str_of(platform->name));
			quote_json_member(b, "field", str_of(p->field));
			if (p->value) {
				quote_json_member(b, "value", str_of(p->value));
			}
			quote_json_member(b, "why", str_of(p->why));
			quote_json_member(b, "page", str_of(p->source));
			buf_byte(b, '}');
			between = ",";
		}
	}
	buf_byte(b, ']');
}

static void
add_json(struct buf *b, const struct field *f)
{
	const struct node *fallback = node_get(f->schema, STR("default")), *examples = node_get(f->schema, STR("examples"));
	const struct page *page = about_page(f);

	buf_add(b, STR("{\"field\":"));
	quote_json(b, str_of(f->exact));
	if (f->choice) {
		quote_json_member(b, "value", str_of(f->choice));
	}
	quote_json_member(b, "title", text_of(f, "title"));
	quote_json_member(b, "description", text_of(f, "description"));
	quote_json_member(b, "type", str_of(about_type(field_profile(), f->schema, b->arena)));
	buf_addf(b, ",\"required\":%s", f->required ? "true" : "false");
	if (fallback) {
		buf_add(b, STR(",\"default\":"));
		emit_flow(b, fallback, true);
	}
	if (examples) {
		buf_add(b, STR(",\"examples\":"));
		emit_flow(b, examples, true);
	}
	quote_json_member(b, "goesTo", str_of(about_goes(f, b->arena)));
	add_json_rules(b, f);
	add_json_presets(b, f);
	if (page) {
		quote_json_member(b, "page", str_of(page->url));
	}
	buf_byte(b, '}');
}

void
explain_field(struct buf *b, const struct field *f, enum explain_format format)
{
	if (format == EXPLAIN_TEXT) {
		add_text(b, f);
	} else if (format == EXPLAIN_JSON) {
		add_json(b, f);
	} else {
		add_markdown(b, f);
	}
}

void
explain_fields(struct buf *b, enum explain_format format)
{
	const struct field *list = field_list(field_profile(), NULL, format == EXPLAIN_TEXT ? LISTED_DEPTH : NAMED_DEPTH, b->arena);
	size_t width = 0;

	for (const struct field *f = list; f; f = f->next) {
		width = str_of(f->path).n > width ? str_of(f->path).n : width;
	}
	buf_add(b, format == EXPLAIN_JSON ? STR("[\n") : STR(""));
	for (const struct field *f = list; f; f = f->next) {
		if (format == EXPLAIN_TEXT) {
			buf_addf(b, "%-*s  %.*s\n", str_cut(width), f->path, STR_FMT(text_of(f, "title")));
			continue;
		}
		explain_field(b, f, format);
		buf_add(b, format != EXPLAIN_JSON ? STR("") : f->next ? STR(",\n") : STR("\n"));
	}
	buf_add(b, format == EXPLAIN_JSON ? STR("]\n") : STR(""));
}

/* the names of a list, and behind a platform's its values; returns how many. names may be NULL */
static size_t
name_all(const struct field *list, const char **names, struct arena *a)
{
	size_t n = 0;

	for (const struct field *f = list; f; f = f->next) {
		const struct node *choices = strcmp(f->path, "platform") == 0 ? node_get(f->schema, STR("enum")) : NULL;

		if (names) {
			names[n] = f->path;
		}
		n++;
		for (const struct node *c = choices ? choices->first : NULL; c; c = c->next) {
			if (names) {
				names[n] = arena_printf(a, "%s.%.*s", f->path, STR_FMT(c->text));
			}
			n++;
		}
	}
	return n;
}

const char *const *
explain_field_names(struct arena *a)
{
	const struct field *list = field_list(field_profile(), NULL, NAMED_DEPTH, a);
	const char **names = arena_alloc(a, name_all(list, NULL, a) + 1, sizeof(*names));

	name_all(list, names, a);
	return names;
}
