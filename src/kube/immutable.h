/* SPDX-License-Identifier: Apache-2.0 */
/* Fields that cannot change once an object is there. */
#ifndef WBRENDER_KUBE_IMMUTABLE_H
#define WBRENDER_KUBE_IMMUTABLE_H

#include "kube/object.h"

/* Has the kind such fields, and is the object no hook? Helm makes hooks anew. */
bool immutable_kind(const struct object *);
/* The pointer to such a field that another pointer leads to, or below; NULL: it leads to none. Source: the validation of Kubernetes (pkg/apis,
   ValidateXxxUpdate). */
const char *immutable_field(const struct object *, struct str pointer);

#endif
