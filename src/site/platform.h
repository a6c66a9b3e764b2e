/* SPDX-License-Identifier: Apache-2.0 */
/* What each platform sets in values.yaml when the profile does not. */
#ifndef WBRENDER_SITE_PLATFORM_H
#define WBRENDER_SITE_PLATFORM_H

struct preset {
	const char *platform, *key, *value;
	const char *why;              /* with its source */
};

/* ended by platform == NULL */
extern const struct preset presets[];

#endif
