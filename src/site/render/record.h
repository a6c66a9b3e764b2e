/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps what is changed: for --report, for explain, and for a warning of what an upgrade refuses. */
#ifndef WBRENDER_SITE_RENDER_RECORD_H
#define WBRENDER_SITE_RENDER_RECORD_H

#include "report/change.h"
#include "site/render/wanted.h"

/* adds a change of an object */
void record_change(struct changes *, const struct object *, const struct edit_change *);
/* the rules, with what they matched and changed; when all changes are there */
void record_rules(struct changes *, const struct wanted *);

#endif
