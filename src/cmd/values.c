/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender values: a site profile as the chart's values.yaml. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/fleet.h"
#include "cmd/put.h"
#include "cmd/tell.h"

#include <stddef.h>
#include <sys/stat.h>

struct args {
	const char *output, *dir, *base, *check;
	unsigned format;
	bool full;
};

static const char *const formats[] = { [MAKE_YAML] = "yaml", [MAKE_JSON] = "json", NULL };

static const struct opt opts[] = {
	{ OPT_TEXT, 'o', "output", "FILE", "write to FILE instead of standard output; nothing is written on error",
		.offset = offsetof(struct args, output) },
	{ OPT_TEXT, 'd', "directory", "DIR", "write DIR/NAME.yaml for each site",
		.offset = offsetof(struct args, dir) },
	{ OPT_TEXT, 0, "base", "FILE", "write FILE with the site's values in it; every other byte of it stays",
		.offset = offsetof(struct args, base) },
	{ OPT_TEXT, 0, "check", "FILE", "write nothing; exit with 1, and show the difference, if FILE is not as it would be written",
		.offset = offsetof(struct args, check) },
	{ OPT_CHOICE, 0, "format", NULL, "how to write them", formats, .offset = offsetof(struct args, format) },
	{ OPT_FLAG, 0, "full", NULL, "write every key of the chart's template, with its default",
		.offset = offsetof(struct args, full) },
	{ .type = OPT_END },
};

static void
put(const struct made *made, const char *output, const char *base, struct diags *diags)
{
	struct put how = { .path = output, .text = made->text, .secret = made->secret, .edits = base,
		.instead = "-o is followed by the file to write: wbrender values PROFILE -o values.yaml; several profiles want -d DIR" };

	if (!output) {
		/* main flushes and checks */
		fwrite(made->text.s, 1, made->text.n, stdout);
		return;
	}
	put_file(&how, diags);
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return path && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* what is wrong with the options together; NULL: nothing */
static const char *
misused(const struct args *args, int n)
{
	if ((args->output != NULL) + (args->dir != NULL) + (args->check != NULL) > 1) {
		return "of --output, --directory and --check only one can be given";
	}
	if (args->base && args->format != MAKE_YAML) {
		return "--base keeps the text of a file, which --format json cannot";
	}
	if (args->base && args->full) {
		return "--full would write defaults over what the file of --base says";
	}
	if (n > 1 && !args->dir && !args->check) {
		return "several profiles want --directory DIR, or --check DIR";
	}
	if (n > 1 && args->check && !is_folder(args->check)) {
		return "of several profiles --check wants a folder, with a file NAME.yaml for each";
	}
	return NULL;
}

static void
run_one(const struct args *args, const struct make *make, const char *path, struct arena *a, struct diags *diags)
{
	struct made made = { 0 };

	if (!make_values(make, path, a, &made, diags)) {
		return;
	}
	if (args->check) {
		make_check(args->check, &made, a, diags);
	} else {
		put(&made, args->output, args->base, diags);
	}
}

/* the profile that is used where none is given; NULL if an error was added */
static const char *
usual_profile(struct diags *diags)
{
	struct diag *none;
	const char *path = profile_find(NULL, &none, diags);

	if (!path) {
		diag_note(diags, none, "give it as argument: wbrender values PROFILE");
	}
	return path;
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct make make = { .format = args->format, .full = args->full };
	const char *wrong = misused(args, argc), *dir = args->dir ? args->dir : is_folder(args->check) ? args->check : NULL;
	const char *one;
	const char *const *paths = (const char *const *)argv;
	struct arena arena = { 0 };
	struct diags diags;
	int status;

	diags_init(&diags, &arena);
	if (wrong) {
		struct diag *diag = diag_add(&diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "%s", wrong);

		diag_note(&diags, diag, "see 'wbrender values --help'");
		tell(stderr, &diags, 0);
		arena_done(&arena);
		return DONE_FAIL;
	}
	if (argc == 0) {
		one = usual_profile(&diags);
		argc = one != NULL;
		paths = &one;
	}
	if (args->base) {
		make.base = make_base(args->base, &arena, &diags);
	}
	if (argc > 0 && dir && (!args->base || make.base)) {
		status = fleet(&make, paths, (size_t)argc, dir, args->check != NULL, &arena, &diags);
	} else {
		if (argc > 0 && (!args->base || make.base)) {
			run_one(args, &make, paths[0], &arena, &diags);
		}
		status = tell(stderr, &diags, REPORT_SHOWN_MAX);
	}
	arena_done(&arena);
	return status;
}

const struct command cmd_values = { "values", "[PROFILE...]", "turn site profiles into the chart's values.yaml", opts,
	sizeof(struct args), run };
