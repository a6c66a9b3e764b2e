/* SPDX-License-Identifier: Apache-2.0 */
/* The sets of characters that Go's regular expressions have names for, written as the inside of a PCRE2 class. */
#ifndef WBRENDER_SCHEMA_RE2SET_H
#define WBRENDER_SCHEMA_RE2SET_H

#include "base/str.h"

/* a character, and all from one to another, as they stand in a pattern and in a class; code points */
void re2set_point(struct buf *, unsigned point);
void re2set_range(struct buf *, unsigned from, unsigned to);
/* \d \s \w \D \S \W by their letter; false for any other. fold: under (?i), where Go lets \w match U+017F and U+212A */
bool re2set_perl(struct buf *, char letter, bool fold);
/* "[:alpha:]", "[:^alpha:]"; false for an unknown name */
bool re2set_posix(struct buf *, struct str name, bool fold);

/* Which releases of Go know a \p{NAME}: from 1.25 on case, blanks, '-' and '_' do not count and categories have long
   names, but scripts with '_' in their name are not found any more (measured with Helm 4.1.4). */
enum re2set_known { RE2SET_UNKNOWN, RE2SET_ALL, RE2SET_NEW, RE2SET_OLD };
/* \p{NAME}, or \P{NAME}: what stands between the braces, a leading ^ included, or the single letter. *ret_folds: Go adds other cases under (?i)
   to this one and PCRE2 does not. Nothing is written for RE2SET_UNKNOWN. */
enum re2set_known re2set_unicode(struct buf *, struct str name, bool negated, bool fold, bool *ret_folds);

#endif
