/* SPDX-License-Identifier: Apache-2.0 */
/* The values of one site as text, and whether a file has them: what wbrender values does for each profile. */
#ifndef WBRENDER_CMD_MAKE_H
#define WBRENDER_CMD_MAKE_H

#include "site/profile.h"

enum make_format { MAKE_YAML, MAKE_JSON };

struct make {
	unsigned format;              /* enum make_format */
	bool full;
	struct source *base;          /* the file whose text is kept (site/base.h), or NULL */
};

struct made {
	struct str name;              /* of the site */
	struct str text;
	bool secret;
};

/* Reads the profile and makes the text; false if an error was added. The profile is kept in the arena, for findings. */
bool make_values(const struct make *, const char *path, struct arena *, struct made *ret, struct diags *);
/* Holds the file to the text: an error, and the diff on standard output, where it is another one or is missing. */
void make_check(const char *file, const struct made *, struct arena *, struct diags *);
/* the base file, or NULL if an error was added */
struct source *make_base(const char *path, struct arena *, struct diags *);

#endif
