/* SPDX-License-Identifier: Apache-2.0 */
/* The data of ConfigMaps and Secrets: keys and size. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_DATA_H
#define WBRENDER_SITE_LINT_MANIFEST_DATA_H

#include "site/lint/manifest/run.h"

/* does nothing for other kinds */
void data_check(struct manifest *);

#endif
