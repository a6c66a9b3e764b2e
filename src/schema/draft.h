/* SPDX-License-Identifier: Apache-2.0 */
/* What the drafts of JSON Schema differ in: their names, their keywords, their vocabularies. */
#ifndef WBRENDER_SCHEMA_DRAFT_H
#define WBRENDER_SCHEMA_DRAFT_H

#include "base/str.h"

/* Bits. Helm 3 up to 3.18.4 takes what names no draft that it knows for a mixture of the first three. */
enum {
	DRAFT_4 = 1 << 0,
	DRAFT_6 = 1 << 1,
	DRAFT_7 = 1 << 2,
	DRAFT_2019 = 1 << 3,
	DRAFT_2020 = 1 << 4,
	DRAFT_MIXED = 1 << 5,
	/* ignore what stands beside $ref */
	DRAFTS_REF_ALONE = DRAFT_4 | DRAFT_6 | DRAFT_7 | DRAFT_MIXED,
};

/* bits; before 2019-09 all but the last count */
enum {
	VOCAB_CORE = 1 << 0,
	VOCAB_APPLICATOR = 1 << 1,
	VOCAB_UNEVALUATED = 1 << 2,
	VOCAB_VALIDATION = 1 << 3,
	VOCAB_META = 1 << 4,
	VOCAB_FORMAT = 1 << 5,
	VOCAB_CONTENT = 1 << 6,
	VOCAB_ALL = (1 << 7) - 1,
	VOCAB_ASSERT = 1 << 7,        /* formats are asserted, from 2019-09 on */
};

struct dialect {
	unsigned draft, vocab;
};

/* what a keyword's value is, and so who reads it */
enum reader {
	READ_NOTHING,                 /* noted elsewhere, or for people only */
	READ_FREE, READ_TEXT, READ_NUMBER, READ_BOUND, READ_COUNT, READ_FLAG, READ_TYPE, READ_CHOICES, READ_CONSTANT, READ_NAMES,
	READ_PATTERN, READ_FORMAT, READ_REF, READ_DYNAMIC_REF, READ_RECURSIVE_REF, READ_NEEDED,
	/* schemas stand in these */
	READ_ONE, READ_UNUSED, READ_SOME, READ_ITEMS, READ_PROPS, READ_DEFINITIONS, READ_PATTERNS, READ_DEPENDENT, READ_DEPENDENCIES,
};

struct keyword {
	const char *name;
	enum reader reader;
	unsigned drafts, vocab;
	size_t offset;                /* of what is read, in struct schema */
};

/* every keyword of every draft; the last has no name */
extern const struct keyword draft_keywords[];

/* the draft of a $schema; false for any other */
bool draft_of(struct str uri, unsigned *ret);
/* the bit of a vocabulary's URI; 0 for any other */
unsigned draft_vocab(struct str uri);
/* "draft-07", "2020-12" */
const char *draft_name(unsigned draft);
/* the URI of its metaschema */
struct str draft_uri(unsigned draft);
/* the first draft that has the keyword */
unsigned draft_first(unsigned drafts);

#endif
