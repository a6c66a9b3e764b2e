/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/edit: what is to be absent, and what is wanted whole, to the byte. */
#include "edited.h"

/* additions take the place of what goes where they would stand beside it */
static void
instead(void **state)
{
	(void)state;
	expect("m:\n  a: b\n  k: v\nz: 1\n", "m: {k: (absent), o: 1}", "m:\n  a: b\n  o: 1\nz: 1\n");
	expect("m:\n  k: v\nz: 1\n", "m: {k: (absent), o: 1}", "m:\n  o: 1\nz: 1\n");
	expect("m:\n  k: v\n  a: b\n", "m: {k: (absent), o: 1}", "m:\n  a: b\n  o: 1\n");
	expect("m:\n  # of k\n  k: v # too\n  # below\n", "m: {k: (absent), o: 1}", "m:\n  o: 1\n  # below\n");
	expect("- a\n---\nm:\n  k: v", "m: {k: (absent), o: 1}", "- a\n---\nm:\n  o: 1");
	expect("l:\n- k: v\n", "+l: {0: {k: (absent), o: 1}}", "l:\n- o: 1\n");
	expect("l:\n- k: v\n  a: b\n", "+l: {0: {a: (absent), o: 1}}", "l:\n- k: v\n  o: 1\n");
	expect("m:\n  a: |\n    x\n  k: v\n    # deeper\n  b: 1\n", "m: {k: (absent), b: (absent), o: 1}", "m:\n  a: |\n    x\n  o: 1\n");
	expect("m: {k: v}\n", "m: {k: (absent), o: 1}", "m: {o: 1}\n");
	expect("m: { k: v, a: b }\n", "m: {k: (absent), o: 1}", "m: { o: 1, a: b }\n");
	expect("m: {a: b, k: v}\n", "m: {k: (absent), o: 1}", "m: {o: 1, a: b}\n");
	expect("{\"m\": {\"k\": \"v\"}}\n", "m: {k: (absent), o: x}", "{\"m\": {\"o\": \"x\"}}\n");
	expect("z: &x {a: b}\nm: {<<: *x, k: v}\n", "m: {k: (absent), o: 1}", "z: &x {a: b}\nm: {<<: *x, o: 1}\n");
	expect("l: [a, b]\n", "l: [{absent: [a, b]}]", "l: []\n");
	/* where nothing is, nothing is taken out */
	expect("a: 1\n", "m: {k: (absent)}", "a: 1\n");
	expect("m:\n", "m: {k: (absent)}", "m:\n");
	expect("m:\n", "m: {k: (absent), o: 1}", "m:\n  o: 1\n");
	expect("z: &x {a: b}\nm: *x\n", "m: {k: (absent)}", "z: &x {a: b}\nm: *x\n");
	refused("z: &x {k: b}\nm: *x\n", "m: {k: (absent)}", EDIT_OVERWRITE, "2:4 render/alias");
	refused("z: &x {k: b}\nm:\n  <<: *x\n", "m: {k: (absent)}", EDIT_OVERWRITE, "3:3 render/merge-key");
}

static void
whole(void **state)
{
	(void)state;
	expect("m:\n  a: b\n  c: d\nz: 1\n", "=m: {o: 1}", "m:\n  o: 1\nz: 1\n");
	expect("# of m\nm: # here\n  a: b\nz: 1\n", "=m: {o: 1}", "# of m\nm:\n  o: 1\nz: 1\n");
	expect("z: 1\nm:\n  a: b\n", "=m: {o: 1}", "z: 1\nm:\n  o: 1\n");
	expect("z: 1\nm:\n  a: b", "=m: {o: 1}", "z: 1\nm:\n  o: 1");
	expect("m: {a: b}\n", "=m: {o: 1}", "m:\n  o: 1\n");
	expect("m: {o: 1} # c\n", "=m: {o: 1}", "m: {o: 1} # c\n");
	expect("m:\nz: 1\n", "=m: {o: 1}", "m:\n  o: 1\nz: 1\n");
	expect("z: 1\n", "=m: {o: 1}", "z: 1\nm:\n  o: 1\n");
	expect("m: [a, b]\nz: 1\n", "=m: text", "m: text\nz: 1\n");
	expect("m: text\nz: 1\n", "=m: [a]", "m:\n  - a\nz: 1\n");
	expect("m: text # c\nz: 1\n", "=m: 2", "m: 2 # c\nz: 1\n");
	expect("{m: {a: b}, z: 1}\n", "=m: {o: 1}", "{m: {o: 1}, z: 1}\n");
	expect("{z: 1, m: {a: b}}\n", "=m: {o: 1}", "{z: 1, m: {o: 1}}\n");
	expect("{\"z\": 1, \"m\": [1]}\n", "=m: {o: x}", "{\"z\": 1, \"m\": {\"o\": \"x\"}}\n");
	expect("x: &x {a: b}\nm: *x\nz: 1\n", "=m: {o: 1}", "x: &x {a: b}\nm:\n  o: 1\nz: 1\n");
	expect("x: &x {m: {a: b}}\nz:\n  <<: *x\n", "z: {=m: {o: 1}}", "x: &x {m: {a: b}}\nz:\n  <<: *x\n  m:\n    o: 1\n");
	expect("l:\n- a\n- b: c\n- d\n", "+l: {1: {o: 1}}", "l:\n- a\n- b: c\n  o: 1\n- d\n");
	expect("l:\n- a\n- b\n", "+l: {0: x}", "l:\n- x\n- b\n");
	expect("l: [a, b]\n", "+l: {1: x}", "l: [a, x]\n");
	refused("l: [a]\n", "+l: {1: x}", EDIT_OVERWRITE, "1:4 render/set");
	refused("z: 1\n", "+l: {1: x}", EDIT_OVERWRITE, "1:1 render/set");
	refused("m:\n  a: &x b\nz: *x\n", "=m: {o: 1}", EDIT_OVERWRITE, "2:9 render/anchor");
	refused("m: {a: b}\n", "=m: {o: 1}", EDIT_FAIL, "1:4 render/conflict");
	expect_of(STR("m: {a: b}\n"), "=m: {o: 1}", EDIT_KEEP, STR("m: {a: b}\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instead),
		cmocka_unit_test(whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
