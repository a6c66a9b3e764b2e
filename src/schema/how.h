/* SPDX-License-Identifier: Apache-2.0 */
/* How a tree of values is to be taken when it is checked. */
#ifndef WBRENDER_SCHEMA_HOW_H
#define WBRENDER_SCHEMA_HOW_H

#include "schema/decimal.h"

struct valid_how {
	const char *noun;             /* what findings call it: "profile"; NULL: "document" */
	const char *root;             /* what findings call the whole of it: "'.Values'"; NULL: "the", and the noun */
	enum decimal_kind numbers;    /* values of Helm or what is written */
	bool told;                    /* of numbers that Helm reads otherwise than people somebody has told already */
	/* the source that a node's span is in, where that differs from node to node; NULL: the one given */
	struct source *(*source_of)(void *ctx, const struct node *);
	void *ctx;
};

#endif
