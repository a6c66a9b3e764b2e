/* SPDX-License-Identifier: Apache-2.0 */
/* URIs of schemas: references resolved against a base (RFC 3986, 5.2). */
#ifndef WBRENDER_SCHEMA_URI_H
#define WBRENDER_SCHEMA_URI_H

#include "base/str.h"

/* what stands before '#'; *ret_fragment is what stands behind it, empty without one */
struct str uri_split(struct str uri, struct str *ret_fragment);
/* the URI that a reference means, without its fragment; the base has none */
struct str uri_resolve(struct arena *, struct str base, struct str reference);
/* a fragment with %xx read; the same view when it has none */
struct str uri_decode(struct arena *, struct str fragment);
/* "https" of "https://x"; empty when the reference is relative */
struct str uri_scheme(struct str uri);
/* the path of "file:///a/b", "http://h/a/b": "/a/b" */
struct str uri_path(struct str uri);

#endif
