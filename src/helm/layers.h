/* SPDX-License-Identifier: Apache-2.0 */
/* A chart's values as Helm computes them from all layers, and the verdict of the schemas of the chart and of all that it depends on. */
#ifndef WBRENDER_HELM_LAYERS_H
#define WBRENDER_HELM_LAYERS_H

#include "helm/chart.h"
#include "helm/setting.h"
#include "schema/store.h"

struct layer_list {
	const char **items;
	size_t n;
};

struct layers {
	const char *chart;            /* a folder or a packed chart */
	struct layer_list files;      /* of -f, in their order */
	struct layer_list settings[SETTING_FILE + 1];  /* by enum setting_kind */
	unsigned helm;                /* 3: Helm 3.16; 4 */
	struct store *store;          /* where references in schemas lead; may be NULL */
};

/* what was read: for comments that silence, and for reports that name files without findings */
struct layers_read {
	struct source **files;        /* those of -f, and the chart's values.yaml */
	size_t n;
};

/* What the templates would get as .Values, and the chart with what is enabled of its dependencies. NULL if an error was added. */
struct value *layers_compute(struct values *, const struct layers *, unsigned helm, struct chart **ret_chart, struct layers_read *,
	struct diags *);
/* Adds a finding, at the place in the layer that it came from, for all that makes the schemas of the chart and of its enabled
   dependencies refuse the values, and a warning where the other Helm comes to another verdict. */
void layers_check(const struct layers *, struct layers_read *, struct diags *);

#endif
