/* SPDX-License-Identifier: Apache-2.0 */
/* Packed charts; the only user of libarchive. */
#ifndef WBRENDER_HELM_PACK_H
#define WBRENDER_HELM_PACK_H

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

/* whether a file of that path says something about values: Chart.yaml, values.yaml, values.schema.json, requirements.yaml, and packed
   charts, of the chart or of one in its charts/ */
bool pack_wanted(const char *path);
/* a .tar.gz; refuses what Helm refuses: paths out of the chart, too much; and links in the place of a file that is wanted */
bool pack_read(struct file **ret, struct arena *, struct source *packed, struct files_limits *, struct diags *);

#endif
