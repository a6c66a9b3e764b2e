/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say which findings count: --level, --baseline, --write-baseline. */
#ifndef WBRENDER_CMD_ACCEPT_H
#define WBRENDER_CMD_ACCEPT_H

#include "cmd/opt.h"
#include "report/silence.h"

struct accept {
	struct opt_list words;        /* of --level */
	const char *baseline, *write_baseline;
	struct silence_level *levels;
	struct source known;          /* the baseline */
};

/* Reads --level and the baseline. False if an error was added. known: is there a finding of that code? */
bool accept_init(struct accept *, bool (*known)(struct str code), struct diags *);
/* may the baseline be written where it is wanted? Not over what is no baseline; false if an error was added */
bool accept_allowed(const struct accept *, struct diags *);
/* Gives the findings of a run the levels that are wanted, writes the baseline, and takes out what one accepts. False if an
   error was added. files: those that were checked; remarks: where a note on a baseline that knows too much is added. */
bool accept_apply(struct accept *, struct source *const *files, size_t nfiles, struct diags *remarks, struct diags *);

#endif
