/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of site/render/verify: every result but the intended one is refused. */
#include "base/arena.h"
#include "site/render/verify.h"
#include "yaml/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define OBJECT "apiVersion: v1\nkind: ConfigMap\n"

/* the code of what is said of a result for an input where the label "a: b" is wanted; "": nothing. False in *ret_good: refused */
static const char *
said(struct arena *a, const char *in, const char *out, bool *ret_good)
{
	struct profile profile = { 0 };
	struct source src;
	struct diags diags;
	struct node *root;

	diags_init(&diags, a);
	source_init(&profile.src, a, "site.yaml", STR("render: {labels: {a: b}}\n"));
	assert_true(parse_one(&profile.src, a, &root, &diags));
	profile.root = node_flat(a, root);
	source_init(&src, a, "in", str_of(in));
	*ret_good = verify(&profile, &src, str_of(out), a, &diags);
	return diags.first ? diags.first->code : "";
}

static void
expect(const char *in, const char *out, bool good, const char *code)
{
	struct arena a = { 0 };
	bool got;

	assert_string_equal(said(&a, in, out, &got), code);
	assert_int_equal(got, good);
	arena_done(&a);
}

static void
as_intended(void **state)
{
	(void)state;
	expect(OBJECT "metadata: {name: x}\n", OBJECT "metadata: {labels: {a: b}, name: x}\n", true, "");
	expect(OBJECT "---\n" OBJECT, OBJECT "metadata: {labels: {a: b}}\n---\n" OBJECT "metadata:\n  labels: {\"a\": 'b'}\n", true, "");
	expect("", "", true, "");
}

static void
otherwise(void **state)
{
	const char *in = OBJECT "metadata: {name: x}\n";

	(void)state;
	expect(in, in, false, "render/verify");
	expect(in, OBJECT "metadata: {labels: {a: c}, name: x}\n", false, "render/verify");
	expect(in, OBJECT "metadata: {labels: {a: b}, name: y}\n", false, "render/verify");
	expect(in, OBJECT "metadata: {labels: {a: b, c: d}, name: x}\n", false, "render/verify");
	expect(in, "", false, "render/verify");
	expect(in, OBJECT "metadata: {labels: {a: b}, name: x}\n---\nc: d\n", false, "render/verify");
	expect(in, OBJECT "metadata: {labels: {a: b}, name: x\n", false, "yaml/syntax");
}

/* "?" before a letter begins a key to libyaml and Helm, and is part of it to libfyaml */
static void
readers_that_differ(void **state)
{
	const char *in = OBJECT "metadata: {?name: x}\n";

	(void)state;
	expect(in, OBJECT "metadata: {?labels: {a: b}, name: x}\n", true, "render/second-reader");
	expect(in, in, false, "render/verify");
	expect(in, OBJECT "metadata: {?labels: {a: b}, name: y}\n", false, "render/verify");
	/* the input is the same to both; the result is not */
	expect(OBJECT "metadata: {name: x}\n", OBJECT "metadata: {?labels: {a: b}, name: x}\n", false, "render/verify");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_intended),
		cmocka_unit_test(otherwise),
		cmocka_unit_test(readers_that_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
