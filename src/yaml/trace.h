/* SPDX-License-Identifier: Apache-2.0 */
/* Tells of edits, as changes of the data (editor.changed); without anybody who listens it does nothing. */
#ifndef WBRENDER_YAML_TRACE_H
#define WBRENDER_YAML_TRACE_H

#include "yaml/splice.h"

/* a value in the place of another; before: patch.grown as it was before the edit */
void trace_value(struct editor *, const struct site *parent, const struct node *entry, const struct node *value, ptrdiff_t before);
/* New entries or items, which make the text longer by so many bytes; each is told, and apart where several want parts of it. gone: the child
   whose new value is among them, or NULL. */
void trace_new(struct editor *, const struct site *, const struct node *what, const struct node *gone, ptrdiff_t grown);
/* the run of children up to last, but for gone, which value has wanted to be absent */
void trace_gone(struct editor *, const struct site *, const struct node *first, const struct node *last, const struct node *gone,
	const struct node *value, ptrdiff_t grown);
/* about how many bytes entries or items take */
ptrdiff_t trace_size(struct editor *, const struct site *, const struct node *what);

#endif
