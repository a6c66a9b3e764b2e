/* SPDX-License-Identifier: Apache-2.0 */
/* Files against a schema of the user's own, as lint --schema does it. */
#ifndef WBRENDER_CMD_AGAINST_H
#define WBRENDER_CMD_AGAINST_H

#include "cmd/opt.h"
#include "schema/load.h"
#include "schema/store.h"

/* whose verdicts there are; ends with NULL */
extern const char *const against_helms[];

/* what the options say, and what comes of it */
struct against {
	const char *path;             /* of the schema; NULL: none */
	bool chart;                   /* schemas come with a chart: what else is said is for them */
	unsigned helm;                /* index of a word in against_helms */
	struct opt_list maps, folders;
	struct store store;
	struct source src;
	struct loaded loaded;
	unsigned version;             /* of Helm */
};

/* Reads the schema, if there is one. False if nothing can be checked with it, and an error was added. */
bool against_init(struct against *, struct diags *);
/* checks a values file, read as Helm reads it */
void against_check(const struct against *, struct source *, struct diags *);

#endif
