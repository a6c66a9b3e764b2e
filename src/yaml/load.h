/* SPDX-License-Identifier: Apache-2.0 */
/* A values file as Helm has it once it is loaded. */
#ifndef WBRENDER_YAML_LOAD_H
#define WBRENDER_YAML_LOAD_H

#include "base/diag.h"
#include "yaml/parse.h"

/* What sigs.k8s.io/yaml and Helm make of the documents of a values file, as one tree of new nodes with the spans of the text:
   aliases and merge keys followed in the order written, so that a merge key replaces what stands before it; keys as texts
   (0x10 is "16", on is "true"); of equal keys the last; !!binary decoded; .inf and keys that are null or no scalars refused.
   Of several documents Helm 4 merges all, Helm 3 (helm: 3) takes the first. No document, or null, is an empty map; the root may be
   of any kind, though a chart's values must be a map. What Helm changes without a word is a warning. NULL if an error was
   added: Helm cannot load it, or it would pass NODE_COPY_MAX nodes. */
struct node *load_values(struct arena *, struct source *, const struct doc *, unsigned helm, struct diags *);

#endif
