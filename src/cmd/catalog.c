/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the table of rules as text, JSON or Markdown. */
#include "cmd/catalog.h"

#include "base/arena.h"
#include "base/wrap.h"
#include "report/quote.h"

#include <string.h>

enum {
	MANIFEST_WIDTH = 21,          /* of the names of rules on manifests in a list */
	COLUMNS = 90,
};

const char *const catalog_formats[] = { "text", "json", "markdown", NULL };

static const char *const levels[] = { [DIAG_NOTE] = "note", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error" };

/* "error or warning, in profiles and values files" */
static const char *
add_scope(struct arena *a, const struct lint_rule *r)
{
	static const struct {
		unsigned file;
		const char *name;
	} files[] = { { LINT_PROFILE, "profiles" }, { LINT_VALUES, "values files" }, { LINT_MANIFESTS, "manifests" } };
	const char *between = "";
	struct buf b = { .arena = a };

	buf_addf(&b, "%s%s, in ", levels[r->level], r->milder ? " or warning" : "");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (r->files & files[i].file) {
			buf_addf(&b, "%s%s", between, files[i].name);
			between = r->files >> (i + 1) >> 1 ? ", " : " and ";
		}
	}
	return buf_z(&b);
}

/* the lines of an example, each behind the same blanks */
static void
add_lines(struct buf *b, const char *label, const char *lines, const char *indent)
{
	struct str s = str_of(lines);

	buf_add(b, str_of(lines ? label : ""));
	for (size_t at = 0; at < s.n;) {
		size_t end = str_find(s, '\n', at);

		buf_addf(b, "%s%.*s\n", indent, STR_FMT(str_slice(s, at, end)));
		at = end + 1;
	}
}

/* the codes that report it, each once */
static void
add_codes(struct buf *b, const struct lint_rule *r, const char *quote)
{
	for (const struct lint_by *by = r->by; by && by->code; by++) {
		bool again = false;

		for (const struct lint_by *other = r->by; other < by; other++) {
			again |= strcmp(other->code, by->code) == 0;
		}
		if (!again) {
			buf_addf(b, "%s%s%s%s", by == r->by ? "" : ", ", quote, by->code, quote);
		}
	}
}

static void
add_text(struct buf *b, const struct lint_rule *r)
{
	buf_addf(b, "%s (%s): %s\n\n%s\n\n", r->id, add_scope(b->arena, r), r->title, r->why);
	add_lines(b, "before:\n", r->before, "  ");
	add_lines(b, "wrong:\n", r->bad, "  ");
	add_lines(b, "right:\n", r->good, "  ");
	if (r->by) {
		buf_add(b, STR("reported as: "));
		add_codes(b, r, "");
		buf_byte(b, '\n');
	}
	buf_addf(b, "source: %s\n", r->source);
}

static void
add_markdown(struct buf *b, const struct lint_rule *r)
{
	buf_addf(b, "## %s: %s\n\nLevel: %s. %s\n\n", r->id, r->title, add_scope(b->arena, r), r->why);
	if (r->bad) {
		buf_add(b, STR("```yaml\n"));
		add_lines(b, "# before\n", r->before, "");
		add_lines(b, "# wrong\n", r->bad, "");
		add_lines(b, "# right\n", r->good, "");
		buf_add(b, STR("```\n\n"));
	}
	if (r->by) {
		buf_add(b, STR("Reported as: "));
		add_codes(b, r, "`");
		buf_add(b, STR("\n\n"));
	}
	buf_addf(b, "Source: %s\n\n", r->source);
}

static void
add_flag(struct buf *b, const char *name, bool value)
{
	buf_addf(b, ",\"%s\":%s", name, value ? "true" : "false");
}

static void
add_json(struct buf *b, const struct lint_rule *r)
{
	buf_add(b, STR("{\"id\":"));
	quote_json(b, str_of(r->id));
	quote_json_member(b, "level", str_of(levels[r->level]));
	add_flag(b, "milder", r->milder);
	add_flag(b, "profile", r->files & LINT_PROFILE);
	add_flag(b, "values", r->files & LINT_VALUES);
	add_flag(b, "manifests", r->files & LINT_MANIFESTS);
	quote_json_member(b, "title", str_of(r->title));
	quote_json_member(b, "why", str_of(r->why));
	if (r->before) {
		quote_json_member(b, "before", str_of(r->before));
	}
	if (r->bad) {
		quote_json_member(b, "bad", str_of(r->bad));
		quote_json_member(b, "good", str_of(r->good));
	}
	buf_add(b, STR(",\"reportedAs\":["));
	add_codes(b, r, "\"");
	buf_byte(b, ']');
	quote_json_member(b, "source", str_of(r->source));
	buf_byte(b, '}');
}

static void
add_rule(struct buf *b, const struct lint_rule *r, enum explain_format format)
{
	switch (format) {
	case EXPLAIN_JSON:
		add_json(b, r);
		break;
	case EXPLAIN_MARKDOWN:
		add_markdown(b, r);
		break;
	case EXPLAIN_TEXT:
		add_text(b, r);
	}
}

static bool
is_reported(const struct lint_rule *r, struct str code)
{
	for (const struct lint_by *by = r->by; by && by->code; by++) {
		if (lint_by_code(by, code)) {
			return true;
		}
	}
	return false;
}

struct str
catalog_rule(struct arena *a, const struct lint_rule *r, enum explain_format format)
{
	struct buf b = { .arena = a };

	add_rule(&b, r, format);
	buf_add(&b, format == EXPLAIN_JSON ? STR("\n") : STR(""));
	return buf_str(&b);
}

struct str
catalog_all(struct arena *a, struct str code, enum explain_format format)
{
	struct buf b = { .arena = a };
	const char *between = "[\n";

	for (const struct lint_rule *r = lint_rule_next(NULL); r; r = lint_rule_next(r)) {
		if (code.n > 0 && !is_reported(r, code)) {
			continue;
		}
		if (format == EXPLAIN_TEXT) {
			buf_addf(&b, "%-*s  %-7s  %s\n", str_starts(str_of(r->id), STR("kube/")) ? MANIFEST_WIDTH : 0, r->id, levels[r->level],
				r->title);
			continue;
		}
		buf_add(&b, str_of(format == EXPLAIN_JSON ? between : ""));
		add_rule(&b, r, format);
		between = ",\n";
	}
	buf_add(&b, format == EXPLAIN_JSON ? STR("\n]\n") : STR(""));
	return buf_str(&b);
}

static bool
has_rules(struct str code)
{
	for (const struct lint_rule *r = lint_rule_next(NULL); r; r = lint_rule_next(r)) {
		if (is_reported(r, code)) {
			return true;
		}
	}
	return false;
}

const struct catalog_code *
catalog_code_named(struct str name)
{
	for (const struct catalog_code *c = catalog_codes; c->code; c++) {
		if (str_eq_nocase(name, str_of(c->code))) {
			return c;
		}
	}
	return NULL;
}

struct str
catalog_code(struct arena *a, const struct catalog_code *code, const struct field *field, enum explain_format format)
{
	struct buf b = { .arena = a };
	struct str rules = has_rules(str_of(code->code)) ? catalog_all(a, str_of(code->code), format) : STR("");

	if (format == EXPLAIN_JSON) {
		buf_add(&b, STR("{\"code\":"));
		quote_json(&b, str_of(code->code));
		quote_json_member(&b, "text", str_of(code->text));
		buf_add(&b, STR(",\"rules\":"));
		buf_add(&b, rules.n > 0 ? str_slice(rules, 0, rules.n - 1) : STR("[]"));
		buf_add(&b, field ? STR(",\"field\":") : STR(""));
	} else {
		buf_addf(&b, "%s%s: a finding's code\n\n", format == EXPLAIN_MARKDOWN ? "## " : "", code->code);
		wrap(&b, str_of(code->text), "", 0, format == EXPLAIN_MARKDOWN ? SIZE_MAX : COLUMNS);
		buf_add(&b, rules.n == 0 ? STR("") : format == EXPLAIN_TEXT ? STR("\nrules that it reports:\n\n") : STR("\n"));
		buf_add(&b, rules);
		buf_add(&b, field ? STR("\n") : STR(""));
	}
	if (field) {
		explain_field(&b, field, format);
	}
	buf_add(&b, format == EXPLAIN_JSON ? STR("}\n") : STR(""));
	return buf_str(&b);
}
