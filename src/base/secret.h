/* SPDX-License-Identifier: Apache-2.0 */
/* Which keys look as if their values were secret: what messages never show. */
#ifndef WBRENDER_BASE_SECRET_H
#define WBRENDER_BASE_SECRET_H

#include "base/str.h"

/* what stands for a secret value in messages */
#define SECRET_MASK "***"

/* True for truststore_password, clientSecret, API_KEY; false where the value only names or points to a secret
   (secretName, truststore_secret, tokenUrl). */
bool secret_key(struct str key);
/* true for a text that holds a private key, as PEM */
bool secret_text(struct str text);

#endif
