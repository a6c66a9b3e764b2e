/* SPDX-License-Identifier: Apache-2.0 */
/* Values in layers against a chart, as lint --chart does it. */
#ifndef WBRENDER_CMD_LAYER_H
#define WBRENDER_CMD_LAYER_H

#include "cmd/opt.h"
#include "helm/layers.h"

/* what the options say */
struct layer_words {
	const char *chart;            /* NULL: no chart */
	struct opt_list files, settings[SETTING_FILE + 1];
};

/* Whether the options go together; others is what else was given that does not go with a chart, NULL for nothing. False if an error
   was added. */
bool layer_usage(const struct layer_words *, const char *others, struct diags *);
/* Checks the chart; *ret_files are the sources that were read. Returns their number. */
size_t layer_check(const struct layer_words *, unsigned helm, struct store *, struct source ***ret_files, struct diags *);

#endif
