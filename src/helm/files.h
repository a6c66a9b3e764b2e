/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a chart that say something about its values, from a folder or a packed chart. */
#ifndef WBRENDER_HELM_FILES_H
#define WBRENDER_HELM_FILES_H

#include "helm/pack.h"

/* A folder or a .tgz; false if an error was added. The list is in no order. */
bool files_read(struct file **ret, struct arena *, const char *path, struct files_limits *, struct diags *);
/* a packed chart that has been read */
bool files_unpack(struct file **ret, struct arena *, struct source *packed, struct files_limits *, struct diags *);

#endif
