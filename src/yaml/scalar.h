/* SPDX-License-Identifier: Apache-2.0 */
/* What a plain scalar means to Helm and Kubernetes, and how a text must be written to stay a string. */
#ifndef WBRENDER_YAML_SCALAR_H
#define WBRENDER_YAML_SCALAR_H

#include "yaml/node.h"

/* Kind of an unquoted, untagged scalar as sigs.k8s.io/yaml reads it: y, on, no are booleans, 0644 and 1_000 integers,
   dates and 12:30:45 strings. */
enum node_kind scalar_kind(struct str plain);
/* the same with a tag, given in full: "tag:yaml.org,2002:int". Tags of others are strings */
enum node_kind scalar_tagged_kind(const char *tag, struct str text);
/* the truth of a NODE_BOOL text */
bool scalar_true(struct str plain);
/* the number of a NODE_INT or NODE_FLOAT text, as Go's float64 has it: 0644 is 420. False for .inf and .nan */
bool scalar_double(struct str plain, double *ret);
/* true if the text may stand without quotes and is the same string to every YAML 1.1 and 1.2 reader; flow: inside {} or [] */
bool scalar_plain_safe(struct str text, bool flow);

#endif
