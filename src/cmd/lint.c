/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender lint: checks profiles, values files and manifests. */
#include "base/arena.h"
#include "cmd/accept.h"
#include "cmd/cmd.h"
#include "cmd/formats.h"
#include "cmd/tell.h"
#include "site/lint.h"
#include "site/lint_rule.h"

#include <stddef.h>

struct args {
	struct opt_list formats;
	struct accept accept;
	bool strict;
	size_t most;
};

static const struct opt opts[] = {
	{ OPT_LIST, 0, "format", "FORMAT[=FILE]", "report to standard output or a file as " FORMATS_WORDS "; may be given again",
		.offset = offsetof(struct args, formats) },
	{ OPT_FLAG, 0, "strict", NULL, "count warnings as errors", .offset = offsetof(struct args, strict) },
	{ OPT_LIST, 0, "level", "CODE=LEVEL", "give findings of a code the level error, warning or note, or turn them off",
		.offset = offsetof(struct args, accept.words) },
	{ OPT_TEXT, 0, "baseline", "FILE", "leave out the findings that are known there",
		.offset = offsetof(struct args, accept.baseline) },
	{ OPT_TEXT, 0, "write-baseline", "FILE", "write down the findings as known",
		.offset = offsetof(struct args, accept.write_baseline) },
	{ OPT_NUMBER, 0, "max-findings", "N", "show at most N findings, 0 for all", .offset = offsetof(struct args, most),
		.max = 1000000, .initial = REPORT_SHOWN_MAX },
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

/* returns how many were read */
static size_t
lint_all(int argc, char **argv, struct source **files, struct arena *a, struct diags *diags)
{
	size_t n = 0;

	for (int i = 0; i < argc; i++) {
		struct source *src = arena_new(a, struct source);
		int error = source_read(src, a, argv[i]);

		if (error != 0) {
			diag_io(diags, argv[i], "read", error);
		} else {
			files[n++] = src;
			lint(src, a, diags);
			silence_by_comments(src, diags);
		}
	}
	return n;
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct formats reports = { .most = args->most, .strict = args->strict };
	struct accept accept = args->accept;
	struct arena arena = { 0 };
	struct source **files;
	struct diags diags;
	int status = DONE_FAIL;
	size_t n;

	diags_init(&diags, &arena);
	if (formats_parse(&reports, &args->formats, &diags) && accept_init(&accept, is_code, &diags)) {
		files = arena_alloc(&arena, (size_t)argc, sizeof(struct source *));
		n = lint_all(argc, argv, files, &arena, &diags);
		accept_apply(&accept, &diags);
		status = formats_write(&reports, &diags, files, n, title);
	} else {
		tell(stderr, &diags, 0);
	}
	arena_done(&arena);
	return status;
}

const struct command cmd_lint = { "lint", "FILE...", "check site profiles, values files and manifests", opts,
	sizeof(struct args), run };
