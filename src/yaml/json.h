/* SPDX-License-Identifier: Apache-2.0 */
/* Strict JSON (RFC 8259) to the same trees as YAML, for the files that Helm reads as JSON. */
#ifndef WBRENDER_YAML_JSON_H
#define WBRENDER_YAML_JSON_H

#include "base/diag.h"
#include "yaml/node.h"

enum { JSON_DEPTH_MAX = 1000 };       /* nested collections: trees may be walked by recursion */

/* One value and nothing behind it, as Go's encoding/json takes it: a byte order mark in front is skipped, of equal keys the last
   counts (a warning), half of a surrogate pair is U+FFFD. NULL if an error was added. Texts without escapes are views of the
   source's text. */
struct node *json_read(struct source *, struct arena *, struct diags *);
/* the value at *at, which then is behind it; more may follow */
struct node *json_read_at(struct source *, size_t *at, struct arena *, struct diags *);

#endif
