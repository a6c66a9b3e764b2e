/* SPDX-License-Identifier: Apache-2.0 */
/* Packed charts; the only user of libarchive. */
#ifndef WBRENDER_HELM_PACK_H
#define WBRENDER_HELM_PACK_H

#include "helm/files.h"

/* whether a file of that path says something about values: Chart.yaml, values.yaml, values.schema.json, requirements.yaml, and packed
   charts, of the chart or of one in its charts/ */
bool pack_wanted(const char *path);
/* a .tar.gz; refuses what Helm refuses: paths out of the chart, too much; and links in the place of a file that is wanted */
bool pack_read(struct file **ret, struct arena *, struct source *packed, struct files_limits *, struct diags *);

#endif
