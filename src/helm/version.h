/* SPDX-License-Identifier: Apache-2.0 */
/* Versions of charts and what dependencies ask of them, as github.com/Masterminds/semver 3 reads both for Helm. */
#ifndef WBRENDER_HELM_VERSION_H
#define WBRENDER_HELM_VERSION_H

#include "base/str.h"

/* v1.2.3-pre+build, minor and patch may be missing */
bool version_valid(struct str);
/* ">= 1.2, < 2 || ~0.9.1", "1.2 - 1.4", "^1", "2.x"; an empty range and a bad one hold for no version, as in Helm. A version with a
   pre-release fits only a range that names one. */
bool version_in_range(struct str version, struct str range);

#endif
