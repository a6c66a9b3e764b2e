/* SPDX-License-Identifier: Apache-2.0 */
/* Resource profiles, as the site profile has them and as the chart has them. */
#ifndef WBRENDER_SITE_SIZES_H
#define WBRENDER_SITE_SIZES_H

#include "yaml/node.h"

/* the key of values.yaml; its spelling is not public, so the profile can name another (resourceProfilesKey) */
#define SIZES_KEY "resource-profiles"

/* the chart's map of resource profiles from the profile's */
struct node *sizes_to_chart(struct arena *, const struct node *from);
/* the profile's from the chart's; NULL where the chart's says what the profile cannot */
struct node *sizes_from_chart(struct arena *, const struct node *chart);

#endif
