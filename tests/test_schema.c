/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of schema/: every keyword with a good and a bad value, places and words of findings. */
#include "schema/part.h"
#include "schema_run.h"

static void
keywords(void **state)
{
	static const struct {
		const char *schema, *good, *bad, *wanted;
	} cases[] = {
		{ "{\"type\": \"integer\"}", "1", "x", "1:1 schema/type: the document is the string \"x\", an integer is wanted" },
		{ "{\"type\": \"integer\"}", "1e3", "1.5", "1:1 schema/type: the document is the number 1.5, an integer is wanted" },
		{ "{\"type\": \"integer\"}", "644", "null", "1:1 schema/type: the document is null, an integer is wanted" },
		{ "{\"type\": \"number\"}", "1.0", "[]", "1:1 schema/type: the document is an empty list, a number is wanted" },
		{ "{\"type\": \"number\"}", "-.5", ".inf",
			"1:1 schema/type: the document is the number .inf, which Helm cannot read" },
		{ "{\"type\": \"boolean\"}", "on", "'on'",
			"1:1 schema/type: the document is the string \"on\" (quoted), a boolean is wanted | write on without quotes" },
		{ "{\"type\": [\"string\", \"null\", \"integer\"]}", "~", "true",
			"1:1 schema/type: the document is the boolean true, null, an integer or a string is wanted | quote it: \"true\"" },
		{ "{\"enum\": [1, \"a\", null]}", "1.0", "b", "1:1 schema/enum: 'b' is not allowed for the document | allowed: 1, a, null" },
		{ "{\"enum\": [{\"a\": 1, \"b\": [2]}]}", "{b: [2.0], a: 1}", "{a: 1}",
			"1:1 schema/enum: a map is not allowed for the document | allowed: {a: 1, b: [2]}" },
		{ "{\"const\": \"v1\"}", "v1", "v2", "1:1 schema/const: 'v2' is not allowed for the document | only v1 is allowed" },
		{ "{\"const\": true}", "yes", "'yes'", "1:1 schema/const: 'yes' is not allowed for the document | only true is allowed" },
		{ "{\"minimum\": 1}", "1", "0", "1:1 schema/minimum: the document is 0, at least 1 is wanted" },
		{ "{\"maximum\": 1.50}", "1.5", "2", "1:1 schema/maximum: the document is 2, at most 1.50 is wanted" },
		{ "{\"exclusiveMinimum\": 0}", "0.1", "-0.0", "1:1 schema/minimum: the document is -0.0, more than 0 is wanted" },
		{ "{\"exclusiveMaximum\": 0}", "-1", "0", "1:1 schema/maximum: the document is 0, less than 0 is wanted" },
		{ "{\"multipleOf\": 0.1}", "0.3", "0.25",
			"1:1 schema/multiple: the document is 0.25, a multiple of 0.1 is wanted | the nearest are 0.2 and 0.3" },
		{ "{\"multipleOf\": 5}", "-10", "7",
			"1:1 schema/multiple: the document is 7, a multiple of 5 is wanted | the nearest are 5 and 10" },
		{ "{\"minLength\": 1}", "é", "''", "1:1 schema/min-length: the document is empty, at least 1 character is wanted" },
		{ "{\"maxLength\": 2}", "éé", "abc", "1:1 schema/max-length: the document has 3 characters, at most 2 are wanted" },
		{ "{\"pattern\": \"^[a-z-]+$\"}", "a-b", "Web_1", "1:1 schema/pattern: 'Web_1' does not match ^[a-z-]+$" },
		{ "{\"items\": {\"type\": \"string\"}}", "[a]", "[a, 1]",
			"1:5 schema/type: '[1]' is the integer 1, a string is wanted | quote it: \"1\"" },
		{ "{\"minItems\": 1}", "[1]", "[]", "1:1 schema/min-items: the document has 0 items, at least 1 is wanted" },
		{ "{\"maxItems\": 1}", "[1]", "[1, 2, 3]", "1:5 schema/max-items: the document has 3 items, at most 1 is wanted" },
		{ "{\"uniqueItems\": true}", "[1, '1', true]", "[1, a, 1.0]",
			"1:8 schema/unique: item 3 of the document repeats item 1" },
		{ "{\"uniqueItems\": false}", "[1, 1]", NULL, NULL },
		{ "{\"required\": [\"a\"]}", "a: ~", "b: 1", "1:1 schema/required: the document lacks 'a'" },
		{ "{\"properties\": {\"a\": false}}", "b: 1", "a: 1", "1:1 schema/not: 'a' must not be set here" },
		{ "{\"additionalProperties\": false}", "{}", "a: 1", "1:1 schema/unknown-key: unknown key 'a' in the document" },
		{ "{\"additionalProperties\": {\"type\": \"null\"}}", "a:", "a: 1",
			"1:4 schema/type: 'a' is the integer 1, null is wanted" },
		{ "{\"patternProperties\": {\"^x\": {\"type\": \"array\"}}, \"additionalProperties\": false}", "x1: []", "x1: 1",
			"1:5 schema/type: 'x1' is the integer 1, a list is wanted" },
		{ "{\"propertyNames\": {\"maxLength\": 2}}", "ab: 1", "abc: 1",
			"1:1 schema/max-length: the key 'abc' in the document has 3 characters, at most 2 are wanted" },
		{ "{\"propertyNames\": {\"pattern\": \"^[a-z]+$\"}}", "ab: 1", "aB: 1",
			"1:1 schema/pattern: the key 'aB' in the document is not allowed" },
		{ "{\"minProperties\": 2}", "{a: 1, b: 2}", "a: 1", "1:1 schema/min-keys: the document has 1 key, at least 2 are wanted" },
		{ "{\"maxProperties\": 1}", "{a: 1}", "{a: 1, b: 2}",
			"1:1 schema/max-keys: the document has 2 keys, at most 1 is wanted" },
		{ "{\"allOf\": [{\"type\": \"integer\"}, {\"minimum\": 3}]}", "3", "2",
			"1:1 schema/minimum: the document is 2, at least 3 is wanted" },
		{ "{\"anyOf\": [{\"type\": \"integer\"}, {\"type\": \"array\"}]}", "[]", "{}",
			"1:1 schema/type: the document is an empty map; an integer or a list is wanted" },
		{ "{\"oneOf\": [{\"minimum\": 5}, {\"maximum\": 6, \"title\": \"small\"}]}", "7", "5",
			"1:1 schema/one-of: the document fits two forms at once: null, a boolean, a number, a string, a list or a map and small" },
		{ "{\"oneOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}]}", "a: 1", "{a: 1, b: 1}",
			"1:1 schema/one-of: the document has 'a' and 'b', only one of them may be set" },
		{ "{\"anyOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}]}", "b: 1", "{}",
			"1:1 schema/required: the document lacks 'a' or 'b'" },
		{ "{\"not\": {\"type\": \"string\"}}", "1", "x", "1:1 schema/not: 'x' is not allowed for the document" },
		{ "{\"not\": {\"required\": [\"a\"]}}", "b: 1", "{b: 1, a: 2}", "1:8 schema/not: 'a' must not be set here" },
		{ "{\"if\": {\"minimum\": 10}, \"then\": {\"multipleOf\": 10}, \"else\": {\"maximum\": 5}}", "20", "15",
			"1:1 schema/multiple: the document is 15, a multiple of 10 is wanted | the nearest are 10 and 20" },
		{ "{\"if\": {\"minimum\": 10}, \"then\": {\"multipleOf\": 10}, \"else\": {\"maximum\": 5}}", "5", "6",
			"1:1 schema/maximum: the document is 6, at most 5 is wanted" },
		{ "{\"definitions\": {\"a/b\": {\"type\": \"null\"}}, \"$ref\": \"#/definitions/a~1b\"}", "~", "1",
			"1:1 schema/type: the document is the integer 1, null is wanted" },
		{ "{\"items\": {\"$ref\": \"#\"}, \"type\": \"array\"}", "[[], [[]]]", "[[1]]",
			"1:3 schema/type: '[0][0]' is the integer 1, a list is wanted" },
		{ "{\"$id\": \"x\", \"$comment\": \"x\", \"title\": \"x\", \"description\": \"x\", \"default\": 1, "
		  "\"examples\": [1]}", "x", NULL, NULL },
		{ "true", "x", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (cases[i].good) {
			expect(cases[i].schema, cases[i].good, "");
		}
		if (cases[i].bad) {
			expect(cases[i].schema, cases[i].bad, cases[i].wanted);
		}
	}
}

static const char web[] = "{\"type\": \"object\", \"required\": [\"web\"], \"properties\": {\"web\": {\"type\": \"object\", "
	"\"required\": [\"image\", \"hosts\"], \"additionalProperties\": false, \"properties\": {\"image\": {\"type\": \"string\", "
	"\"description\": \"What to run. More.\"}, \"hosts\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}, "
	"\"pullPolicy\": {\"enum\": [\"Always\", \"Never\"]}, \"service\": {\"type\": \"object\", \"properties\": {\"port\": "
	"{\"type\": \"integer\"}, \"password\": {\"maxLength\": 3, \"type\": \"string\"}}, \"additionalProperties\": false}}}}}";

static void
places_and_words(void **state)
{
	(void)state;
	expect(web, "web: {image: x, hosts: [a]}\n", "");
	/* what is meant may be another number */
	expect("{\"type\": \"integer\"}", "0644", "1:1 yaml/number: the document is written 0644, which Helm reads as 420 "
		"| write 420, or leave out the leading zeros");
	expect("{\"type\": \"number\"}", "-0x1F", "1:1 yaml/number: the document is written -0x1F, which Helm reads as -31 | write -31");
	expect("{\"type\": \"integer\"}", "-10", "");
	expect("{\"type\": [\"integer\", \"string\"]}", "\"0644\"", "");
	/* one level too high, by its name, by that of the map before it, and misspelt */
	expect("{\"properties\": {\"web\": {\"properties\": {\"className\": {}, \"truststoreSecret\": {}}}}, "
		"\"additionalProperties\": false}", "{className: a, webClassName: b, truststoreSeret: c, otherName: d}",
		"1:2 schema/unknown-key: unknown key 'className' in the document | put it into 'web'\n"
		"1:16 schema/unknown-key: unknown key 'webClassName' in the document | put it into 'web' as 'className'\n"
		"1:33 schema/unknown-key: unknown key 'truststoreSeret' in the document | put it into 'web' as 'truststoreSecret'\n"
		"1:53 schema/unknown-key: unknown key 'otherName' in the document");
	expect(web, "# c\nweb:\n  imagee: x\n  hosts: [a]\n",
		"3:3 schema/unknown-key: unknown key 'imagee' in 'web' | did you mean 'image'?");
	expect(web, "web:\n  pull-policy: Never\n  hosts: []\n",
		"1:1 schema/required: 'web' lacks 'image' | image: What to run\n"
		"2:3 schema/unknown-key: unknown key 'pull-policy' in 'web' | did you mean 'pullPolicy'?");
	expect(web, "web:\n  image: x\n  hosts:\n  - a\n  - on\n",
		"5:5 schema/type: 'web.hosts[1]' is the boolean true, written on, a string is wanted | quote it: \"on\"");
	expect(web, "web:\n  image: 0644\n  hosts: a b\n",
		"2:10 schema/type: 'web.image' is the integer 420, written 0644, a string is wanted | quote it: \"0644\"\n"
		"3:10 schema/type: 'web.hosts' is the string \"a b\", a list is wanted | write it as a list: [\"a b\"]");
	expect(web, "web:\n  image: 1.20\n  hosts: []\n  service: {port: '80'}\n",
		"2:10 schema/type: 'web.image' is the number 1.2, written 1.20, a string is wanted | quote it: \"1.20\"\n"
		"4:19 schema/type: 'web.service.port' is the string \"80\" (quoted), an integer is wanted | write 80 without quotes");
	expect(web, "web:\n  image: x\n  hosts: []\n  port: 1\n",
		"4:3 schema/unknown-key: unknown key 'port' in 'web' | put it into 'web.service'");
	expect(web, "web:\n  image: x\n  hosts: []\n  service: {pullPolicy: Always}\n",
		"4:13 schema/unknown-key: unknown key 'pullPolicy' in 'web.service' | 'pullPolicy' belongs one level up, in 'web'");
	expect(web, "web:\n  image: x\n  hosts: []\n  pullPolicy: always\n",
		"4:15 schema/enum: 'always' is not allowed for 'web.pullPolicy' | did you mean 'Always'?");
	expect(web, "web:\n  image: x\n  hosts: []\n  service: {password: hunter2}\n",
		"4:23 schema/max-length: 'web.service.password' has 7 characters, at most 3 are wanted");
	expect(web, "web:\n  image: x\n  hosts: []\n  service: {password: 1234}\n",
		"4:23 schema/type: 'web.service.password' is an integer, a string is wanted");
	expect(web, "web:\n  image:\n  hosts: []\n",
		"2:9 schema/type: 'web.image' is empty (null), a string is wanted");
	expect(web, "web:\n  é: 1\n  image: x\n  hosts: [ä, 1]\n",
		"2:3 schema/unknown-key: unknown key 'é' in 'web'\n"
		"4:14 schema/type: 'web.hosts[1]' is the integer 1, a string is wanted | quote it: \"1\"");
	expect_note(web, "web: {imag: x, hosts: []}", "allowed here: image, hosts, pullPolicy, service");
	expect_note(web, "web: {imag: x, hosts: []}", "schema: s.json:1:114 (/properties/web/additionalProperties)");
	expect("{\"properties\": {\"g\": {\"enum\": [\"on\", \"off\"]}}}", "g: on",
		"1:4 schema/enum: 'g' is the boolean true, written on, which is not allowed | quote it: \"on\"");
	expect("{\"properties\": {\"g\": {\"type\": \"string\", \"enum\": [\"a\", \"b\"]}}}", "g: on",
		"1:4 schema/type: 'g' is the boolean true, written on, a string is wanted | allowed: a, b");
	expect("{\"properties\": {\"l\": {\"additionalProperties\": {\"type\": \"string\"}}}}", "l: {a/b: 1}",
		"1:10 schema/type: 'l[\"a/b\"]' is the integer 1, a string is wanted | quote it: \"1\"");
	expect("{\"pattern\": \"^[a-z]+$\", \"description\": \"lower case letters\"}", "AB",
		"1:1 schema/pattern: 'AB' is not allowed for the document | lower case letters");
	expect("{\"if\": {\"required\": [\"mode\"], \"properties\": {\"mode\": {\"const\": \"ha\"}}}, \"then\": {\"required\": [\"peers\"]}}",
		"a: 1\nmode: ha\n", "2:1 schema/required: 'peers' is missing, because mode is 'ha' (line 2)");
	expect("{\"if\": {\"required\": [\"dir\"]}, \"then\": {\"description\": \"dir holds all\", \"not\": {\"anyOf\": [{\"required\": "
	       "[\"cert\"]}, {\"required\": [\"key\"]}]}}}", "dir: x\nkey: z\n",
		"2:1 schema/not: 'key' must not be set here, because dir is set (line 1) | dir holds all");
}

static void
subjects(void **state)
{
	struct run r;
	const struct schema *s = compile(&r, STR("{\"properties\": {\"a/b\": {\"items\": {\"type\": \"null\"}}}}"));

	(void)state;
	validate(&r, s, STR("a/b: [~, 1]"));
	assert_string_equal(r.diags.first->subject, "/a~1b/1");
	arena_done(&r.arena);
}

static void
choices(void **state)
{
	static const char port[] = "{\"properties\": {\"port\": {\"anyOf\": [{\"type\": \"integer\", \"minimum\": 1}, {\"type\": \"string\", "
		"\"pattern\": \"^[0-9]+$\"}]}}}";
	static const char volume[] = "{\"oneOf\": [{\"properties\": {\"kind\": {\"const\": \"nfs\"}, \"server\": {\"type\": \"string\"}}, "
		"\"required\": [\"kind\", \"server\"]}, {\"properties\": {\"kind\": {\"const\": \"csi\"}, \"driver\": {\"type\": \"string\"}, "
		"\"handle\": {}}, \"required\": [\"kind\", \"driver\", \"handle\"]}]}";

	(void)state;
	expect(port, "port: 80", "");
	expect(port, "port: '80'", "");
	expect(port, "port: [80]", "1:7 schema/type: 'port' is a list; an integer or a string is wanted");
	expect(port, "port: 0", "1:7 schema/minimum: 'port' is 0, at least 1 is wanted");
	expect(port, "port: http", "1:7 schema/pattern: 'http' does not match ^[0-9]+$");
	expect_note(port, "port: 0", "or: a string that matches ^[0-9]+$");
	/* the fixed key decides, although the other form has fewer findings */
	expect(volume, "kind: csi\nserver: x\n",
		"1:1 schema/required: the document lacks 'driver'\n1:1 schema/required: the document lacks 'handle'");
	expect(volume, "kind: nfs\nserver: 1\n",
		"2:9 schema/type: 'server' is the integer 1, a string is wanted | quote it: \"1\"");
}

static void
yaml_readings(void **state)
{
	static const char ints[] = "{\"additionalProperties\": {\"type\": \"integer\"}}";

	(void)state;
	expect(ints, "a: x\na: 1\n", "");
	expect(ints, "a: 1\na: x\n", "2:4 schema/type: 'a' is the string \"x\", an integer is wanted");
	expect("{\"properties\": {\"base\": {}}, \"additionalProperties\": {\"required\": [\"a\", \"b\"]}}",
		"base: &b {a: 1}\nc: {<<: *b, b: 2}\n", "");
	expect("{\"properties\": {\"x\": {}, \"y\": {\"type\": \"string\"}}}", "x: &a 1\ny: *a\n",
		"1:7 schema/type: 'y' is the integer 1, a string is wanted | quote it: \"1\"");
}

static void
bad_schemas(void **state)
{
	(void)state;
	expect_bad_schema("{\"type\": \"int\"}", "1:10 schema/enum: 'int' is not allowed for 'type' | did you mean 'integer'?");
	expect_bad_schema("{\"pattern\": \"a\\\\d(b\"}", "1:18 schema/regex: the pattern cannot be used: missing closing ): `a\\d(b` | "
						      "write \\( for the character");
	expect_bad_schema("{\"minLength\": -1}", "1:15 schema/minimum: 'minLength' is -1, at least 0 is wanted");
	expect_bad_schema("{\"multipleOf\": 0}", "1:16 schema/minimum: 'multipleOf' is 0, more than 0 is wanted");
	expect_bad_schema("{\"items\": 3}", "1:11 schema/type: 'items' is the integer 3; a boolean, a list or a map is wanted");
	expect_bad_schema("{\"allOf\": []}", "1:2 schema/min-items: 'allOf' has 0 items, at least 1 is wanted");
	expect_bad_schema("{\"$ref\": \"#/definitions/prot\", \"definitions\": {\"port\": {}}}",
		"1:10 schema/ref: the reference '#/definitions/prot' leads to nothing | did you mean 'port'?");
	expect_bad_schema("{\"$ref\": \"other.json\"}", "1:10 schema/ref: the reference 'other.json' leads to no file | Helm knows no file beside "
							"the schema: put it into this file, under $defs");
	expect_bad_schema("{\"$ref\": \"#/definitions/a\", \"definitions\": {\"a\": {\"$ref\": \"#/definitions/b\"}, "
			  "\"b\": {\"allOf\": [{\"$ref\": \"#/definitions/a\"}]}}}",
		"1:59 schema/ref: the reference '#/definitions/b' leads back to itself");
	expect_bad_schema("", "1:1 json/syntax: the file ends where a value is wanted");
}

static void
builtin(void **state)
{
	static const char *const names[] = { "site-profile", "workbench-values" };
	struct arena a = { 0 };
	struct diags diags;
	struct source src;
	struct node *root;

	(void)state;
	diags_init(&diags, &a);
	for (size_t i = 0; i < 2; i++) {
		const struct schema *s = schema_builtin(names[i], &diags);

		assert_non_null(s);
		assert_null(diags.first);
		source_init(&src, &a, "p.yaml", STR("hostname: 5\nimage: {serve: x}\n"));
		assert_true(parse_one(&src, &a, &root, &diags));
		assert_false(valid(s, &src, root, "profile", &diags));
		for (const struct diag *d = diags.first; d; d = d->next) {
			/* the place in a built-in schema is of no use to anybody */
			for (const struct diag_note *note = d->notes; note; note = note->next) {
				assert_int_not_equal(strncmp(note->text, "schema:", 7), 0);
			}
		}
		diags_init(&diags, &a);
	}
	assert_null(schema_builtin("nothing", &diags));
	arena_done(&a);
}

/* as files of a user's, of which every pattern is read at once and which the metaschema is asked about */
static void
builtin_as_files(void **state)
{
	static const char *const names[] = { "site-profile", "workbench-values" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct run r;
		const struct schema *s = compile(&r, embedded_schema_text(names[i]));

		assert_string_equal(said(&r), "");
		assert_non_null(s);
		arena_done(&r.arena);
	}
}

static const struct node *
tree(struct arena *a, struct str text)
{
	struct source *src = arena_new(a, struct source);
	struct node *root;
	struct diags diags;

	diags_init(&diags, a);
	source_init(src, a, "tree", text);
	assert_true(parse_one(src, a, &root, &diags));
	return root;
}

/* what is left of a schema for a value */
static void
parts(void **state)
{
	static const char schema[] = "{type: object, required: [a], additionalProperties: false, properties: {"
		"a: {$ref: '#/definitions/x'}, b: {$ref: '#/definitions/y'}, c: {properties: {d: {$ref: '#/definitions/z'}, e: {type: string}}}},"
		"definitions: {x: {items: {$ref: '#/definitions/x'}}, y: {type: string}, z: {minLength: 1}}}";
	static const struct {
		const char *value, *wanted;
	} cases[] = {
		{ "{}", "{type: object, required: [a], additionalProperties: false, properties: {}, definitions: {}}" },
		{ "{f: 1, a: 1}", "{type: object, required: [a], additionalProperties: false, properties: {a: {$ref: '#/definitions/x'}},"
			"definitions: {x: {items: {$ref: '#/definitions/x'}}}}" },
		{ "c: {d: 1}", "{type: object, required: [a], additionalProperties: false, properties: {c: {properties: {d: {$ref: '#/definitions/z'}}}},"
			"definitions: {z: {minLength: 1}}}" },
		{ "x: &m {d: 1}\nc: {<<: *m}", "{type: object, required: [a], additionalProperties: false,"
			"properties: {c: {properties: {d: {$ref: '#/definitions/z'}}}}, definitions: {z: {minLength: 1}}}" },
		{ "<<: {b: 1}", "{type: object, required: [a], additionalProperties: false, properties: {b: {$ref: '#/definitions/y'}},"
			"definitions: {y: {type: string}}}" },
		{ "c: 1", "{type: object, required: [a], additionalProperties: false, properties: {c: {properties: {d: {$ref: '#/definitions/z'},"
			"e: {type: string}}}}, definitions: {z: {minLength: 1}}}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a = { 0 };

		assert_true(node_equal(part_of(&a, tree(&a, str_of(schema)), tree(&a, str_of(cases[i].value))), tree(&a, str_of(cases[i].wanted))));
		arena_done(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keywords),
		cmocka_unit_test(places_and_words),
		cmocka_unit_test(subjects),
		cmocka_unit_test(choices),
		cmocka_unit_test(yaml_readings),
		cmocka_unit_test(bad_schemas),
		cmocka_unit_test(builtin),
		cmocka_unit_test(builtin_as_files),
		cmocka_unit_test(parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
