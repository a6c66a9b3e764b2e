/* SPDX-License-Identifier: Apache-2.0 */
/* A second, independent reader of YAML, to hold the first against; libfyaml. */
#ifndef WBRENDER_YAML_SECOND_H
#define WBRENDER_YAML_SECOND_H

#include "yaml/parse.h"

enum second_result { SECOND_DOCUMENT, SECOND_END, SECOND_REFUSED };

struct second;

/* The text must be one that libyaml accepts: libfyaml 0.7.12 crashes on invalid UTF-8. It belongs to the arena and must be
   closed. */
struct second *second_new(struct arena *, struct str text);
/* The next document, its nodes in the given arena and without places. REFUSED: libfyaml is stricter than libyaml, Helm and
   kubectl in places, and takes YAML 1.2 for YAML 1.1. */
enum second_result second_next(struct second *, struct arena *, struct doc *ret);
void second_close(struct second *);
/* False for a document, read by the first reader, that libfyaml 0.7.12 is known to misread: one with a block scalar without
   content, behind which it loses keys. */
bool second_can_read(const struct node *root);
/* False for a text with NEL, LS or PS: to libyaml and YAML 1.1 they end a line, to libfyaml and YAML 1.2 they do not. And for one
   with a byte order mark at the start of a later line: to libyaml it is a blank. */
bool second_knows_breaks(struct str text);

#endif
