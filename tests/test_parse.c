/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of yaml/parse: the exact bytes of every node, limits, and wanted parts. */
#include "base/arena.h"
#include "yaml/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NEL "\xC2\x85"
#define LS "\xE2\x80\xA8"
#define BOM "\xEF\xBB\xBF"

/* A text read, and its nodes as the bytes they stand for: one line each, in the order of the text, maps and lists first.
   Kind, [props if they begin elsewhere], then the slice, with line breaks as ~ (LF), ^ (CR). */
struct reading {
	struct arena arena;
	struct diags diags;
	struct source src;
	struct doc *docs;
	bool good;
	struct buf said;
};

static void
say_text(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		buf_byte(b, s.s[i] == '\n' ? '~' : s.s[i] == '\r' ? '^' : s.s[i]);
	}
}

static void
say(struct reading *r, const struct node *node)
{
	static const char letters[] = { 'n', 'b', 'i', 'f', 's', 'L', 'M', '*' };
	size_t props = node->span.at - node->props;

	buf_addf(&r->said, "%c", letters[node->kind]);
	if (props > 0) {
		buf_byte(&r->said, '(');
		say_text(&r->said, source_slice(&r->src, (struct span){ node->props, props }));
		buf_byte(&r->said, ')');
	}
	if (node->span.n == 0) {
		buf_addf(&r->said, "@%zu", node->span.at);
	} else {
		buf_byte(&r->said, '<');
		say_text(&r->said, source_slice(&r->src, node->span));
		buf_byte(&r->said, '>');
	}
	if (node->block_tail) {
		buf_byte(&r->said, '|');
	}
	for (const struct node *child = node->kind == NODE_ALIAS ? NULL : node->first; child; child = child->next) {
		if (child->key) {
			buf_byte(&r->said, ' ');
			say(r, child->key);
		}
		buf_byte(&r->said, ' ');
		say(r, child);
	}
}

static void
read_text(struct reading *r, struct str text)
{
	*r = (struct reading){ 0 };
	r->said.arena = &r->arena;
	diags_init(&r->diags, &r->arena);
	source_init(&r->src, &r->arena, "x", text);
	r->good = parse(&r->src, &r->arena, &r->docs, &r->diags);
	assert_int_equal(r->good, r->diags.count[DIAG_ERROR] == 0);
	for (const struct doc *doc = r->docs; doc; doc = doc->next) {
		buf_add(&r->said, doc == r->docs ? STR("") : STR(" --- "));
		if (doc->root) {
			say(r, doc->root);
		} else {
			buf_byte(&r->said, '-');
		}
	}
}

static void
expect_of(struct str text, const char *wanted)
{
	struct reading r;

	read_text(&r, text);
	if (!r.good) {
		fail_msg("%.*s: %s", STR_FMT(text), r.diags.first->text);
	}
	if (strcmp(buf_z(&r.said), wanted) != 0) {
		fail_msg("%.*s\nwanted %s\ngot    %s", STR_FMT(text), wanted, buf_z(&r.said));
	}
	arena_done(&r.arena);
}

#define expect(text, wanted) expect_of(STR(text), (wanted))

static void
scalars(void **state)
{
	(void)state;
	expect("a: b\n", "M<a: b> s<a> s<b>");
	expect("a: b c  # d\n", "M<a: b c> s<a> s<b c>");
	expect("a: 'b''c' # d", "M<a: 'b''c'> s<a> s<'b''c'>");
	expect("\"a\": \"b\\n\"\n", "M<\"a\": \"b\\n\"> s<\"a\"> s<\"b\\n\">");
	expect("a: one\n  two\n\n  three\n# c\n", "M<a: one~  two~~  three> s<a> s<one~  two~~  three>");
	expect("a: 'one\n  two'\nb: \"x\\\n  y\"\n", "M<a: 'one~  two'~b: \"x\\~  y\"> s<a> s<'one~  two'> s<b> s<\"x\\~  y\">");
	expect("a: 1\nb: on\nc: 1.5\nd: ~\n", "M<a: 1~b: on~c: 1.5~d: ~> s<a> i<1> s<b> b<on> s<c> f<1.5> s<d> n<~>");
	expect("plain", "s<plain>");
	expect("--- # c\n'x' # d\n", "s<'x'>");
}

static void
block_scalars(void **state)
{
	(void)state;
	/* from the header to the start of the line behind all trailing blank lines */
	expect("a: |\n  b\n  c\nd: e\n", "M<a: |~  b~  c~d: e> s<a> s<|~  b~  c~> s<d> s<e>");
	expect("a: |\n  b\n\n\nd: e\n", "M<a: |~  b~~~d: e> s<a> s<|~  b~~~> s<d> s<e>");
	expect("a: |+\n  b\n\n# c\n", "M<a: |+~  b~~>| s<a> s<|+~  b~~>");
	expect("a: >-\n  b\n   c\n", "M<a: >-~  b~   c~>| s<a> s<>-~  b~   c~>");
	expect("a: |2-\n   b\n", "M<a: |2-~   b~>| s<a> s<|2-~   b~>");
	expect("a: | # c\n  b", "M<a: | # c~  b>| s<a> s<| # c~  b>");
	expect("a:\n- |\n b\n", "M<a:~- |~ b~>| s<a> L<- |~ b~>| s<|~ b~>");
	expect("a: |\r\n  b\r\nc: d\r\n", "M<a: |^~  b^~c: d> s<a> s<|^~  b^~> s<c> s<d>");
	expect("a: |\n", "M<a: |~>| s<a> s<|~>");
}

static void
nulls(void **state)
{
	(void)state;
	expect("a:\n", "M<a:> s<a> n@2");
	expect("a:   # c\nb: c\n", "M<a:   # c~b: c> s<a> n@2 s<b> s<c>");
	expect("- \n- a\n-", "L<- ~- a~-> n@1 s<a> n@8");
	expect("{a: , b, c: }", "M<{a: , b, c: }> s<a> n@3 s<b> n@7 s<c> n@11");
	expect("? a\n: \n? b\n", "M<? a~: ~? b> s<a> n@5 s<b> n@11");
	expect("a: !!null\n", "M<a: !!null> s<a> n(!!null)@9");
	expect("a: &x\nb: 1\n", "M<a: &x~b: 1> s<a> n(&x)@5 s<b> i<1>");
	expect("a: null\nb: ~\n", "M<a: null~b: ~> s<a> n<null> s<b> n<~>");
}

static void
properties(void **state)
{
	(void)state;
	expect("a: &x b\n", "M<a: &x b> s<a> s(&x )<b>");
	expect("a: !!str 1\n", "M<a: !!str 1> s<a> s(!!str )<1>");
	expect("a: &x !t 'b'\n", "M<a: &x !t 'b'> s<a> s(&x !t )<'b'>");
	expect("a: !t &x  |\n  b\n", "M<a: !t &x  |~  b~>| s<a> s(!t &x  )<|~  b~>");
	expect("&k a: *k\n", "M<&k a: *k> s(&k )<a> *<*k>");
	expect("a: &x\n  b: c\nd: *x\n", "M<a: &x~  b: c~d: *x> s<a> M(&x~  )<b: c> s<b> s<c> s<d> *<*x>");
	expect("a: &x # c\n  # d\n  - b\n", "M<a: &x # c~  # d~  - b> s<a> L(&x # c~  # d~  )<- b> s<b>");
	expect("a: &x {b: c}\n", "M<a: &x {b: c}> s<a> M(&x )<{b: c}> s<b> s<c>");
	expect("a: !!map\n  b: c\n", "M<a: !!map~  b: c> s<a> M(!!map~  )<b: c> s<b> s<c>");
	expect("a: &x\n  !!str k: v\n", "M<a: &x~  !!str k: v> s<a> M(&x~  )<!!str k: v> s(!!str )<k> s<v>");
	expect("a: &x\n  &y k: v\n", "M<a: &x~  &y k: v> s<a> M(&x~  )<&y k: v> s(&y )<k> s<v>");
	expect("x: &y {}\na: &x\n  !!merge <<: *y\n", "M<x: &y {}~a: &x~  !!merge <<: *y> s<x> M(&y )<{}> s<a>"
		" M(&x~  )<!!merge <<: *y> s(!!merge )<<<> *<*y>");
}

static void
collections(void **state)
{
	(void)state;
	expect("a:\n  b:\n    c: d\n# x\n\ne: f\n", "M<a:~  b:~    c: d~# x~~e: f> s<a> M<b:~    c: d> s<b> M<c: d> s<c> s<d> s<e> s<f>");
	expect("a:\n- b\n- c: d\n  e: f\ng: h\n",
		"M<a:~- b~- c: d~  e: f~g: h> s<a> L<- b~- c: d~  e: f> s<b> M<c: d~  e: f> s<c> s<d> s<e> s<f> s<g> s<h>");
	expect("- - a\n  - b\n- c\n", "L<- - a~  - b~- c> L<- a~  - b> s<a> s<b> s<c>");
	expect("a: {b: c, d: [e, {f: g}] } # h\n", "M<a: {b: c, d: [e, {f: g}] }> s<a> M<{b: c, d: [e, {f: g}] }> s<b> s<c> s<d>"
		" L<[e, {f: g}]> s<e> M<{f: g}> s<f> s<g>");
	expect("{\n \"a\": [],\n \"b\": {}\n}\n", "M<{~ \"a\": [],~ \"b\": {}~}> s<\"a\"> L<[]> s<\"b\"> M<{}>");
	expect("[a: b, c]\n", "L<[a: b, c]> M<a: b> s<a> s<b> s<c>");
	expect("? a\n: b\n? [c]\n: d\n", "M<? a~: b~? [c]~: d> s<a> s<b> L<[c]> s<c> s<d>");
	expect("a:\n  ? b\n  : c\n", "M<a:~  ? b~  : c> s<a> M<? b~  : c> s<b> s<c>");
}

static void
line_breaks(void **state)
{
	(void)state;
	expect("a: b\r\nc: d\r\n", "M<a: b^~c: d> s<a> s<b> s<c> s<d>");
	expect("a: b\rc:\r  d: e\r", "M<a: b^c:^  d: e> s<a> s<b> s<c> M<d: e> s<d> s<e>");
	expect("a: b" NEL "c: d" LS "e: f", "M<a: b" NEL "c: d" LS "e: f> s<a> s<b> s<c> s<d> s<e> s<f>");
	expect("a: |" NEL "  b" NEL "c: d", "M<a: |" NEL "  b" NEL "c: d> s<a> s<|" NEL "  b" NEL "> s<c> s<d>");
	expect("a: &x" NEL "  b: c" NEL, "M<a: &x" NEL "  b: c> s<a> M(&x" NEL "  )<b: c> s<b> s<c>");
	expect("a: &x # d" LS "  b: c" LS, "M<a: &x # d" LS "  b: c> s<a> M(&x # d" LS "  )<b: c> s<b> s<c>");
}

static void
multi_byte(void **state)
{
	(void)state;
	expect("\xC3\xA4: \xE6\x97\xA5 # \xF0\x9F\x9A\x80\nb: '\xF0\x9F\x9A\x80'\nc:\n", "M<\xC3\xA4: \xE6\x97\xA5 # \xF0\x9F\x9A\x80~b: '\xF0\x9F\x9A\x80'~c:>"
		" s<\xC3\xA4> s<\xE6\x97\xA5> s<b> s<'\xF0\x9F\x9A\x80'> s<c> n@27");
	expect(BOM "a: b\n", "M<a: b> s<a> s<b>");
	expect(BOM "\xC3\xA4: {b: &o c}\n", "M<\xC3\xA4: {b: &o c}> s<\xC3\xA4> M<{b: &o c}> s<b> s(&o )<c>");
	expect(BOM, "");
}

static void
documents(void **state)
{
	struct reading r;

	(void)state;
	expect("", "");
	expect("# only\n", "");
	expect("a: b\n---\nc\n--- # x\n# y\n---\n...\n---\n- d\n", "M<a: b> s<a> s<b> --- s<c> --- - --- - --- L<- d> s<d>");
	expect("%YAML 1.1\n---\na\n...\n%TAG ! tag:x,2000:\n---\nb\n", "s<a> --- s<b>");
	expect("---\n--- |\n x\n--- {a: b}\n", "- --- s<|~ x~> --- M<{a: b}> s<a> s<b>");
	expect("--- &a\n--- ~\n", "n(&a)@6 --- n<~>");
	read_text(&r, STR("# c\na: b\n---\nc: d\n...\n"));
	assert_true(str_eq(source_slice(&r.src, r.docs->next->span), STR("---\nc: d\n...")));
	assert_int_equal(r.docs->index, 0);
	assert_int_equal(r.docs->next->index, 1);
	arena_done(&r.arena);
}

static void
anchors(void **state)
{
	struct reading r;
	const struct node *a, *b;

	(void)state;
	read_text(&r, STR("a: &x {k: v}\nb: *x\nc: &x 2\nd: *x\ne: &y\n---\nf: &x 1\n"));
	assert_true(r.good);
	a = node_get(r.docs->root, STR("a"));
	b = node_entry(r.docs->root, STR("b"));
	assert_non_null(a->anchor);
	assert_int_equal(b->kind, NODE_ALIAS);
	assert_ptr_equal(b->target, a);
	assert_true(str_eq(b->text, STR("x")));
	assert_true(str_eq(node_get(r.docs->root, STR("d"))->text, STR("2")));
	/* the last one first, each with its first alias */
	assert_true(str_eq(r.docs->anchors->name, STR("y")));
	assert_int_equal(r.docs->anchors->alias.n, 0);
	assert_true(str_eq(source_slice(&r.src, r.docs->anchors->next->next->alias), STR("*x")));
	assert_ptr_equal(r.docs->anchors->next->next->node, a);
	assert_int_equal(r.docs->next->anchors->alias.n, 0);
	arena_done(&r.arena);
}

static void
merge_keys(void **state)
{
	struct reading r;
	size_t n = 0;

	(void)state;
	read_text(&r, STR("- &x {a: b}\n- <<: *x\n- !!merge <<: *x\n- '<<': c\n- !!str <<: c\n- a: <<\n"));
	assert_true(r.good);
	for (const struct node *item = r.docs->root->first->next; item; item = item->next) {
		assert_int_equal(item->first->key->merge, n < 2);
		n++;
	}
	assert_int_equal(n, 5);
	arena_done(&r.arena);
}

static void
texts(void **state)
{
	static const char *const wanted[] = { "one two\nthree", "it's", "\xC3\xA9\t\"\\", "a\nb\n", "a\nb", "a b\n\n", "a b", "/" };
	struct reading r;
	size_t i = 0;

	(void)state;
	read_text(&r, STR("- one\n  two\n\n  three\n- 'it''s'\n- \"\\xe9\\t\\\"\\\\\"\n- |\n  a\n  b\n\n- |-\n  a\n  b\n- >+\n  a\n  b\n\n- \"a\n  b\"\n- \"\\/\"\n"));
	assert_true(r.good);
	for (const struct node *item = r.docs->root->first; item; item = item->next) {
		assert_string_equal(str_z(&r.arena, item->text), wanted[i]);
		i++;
	}
	assert_int_equal(i, sizeof(wanted) / sizeof(wanted[0]));
	arena_done(&r.arena);
}

static void
documents_before_an_error(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, STR("a: b\n---\nc: [\n"));
	assert_false(r.good);
	assert_non_null(r.docs);
	assert_null(r.docs->next);
	arena_done(&r.arena);
}

/* n times before, middle, n times after */
static struct str
repeated(struct arena *a, const char *before, size_t n, const char *after)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; i < n; i++) {
		buf_add(&b, str_of(before));
	}
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, str_of(after));
	}
	return buf_str(&b);
}

static bool
reads(struct str text, const char **ret_code)
{
	struct reading r;
	bool good;

	read_text(&r, text);
	good = r.good;
	*ret_code = good ? "" : r.diags.first->code;
	arena_done(&r.arena);
	return good;
}

static void
depth_limit(void **state)
{
	struct arena a = { 0 };
	const char *code;

	(void)state;
	assert_true(reads(repeated(&a, "[", PARSE_DEPTH_MAX, "]"), &code));
	assert_false(reads(repeated(&a, "[", PARSE_DEPTH_MAX + 1, "]"), &code));
	assert_string_equal(code, "yaml/depth");
	assert_false(reads(repeated(&a, "{a: ", 100000, "}"), &code));
	assert_string_equal(code, "yaml/depth");
	assert_false(reads(repeated(&a, "- ", 100000, ""), &code));
	assert_string_equal(code, "yaml/depth");
	arena_done(&a);
}

static void
directive_limit(void **state)
{
	struct arena a = { 0 };
	struct buf b = { .arena = &a };
	const char *code;

	(void)state;
	for (int i = 0; i < PARSE_DIRECTIVES_MAX; i++) {
		buf_addf(&b, "%%TAG !t%d! tag:x,2000:\n", i);
	}
	assert_true(reads(str_of(arena_printf(&a, "%s---\na\n", buf_z(&b))), &code));
	assert_false(reads(str_of(arena_printf(&a, "%s# c\n\n%%TAG !u! x:\n---\na\n", buf_z(&b))), &code));
	assert_string_equal(code, "yaml/directives");
	assert_true(reads(str_of(arena_printf(&a, "%s---\na\n...\n%s---\nb\n", buf_z(&b), buf_z(&b))), &code));
	assert_false(reads(str_of(arena_printf(&a, "a: b\n...\n%s%%TAG !u! x:\n---\nb\n", buf_z(&b))), &code));
	assert_string_equal(code, "yaml/directives");
	assert_true(reads(str_of(arena_printf(&a, "a: |\n  b\n%s", "  %c\n")), &code));
	arena_done(&a);
}

static const struct want want_b[] = { { "b", NULL }, { NULL, NULL } };
static const struct want want_items[] = { { "*", want_b }, { NULL, NULL } };
static const struct want want_root[] = { { "a", want_b }, { "list", want_items }, { "all", NULL }, { NULL, NULL } };

static void
wanted_parts(void **state)
{
	static const char text[] = "a: {b: {x: [1]}, c: {d: 1}}\nz:\n  y: &in {k: v}\nlist:\n- b: 1\n  c: [2]\n- c: 3\n- 4\nall: {c: d}\n"
		"use: *in\na2: \"two\\n\"\n";
	struct arena a = { 0 };
	struct diags diags;
	struct source src;
	struct parser *p;
	struct doc doc;
	const struct node *root, *list, *use;

	(void)state;
	diags_init(&diags, &a);
	source_init(&src, &a, "x", STR(text));
	p = parser_new(&a, &src, &diags);
	assert_true(parser_next(p, &a, want_root, &doc));
	root = doc.root;
	assert_int_equal(node_count(root), 6);
	assert_non_null(node_at(root, STR("/a/b/x/0")));
	/* what is not wanted is there, but empty, and its span is exact */
	assert_true(node_at(root, STR("/a/c"))->pruned);
	assert_null(node_at(root, STR("/a/c"))->first);
	assert_true(str_eq(source_slice(&src, node_at(root, STR("/a/c"))->span), STR("{d: 1}")));
	assert_true(node_get(root, STR("z"))->pruned);
	assert_true(str_eq(source_slice(&src, node_get(root, STR("z"))->span), STR("y: &in {k: v}")));
	list = node_get(root, STR("list"));
	assert_int_equal(node_count(list), 3);
	assert_non_null(node_at(list, STR("/0/b")));
	assert_true(node_at(list, STR("/0/c"))->pruned);
	assert_non_null(node_at(root, STR("/all/c")));
	/* an anchored node is whole, wherever it stands */
	use = node_entry(root, STR("use"));
	assert_int_equal(use->kind, NODE_ALIAS);
	assert_true(str_eq(node_text(use->target, STR("k")), STR("v")));
	assert_false(parser_next(p, &a, want_root, &doc));
	parser_close(p);
	assert_int_equal(diags.count[DIAG_ERROR], 0);
	arena_done(&a);
}

static void
one_document(void **state)
{
	struct arena a = { 0 };
	struct diags diags;
	struct source src;
	struct node *root;

	(void)state;
	diags_init(&diags, &a);
	source_init(&src, &a, "x", STR("# c\n"));
	assert_true(parse_one(&src, &a, &root, &diags));
	assert_null(root);
	source_init(&src, &a, "x", STR("a: b\n---\nc\n"));
	assert_false(parse_one(&src, &a, &root, &diags));
	assert_string_equal(diags.first->code, "yaml/documents");
	assert_int_equal(source_place(&src, diags.first->span.at).line, 2);
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scalars),
		cmocka_unit_test(block_scalars),
		cmocka_unit_test(nulls),
		cmocka_unit_test(properties),
		cmocka_unit_test(collections),
		cmocka_unit_test(line_breaks),
		cmocka_unit_test(multi_byte),
		cmocka_unit_test(documents),
		cmocka_unit_test(anchors),
		cmocka_unit_test(merge_keys),
		cmocka_unit_test(texts),
		cmocka_unit_test(documents_before_an_error),
		cmocka_unit_test(depth_limit),
		cmocka_unit_test(directive_limit),
		cmocka_unit_test(wanted_parts),
		cmocka_unit_test(one_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
