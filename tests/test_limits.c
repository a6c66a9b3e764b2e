/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of schema/ with hostile schemas and values: refused, or done in time. */
#include "schema_run.h"

static void
hostile(void **state)
{
	enum { MANY = 100000, DEEP = 900 };
	struct run r;
	struct buf schema = { 0 }, value = { 0 };
	struct arena a = { 0 };
	const struct schema *s;
	const struct diag *d;
	double start = seconds();

	(void)state;
	/* many properties, all required, and as many keys that are not among them */
	schema.arena = value.arena = &a;
	buf_add(&schema, STR("{\"additionalProperties\": false, \"properties\": {"));
	for (unsigned i = 0; i < MANY; i++) {
		buf_addf(&schema, "%s\"k%u\": {}", i == 0 ? "" : ",\n", i);
		buf_addf(&value, "k%u: 1\nz%u: 1\n", i, i);
	}
	buf_add(&schema, STR("}}"));
	s = compile(&r, buf_str(&schema));
	assert_non_null(s);
	validate(&r, s, buf_str(&value));
	assert_int_equal(r.diags.count[DIAG_ERROR], MANY);
	arena_done(&r.arena);
	assert_true(seconds() - start < 30);

	/* a schema that refers to itself and a value as deep as may be read */
	value.n = 0;
	buf_fill(&value, '[', DEEP);
	buf_fill(&value, ']', DEEP);
	expect("{\"items\": {\"$ref\": \"#\"}, \"type\": \"array\"}", buf_z(&value), "");
	value.n = 0;
	buf_fill(&value, '[', DEEP);
	buf_add(&value, STR("1"));
	buf_fill(&value, ']', DEEP);
	/* choices within choices: each is tried once, not twice at every level */
	s = compile(&r, STR("{\"anyOf\": [{\"type\": \"array\", \"items\": {\"$ref\": \"#\"}}, {\"type\": \"array\", \"minItems\": 0, "
			    "\"items\": {\"$ref\": \"#\"}, \"maxItems\": 1}]}"));
	start = seconds();
	validate(&r, s, buf_str(&value));
	d = r.diags.first;
	assert_non_null(d);
	assert_string_equal(d->code, "schema/type");
	assert_null(d->next);
	assert_true(seconds() - start < 10);
	arena_done(&r.arena);

	/* aliases that stand for 2^40 values */
	value.n = 0;
	buf_add(&value, STR("a0: &a0 [1]\n"));
	for (unsigned i = 1; i <= 40; i++) {
		buf_addf(&value, "a%u: &a%u [*a%u, *a%u]\n", i, i, i - 1, i - 1);
	}
	expect("{\"type\": \"object\"}", buf_z(&value),
		"1:1 schema/limit: the document is nested too deeply, or its aliases stand for too much");

	/* a pattern that goes astray: Helm's verdict for short texts, none for long ones */
	expect("{\"properties\": {\"p\": {\"pattern\": \"(a+)+$\"}}}", "p: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
		"1:4 schema/pattern: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' does not match (a+)+$");
	expect("{\"patternProperties\": {\"(a+)+$\": {}}}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!: 1", "");
	value.n = 0;
	buf_fill(&value, 'a', 1000);
	buf_add(&value, STR("!: 1"));
	expect("{\"patternProperties\": {\"(a+)+$\": {}}}", buf_z(&value),
		"1:1 schema/limit: the pattern (a+)+$ is too costly for the key 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' "
		"in the document");
	value.n = 0;
	buf_add(&value, STR("p: "));
	buf_fill(&value, 'a', 1000);
	buf_byte(&value, '!');
	expect("{\"properties\": {\"p\": {\"pattern\": \"(a+)+$\"}}}", buf_z(&value),
		"1:4 schema/limit: the pattern (a+)+$ is too costly for the value of 'p'");

	/* numbers past every integer */
	expect("{\"type\": \"integer\", \"maximum\": 10}", "123456789012345678901234567890",
		"1:1 schema/maximum: the document is 123456789012345678901234567890, at most 10 is wanted");
	expect("{\"multipleOf\": 0.0001}", "1e300", "");
	expect("{\"multipleOf\": 2}", "9223372036854775807", "");  /* a double to Helm */
	expect("{\"minimum\": -1e308}", "-1e307", "");

	/* as many definitions, each referred to, in one line: no place is looked for twice */
	schema.n = value.n = 0;
	buf_add(&schema, STR("{\"definitions\": {\"none\": {}"));
	for (unsigned i = 0; i < MANY; i++) {
		buf_addf(&schema, ", \"d%u\": {\"type\": \"integer\"}", i);
	}
	buf_add(&schema, STR("}, \"properties\": {\"none\": {}"));
	for (unsigned i = 0; i < MANY; i++) {
		buf_addf(&schema, ", \"k%u\": {\"$ref\": \"#/definitions/d%u\"}", i, i);
		buf_addf(&value, "k%u: x\n", i);
	}
	buf_add(&schema, STR("}}"));
	start = seconds();
	s = compile(&r, buf_str(&schema));
	assert_non_null(s);
	validate(&r, s, buf_str(&value));
	assert_int_equal(r.diags.count[DIAG_ERROR], MANY);
	arena_done(&r.arena);
	assert_true(seconds() - start < 30);

	/* patterns that take their time, for many keys */
	schema.n = value.n = 0;
	buf_add(&schema, STR("{\"patternProperties\": {\"none\": {}"));
	for (unsigned i = 0; i < 2000; i++) {
		buf_addf(&schema, ", \"^(a|b)*%u$\": {}", i);
		buf_addf(&value, "abababababababababababababababab%u: 1\n", i);
	}
	buf_add(&schema, STR("}}"));
	s = compile(&r, buf_str(&schema));
	assert_non_null(s);
	validate(&r, s, buf_str(&value));
	assert_non_null(r.diags.first);
	assert_string_equal(r.diags.first->code, "schema/limit");
	arena_done(&r.arena);

	/* a condition that leads back to itself, and a dynamic reference to itself */
	expect("{\"if\": {}, \"then\": {\"$ref\": \"#\"}}", "1",
		"1:1 schema/limit: the schema and the value are nested too deeply at the document");

	/* a long chain of references */
	schema.n = 0;
	buf_add(&schema, STR("{\"$ref\": \"#/definitions/d0\", \"definitions\": {"));
	for (unsigned i = 0; i < 5000; i++) {
		buf_addf(&schema, "\"d%u\": {\"$ref\": \"#/definitions/d%u\"}, ", i, i + 1);
	}
	buf_add(&schema, STR("\"d5000\": {}}}"));
	expect(buf_z(&schema), "1", "1:1 schema/limit: the schema and the value are nested too deeply at the document");
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
