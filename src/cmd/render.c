/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender render: Helm's post-renderer, from standard input to standard output. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/tell.h"
#include "helm/caller.h"
#include "site/render.h"

#include <stddef.h>

struct args {
	const char *profile;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'p', "profile", "FILE", "the site profile; else $WBRENDER_PROFILE, else ./wbrender.yaml",
		.offset = offsetof(struct args, profile) },
	{ .type = OPT_END },
};

/* nothing came in, so nothing goes out; but Helm 4 refuses an empty output */
static void
put_nothing(void)
{
	if (helm4_calls_us()) {
		fputs("# nothing to render\n", stdout);
	}
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct arena arena = { 0 };
	struct diags diags;
	struct profile profile;
	struct source in = { 0 };
	struct patch patch;
	const char *path;
	int error, status;

	(void)argc;
	(void)argv;
	diags_init(&diags, &arena);
	patch_init(&patch, &in);
	path = profile_find(args->profile, &diags);
	if (path && profile_load(&profile, path, &arena, &diags)) {
		error = source_read(&in, &arena, "-");
		if (error != 0) {
			diag_io(&diags, "stdin", "read", error);
		} else if (in.text.n == 0) {
			put_nothing();
		} else if (render(&profile, &patch, &arena, &diags) && patch_seal(&patch, &diags)) {
			error = patch_write(&patch, 1);
			if (error != 0) {
				tell_output(&diags, error);
			}
		}
	}
	status = tell(stderr, &diags, REPORT_SHOWN_MAX);
	patch_done(&patch);
	arena_done(&arena);
	return status;
}

const struct command cmd_render = { "render", "", "edit manifests from standard input for the site: Helm's post-renderer",
	opts, sizeof(struct args), run };
