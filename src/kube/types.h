/* SPDX-License-Identifier: Apache-2.0 */
/* The types of Kubernetes' objects in its versions, as its API definitions have them (schemas/kubernetes.txt). */
#ifndef WBRENDER_KUBE_TYPES_H
#define WBRENDER_KUBE_TYPES_H

#include "base/str.h"

#include <stdint.h>

/* as in scripts/embed-kube */
enum kube_sort { KUBE_ANY, KUBE_STRING, KUBE_BOOLEAN, KUBE_INT32, KUBE_INT64, KUBE_NUMBER, KUBE_QUANTITY, KUBE_INT_OR_STRING, KUBE_BYTES,
	KUBE_TIME, KUBE_ANY_MAP, KUBE_LIST, KUBE_MAP, KUBE_CHOICE, KUBE_OBJECT };

/* Below, a name is where it begins in kube_pool, and a version is a minor version: 28 for 1.28. */
struct kube_type {
	uint32_t name;
	uint16_t first, n;            /* of an object its fields, by name; of a choice its words */
	uint16_t of;                  /* of a list or map */
	uint8_t sort;                 /* enum kube_sort */
	uint8_t open;                 /* it may have other fields too */
};

/* a field in some versions; one name may have several, one behind the other */
struct kube_field {
	uint32_t name;
	uint16_t type;
	uint8_t since, until;
	uint8_t required;
};

/* a kind that is served in some versions; sorted by kind, then API */
struct kube_kind {
	uint32_t kind, api;
	uint16_t type;
	uint8_t since, until;
};

extern const char kube_pool[];
extern const struct kube_type kube_types[];
extern const struct kube_field kube_fields[];
extern const struct kube_kind kube_kinds[];
extern const size_t kube_kinds_n;
extern const uint32_t kube_words[];
/* the versions that are known */
extern const unsigned kube_oldest, kube_newest;

/* the version where none is stated */
enum { KUBE_DEFAULT = 28 };

/* the minor version of "1.28", "v1.28", "1.28.3" or "1.28.3+suffix"; false if it is no version 1.N */
bool kube_version_read(struct str, unsigned *ret);

struct str kube_name(uint32_t);
/* the rows of a kind, in all APIs and versions; *ret_n may be 0 */
const struct kube_kind *kube_kind_rows(struct str kind, size_t *ret_n);
/* the one that is served in that version; NULL if it is not */
const struct kube_kind *kube_kind_find(struct str api, struct str kind, unsigned version);
/* some version serves that API group; "" is the core group */
bool kube_group_known(struct str group);
/* the rows of a field of an object type; *ret_n may be 0 */
const struct kube_field *kube_field_rows(const struct kube_type *, struct str name, size_t *ret_n);
/* the field in that version; NULL if it has none */
const struct kube_field *kube_field_find(const struct kube_type *, struct str name, unsigned version);

#endif
