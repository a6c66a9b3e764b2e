/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender explain: what a field of the profile or a rule of lint is about, with an example; the rules of a code; all of them. */
#include "base/arena.h"
#include "cmd/catalog.h"
#include "cmd/cmd.h"
#include "cmd/explain_field.h"
#include "cmd/explain_rule.h"
#include "cmd/tell.h"
#include "schema/suggest.h"

#include <stddef.h>
#include <string.h>

struct args {
	const char *rule, *profile;
	unsigned format;
};

static const struct opt opts[] = {
	{ OPT_CHOICE, 0, "format", NULL, "how to print it", catalog_formats, .offset = offsetof(struct args, format) },
	{ OPT_TEXT, 0, "rule", "NAME", "say what this rule of the profile does with manifests from standard input", .offset = offsetof(struct args, rule) },
	{ OPT_TEXT, 'p', "profile", "FILE", "the profile for --rule; else $WBRENDER_PROFILE, else ./wbrender.yaml", .offset = offsetof(struct args, profile) },
	{ .type = OPT_END },
};

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
	const struct catalog_code *code = catalog_code_named(name);
	struct arena arena = { 0 };
	struct buf b = { .arena = &arena };
	struct field field;
	struct diags diags;
	int status = DONE_OK;

	if (args->rule && argc == 0) {
		return explain_rule_run(args->profile, args->rule);
	}
	diags_init(&diags, &arena);
	if (args->rule || args->profile) {
		diag_add(&diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, args->rule ? "'--rule' is of the profile, and not with a field, rule or code"
			: "'--profile' goes with '--rule'");
		tell(stderr, &diags, 0);
		arena_done(&arena);
		return DONE_FAIL;
	}
	if (argc == 0 && args->format == EXPLAIN_TEXT) {
		buf_add(&b, STR("fields of the profile:\n\n"));
		explain_fields(&b, args->format);
		buf_add(&b, STR("\nrules of lint:\n\n"));
		buf_add(&b, catalog_all(&arena, STR(""), EXPLAIN_TEXT));
	} else if (argc == 0 || str_eq(name, STR("rules"))) {
		buf_add(&b, catalog_all(&arena, STR(""), args->format));
	} else if (str_eq(name, STR("fields"))) {
		explain_fields(&b, args->format);
	} else if (rule) {
		buf_add(&b, catalog_rule(&arena, rule, args->format));
	} else if (code) {
		buf_add(&b, catalog_code(&arena, code, field_find(field_profile(), name, &arena, &field) ? &field : NULL, args->format));
	} else if (field_find(field_profile(), name, &arena, &field)) {
		explain_field(&b, &field, args->format);
		buf_add(&b, args->format == EXPLAIN_JSON ? STR("\n") : STR(""));
	} else {
		struct diag *diag = diag_add(&diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "there is no field, rule or code '%s'%s", argv[0],
			meant(&arena, name));

		diag_note(&diags, diag, "'wbrender explain' lists fields and rules, wbrender(1) the codes");
		tell(stderr, &diags, 0);
		status = DONE_FAIL;
	}
	tell_text(buf_str(&b));
	arena_done(&arena);
	return status;
}

const struct command cmd_explain = { "explain", "[FIELD|RULE|CODE]", "explain a field of the profile, a rule of lint or the code of a finding, or list all", opts,
	sizeof(struct args), run, NULL, names };
