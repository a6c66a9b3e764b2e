/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender render: Helm's post-renderer, from standard input to standard output. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/put.h"
#include "cmd/tell.h"
#include "helm/caller.h"
#include "report/diff.h"
#include "report/format.h"
#include "site/render/render.h"
#include "site/render/verify.h"

#include <stddef.h>
#include <string.h>

struct args {
	const char *profile, *report;
	bool verify, allow_unmatched, diff, check;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'p', "profile", "FILE", "the site profile; else $WBRENDER_PROFILE, else ./wbrender.yaml",
		.offset = offsetof(struct args, profile) },
	{ OPT_FLAG, 0, "verify", NULL, "read the result again with two readers, and write it only if its data is what was intended",
		.offset = offsetof(struct args, verify) },
	{ OPT_FLAG, 0, "allow-unmatched", NULL, "a rule that matches fewer objects than it expects is a warning only",
		.offset = offsetof(struct args, allow_unmatched) },
	{ OPT_FLAG, 0, "diff", NULL, "write a unified diff instead of the manifests", .offset = offsetof(struct args, diff) },
	{ OPT_FLAG, 0, "check", NULL, "write no manifests, and exit with 1 if any would change", .offset = offsetof(struct args, check) },
	{ OPT_TEXT, 0, "report", "FILE", "write what is changed, why and where to a file, as JSON", .offset = offsetof(struct args, report) },
	{ .type = OPT_END },
};

/* standard input holds the manifests */
static bool
is_file(const char *path, struct diags *diags)
{
	if (path && strcmp(path, "-") == 0) {
		diag_add(diags, DIAG_ERROR, "io", NULL, (struct span){ 0, 0 },
			"the profile cannot be standard input: the manifests come from there");
		return false;
	}
	return path;
}

/* True where nothing came in, so that nothing goes out; but Helm 4 refuses an output without content. */
static bool
put_nothing(struct str in)
{
	bool blank = true;

	for (size_t i = 0; i < in.n && blank; i++) {
		blank = in.s[i] == ' ' || in.s[i] == '\t' || in.s[i] == '\r' || in.s[i] == '\n';
	}
	if (blank && helm4_calls_us()) {
		fputs("# nothing to render\n", stdout);
		return true;
	}
	return in.n == 0;
}

/* Helm hands over nothing for a release without objects, so that this is no error; Helm 4 needs no telling, for nothing can have failed before us. */
static void
warn_of_nothing(struct source *in, struct diags *diags)
{
	if (in->text.n == 0 && !helm4_calls_us()) {
		diag_help(diags, diag_add(diags, DIAG_WARNING, "render/no-manifests", in, (struct span){ 0, 0 }, "nothing came in"),
			"did the command before it fail? In a script 'set -o pipefail' tells");
	}
}

static void
put_diff(const struct args *args, const struct patch *patch, struct arena *a, struct diags *diags)
{
	struct str diff = diff_build(patch, "rendered", report_style(stdout, 0).colour, a);

	if (args->diff) {
		tell_text(diff);
	}
	if (args->check && diff.n > 0) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "render/changes", patch->src, (struct span){ patch->edits[0].at, 0 },
			"the manifests are not as the profile wants them: %zu change%s", patch->n, patch->n == 1 ? "" : "s");

		if (!args->diff) {
			diag_help(diags, diag, "see them with --diff");
		}
	}
}

static void
put_result(const struct args *args, const struct patch *patch, struct arena *a, struct diags *diags)
{
	int error;

	if (args->diff || args->check) {
		put_diff(args, patch, a, diags);
		return;
	}
	error = patch_write(patch, 1);
	if (error != 0) {
		tell_output(diags, error);
	}
}

/* The findings, and the changes as far as they are known, as JSON; what cannot be written is a finding more. */
static bool
put_report(const struct args *args, const struct changes *changes, struct source *in, struct diags *diags)
{
	struct buf b = { .arena = diags->arena };
	struct report report;

	report_init(&report, diags, &in, 1);
	report.changes = changes->rules ? changes : NULL;
	format_json(&b, &report);
	return put_file(&(struct put){ .path = args->report, .text = buf_str(&b),
		.instead = "give the report a file of its own: --report report.json" }, diags);
}

/* the patch, sealed and verified if that is asked for; false if an error was added */
static bool
edit(const struct args *args, struct profile *profile, struct patch *patch, struct changes *changes, struct arena *a, struct diags *diags)
{
	return render_recorded(profile, patch, args->allow_unmatched, args->report ? changes : NULL, a, diags) && patch_seal(patch, diags)
		&& (!args->verify || verify(profile, patch->src, patch_text(patch, a), a, diags));
}

static bool
load(struct profile *profile, const char *path, struct arena *a, struct diags *diags)
{
	profile->manifests = false;
	if (profile_load(profile, path, a, diags)) {
		return true;
	}
	if (profile->manifests) {
		diag_note(diags, diags->first, "are the two swapped? wbrender render -p PROFILE <MANIFESTS");
	}
	return false;
}

static bool
read_manifests(struct source *in, struct arena *a, struct diags *diags)
{
	int error = source_read(in, a, "-");

	if (error != 0) {
		diag_io(diags, "stdin", "read", error);
		return false;
	}
	if (profile_seems(in)) {
		diag_help(diags, diag_add(diags, DIAG_ERROR, "render/no-manifests", in, (struct span){ 0, 0 },
			"this is a site profile, manifests are wanted"), "wbrender render -p PROFILE <MANIFESTS");
		return false;
	}
	warn_of_nothing(in, diags);
	return true;
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct arena arena = { 0 };
	struct diags diags;
	struct profile profile;
	struct source in;
	struct changes changes = { .arena = &arena };
	struct patch patch;
	const char *path;
	struct diag *none;
	bool good = false;
	int status;

	(void)argc;
	(void)argv;
	diags_init(&diags, &arena);
	source_init(&in, &arena, "stdin", (struct str){ 0 });
	patch_init(&patch, &in);
	path = profile_find(args->profile, &none, &diags);
	if (!path) {
		diag_note(&diags, none, "give it with -p FILE; with Helm 3.9 or newer: --post-renderer-args -p --post-renderer-args FILE");
	}
	if (is_file(path, &diags) && load(&profile, path, &arena, &diags) && read_manifests(&in, &arena, &diags) && !put_nothing(in.text)) {
		good = edit(args, &profile, &patch, &changes, &arena, &diags);
	}
	if (args->report) {
		good = put_report(args, &changes, &in, &diags) && good;
	}
	if (good) {
		put_result(args, &patch, &arena, &diags);
	}
	status = tell(stderr, &diags, REPORT_SHOWN_MAX);
	patch_done(&patch);
	arena_done(&arena);
	return status;
}

const struct command cmd_render = { "render", "", "edit manifests from standard input for the site: Helm's post-renderer",
	opts, sizeof(struct args), run,
	.stray = "the profile is given by -p, the manifests by standard input: wbrender render -p PROFILE <MANIFESTS" };
