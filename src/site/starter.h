/* SPDX-License-Identifier: Apache-2.0 */
/* A site profile to begin with: every field with the schema's own words, most of them commented out. */
#ifndef WBRENDER_SITE_STARTER_H
#define WBRENDER_SITE_STARTER_H

#include "base/diag.h"

/* what is known of the site already */
struct answer {
	const char *field;            /* its path: "image.server" */
	struct str text;
	const struct answer *next;
};

/* The names that stand for what nobody has told; lint finds both. */
#define STARTER_HOSTNAME "anaconda.example.com"
#define STARTER_UID "CHANGE-ME"

/* Whether a text will do for a field. False if an error about the file "answer" was added. */
bool starter_check(const struct answer *, struct diags *);
/* the answer for a field; empty if there is none */
struct str starter_answer(const struct answer *, const char *field);
/* The text of the profile. Answered fields are set, and 'hostname' and 'uid' in any case. brief: nothing but these. schema:
   what the line for editors names. */
struct str starter_build(const struct answer *, const char *schema, bool brief, struct arena *);

#endif
