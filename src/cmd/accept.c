/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and applies what the user says about findings on the command line. */
#include "cmd/accept.h"

#include "base/arena.h"
#include "base/sink.h"

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

bool
accept_apply(struct accept *accept, struct source *const *files, size_t nfiles, struct diags *remarks, struct diags *diags)
{
	struct report report;
	int error = 0;

	/* before a level takes out what the baseline knows; one that is written anew needs no remark */
	if (accept->baseline && !accept->write_baseline) {
		report_init(&report, diags, files, nfiles);
		silence_stale(&report, &accept->known, remarks);
	}
	silence_by_levels(diags, NULL, accept->levels, accept->words.n);
	if (accept->write_baseline) {
		report_init(&report, diags, NULL, 0);
		error = sink_write(diags->arena, accept->write_baseline, silence_baseline(&report), false);
	}
	if (accept->baseline) {
		silence_by_baseline(diags, &accept->known);
	}
	if (error != 0) {
		diag_io(diags, accept->write_baseline, "write the baseline", error);
	}
	return error == 0;
}
