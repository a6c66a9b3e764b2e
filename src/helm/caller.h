/* SPDX-License-Identifier: Apache-2.0 */
/* Whether Helm 4 runs us as its plugin, and where its user looks: Helm 4 throws a post-renderer's standard error away. */
#ifndef WBRENDER_HELM_CALLER_H
#define WBRENDER_HELM_CALLER_H

#include "base/str.h"

/* true when HELM_PLUGIN_NAME is wbrender or begins so; another plugin's name is inherited under that plugin */
bool helm4_calls_us(void);
/* Appends the text to $WBRENDER_LOG, if set, and writes it to our parent's standard error, else to the terminal. Never
   fails: what cannot be written is left out, for the exit status tells of the error anyway. */
void helm_show(struct str text);

#endif
