/* SPDX-License-Identifier: Apache-2.0 */
/* The post-renderer: what the site wants of the objects of a stream, as edits of it. */
#ifndef WBRENDER_SITE_RENDER_RENDER_H
#define WBRENDER_SITE_RENDER_RENDER_H

#include "report/change.h"
#include "site/profile.h"
#include "yaml/patch.h"

/* Reads the manifests in the patch's source and adds the edits that the profile's `render` asks for. The inserted text
   belongs to the arena. False if an error was added; the patch is then of no use. */
bool render(struct profile *, struct patch *, bool allow_unmatched, struct arena *, struct diags *);

/* The same, and what is changed is added to the changes, which have their arena; where there are errors, as far as they were known. */
bool render_recorded(struct profile *, struct patch *, bool allow_unmatched, struct changes *, struct arena *, struct diags *);

#endif
