/* SPDX-License-Identifier: Apache-2.0 */
/* The variants of Kubernetes that Workbench is installed on: what each sets in values.yaml, and what is known of it. */
#ifndef WBRENDER_SITE_PLATFORM_H
#define WBRENDER_SITE_PLATFORM_H

#include "base/str.h"

struct platform {
	const char *name, *title;
	const char *like;             /* the platform whose presets it has too; NULL: none */
	const char *source;           /* the vendor's page that names it */
};

/* What a platform does to a field of the profile that the profile does not state. */
struct preset {
	const char *platform;
	const char *field;            /* of the profile: "dnsServer", "storage.volume" */
	const char *value;            /* as YAML has it, goes into values.yaml under the same name; NULL: nothing is set, why is advice */
	const char *why, *source;
};

/* in the order of the profile's schema; ends with name == NULL */
extern const struct platform platforms[];
/* NULL if there is none of that name */
const struct platform *platform_named(struct str name);
/* The presets of a platform one after the other, its own first: last == NULL gives the first, behind the last one comes NULL. */
const struct preset *platform_preset(const struct platform *, const struct preset *last);
/* the value that a platform sets for a field; NULL if it sets none, or is no platform */
const char *platform_value(struct str platform, const char *field);

#endif
