/* SPDX-License-Identifier: Apache-2.0 */
/* Keys one level down: where a key belongs that stands a level too high. */
#ifndef WBRENDER_SCHEMA_NEAR_H
#define WBRENDER_SCHEMA_NEAR_H

#include "schema/schema.h"
#include "schema/suggest.h"

struct near_key {
	struct str section, key;      /* as the schema calls them */
};

/* Of the maps that may stand under the schema's keys, those that know the key: by this name; else by the rest of it behind
   the map's own name (ingressClassName: className in ingress); else by a name that was misspelt. At most SUGGEST_SHOWN_MAX;
   returns how many. work: see suggest.h. */
size_t near_below(const struct schema *, struct str key, size_t *work, struct near_key ret[SUGGEST_SHOWN_MAX]);

/* The keys that a schema lists, through $ref, allOf, anyOf, oneOf, conditions and what keys demand; each once, at most so
   many; returns how many. */
size_t near_names(const struct schema *, struct str *names, size_t most);

#endif
