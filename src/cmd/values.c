/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender values: a site profile as the chart's values.yaml. */
#include "base/arena.h"
#include "base/sink.h"
#include "cmd/cmd.h"
#include "cmd/tell.h"
#include "site/values.h"

#include <stddef.h>

struct args {
	const char *output;
	bool full;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'o', "output", "FILE", "write to FILE instead of standard output; nothing is written on error",
		.offset = offsetof(struct args, output) },
	{ OPT_FLAG, 0, "full", NULL, "write every key of the chart's template, with its default",
		.offset = offsetof(struct args, full) },
	{ .type = OPT_END },
};

static void
put(struct str text, const char *output, bool secret, struct arena *a, struct diags *diags)
{
	int error;

	if (!output) {
		/* main flushes and checks */
		fwrite(text.s, 1, text.n, stdout);
		return;
	}
	error = sink_write(a, output, text, secret);
	if (error != 0) {
		diag_io(diags, output, "write", error);
	}
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct arena arena = { 0 };
	struct diags diags;
	struct profile profile;
	const char *path;
	struct diag *none;
	const struct node *values = NULL;
	bool secret = false;
	int status;

	diags_init(&diags, &arena);
	path = profile_find(argc > 0 ? argv[0] : NULL, &none, &diags);
	if (!path) {
		diag_note(&diags, none, "give it as argument: wbrender values PROFILE");
	}
	if (path && profile_load(&profile, path, &arena, &diags)) {
		values = values_build(&profile, args->full, &arena, &secret, &diags);
	}
	if (values) {
		put(values_text(&profile, values, &arena), args->output, secret, &arena, &diags);
	}
	status = tell(stderr, &diags, REPORT_SHOWN_MAX);
	arena_done(&arena);
	return status;
}

const struct command cmd_values = { "values", "[PROFILE]", "turn a site profile into the chart's values.yaml", opts,
	sizeof(struct args), run };
