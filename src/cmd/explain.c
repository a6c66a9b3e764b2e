/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender explain: what a field of the profile or a rule of lint is about, with an example; without a name, all of them. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/explain_field.h"
#include "cmd/explain_rule.h"
#include "cmd/tell.h"
#include "report/quote.h"
#include "schema/suggest.h"
#include "site/lint/rule.h"

#include <stddef.h>
#include <string.h>

struct args {
	const char *rule, *profile;
	unsigned format;
};

static const char *const words[] = { "text", "json", "markdown", NULL };  /* enum explain_format */

static const struct opt opts[] = {
	{ OPT_CHOICE, 0, "format", NULL, "how to print it", words, .offset = offsetof(struct args, format) },
	{ OPT_TEXT, 0, "rule", "NAME", "say what this rule of the profile does with manifests from standard input", .offset = offsetof(struct args, rule) },
	{ OPT_TEXT, 'p', "profile", "FILE", "the profile for --rule; else $WBRENDER_PROFILE, else ./wbrender.yaml", .offset = offsetof(struct args, profile) },
	{ .type = OPT_END },
};

enum { MANIFEST_WIDTH = 21 };         /* of their names in a list */

static const char *const levels[] = { [DIAG_NOTE] = "note", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error" };
static const char *const files[] = { [LINT_PROFILE] = "profiles", [LINT_VALUES] = "values files",
	[LINT_BOTH] = "profiles and values files", [LINT_MANIFESTS] = "manifests" };

/* the lines of an example, each behind the same blanks */
static void
add_lines(struct buf *b, const char *label, const char *lines, const char *indent)
{
	struct str s = str_of(lines);

	buf_add(b, str_of(label));
	for (size_t at = 0; at < s.n;) {
		size_t end = str_find(s, '\n', at);

		buf_addf(b, "%s%.*s\n", indent, STR_FMT(str_slice(s, at, end)));
		at = end + 1;
	}
}

static void
add_text(struct buf *b, const struct lint_rule *r)
{
	buf_addf(b, "%s (%s, in %s): %s\n\n%s\n\n", r->id, levels[r->level], files[r->files], r->title, r->why);
	if (r->bad) {
		add_lines(b, "wrong:\n", r->bad, "  ");
		add_lines(b, "right:\n", r->good, "  ");
	}
	buf_addf(b, "source: %s\n", r->source);
}

static void
add_markdown(struct buf *b, const struct lint_rule *r)
{
	buf_addf(b, "## %s: %s\n\nLevel: %s, in %s. %s\n\n", r->id, r->title, levels[r->level], files[r->files], r->why);
	if (r->bad) {
		add_lines(b, "```yaml\n# wrong\n", r->bad, "");
		add_lines(b, "# right\n", r->good, "");
		buf_add(b, STR("```\n\n"));
	}
	buf_addf(b, "Source: %s\n\n", r->source);
}

static void
add_json(struct buf *b, const struct lint_rule *r)
{
	buf_add(b, STR("{\"id\":"));
	quote_json(b, str_of(r->id));
	quote_json_member(b, "level", str_of(levels[r->level]));
	buf_addf(b, ",\"profile\":%s,\"values\":%s,\"manifests\":%s", r->files & LINT_PROFILE ? "true" : "false",
		r->files & LINT_VALUES ? "true" : "false", r->files & LINT_MANIFESTS ? "true" : "false");
	quote_json_member(b, "title", str_of(r->title));
	quote_json_member(b, "why", str_of(r->why));
	if (r->bad) {
		quote_json_member(b, "bad", str_of(r->bad));
		quote_json_member(b, "good", str_of(r->good));
	}
	quote_json_member(b, "source", str_of(r->source));
	buf_byte(b, '}');
}

static void
add_rule(struct buf *b, const struct lint_rule *r, unsigned format)
{
	switch (format) {
	case EXPLAIN_JSON:
		add_json(b, r);
		break;
	case EXPLAIN_MARKDOWN:
		add_markdown(b, r);
		break;
	default:
		add_text(b, r);
	}
}

static void
add_rules(struct buf *b, unsigned format)
{
	buf_add(b, format == EXPLAIN_JSON ? STR("[\n") : STR(""));
	for (const struct lint_rule *r = lint_rule_next(NULL); r; r = lint_rule_next(r)) {
		if (format == EXPLAIN_TEXT) {
			buf_addf(b, "%-*s  %-7s  %s\n", r->files & LINT_MANIFESTS ? MANIFEST_WIDTH : 0, r->id, levels[r->level], r->title);
			continue;
		}
		add_rule(b, r, format);
		buf_add(b, format != EXPLAIN_JSON ? STR("") : lint_rule_next(r) ? STR(",\n") : STR("\n"));
	}
	buf_add(b, format == EXPLAIN_JSON ? STR("]\n") : STR(""));
}

static const char *const *
names(struct arena *a)
{
	const char *const *fields = explain_field_names(a);
	const char **all;
	size_t nfields = 0, nrules = 0, n = 0;

	while (fields[nfields]) {
		nfields++;
	}
	for (const struct lint_rule *r = lint_rule_next(NULL); r; r = lint_rule_next(r)) {
		nrules++;
	}
	all = arena_alloc(a, nfields + nrules + 3, sizeof(*all));
	memcpy(all, fields, nfields * sizeof(*all));
	for (const struct lint_rule *r = lint_rule_next(NULL); r; r = lint_rule_next(r)) {
		all[nfields + n++] = r->id;
	}
	all[nfields + nrules] = "fields";
	all[nfields + nrules + 1] = "rules";
	return all;
}

/* the fields whose last name it is, the first of them; else those of a similar path */
static const char *
meant(struct arena *a, struct str wrong)
{
	size_t work = SUGGEST_WORK_MAX;
	const char *const *all = names(a);
	struct suggest near, last;
	const char *text;

	suggest_init(&near, wrong, &work);
	suggest_init(&last, wrong, &work);
	for (; *all; all++) {
		const char *dot = strrchr(*all, '.');

		if (dot && str_eq_nocase(str_of(dot + 1), wrong) && last.n < SUGGEST_SHOWN_MAX) {
			last.found[last.n++] = str_of(*all);
		}
		suggest_offer(&near, str_of(*all));
	}
	text = suggest_text(last.n > 0 ? &last : &near, a);
	return text ? arena_printf(a, ", %s", text) : "";
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct str name = str_of(argc > 0 ? argv[0] : "");
	const struct lint_rule *rule = lint_rule_named(name);
	struct arena arena = { 0 };
	struct buf b = { .arena = &arena };
	struct field field;
	struct diags diags;
	int status = DONE_OK;

	if (args->rule) {
		return explain_rule_run(args->profile, args->rule);
	}
	diags_init(&diags, &arena);
	if (argc == 0 && args->format == EXPLAIN_TEXT) {
		buf_add(&b, STR("fields of the profile:\n\n"));
		explain_fields(&b, args->format);
		buf_add(&b, STR("\nrules of lint:\n\n"));
		add_rules(&b, args->format);
	} else if (argc == 0 || str_eq(name, STR("rules"))) {
		add_rules(&b, args->format);
	} else if (str_eq(name, STR("fields"))) {
		explain_fields(&b, args->format);
	} else if (rule) {
		add_rule(&b, rule, args->format);
		buf_add(&b, args->format == EXPLAIN_JSON ? STR("\n") : STR(""));
	} else if (field_find(field_profile(), name, &arena, &field)) {
		explain_field(&b, &field, args->format);
		buf_add(&b, args->format == EXPLAIN_JSON ? STR("\n") : STR(""));
	} else {
		struct diag *diag = diag_add(&diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "there is no field or rule '%s'%s", argv[0],
			meant(&arena, name));

		diag_note(&diags, diag, "'wbrender explain' lists them; the other codes are explained in wbrender(1)");
		tell(stderr, &diags, 0);
		status = DONE_FAIL;
	}
	tell_text(buf_str(&b));
	arena_done(&arena);
	return status;
}

const struct command cmd_explain = { "explain", "[FIELD|RULE]", "explain a field of the profile or a rule of lint, or list all", opts,
	sizeof(struct args), run, NULL, names };
