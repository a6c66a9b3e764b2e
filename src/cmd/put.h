/* SPDX-License-Identifier: Apache-2.0 */
/* Writes what a command makes into a file, but over nothing that would be missed. */
#ifndef WBRENDER_CMD_PUT_H
#define WBRENDER_CMD_PUT_H

#include "base/diag.h"

struct put {
	const char *path;
	struct str text;
	bool secret;                  /* as in base/sink.h */
	bool profiles;                /* a site profile may be replaced */
	const char *edits;            /* a file that was read and may be written over, for the text is its own, changed; or NULL */
	const char *instead;          /* the likely right command or option, for the finding; or NULL */
};

/* Nothing is written over that was read in the same call, and no site profile; false if an error was added. */
bool put_allowed(const struct put *, struct diags *);
/* Writes the file whole or not at all; false if an error was added. */
bool put_file(const struct put *, struct diags *);
/* the finding for an errno value, or what base/sink.h returns */
void put_failed(const struct put *, int error, struct diags *);

#endif
