/* SPDX-License-Identifier: Apache-2.0 */
/* Repairs of what has one right answer. */
#ifndef WBRENDER_CMD_MEND_H
#define WBRENDER_CMD_MEND_H

#include "cmd/accept.h"

/* finds what there is to repair */
struct looker {
	void (*look)(const void *ctx, struct source *, struct diags *);
	const void *ctx;
};

/* The file with all repairs made, as a source of the same name; the source itself when there is nothing to repair, or where a
   repair would leave more findings than before. Every other byte stays. What comments and levels silence is not repaired. */
struct source *mend(struct source *, const struct accept *, const struct looker *, struct arena *);
/* the difference in lines, as patch reads it; repairs keep the number of lines */
struct str mend_diff(struct source *before, struct source *after, struct arena *);

#endif
