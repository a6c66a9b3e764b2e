/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender lint: checks profiles, values files and manifests. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/tell.h"
#include "site/lint.h"

#include <stddef.h>

struct args {
	size_t most;
};

static const struct opt opts[] = {
	{ OPT_NUMBER, 0, "max-findings", "N", "show at most N findings, 0 for all", .offset = offsetof(struct args, most),
		.max = 1000000, .initial = REPORT_SHOWN_MAX },
	{ .type = OPT_END },
};

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct arena arena = { 0 };
	struct diags diags;
	int status;

	diags_init(&diags, &arena);
	for (int i = 0; i < argc; i++) {
		struct source *src = arena_new(&arena, struct source);
		int error = source_read(src, &arena, argv[i]);

		if (error != 0) {
			diag_io(&diags, argv[i], "read", error);
		} else {
			lint(src, &arena, &diags);
		}
	}
	status = tell(stdout, &diags, args->most);
	arena_done(&arena);
	return status;
}

const struct command cmd_lint = { "lint", "FILE...", "check site profiles, values files and manifests", opts,
	sizeof(struct args), run };
