/* SPDX-License-Identifier: Apache-2.0 */
/* Which dependencies of a chart count, and what it imports from them: pkg/chartutil/dependencies.go. */
#ifndef WBRENDER_HELM_DEPEND_H
#define WBRENDER_HELM_DEPEND_H

#include "helm/coalesce.h"

/* Takes out what conditions and tags disable, gives aliases, and copies imported values up, for the chart and all in it. vals are the
   user's. False if an error was added. */
bool depend_process(struct coalesce *, struct chart *, const struct value *vals);

#endif
