/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender lint: checks profiles, values files and manifests. */
#include "base/arena.h"
#include "base/sink.h"
#include "cmd/accept.h"
#include "cmd/against.h"
#include "cmd/catalog.h"
#include "cmd/cmd.h"
#include "cmd/facts.h"
#include "cmd/formats.h"
#include "cmd/layer.h"
#include "cmd/mend.h"
#include "cmd/tell.h"
#include "site/lint/lint.h"
#include "site/lint/rule.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct args {
	struct opt_list formats;
	struct accept accept;
	struct against against;
	struct layer_words layers;
	struct facts facts;
	bool strict, fix, diff, rules;
	size_t most;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'p', "profile", "FILE", "the site's profile: what it states counts for values files and manifests",
		.offset = offsetof(struct args, facts.profile) },
	{ OPT_TEXT, 0, "kubernetes-version", "1.N", "what manifests are held against; else the profile's, else 1.28",
		.offset = offsetof(struct args, facts.kubernetes) },
	{ OPT_TEXT, 0, "previous", "FILE", "the profile or values of the installation that is upgraded",
		.offset = offsetof(struct args, facts.previous) },
	{ OPT_LIST, 0, "format", "FORMAT[=FILE]", "report to standard output or a file as " FORMATS_WORDS "; may be given again",
		.words = formats_words, .offset = offsetof(struct args, formats) },
	{ OPT_TEXT, 0, "chart", "CHART", "check values against the schemas of a chart and its dependencies, a folder or .tgz, as Helm does",
		.offset = offsetof(struct args, layers.chart) },
	{ OPT_LIST, 'f', "values", "FILE", "with --chart: values over the chart's own, as Helm's -f",
		.offset = offsetof(struct args, layers.files) },
	{ OPT_LIST, 0, "set", "NAME=VALUE", "with --chart: values as Helm's --set", .offset = offsetof(struct args, layers.settings[SETTING_TYPED]) },
	{ OPT_LIST, 0, "set-string", "NAME=TEXT", "with --chart: the same, all values are strings",
		.offset = offsetof(struct args, layers.settings[SETTING_STRING]) },
	{ OPT_LIST, 0, "set-json", "NAME=JSON", "with --chart: the same, values are JSON",
		.offset = offsetof(struct args, layers.settings[SETTING_JSON]) },
	{ OPT_LIST, 0, "set-file", "NAME=FILE", "with --chart: the same, values are what files hold",
		.offset = offsetof(struct args, layers.settings[SETTING_FILE]) },
	{ OPT_TEXT, 0, "schema", "FILE", "check the files as values against a JSON Schema, as Helm does",
		.offset = offsetof(struct args, against.path) },
	{ OPT_LIST, 0, "schema-map", "URI=FILE", "with --schema or --chart: where a reference to another schema leads, FILE or a folder",
		.offset = offsetof(struct args, against.maps) },
	{ OPT_LIST, 0, "schema-dir", "DIR", "with --schema or --chart: a folder with the schemas that are referred to",
		.offset = offsetof(struct args, against.folders) },
	{ OPT_CHOICE, 0, "helm", NULL, "with --schema or --chart: whose verdict to give; 3 is Helm up to 3.18.4", .words = against_helms,
		.offset = offsetof(struct args, against.helm) },
	{ OPT_FLAG, 0, "strict", NULL, "count warnings as errors", .offset = offsetof(struct args, strict) },
	{ OPT_LIST, 0, "level", "CODE=LEVEL", "give findings of a code the level error, warning or note, or turn them off",
		.offset = offsetof(struct args, accept.words) },
	{ OPT_TEXT, 0, "baseline", "FILE", "leave out the findings that are known there",
		.offset = offsetof(struct args, accept.baseline) },
	{ OPT_TEXT, 0, "write-baseline", "FILE", "write down the findings as known",
		.offset = offsetof(struct args, accept.write_baseline) },
	{ OPT_FLAG, 0, "fix", NULL, "repair what has one right answer, in the files themselves", .offset = offsetof(struct args, fix) },
	{ OPT_FLAG, 0, "diff", NULL, "with --fix: show what would be repaired, and change nothing", .offset = offsetof(struct args, diff) },
	{ OPT_NUMBER, 0, "max-findings", "N", "show at most N findings, 0 for all", .offset = offsetof(struct args, most),
		.max = 1000000, .initial = REPORT_SHOWN_MAX },
	{ OPT_FLAG, 0, "rules", NULL, "list the rules, as --format text, json or markdown, and check nothing",
		.offset = offsetof(struct args, rules) },
	{ .type = OPT_END },
};

static const char *
title(const char *code)
{
	const struct lint_rule *rule = lint_rule_named(str_of(code));

	return rule ? rule->title : NULL;
}

static bool
is_code(struct str code)
{
	return lint_rule_named(code) || str_find(code, '/', 0) < code.n;
}

/* what files are checked with */
struct job {
	const struct against *against;
	const struct lint_facts *facts;
};

static void
look(const void *p, struct source *src, struct diags *diags)
{
	const struct job *job = p;

	if (job->against->path) {
		against_check(job->against, src, diags);
	} else {
		lint(src, job->facts, diags->arena, diags);
	}
}

/* the file as it is to be checked: repaired where that is wanted */
static struct source *
prepared(const struct args *args, const struct looker *looker, const struct accept *accept, struct source *src, const char *path, struct diags *diags)
{
	struct source *after = args->fix ? mend(src, accept, looker, diags->arena) : src;
	int error;

	if (after == src) {
		return src;
	}
	if (args->diff) {
		tell_text(mend_diff(src, after, diags->arena));
		return src;
	}
	error = sink_edit(diags->arena, path, after->text, false);
	if (error != 0) {
		diag_io(diags, path, "write", error);
	}
	return error == 0 ? after : src;
}

static void
unread(const char *path, int error, struct diags *diags)
{
	struct diag *diag = diag_io(diags, path, "read", error);

	if (error == EISDIR && access(arena_printf(diags->arena, "%s/Chart.yaml", path), F_OK) == 0) {
		diag_note(diags, diag, "it is a chart: wbrender lint --chart %s -f VALUES", path);
	} else if (error == EISDIR) {
		diag_note(diags, diag, "name its files: wbrender lint %s/*.yaml", path);
	}
}

/* returns how many were read */
static size_t
lint_all(const struct args *args, const struct job *job, const struct accept *accept, char **argv, int argc, struct source **files,
	struct diags *diags)
{
	const struct looker looker = { look, job };
	struct arena *a = diags->arena;
	size_t n = 0;

	for (int i = 0; i < argc; i++) {
		struct source *src = arena_new(a, struct source);
		int error = source_read(src, a, argv[i]);

		if (error != 0) {
			unread(argv[i], error, diags);
			continue;
		}
		files[n] = prepared(args, &looker, accept, src, argv[i], diags);
		look(job, files[n], diags);
		silence_by_comments(files[n], diags);
		n++;
	}
	return n;
}

/* standard input has no place for what is repaired */
static bool
may_fix(const struct args *args, int argc, char **argv, struct diags *diags)
{
	struct span nowhere = { 0, 0 };

	if (args->diff && !args->fix) {
		diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "'--diff' goes with '--fix'");
		return false;
	}
	for (int i = 0; args->fix && !args->diff && i < argc; i++) {
		if (strcmp(argv[i], "-") == 0) {
			diag_note(diags, diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "standard input cannot be repaired"),
				"'--fix --diff' shows what would be");
			return false;
		}
	}
	return true;
}

/* whether there is something to check and the options go together; false if an error was added */
static bool
may_check(const struct args *args, int argc, struct diags *diags)
{
	const char *others = argc > 0 ? "files to check" : args->against.path ? "'--schema'" : args->fix ? "'--fix'" : NULL;
	struct span nowhere = { 0, 0 };

	if (argc == 0 && !args->layers.chart) {
		diag_note(diags, diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "'wbrender lint' needs FILE... or '--chart'"),
			"'-' is standard input; see 'wbrender lint --help'");
		return false;
	}
	return layer_usage(&args->layers, others, diags);
}

/* Before anything is done, what is to be checked counts as read: no report and no baseline is written over it. False if an error was added. */
static bool
may_write(const struct formats *reports, const struct accept *accept, int argc, char **argv, struct diags *diags)
{
	bool good;

	for (int i = 0; i < argc; i++) {
		source_expect(argv[i]);
	}
	good = formats_allowed(reports, diags);
	return accept_allowed(accept, diags) && good;
}

/* The chart and all layers of its values. Returns how many files were read. */
static size_t
lint_chart(const struct args *args, struct against *against, struct source ***files, struct diags *diags)
{
	size_t n = layer_check(&args->layers, against->version, &against->store, files, diags);

	for (size_t i = 0; i < n; i++) {
		silence_by_comments((*files)[i], diags);
	}
	return n;
}

/* --rules: the table itself */
static int
list_rules(const struct opt_list *words)
{
	const char *word = words->n > 0 ? words->items[words->n - 1] : catalog_formats[EXPLAIN_TEXT];
	unsigned format = EXPLAIN_TEXT;
	struct arena arena = { 0 };
	struct diags diags;

	while (catalog_formats[format] && strcmp(catalog_formats[format], word) != 0) {
		format++;
	}
	diags_init(&diags, &arena);
	if (catalog_formats[format]) {
		tell_text(catalog_all(&arena, STR(""), (enum explain_format)format));
	} else {
		diag_note(&diags, diag_add(&diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "the rules are not listed as '%s'%s", word,
			opt_meant(&arena, word, catalog_formats)), "there are text, json and markdown");
		tell(stderr, &diags, 0);
	}
	arena_done(&arena);
	return catalog_formats[format] ? DONE_OK : DONE_FAIL;
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct formats reports = { .most = args->most, .strict = args->strict };
	struct accept accept = args->accept;
	struct against against = args->against;
	struct lint_facts facts = { 0 };
	const struct job job = { &against, &facts };
	struct arena arena = { 0 };
	struct source **files = NULL;
	struct diags diags, remarks;
	int status = DONE_FAIL;
	size_t n = 0;

	if (args->rules) {
		return list_rules(&args->formats);
	}
	diags_init(&diags, &arena);
	diags_init(&remarks, &arena);
	against.chart = args->layers.chart;
	if (may_check(args, argc, &diags) && may_fix(args, argc, argv, &diags) && formats_parse(&reports, &args->formats, &diags) && accept_init(&accept, is_code, &diags)
		&& facts_version(&args->facts, &facts, &diags)) {
		if (!facts_read(&args->facts, &accept, &facts, &diags)) {
			/* told below */
		} else if (!may_write(&reports, &accept, argc, argv, &diags)) {
			tell(stderr, &diags, 0);
			arena_done(&arena);
			return DONE_FAIL;
		} else if (against_init(&against, &diags)) {
			files = arena_alloc(&arena, (size_t)argc + 1, sizeof(struct source *));
			n = against.chart ? lint_chart(args, &against, &files, &diags) : lint_all(args, &job, &accept, argv, argc, files, &diags);
		}
		accept_apply(&accept, files, n, &remarks, &diags);
		status = args->diff ? tell(stderr, &diags, args->most) : formats_write(&reports, &diags, files, n, title);
		/* not among the findings: nobody has to mend it */
		if (remarks.first) {
			tell(stderr, &remarks, 0);
		}
	} else {
		tell(stderr, &diags, 0);
	}
	arena_done(&arena);
	return status;
}

const struct command cmd_lint = { "lint", "[FILE...]", "check site profiles, values files and manifests", opts,
	sizeof(struct args), run };
