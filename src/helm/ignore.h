/* SPDX-License-Identifier: Apache-2.0 */
/* Which files of a chart's folder Helm does not load, by its .helmignore. */
#ifndef WBRENDER_HELM_IGNORE_H
#define WBRENDER_HELM_IGNORE_H

#include "base/diag.h"

struct ignore_rule;

struct ignore {
	struct ignore_rule *first, **last;
};

/* reads the rules; false if an error was added: one that Helm refuses. src NULL: there is no file */
bool ignore_read(struct ignore *, struct arena *, struct source *, struct diags *);
/* A path from the chart's folder, without a slash at its end. As in Helm a rule with '!' ignores what does not fit it, and the first rule that
   ignores decides. */
bool ignore_has(const struct ignore *, const char *path, bool folder);

#endif
