/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and applies what the user says about findings on the command line. */
#include "cmd/accept.h"

#include "base/arena.h"
#include "cmd/put.h"

#include <sys/stat.h>

/* of --write-baseline */
#define ADVICE "--write-baseline is followed by the file to write: wbrender lint --write-baseline baseline.txt FILE..."

static const struct span nowhere = { 0, 0 };

static bool
refuse(struct diags *diags, const char *word)
{
	struct diag *d = diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "'%s' is not allowed for '--level'", word);

	diag_note(diags, d, "CODE=error, =warning, =note or =off is wanted, such as WB012=off");
	return false;
}

bool
accept_init(struct accept *accept, bool (*known)(struct str code), struct diags *diags)
{
	int error;

	accept->levels = arena_alloc(diags->arena, accept->words.n + 1, sizeof(*accept->levels));
	for (size_t i = 0; i < accept->words.n; i++) {
		const char *word = accept->words.items[i];

		if (!silence_level_read(diags->arena, word, &accept->levels[i])) {
			return refuse(diags, word);
		}
		if (!known(str_of(accept->levels[i].code))) {
			diag_note(diags, diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "there are no findings '%s'",
				accept->levels[i].code), "'wbrender explain' lists the rules, wbrender(1) the other codes");
			return false;
		}
	}
	if (accept->baseline && (error = source_read(&accept->known, diags->arena, accept->baseline)) != 0) {
		diag_io(diags, accept->baseline, "read the baseline", error);
		return false;
	}
	return true;
}

static struct put
place(const struct accept *accept)
{
	return (struct put){ .path = accept->write_baseline, .edits = accept->baseline, .instead = ADVICE };
}

/* only a baseline is replaced by one */
static bool
may_replace(const char *path, struct diags *diags)
{
	struct source old;
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || source_peek(&old, diags->arena, path) != 0 || silence_is_baseline(old.text)) {
		return true;
	}
	diag_help(diags, diag_add(diags, DIAG_ERROR, "io", NULL, nowhere, "'%s' is not written: it is no baseline, and would be lost", path), "%s", ADVICE);
	return false;
}

bool
accept_allowed(const struct accept *accept, struct diags *diags)
{
	struct put put = place(accept);

	return !put.path || (put_allowed(&put, diags) && may_replace(put.path, diags));
}

bool
accept_apply(struct accept *accept, struct source *const *files, size_t nfiles, struct diags *remarks, struct diags *diags)
{
	struct put put = place(accept);
	struct report report;
	bool good = true;

	/* before a level takes out what the baseline knows; one that is written anew needs no remark */
	if (accept->baseline && !accept->write_baseline) {
		report_init(&report, diags, files, nfiles);
		silence_stale(&report, &accept->known, remarks);
	}
	silence_by_levels(diags, NULL, accept->levels, accept->words.n);
	if (accept->write_baseline) {
		report_init(&report, diags, NULL, 0);
		put.text = silence_baseline(&report);
		good = accept_allowed(accept, diags) && put_file(&put, diags);
	}
	if (accept->baseline) {
		silence_by_baseline(diags, &accept->known);
	}
	return good;
}
