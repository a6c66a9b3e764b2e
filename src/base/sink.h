/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a file whole or not at all. */
#ifndef WBRENDER_BASE_SINK_H
#define WBRENDER_BASE_SINK_H

#include "base/str.h"

/* Puts the text into the file: through a new file beside it that takes its name at the end, so that nobody ever sees half of
   it; a device or pipe is written directly. secret: a new file is for its owner only (mode 0600). Returns 0 or an errno value,
   with the old content still in place. */
int sink_write(struct arena *, const char *path, struct str text, bool secret);
/* The same for a file that must not be there yet: EEXIST where anything of that name is. */
int sink_create(struct arena *, const char *path, struct str text);

#endif
