/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender import: a values file as a site profile. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/put.h"
#include "cmd/tell.h"
#include "site/import.h"

#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>

struct args {
	const char *output;
	bool force;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'o', "output", "FILE", "write to FILE instead of standard output; nothing is written on error",
		.offset = offsetof(struct args, output) },
	{ OPT_FLAG, 0, "force", NULL, "overwrite what is there", .offset = offsetof(struct args, force) },
	{ .type = OPT_END },
};

static void
put(const struct args *args, struct str text, bool secret, struct diags *diags)
{
	struct stat st;

	if (!args->output) {
		tell_text(text);
		return;
	}
	/* a profile is written by hand, and may hold what values do not */
	if (!args->force && lstat(args->output, &st) == 0 && S_ISREG(st.st_mode)) {
		diag_note(diags, diag_io(diags, args->output, "write", EEXIST), "--force overwrites it");
		return;
	}
	put_file(&(struct put){ .path = args->output, .text = text, .secret = secret, .profiles = true,
		.instead = "give the profile a file of its own: -o site.yaml" }, diags);
}

static int
run(const void *p, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct diags diags;
	struct source src;
	struct str text;
	bool secret;
	int error, status;

	(void)argc;
	diags_init(&diags, &arena);
	error = source_read(&src, &arena, argv[0]);
	if (error != 0) {
		diag_io(&diags, argv[0], "read", error);
	} else if (import_values(&src, &arena, &text, &secret, &diags)) {
		put(p, text, secret, &diags);
	}
	status = tell(stderr, &diags, REPORT_SHOWN_MAX);
	arena_done(&arena);
	return status;
}

const struct command cmd_import = { "import", "FILE", "turn a values.yaml into a site profile", opts, sizeof(struct args), run };
