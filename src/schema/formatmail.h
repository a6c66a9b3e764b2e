/* SPDX-License-Identifier: Apache-2.0 */
/* Mail addresses as Go's net/mail parses them, with names and comments: `email` in Helm 3. */
#ifndef WBRENDER_SCHEMA_FORMATMAIL_H
#define WBRENDER_SCHEMA_FORMATMAIL_H

#include "schema/formatcheck.h"

format_check formatmail_address;

#endif
