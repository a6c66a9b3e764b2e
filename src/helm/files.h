/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a chart that say something about its values, from a folder or a packed chart. */
#ifndef WBRENDER_HELM_FILES_H
#define WBRENDER_HELM_FILES_H

#include "base/diag.h"

enum {
	FILES_BYTES_MAX = 100 << 20,  /* of all files of a chart, unpacked, as in Helm; here with all that is packed in it */
	FILES_ONE_MAX = 5 << 20,      /* of one file in a packed chart, as in Helm */
	FILES_COUNT_MAX = 100000,     /* files of a chart, with all that is packed in it */
	FILES_NESTED_MAX = 32,        /* charts within charts */
};

struct file {
	const char *path;             /* from the chart's folder: "charts/sub/values.yaml" */
	struct source *src;           /* NULL: it has nothing to say, but it is there */
	struct file *next;
};

/* what is left of the limits for one chart and all in it */
struct files_limits {
	size_t bytes, count;
};

/* A folder or a .tgz; false if an error was added. The list is in no order. */
bool files_read(struct file **ret, struct arena *, const char *path, struct files_limits *, struct diags *);
/* a packed chart that has been read */
bool files_unpack(struct file **ret, struct arena *, struct source *packed, struct files_limits *, struct diags *);

#endif
