/* SPDX-License-Identifier: Apache-2.0 */
/* The little that is read from the text beside libyaml. */
#ifndef WBRENDER_YAML_SCAN_H
#define WBRENDER_YAML_SCAN_H

#include "base/str.h"

enum { PARSE_DIRECTIVES_MAX = 64 };   /* %-lines before one document: libyaml takes quadratic time over them */

/* How many %-lines stand before the document that begins at or after *at, at most one more than PARSE_DIRECTIVES_MAX; *at
   becomes the place of the last one counted. They are counted before libyaml reads them. */
size_t scan_directives(struct str text, size_t *at);
/* The place of a mark (':', ',', '?') that follows at `from`, with only blanks, line ends and comments before it; `to` when there is none before
   that. */
size_t scan_mark(struct str text, size_t from, size_t to, char mark);
/* The place of a byte order mark that starts a line and is in no comment, in a text that holds no scalars; `to` when there is none. */
size_t scan_bom(struct str text, size_t from, size_t to);
/* is there a byte order mark anywhere? */
bool scan_has_bom(struct str text);
/* where a node's content begins behind so many of &anchor and !tag; at most end */
size_t scan_props(struct str text, size_t at, size_t end, unsigned props);

#endif
