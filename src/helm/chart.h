/* SPDX-License-Identifier: Apache-2.0 */
/* A chart with the charts it depends on, as Helm loads it. */
#ifndef WBRENDER_HELM_CHART_H
#define WBRENDER_HELM_CHART_H

#include "helm/files.h"
#include "helm/value.h"

/* what Chart.yaml or requirements.yaml says of a dependency; copies of a chart under other names share it, as in Helm */
struct dependency {
	struct str name, version, condition, alias;
	const struct node *tags, *imports;  /* lists, or NULL */
	bool enabled;
	struct span place;            /* of its name, in the source of the file that lists it */
	struct source *src;
};

struct chart {
	struct str name, version;
	bool library;
	struct source *src;           /* its Chart.yaml */
	struct span place;            /* of its name there */
	const struct value *values;   /* its values.yaml; a map */
	struct source *schema;        /* its values.schema.json; NULL: none */
	struct dependency **wants;    /* what it says it depends on */
	size_t nwants;
	struct chart **dependencies;  /* what is in charts/ */
	size_t ndependencies;
};

/* Builds the chart from its files, with those in charts/; name: what people call its folder. helm: 3 or 4. NULL if an error was added: Helm does not load it. Warnings of
   values that Helm reads otherwise than people are added for the chart itself, not for what is in charts/. */
struct chart *chart_load(struct values *, const char *name, const struct file *files, struct files_limits *, unsigned helm,
	struct diags *);
/* Whether all that the chart depends on is there, and it is no library; false if an error was added. */
bool chart_complete(const struct chart *, struct diags *);

#endif
