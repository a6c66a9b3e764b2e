/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a file whole or not at all. */
#ifndef WBRENDER_BASE_SINK_H
#define WBRENDER_BASE_SINK_H

#include "base/str.h"

/* in the place of an errno value: nothing was written, for the file was read by this run (base/source.h), and what it holds would be lost */
enum { SINK_INPUT = -1 };

/* Puts the text into the file: through a new file beside it that takes its name at the end, so that nobody ever sees half of
   it; a device or pipe is written directly. secret: a new file is for its owner only (mode 0600). Returns 0, an errno value or
   SINK_INPUT, with the old content still in place. */
int sink_write(struct arena *, const char *path, struct str text, bool secret);
/* The same for an editor: the text is that of the file, changed, so that the file may have been read. */
int sink_edit(struct arena *, const char *path, struct str text, bool secret);
/* The same for a file that must not be there yet: EEXIST where anything of that name is. */
int sink_create(struct arena *, const char *path, struct str text);
/* The same in steps, for many files: what was begun must be ended, or dropped, which leaves the old content in place. later: the caller
   calls sink_sync for all before it ends the first. The texts belong to the arena. Begin and end return as sink_write does, and
   have dropped it then. */
struct sink {
	const char *path;
	char *temporary;              /* NULL: it was written directly, or dropped */
	int error;
};
int sink_begin(struct arena *, const char *path, struct str text, bool secret, bool later, struct sink *ret);
int sink_end(struct sink *);
void sink_drop(struct sink *);
/* Waits until all are on the disk, in several threads: then file systems write many files at once, and a thousand take a second and not
   a minute. What fails is known to sink_end. */
void sink_sync(struct sink *, size_t n);
/* Is the text what the file holds already, and nobody else's to read where it is secret? False too when that cannot be told. */
bool sink_holds(struct arena *, const char *path, struct str text, bool secret);

#endif
