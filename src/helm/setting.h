/* SPDX-License-Identifier: Apache-2.0 */
/* Values from --set and its kin, by the grammar of Helm's pkg/strvals. */
#ifndef WBRENDER_HELM_SETTING_H
#define WBRENDER_HELM_SETTING_H

#include "base/diag.h"
#include "helm/value.h"

enum {
	SETTING_INDEX_MAX = 65536,    /* of a list item, as in Helm */
	SETTING_NESTED_MAX = 30,      /* dots in a name, as in Helm */
};

enum setting_kind {
	SETTING_TYPED,                /* --set: a.b=1,c={x,y},d[0].e=null */
	SETTING_STRING,               /* --set-string: the same, all values are strings */
	SETTING_JSON,                 /* --set-json: values are JSON; or a whole JSON map */
	SETTING_FILE,                 /* --set-file: values are names of files, whose content it is */
};

/* Applies an argument to the values. arg is a source whose name is the option; findings point into it. False if an error was
   added. The list indexes of one argument may make 4 * SETTING_INDEX_MAX items together. */
bool setting_apply(struct values *, struct value *base, enum setting_kind, struct source *arg, unsigned helm, struct diags *);

#endif
