/* SPDX-License-Identifier: Apache-2.0 */
/* Trees to YAML text that every YAML 1.1 and 1.2 reader takes for the same data. */
#ifndef WBRENDER_YAML_EMIT_H
#define WBRENDER_YAML_EMIT_H

#include "yaml/node.h"

enum emit_quote { EMIT_PLAIN, EMIT_SINGLE, EMIT_DOUBLE };

/* one scalar; a string is quoted where the wanted way would change it, everything else is written as its text */
void emit_scalar(struct buf *, const struct node *, enum emit_quote wanted, bool flow);
/* a text as a JSON string, which is YAML too; UTF-8 stays as it is */
void emit_json_string(struct buf *, struct str text);
/* The entries or items of a non-empty collection as block lines, each beginning with indent blanks and ending with nl.
   step: how much deeper each level stands; lists stand at the indent of their key when indentless. */
void emit_block(struct buf *, const struct node *, size_t indent, size_t step, bool indentless, struct str nl);
/* one value in flow style on one line; json: with JSON's quotes */
void emit_flow(struct buf *, const struct node *, bool json);

#endif
