/* SPDX-License-Identifier: Apache-2.0 */
/* Did you mean: the candidates nearest to a misspelt word. */
#ifndef WBRENDER_SCHEMA_SUGGEST_H
#define WBRENDER_SCHEMA_SUGGEST_H

#include "base/str.h"

enum {
	SUGGEST_SHOWN_MAX = 3,
	SUGGEST_LENGTH_MAX = 64,      /* longer words are not compared */
	SUGGEST_WORK_MAX = 20000000,  /* table cells of all comparisons of one run */
	SUGGEST_PART = SUGGEST_LENGTH_MAX,  /* as a distance: one begins or ends with the other */
};

/* The nearest so far. Nearest first: the same but for case, dashes and underscores; then by swaps, insertions, deletions
   and changes, at most a third of the word's length; then a word that begins or ends with the other. */
struct suggest {
	struct str wrong;             /* folded */
	char fold[SUGGEST_LENGTH_MAX];
	struct str found[SUGGEST_SHOWN_MAX];
	size_t n;
	size_t best;                  /* distance of those found */
	size_t *work;                 /* what is left of the bound on work */
};

/* work counts down over many words; nothing is found when it has run out */
void suggest_init(struct suggest *, struct str wrong, size_t *work);
/* false when the work has run out: offering more is of no use */
bool suggest_offer(struct suggest *, struct str candidate);
/* "did you mean 'a', 'b' or 'c'?"; NULL when nothing was near */
const char *suggest_text(const struct suggest *, struct arena *);

#endif
