/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of new text, and what must be known of the old one to put them in. */
#ifndef WBRENDER_YAML_PIECE_H
#define WBRENDER_YAML_PIECE_H

#include "yaml/editor.h"

/* of two insertions at one place what goes on in a line stands before new lines */
enum { PIECE_FLOW = PATCH_COLUMN_MAX - 1 };

/* edits, by the editor's rule; the text is copied */
void piece_insert(struct editor *, size_t at, struct str text, size_t column);
void piece_replace(struct editor *, struct span, struct str text);
/* what a new plain scalar would take in, where the old value did not, becomes blanks */
void piece_blanks(struct editor *, struct span);

/* how block lines are laid out: lists at the indent of their key or deeper; last: behind a text without a final line break */
struct piece_layout {
	size_t column, step;
	struct str nl;
	bool indentless, last;
};
/* the entries or items of `what` as block lines in the scratch arena */
struct str piece_lines(struct editor *, const struct node *what, const struct piece_layout *);
/* ends in a block scalar that needs the line break behind its last line? */
bool piece_ends_in_break(const struct node *what);
/* ends in a text of several lines? */
bool piece_ends_in_lines(const struct node *what);
/* the entries of a flow map without its braces, the items of a list without its brackets */
void piece_entries(struct buf *, const struct node *what, bool json);
/* a comma behind what ends at a place: "a:," would be read as one word */
void piece_comma(struct buf *, const char *source, size_t place);
/* where a child of a flow collection begins, at its "? " if it has one; from the end of the child before it, else from behind the bracket */
size_t piece_begin(struct str source, size_t from, const struct node *child);

bool piece_has_merge_key(const struct node *map);
/* Does the text end in the map's or list's last block scalar, or in blanks behind it, without a line break? A break there would
   change it. */
bool piece_ends_open(struct str source, const struct node *map);

#endif
