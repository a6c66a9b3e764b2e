/* SPDX-License-Identifier: Apache-2.0 */
/* What the options of lint say beside the files: the site's profile, the installation before, the cluster's version. */
#ifndef WBRENDER_CMD_FACTS_H
#define WBRENDER_CMD_FACTS_H

#include "cmd/accept.h"
#include "site/lint/facts.h"

/* as given on the command line; NULL: not given */
struct facts {
	const char *profile, *previous, *kubernetes;
};

/* Reads the version; false if a usage error was added. */
bool facts_version(const struct facts *, struct lint_facts *ret, struct diags *);
/* Reads the files, after the version; false if an error in them was added. */
bool facts_read(const struct facts *, const struct accept *, struct lint_facts *ret, struct diags *);

#endif
