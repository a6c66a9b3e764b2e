/* SPDX-License-Identifier: Apache-2.0 */
/* Random edits to a text, and whether the result is what they say: for tests and fuzzing. */
#ifndef WBRENDER_TESTS_TRIAL_H
#define WBRENDER_TESTS_TRIAL_H

#include "base/str.h"

#include <stdint.h>

/* where chance comes from: bytes as long as there are some, then a generator */
struct dice {
	const unsigned char *bytes;
	size_t n;
	uint64_t state;
};

/* from 0 to below */
size_t dice_roll(struct dice *, size_t below);

/* Makes one random edit to every document of the text: data merged in or taken out. NULL if the result, read by libyaml and
   libfyaml, is the edited data and a second run makes no edit; also when the text is no YAML; an edit that is refused is left out.
   Otherwise what is wrong; the edited text, where there is one, in *ret_out. *ret_edits counts the edits made. */
const char *trial(struct arena *, struct str text, struct dice *, struct str *ret_out, size_t *ret_edits);

#endif
