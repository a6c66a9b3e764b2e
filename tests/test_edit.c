/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/edit: what is merged into every shape of YAML, to the byte, and what is refused, with its place. */
#include "edited.h"

static void
block_maps(void **state)
{
	(void)state;
	put("a: b\n", "a: b\nm:\n  k: v\n");
	put("m:\n  a: b\n", "m:\n  a: b\n  k: v\n");
	put("m:\n    a: b\nz: 1\n", "m:\n    a: b\n    k: v\nz: 1\n");
	put("m:\n a: b\n", "m:\n a: b\n k: v\n");
	put("m:\n  a:\n  - b\n", "m:\n  a:\n  - b\n  k: v\n");
	put("m:\n  a:\n    - b\n  # c\n\n# d\nz: 1\n", "m:\n  a:\n    - b\n  k: v\n  # c\n\n# d\nz: 1\n");
	put("m:\n  a: b # c\n\nz: 1\n", "m:\n  a: b # c\n  k: v\n\nz: 1\n");
	put("\"m\": # c\n  'a': b\n", "\"m\": # c\n  'a': b\n  k: v\n");
	put("m:\n  a: one\n    two\n\n    three\nz: 1\n", "m:\n  a: one\n    two\n\n    three\n  k: v\nz: 1\n");
	put("m:\n  a: 'one\n\n    two' # c\nz: 1\n", "m:\n  a: 'one\n\n    two' # c\n  k: v\nz: 1\n");
	put("m:\n  a: [b,\n c]\nz: 1\n", "m:\n  a: [b,\n c]\n  k: v\nz: 1\n");
	put("m:\n  ? a\n  : b\n", "m:\n  ? a\n  : b\n  k: v\n");
	put("? m\n: a: b\n", "? m\n: a: b\n  k: v\n");
	put("m:\n  a:\t b\t# c\n", "m:\n  a:\t b\t# c\n  k: v\n");
	put("m:\n  ? a\n", "m:\n  ? a\n  k: v\n");
	expect("m:\n  n:\n      a: b\n", "m: {n: {k: v}, l: {k: v}}", "m:\n  n:\n      a: b\n      k: v\n  l:\n    k: v\n");
	/* a deeper level stands as much deeper as its neighbours do */
	expect("m:\n    a: b\n", "m: {o: {k: v}}", "m:\n    a: b\n    o:\n        k: v\n");
}

static void
block_scalars(void **state)
{
	(void)state;
	put("m:\n  a: |\n    b\nz: 1\n", "m:\n  a: |\n    b\n  k: v\nz: 1\n");
	put("m:\n  a: |\n    b\n\n\nz: 1\n", "m:\n  a: |\n    b\n\n\n  k: v\nz: 1\n");
	put("m:\n  a: |+\n    b\n\n", "m:\n  a: |+\n    b\n\n  k: v\n");
	put("m:\n  a: |-\n    b\n# c\n", "m:\n  a: |-\n    b\n  k: v\n# c\n");
	put("m:\n  a: >2-\n     b\n    c\n---\nz: 1\n", "m:\n  a: >2-\n     b\n    c\n  k: v\n---\nz: 1\nm:\n  k: v\n");
	put("m:\n  a: |\n", "m:\n  a: |\n  k: v\n");
	/* a line break behind it would change it, so the new key stands before */
	put("m:\n  a: |\n    b", "m:\n  k: v\n  a: |\n    b");
	put("m:\n  a: |+\n    b", "m:\n  k: v\n  a: |+\n    b");
}

static void
nulls(void **state)
{
	(void)state;
	put("m:\nz: 1\n", "m:\n  k: v\nz: 1\n");
	put("m: # c\n", "m: # c\n  k: v\n");
	put("m:", "m:\n  k: v");
	put("m: ~ # c\n", "m: {k: v} # c\n");
	put("m: null\n", "m: {k: v}\n");
	put("m: {}\n", "m: {k: v}\n");
	put("m: { } # c\n", "m: {k: v } # c\n");
	put("{m: , z: 1}\n", "{m: {k: v} , z: 1}\n");
	put("{m, z: 1}\n", "{m: {k: v}, z: 1}\n");
	put("{z: 1, m: }\n", "{z: 1, m: {k: v} }\n");
	expect("a: b\nm:\n  k:\n", "m: {k: v}", "a: b\nm:\n  k: v\n");
	expect("m:\n  k: ~\n", "m: {k: v}", "m:\n  k: v\n");
	expect("m:\n  k: # c\n  l: 1\n", "m: {k: v}", "m:\n  k: v # c\n  l: 1\n");
	expect("m:\n", "m: {k: {a: b}, l: c}", "m:\n  k:\n    a: b\n  l: c\n");
	expect("m: {}\n", "m: {k: {a: b}, l: c}", "m: {k: {a: b}, l: c}\n");
	refused("m: &x\n", "m: {k: v}", EDIT_OVERWRITE, "1:6 render/null");
	refused("m: &x ~\n", "m: {k: v}", EDIT_OVERWRITE, "1:7 render/null");
	refused("a: b\nm: !!null\n", "m: {k: v}", EDIT_OVERWRITE, "2:10 render/null");
	refused("? m\n", "m: {k: v}", EDIT_OVERWRITE, "1:3 render/null");
}

static void
flow(void **state)
{
	(void)state;
	put("m: {a: b}\n", "m: {k: v, a: b}\n");
	put("m: { a: b, }\n", "m: { k: v, a: b, }\n");
	put("m: {\n  # c\n  a: b\n}\n", "m: {\n  # c\n  k: v, a: b\n}\n");
	put("m: {# c\n}\n", "m: {k: v # c\n}\n");
	put("{a: b}", "{m: {k: v}, a: b}");
	put("{}", "{m: {k: v}}");
	put("{\"a\": \"b\"}\n", "{\"m\": {\"k\": \"v\"}, \"a\": \"b\"}\n");
	put("{\n  \"m\": {\n    \"a\": 1\n  }\n}\n", "{\n  \"m\": {\n    \"k\": \"v\", \"a\": 1\n  }\n}\n");
	put("{\"m\": {}}\n", "{\"m\": {\"k\": \"v\"}}\n");
	put("{\"m\": null}\n", "{\"m\": {\"k\": \"v\"}}\n");
	put("{\"m\": {\"k\": \"w\"}}\n", "{\"m\": {\"k\": \"v\"}}\n");
	put("{'m': {? a : b}}\n", "{'m': {k: v, ? a : b}}\n");
	put("m: {?a\n  c: b}\n", "m: {k: v, ?a\n  c: b}\n");
	put("m: { # ?\n  a: b}\n", "m: { # ?\n  k: v, a: b}\n");
	put("{m: {k: \"w\", a: [b, c]}}\n", "{m: {k: \"v\", a: [b, c]}}\n");
	put("{m: {!!str a: b}}\n", "{m: {k: v, !!str a: b}}\n");
}

static void
line_breaks(void **state)
{
	(void)state;
	put("m:\r\n  a: b\r\nz: 1\r\n", "m:\r\n  a: b\r\n  k: v\r\nz: 1\r\n");
	put("m:\r\n  a: b", "m:\r\n  a: b\r\n  k: v");
	put("m:\r\n  a: |\r\n    b\r\n\r\nz: 1\r\n", "m:\r\n  a: |\r\n    b\r\n\r\n  k: v\r\nz: 1\r\n");
	put("m:\r  a: b\r", "m:\r  a: b\r  k: v\r");
	put("m:" NEL "  a: b" NEL "z: 1" NEL, "m:" NEL "  a: b" NEL "  k: v\nz: 1" NEL);
	put("m:" LS "  a: b", "m:" LS "  a: b\n  k: v");
	put("m:\n  a: b", "m:\n  a: b\n  k: v");
	put("m:\n  a: b # c", "m:\n  a: b # c\n  k: v");
	put("z: \"" NEL "\"\nm:\n  a: b\n", "z: \"" NEL "\"\nm:\n  a: b\n  k: v\n");
	/* what ends in a line break keeps it at the end of a text that has none */
	expect("a: b", "m: {k: \"one\\ntwo\\n\"}", "a: b\nm:\n  k: |\n    one\n    two\n");
	expect("a: b", "m: {k: \"one\\ntwo\"}", "a: b\nm:\n  k: |-\n    one\n    two");
	expect("a: b\r\n", "m: {k: \"one\\ntwo\\n\"}", "a: b\r\nm:\r\n  k: |\r\n    one\r\n    two\r\n");
}

static void
multi_byte(void **state)
{
	(void)state;
	put(BOM "m:\n  a: b\n", BOM "m:\n  a: b\n  k: v\n");
	put(BOM "\xC3\xA4: \xF0\x9F\x9A\x80\n", BOM "\xC3\xA4: \xF0\x9F\x9A\x80\nm:\n  k: v\n");
	put("\xE6\x97\xA5: # \xF0\x9F\x9A\x80\n- \xC3\xA4\nm:\n  \xC3\xA4: '\xF0\x9F\x9A\x80' # \xC3\xB6\nz: 1\n",
		"\xE6\x97\xA5: # \xF0\x9F\x9A\x80\n- \xC3\xA4\nm:\n  \xC3\xA4: '\xF0\x9F\x9A\x80' # \xC3\xB6\n  k: v\nz: 1\n");
	put("\xF0\x9F\x9A\x80: 1\nm: {\"\xC3\xA4\": 1}\n", "\xF0\x9F\x9A\x80: 1\nm: {\"k\": \"v\", \"\xC3\xA4\": 1}\n");
	expect("m:\n  \xC3\xA4: 1\n", "m: {\xC3\xA4: \"\xF0\x9F\x9A\x80\"}", "m:\n  \xC3\xA4: \"\xF0\x9F\x9A\x80\"\n");
}

static void
documents(void **state)
{
	(void)state;
	put("a: b\n---\nc: d\n", "a: b\nm:\n  k: v\n---\nc: d\nm:\n  k: v\n");
	put("# c\n---\n# d\n--- # e\na: b\n...\n# f\n---\n\n", "# c\n---\n# d\n--- # e\na: b\nm:\n  k: v\n...\n# f\n---\n\n");
	put("--- {a: b}\n--- |\n c\n--- [m]\n", "--- {m: {k: v}, a: b}\n--- |\n c\n--- [m]\n");
	put("%YAML 1.1\n---\na: b\n", "%YAML 1.1\n---\na: b\nm:\n  k: v\n");
	put("---\nm:\n  a: |\n    b\n---\nm:\n", "---\nm:\n  a: |\n    b\n  k: v\n---\nm:\n  k: v\n");
	put("", "");
	put("# c", "# c");
	put("- a\n", "- a\n");
}

static void
items_by_name(void **state)
{
	const char *one = "named: [{name: a, m: {k: v}}]";

	(void)state;
	expect("named:\n- name: a\n  x: 1\n- name: b\n", one, "named:\n- name: a\n  x: 1\n  m:\n    k: v\n- name: b\n");
	expect("named:\n  - name: b\n", one, "named:\n  - name: b\n  - name: a\n    m:\n      k: v\n");
	expect("named: [{name: a}, {name: b}]\n", one, "named: [{m: {k: v}, name: a}, {name: b}]\n");
	expect("named: []\n", one, "named: [{name: a, m: {k: v}}]\n");
	expect("named:\n- m: {k: w}\n  name: a\n", one, "named:\n- m: {k: v}\n  name: a\n");
	refused("named:\n- name: a\n  m: w\n", one, EDIT_OVERWRITE, "3:6 render/kind");
	refused("named:\n- &x {name: a}\nz: *x\n", one, EDIT_OVERWRITE, "2:6 render/anchor");
	refused("named:\n- m: {k: w}\n  name: a\n", one, EDIT_FAIL, "2:10 render/conflict");
}

static void
replaced(void **state)
{
	(void)state;
	put("m:\n  k: v\n", "m:\n  k: v\n");
	put("m:\n  k: 'v' # c\n", "m:\n  k: 'v' # c\n");
	put("m:\n  k: w # c\n", "m:\n  k: v # c\n");
	put("m:\n  k: 'w'\n", "m:\n  k: 'v'\n");
	put("m:\n  k: \"w\"\n", "m:\n  k: \"v\"\n");
	put("m:\n  k: one\n    two\n  l: 1\n", "m:\n  k: v\n  l: 1\n");
	put("m:\n  k: |\n    w\n\n  l: 1\n", "m:\n  k: v\n\n  l: 1\n");
	put("m:\n  k: |-\n    w", "m:\n  k: v");
	put("m:\n  k: &x w\n", "m:\n  k: &x v\n");
	expect("m:\n  k: 1\n", "m: {k: \"1\"}", "m:\n  k: \"1\"\n");
	expect("m:\n  k: yes\n", "m: {k: \"yes\"}", "m:\n  k: \"yes\"\n");
	expect("m: {k: w}\n", "m: {k: \"a b\"}", "m: {k: \"a b\"}\n");
	expect("m:\n  k: w\n", "m: {k: \"it's\"}", "m:\n  k: \"it's\"\n");
	expect("m:\n  k: 'w'\n", "m: {k: \"it's\"}", "m:\n  k: 'it''s'\n");
	expect_of(STR("m:\n  k: w\n"), "m: {k: v, l: 1}", EDIT_KEEP, STR("m:\n  k: w\n  l: 1\n"));
	refused("m:\n  k: w\n", "m: {k: v}", EDIT_FAIL, "2:6 render/conflict");
	expect_of(STR("m:\n  k: v\n"), "m: {k: v}", EDIT_FAIL, STR("m:\n  k: v\n"));
	refused("m:\n  k: {}\n", "m: {k: v}", EDIT_OVERWRITE, "2:6 render/kind");
	refused("m:\n  k: [a]\n", "m: {k: v}", EDIT_KEEP, "2:6 render/kind");
	refused("m: text\n", "m: {k: v}", EDIT_OVERWRITE, "1:4 render/kind");
	refused("m: [a]\n", "m: {k: v}", EDIT_OVERWRITE, "1:4 render/kind");
}

static void
comments(void **state)
{
	(void)state;
	/* those deeper than the new key belong to what is above, and would become part of a block scalar */
	expect("a: b\n    # c\nz: 1\n", "m: {k: \"x\\ny\\n\"}", "a: b\n    # c\nz: 1\nm:\n  k: |\n    x\n    y\n");
	expect("m:\n  a: b\n      # c\n\n    # d\n  # e\nz: 1\n", "m: {k: \"x\\ny\"}",
		"m:\n  a: b\n      # c\n\n    # d\n  k: |-\n    x\n    y\n  # e\nz: 1\n");
	expect("m:\n  a: b\n          \nz: 1\n", "m: {k: \"x\\ny\"}", "m:\n  a: b\n          \n  k: |-\n    x\n    y\nz: 1\n");
	expect("m:\n      # c\nz: 1\n", "m: {k: \"x\\ny\"}", "m:\n      # c\n  k: |-\n    x\n    y\nz: 1\n");
	put("m:\n  a: b\n    # c", "m:\n  a: b\n    # c\n  k: v");
	put("m:\n  a: |\n    b\n   # c\nz: 1\n", "m:\n  a: |\n    b\n   # c\n  k: v\nz: 1\n");
	put("m:\n  a: b\n\n# c\nz: 1\n", "m:\n  a: b\n  k: v\n\n# c\nz: 1\n");
	expect("m:\n  l:\n    a: b\n     # c\n   # d\n # e\n", "m: {k: v, l: {k: v}}",
		"m:\n  l:\n    a: b\n     # c\n    k: v\n   # d\n  k: v\n # e\n");
}

static void
one_place(void **state)
{
	(void)state;
	/* insertions at one place stand in the order of their depth */
	expect("m:\n  l:\n    a: b\n", "{n: 1, m: {k: v, l: {k: v}}}", "m:\n  l:\n    a: b\n    k: v\n  k: v\n\"n\": 1\n");
	expect("m:\n  l:\n", "{m: {k: v, l: {k: v}}, z: 1}", "m:\n  l:\n    k: v\n  k: v\nz: 1\n");
	expect("m:\n  l:", "{m: {k: v, l: {k: v}}, z: 1}", "m:\n  l:\n    k: v\n  k: v\nz: 1");
	expect("m:\n  l: {a: b}", "{m: {k: v, l: {k: v}}}", "m:\n  l: {k: v, a: b}\n  k: v");
	expect("m: {l: {}, k: }", "{m: {k: v, l: {k: v}}}", "m: {l: {k: v}, k: v }");
	expect("a:\n- m: 1\n", "{a: [{m: 2}], z: 1}", "a:\n- m: 1\n- m: 2\nz: 1\n");
}

static void
references(void **state)
{
	(void)state;
	/* an anchor that nobody uses is no hindrance */
	put("m: &x\n  a: b\n", "m: &x\n  a: b\n  k: v\n");
	put("m: &x {a: b}\n", "m: &x {k: v, a: b}\n");
	put("m: &x # c\n  &y a: b\n", "m: &x # c\n  &y a: b\n  k: v\n");
	put("m: &x\n  !!str a: b\n", "m: &x\n  !!str a: b\n  k: v\n");
	put("m: !!map\n  a: b\n", "m: !!map\n  a: b\n  k: v\n");
	/* elsewhere it may be used */
	put("z: &x {a: b}\ny: *x\nm:\n  a: *x\n", "z: &x {a: b}\ny: *x\nm:\n  a: *x\n  k: v\n");
	put("m: &x\n  a: b\n---\nm: {a: b}\n", "m: &x\n  a: b\n  k: v\n---\nm: {k: v, a: b}\n");
	refused("m: &x\n  a: b\nz: *x\n", "m: {k: v}", EDIT_OVERWRITE, "2:3 render/anchor");
	refused("m: &x {a: b}\nz: *x\n", "m: {k: v}", EDIT_OVERWRITE, "1:7 render/anchor");
	refused("z: &x\n  m:\n    a: b\ny: *x\n", "z: {m: {k: v}}", EDIT_OVERWRITE, "3:5 render/anchor");
	refused("m:\n  k: &x w\nz: *x\n", "m: {k: v}", EDIT_OVERWRITE, "2:9 render/anchor");
	/* an alias is extended by a merge key of its own */
	put("z: &x {a: b}\nm: *x\n", "z: &x {a: b}\nm: {<<: *x, k: v}\n");
	put("z: &x {k: v}\nm: *x\n", "z: &x {k: v}\nm: *x\n");
	put("z: &x\n  k: w\nm: *x # c\ny: *x\n", "z: &x\n  k: w\nm: {<<: *x, k: v} # c\ny: *x\n");
	refused("z: &x {l: {a: b}}\nm: *x\n", "m: {l: {k: v}}", EDIT_OVERWRITE, "2:4 render/alias");
	refused("z: &x text\nm: *x\n", "m: {k: v}", EDIT_OVERWRITE, "2:4 render/kind");
	refused("z: &x {k: w}\nm: *x\n", "m: {k: v}", EDIT_FAIL, "1:11 render/conflict");
	expect_of(STR("z: &x {k: w}\nm: *x\n"), "m: {k: v}", EDIT_KEEP, STR("z: &x {k: w}\nm: *x\n"));
	/* a value may be one: it is replaced where it stands */
	put("z: &x w\nm:\n  k: *x\n", "z: &x w\nm:\n  k: v\n");
	put("z: &x v\nm:\n  k: *x\n", "z: &x v\nm:\n  k: *x\n");
}

static void
merge_keys(void **state)
{
	(void)state;
	put("z: &x {a: b}\nm:\n  <<: *x\n", "z: &x {a: b}\nm:\n  <<: *x\n  k: v\n");
	put("z: &x {a: b}\nm:\n  !!merge <<: *x\n  c: d\n", "z: &x {a: b}\nm:\n  !!merge <<: *x\n  c: d\n  k: v\n");
	put("z: &x {k: w}\nm:\n  <<: *x\n", "z: &x {k: w}\nm:\n  <<: *x\n  k: v\n");
	put("z: &x {k: v}\nm:\n  <<: *x\n", "z: &x {k: v}\nm:\n  <<: *x\n");
	put("z: &x {k: w}\nm: {<<: *x, a: b}\n", "z: &x {k: w}\nm: {<<: *x, a: b, k: v}\n");
	put("z: &x {k: w}\nm:\n  <<: *x\n  k: u\n", "z: &x {k: w}\nm:\n  <<: *x\n  k: v\n");
	refused("z: &x {k: w}\nm:\n  k: u\n  <<: *x\n", "m: {k: v}", EDIT_OVERWRITE, "4:3 render/merge-key");
	refused("z: &x {l: {a: b}}\nm:\n  <<: *x\n", "m: {l: {k: v}}", EDIT_OVERWRITE, "3:3 render/merge-key");
	expect_of(STR("z: &x {k: w}\nm:\n  <<: *x\n"), "m: {k: v}", EDIT_KEEP, STR("z: &x {k: w}\nm:\n  <<: *x\n"));
}

static void
given_twice(void **state)
{
	struct trial t;

	(void)state;
	/* the last one counts; who reads the document warns of it */
	put("m:\n  a: 1\nm:\n  b: 2\n", "m:\n  a: 1\nm:\n  b: 2\n  k: v\n");
	put("m:\n  k: 1\n  k: w\n", "m:\n  k: 1\n  k: v\n");
	put("m:\n  k: w\n  k: v\n", "m:\n  k: w\n  k: v\n");
	put("m: {a: 1}\n\"m\": {}\n", "m: {a: 1}\n\"m\": {k: v}\n");
	run(&t, STR("m:\n  k: 1\n  k: w\n"), "m: {k: v}", EDIT_OVERWRITE);
	assert_int_equal(t.diags.count[DIAG_WARNING], 0);
	assert_int_equal(t.replaced, 1);
	done(&t);
}

static void
lists(void **state)
{
	(void)state;
	expect("l:\n- a\n", "l: [b]", "l:\n- a\n- b\n");
	expect("l:\n  - a # c\nz: 1\n", "l: [a, b, b]", "l:\n  - a # c\n  - b\nz: 1\n");
	expect("l: [a]\n", "l: [b, c]", "l: [a, b, c]\n");
	expect("l: []\n", "l: [b]", "l: [b]\n");
	expect("l:\n", "l: [b]", "l:\n  - b\n");
	expect("{\"l\": [\"a\"]}\n", "l: [b]", "{\"l\": [\"a\", \"b\"]}\n");
	expect("l:\n- name: a\n  value: |\n    x\n", "l: [{name: b}]", "l:\n- name: a\n  value: |\n    x\n- name: b\n");
	expect("l:\n- {name: b}\n", "l: [{name: b}]", "l:\n- {name: b}\n");
	expect("l: &x [a]\n", "l: [b]", "l: &x [a, b]\n");
	refused("l: &x [a]\nz: *x\n", "l: [b]", EDIT_OVERWRITE, "1:7 render/anchor");
	refused("l: {a: b}\n", "l: [b]", EDIT_OVERWRITE, "1:4 render/kind");
	refused("l:\n- |\n a", "l: [b]", EDIT_OVERWRITE, "2:1 render/last-line");
}

static void
removed(void **state)
{
	(void)state;
	expect("a: 1\n# of b\nb: 2 # too\n# of c\nc: 3\n", "b: (absent)", "a: 1\n# of c\nc: 3\n");
	expect("m:\n  k: v\nz: 1\n", "m: {k: (absent)}", "m: {}\nz: 1\n");
	expect("m: {k: v, a: b}\n", "m: {k: (absent)}", "m: {a: b}\n");
	expect("m: {a: b, k: v}\n", "m: {k: (absent)}", "m: {a: b}\n");
	expect("m: {k: v}\n", "m: {k: (absent)}", "m: {}\n");
	expect("m: {k: v, ? a\n  c: b}\n", "m: {k: (absent)}", "m: {? a\n  c: b}\n");
	expect("m: {? k : v, a: b}\n", "m: {k: (absent)}", "m: {a: b}\n");
	expect("m: {?-, k: v\n}\n", "m: {k: (absent)}", "m: {?-,\n}\n");
	expect("m:\r\n  k: |\r\n    x\r\n\r\n  a: b\r\n", "m: {k: (absent)}", "m:\r\n  a: b\r\n");
	expect("- a\n", "m: {k: (absent)}", "- a\n");
	expect("m: text\n", "m: {k: (absent)}", "m: text\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(block_maps),
		cmocka_unit_test(block_scalars),
		cmocka_unit_test(nulls),
		cmocka_unit_test(flow),
		cmocka_unit_test(line_breaks),
		cmocka_unit_test(multi_byte),
		cmocka_unit_test(documents),
		cmocka_unit_test(replaced),
		cmocka_unit_test(items_by_name),
		cmocka_unit_test(comments),
		cmocka_unit_test(one_place),
		cmocka_unit_test(references),
		cmocka_unit_test(merge_keys),
		cmocka_unit_test(given_twice),
		cmocka_unit_test(lists),
		cmocka_unit_test(removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
