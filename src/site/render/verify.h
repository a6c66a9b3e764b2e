/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what is about to be written, and holds it against what was intended. */
#ifndef WBRENDER_SITE_RENDER_VERIFY_H
#define WBRENDER_SITE_RENDER_VERIFY_H

#include "site/profile.h"

/* Reads input and output twice, through libyaml and through libfyaml, makes the profile's changes to the input's data and compares
   it with the output's, document by document. A difference is an error; that libfyaml refuses a text is a warning. False if
   an error was added. */
bool verify(struct profile *, struct source *in, struct str out, struct arena *, struct diags *);

#endif
