/* SPDX-License-Identifier: Apache-2.0 */
/* The drafts and their keywords, as tables. */
#include "schema/draft.h"

#include "schema/schema.h"

#include <stdint.h>

enum {
	ALL = DRAFT_4 | DRAFT_6 | DRAFT_7 | DRAFT_2019 | DRAFT_2020 | DRAFT_MIXED,
	FROM_6 = ALL & ~DRAFT_4,
	FROM_7 = FROM_6 & ~DRAFT_6,
	FROM_2019 = DRAFT_2019 | DRAFT_2020,
	TO_2019 = ALL & ~DRAFT_2020,
};

#define IN(field) offsetof(struct schema, field)

/* Helm 4's validator keeps definitions and dependencies in every draft. */
const struct keyword draft_keywords[] = {
	{ "$schema", READ_TEXT, ALL, VOCAB_CORE, SIZE_MAX },
	{ "id", READ_TEXT, DRAFT_4 | DRAFT_MIXED, VOCAB_CORE, SIZE_MAX },
	{ "$id", READ_TEXT, FROM_6, VOCAB_CORE, SIZE_MAX },
	{ "$anchor", READ_TEXT, FROM_2019, VOCAB_CORE, SIZE_MAX },
	{ "$dynamicAnchor", READ_TEXT, DRAFT_2020, VOCAB_CORE, SIZE_MAX },
	{ "$recursiveAnchor", READ_NOTHING, DRAFT_2019, VOCAB_CORE, 0 },
	{ "$vocabulary", READ_NOTHING, FROM_2019, VOCAB_CORE, 0 },
	{ "$comment", READ_TEXT, FROM_7, VOCAB_CORE, SIZE_MAX },
	{ "$ref", READ_REF, ALL, VOCAB_CORE, 0 },
	{ "$dynamicRef", READ_DYNAMIC_REF, DRAFT_2020, VOCAB_CORE, 0 },
	{ "$recursiveRef", READ_RECURSIVE_REF, DRAFT_2019, VOCAB_CORE, 0 },
	{ "$defs", READ_DEFINITIONS, FROM_2019, VOCAB_CORE, 0 },
	{ "definitions", READ_DEFINITIONS, ALL, VOCAB_CORE, 0 },
	{ "type", READ_TYPE, ALL, VOCAB_VALIDATION, IN(types) },
	{ "enum", READ_CHOICES, ALL, VOCAB_VALIDATION, 0 },
	{ "const", READ_CONSTANT, FROM_6, VOCAB_VALIDATION, 0 },
	{ "multipleOf", READ_NUMBER, ALL, VOCAB_VALIDATION, IN(multiple) },
	{ "maximum", READ_NUMBER, ALL, VOCAB_VALIDATION, IN(maximum) },
	{ "exclusiveMaximum", READ_BOUND, ALL, VOCAB_VALIDATION, IN(below) },
	{ "minimum", READ_NUMBER, ALL, VOCAB_VALIDATION, IN(minimum) },
	{ "exclusiveMinimum", READ_BOUND, ALL, VOCAB_VALIDATION, IN(above) },
	{ "maxLength", READ_COUNT, ALL, VOCAB_VALIDATION, IN(max_length) },
	{ "minLength", READ_COUNT, ALL, VOCAB_VALIDATION, IN(min_length) },
	{ "pattern", READ_PATTERN, ALL, VOCAB_VALIDATION, 0 },
	{ "maxItems", READ_COUNT, ALL, VOCAB_VALIDATION, IN(max_items) },
	{ "minItems", READ_COUNT, ALL, VOCAB_VALIDATION, IN(min_items) },
	{ "uniqueItems", READ_FLAG, ALL, VOCAB_VALIDATION, IN(unique) },
	{ "maxContains", READ_COUNT, FROM_2019, VOCAB_VALIDATION, IN(max_contains) },
	{ "minContains", READ_COUNT, FROM_2019, VOCAB_VALIDATION, IN(min_contains) },
	{ "maxProperties", READ_COUNT, ALL, VOCAB_VALIDATION, IN(max_props) },
	{ "minProperties", READ_COUNT, ALL, VOCAB_VALIDATION, IN(min_props) },
	{ "required", READ_NAMES, ALL, VOCAB_VALIDATION, 0 },
	{ "dependentRequired", READ_NEEDED, FROM_2019, VOCAB_VALIDATION, 0 },
	{ "properties", READ_PROPS, ALL, VOCAB_APPLICATOR, 0 },
	{ "patternProperties", READ_PATTERNS, ALL, VOCAB_APPLICATOR, 0 },
	{ "additionalProperties", READ_ONE, ALL, VOCAB_APPLICATOR, IN(others) },
	{ "propertyNames", READ_ONE, FROM_6, VOCAB_APPLICATOR, IN(names) },
	{ "items", READ_ITEMS, ALL, VOCAB_APPLICATOR, IN(items) },
	{ "prefixItems", READ_SOME, DRAFT_2020, VOCAB_APPLICATOR, IN(first) },
	{ "additionalItems", READ_ONE, TO_2019, VOCAB_APPLICATOR, IN(more_items) },
	{ "contains", READ_ONE, FROM_6, VOCAB_APPLICATOR, IN(contains) },
	{ "allOf", READ_SOME, ALL, VOCAB_APPLICATOR, IN(all) },
	{ "anyOf", READ_SOME, ALL, VOCAB_APPLICATOR, IN(any) },
	{ "oneOf", READ_SOME, ALL, VOCAB_APPLICATOR, IN(one) },
	{ "not", READ_ONE, ALL, VOCAB_APPLICATOR, IN(none) },
	{ "if", READ_ONE, FROM_7, VOCAB_APPLICATOR, IN(condition) },
	{ "then", READ_ONE, FROM_7, VOCAB_APPLICATOR, IN(then) },
	{ "else", READ_ONE, FROM_7, VOCAB_APPLICATOR, IN(otherwise) },
	{ "dependentSchemas", READ_DEPENDENT, FROM_2019, VOCAB_APPLICATOR, 0 },
	{ "dependencies", READ_DEPENDENCIES, ALL, VOCAB_APPLICATOR, 0 },
	{ "unevaluatedProperties", READ_ONE, FROM_2019, VOCAB_UNEVALUATED, IN(unseen_props) },
	{ "unevaluatedItems", READ_ONE, FROM_2019, VOCAB_UNEVALUATED, IN(unseen_items) },
	{ "format", READ_FORMAT, ALL, VOCAB_FORMAT, 0 },
	{ "title", READ_TEXT, ALL, VOCAB_META, IN(title) },
	{ "description", READ_TEXT, ALL, VOCAB_META, IN(description) },
	{ "default", READ_FREE, ALL, VOCAB_META, IN(fallback) },
	{ "examples", READ_FREE, FROM_6, VOCAB_META, IN(examples) },
	{ "readOnly", READ_NOTHING, FROM_7, VOCAB_META, 0 },
	{ "writeOnly", READ_NOTHING, FROM_7, VOCAB_META, 0 },
	{ "deprecated", READ_NOTHING, FROM_2019, VOCAB_META, 0 },
	{ "contentEncoding", READ_TEXT, FROM_7, VOCAB_CONTENT, SIZE_MAX },
	{ "contentMediaType", READ_TEXT, FROM_7, VOCAB_CONTENT, SIZE_MAX },
	{ "contentSchema", READ_UNUSED, FROM_2019, VOCAB_CONTENT, 0 },
	{ NULL, READ_NOTHING, 0, 0, 0 },
};

static const struct {
	unsigned draft;
	const char *name, *uri;
} drafts[] = {
	{ DRAFT_4, "draft-04", "http://json-schema.org/draft-04/schema" },
	{ DRAFT_6, "draft-06", "http://json-schema.org/draft-06/schema" },
	{ DRAFT_7, "draft-07", "http://json-schema.org/draft-07/schema" },
	{ DRAFT_2019, "2019-09", "https://json-schema.org/draft/2019-09/schema" },
	{ DRAFT_2020, "2020-12", "https://json-schema.org/draft/2020-12/schema" },
	{ DRAFT_2020, "2020-12", "http://json-schema.org/schema" },  /* the latest */
};

enum { DRAFTS = sizeof(drafts) / sizeof(*drafts) };

static struct str
without_scheme(struct str uri)
{
	return str_starts(uri, STR("http://")) ? str_slice(uri, 7, uri.n) : str_starts(uri, STR("https://")) ? str_slice(uri, 8, uri.n) : uri;
}

bool
draft_of(struct str uri, unsigned *ret)
{
	struct str text = without_scheme(uri);

	if (str_ends(text, STR("#"))) {
		text.n--;
	}
	for (size_t i = 0; i < DRAFTS; i++) {
		if (text.n < uri.n && str_eq(text, without_scheme(str_of(drafts[i].uri)))) {
			*ret = drafts[i].draft;
			return true;
		}
	}
	return false;
}

unsigned
draft_vocab(struct str uri)
{
	static const struct {
		const char *name;
		unsigned bits;
	} names[] = {
		{ "2019-09/vocab/core", VOCAB_CORE },
		{ "2019-09/vocab/applicator", VOCAB_APPLICATOR | VOCAB_UNEVALUATED },
		{ "2019-09/vocab/validation", VOCAB_VALIDATION },
		{ "2019-09/vocab/meta-data", VOCAB_META },
		{ "2019-09/vocab/format", VOCAB_FORMAT },
		{ "2019-09/vocab/content", VOCAB_CONTENT },
		{ "2020-12/vocab/core", VOCAB_CORE },
		{ "2020-12/vocab/applicator", VOCAB_APPLICATOR },
		{ "2020-12/vocab/unevaluated", VOCAB_UNEVALUATED },
		{ "2020-12/vocab/validation", VOCAB_VALIDATION },
		{ "2020-12/vocab/meta-data", VOCAB_META },
		{ "2020-12/vocab/format-annotation", VOCAB_FORMAT },
		{ "2020-12/vocab/format-assertion", VOCAB_FORMAT | VOCAB_ASSERT },
		{ "2020-12/vocab/content", VOCAB_CONTENT },
	};
	static const char prefix[] = "https://json-schema.org/draft/";

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (str_starts(uri, str_of(prefix)) && str_is(str_slice(uri, sizeof(prefix) - 1, uri.n), names[i].name)) {
			return names[i].bits;
		}
	}
	return 0;
}

const char *
draft_name(unsigned draft)
{
	for (size_t i = 0; i < DRAFTS; i++) {
		if (drafts[i].draft == draft) {
			return drafts[i].name;
		}
	}
	return "draft-04, 06 and 07 at once";
}

struct str
draft_uri(unsigned draft)
{
	for (size_t i = 0; i < DRAFTS; i++) {
		if (drafts[i].draft == draft) {
			return str_of(drafts[i].uri);
		}
	}
	return (struct str){ 0 };
}

unsigned
draft_first(unsigned bits)
{
	return bits & ~(bits - 1);
}
