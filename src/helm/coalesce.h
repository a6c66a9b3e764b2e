/* SPDX-License-Identifier: Apache-2.0 */
/* How Helm lays values over values: pkg/chartutil/coalesce.go of Helm 3.17 and pkg/chart/common/util of 4.1. */
#ifndef WBRENDER_HELM_COALESCE_H
#define WBRENDER_HELM_COALESCE_H

#include "helm/chart.h"
#include "helm/value.h"

/* What is common to one computation. */
struct coalesce {
	struct values *values;
	unsigned helm;                /* 3 or 4 */
	struct diags *diags;
	bool quiet;                   /* warnings have been added already */
};

/* A new map: the values over those of the chart, and the same for the parts of its dependencies. keep: nulls stay, as in Helm's
   MergeValues; else they delete what the chart has. vals may be NULL. NULL if an error was added: a dependency's name holds no map. */
struct value *coalesce_values(struct coalesce *, const struct chart *, const struct value *vals, bool keep);
/* dst over src; keep as above; both are changed */
void coalesce_tables(struct coalesce *, struct value *dst, struct value *src, const char *path, bool keep);

#endif
