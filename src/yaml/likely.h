/* SPDX-License-Identifier: Apache-2.0 */
/* What most likely happened to a text that is no YAML. */
#ifndef WBRENDER_YAML_LIKELY_H
#define WBRENDER_YAML_LIKELY_H

#include "base/source.h"

/* what to do about a problem of libyaml's, judged by the lines beside it; NULL where they tell nothing. at: where reading stopped;
   begin: where what was being read began */
const char *likely(const struct source *, const char *problem, size_t at, size_t begin);

#endif
