/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of YAML as Helm writes them again. */
#ifndef WBRENDER_YAML_NUMBER_H
#define WBRENDER_YAML_NUMBER_H

#include "yaml/node.h"

/* The text of a number used as a key: integers in decimal digits, others in the fewest that give the double back. */
struct str number_text(struct arena *, const struct node *);
/* The number as Helm has it, when people may read another one (0644, 1_000, 1.20, 1e3, more digits than a double holds); else NULL. */
const char *number_read(struct arena *, const struct node *);

#endif
