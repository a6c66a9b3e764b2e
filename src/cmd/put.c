/* SPDX-License-Identifier: Apache-2.0 */
/* Refuses to write over inputs and site profiles, with the way out. */
#include "cmd/put.h"

#include "base/arena.h"
#include "base/sink.h"
#include "site/profile.h"

#include <string.h>
#include <sys/stat.h>

static void
refuse(const struct put *put, const char *why, struct diags *diags)
{
	struct diag *diag = diag_add(diags, DIAG_ERROR, "io", NULL, (struct span){ 0, 0 }, "'%s' is not written: %s", put->path, why);

	if (put->instead) {
		diag_help(diags, diag, "%s", put->instead);
	}
}

/* of a file that may not be there */
static bool
holds_profile(const char *path)
{
	struct arena scratch = { 0 };
	struct source src;
	bool holds = source_peek(&src, &scratch, path) == 0 && profile_seems(&src);

	arena_done(&scratch);
	return holds;
}

static bool
same_file(const char *path, const struct stat *st)
{
	struct stat other;

	return path && stat(path, &other) == 0 && other.st_dev == st->st_dev && other.st_ino == st->st_ino;
}

bool
put_allowed(const struct put *put, struct diags *diags)
{
	struct stat st;
	bool profile;

	if (stat(put->path, &st) != 0 || !S_ISREG(st.st_mode)) {
		return true;
	}
	profile = holds_profile(put->path);
	if (source_is_input(&st) && !same_file(put->edits, &st)) {
		refuse(put, profile ? "it is a site profile, read in the same call, and would be lost" : "it is read in the same call, and would be lost",
			diags);
		return false;
	}
	if (profile && !put->profiles) {
		refuse(put, "a site profile stands there, and would be lost", diags);
		return false;
	}
	return true;
}

void
put_failed(const struct put *put, int error, struct diags *diags)
{
	if (error == SINK_INPUT) {
		refuse(put, "it is read in the same call, and would be lost", diags);
	} else {
		diag_io(diags, put->path, "write", error);
	}
}

bool
put_file(const struct put *put, struct diags *diags)
{
	struct stat st;
	bool edit = stat(put->path, &st) == 0 && same_file(put->edits, &st);
	int error;

	if (!put_allowed(put, diags)) {
		return false;
	}
	error = (edit ? sink_edit : sink_write)(diags->arena, put->path, put->text, put->secret);
	if (error != 0) {
		put_failed(put, error, diags);
	}
	return error == 0;
}
