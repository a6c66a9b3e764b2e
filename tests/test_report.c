/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as text: the form word by word, where the caret stands, what is hidden, what is escaped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "report/text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
	struct arena arena;
	struct diags diags;
	struct source src;
};

static void
init(struct fixture *f, const char *name, struct str text)
{
	f->arena = (struct arena){ 0 };
	diags_init(&f->diags, &f->arena);
	source_init(&f->src, &f->arena, name, text);
}

static const char *
built(struct fixture *f, struct report_style style)
{
	return str_z(&f->arena, report_build(&f->diags, &style));
}

/* the span of a word in the text */
static struct span
span_of(struct fixture *f, const char *word)
{
	const char *at = strstr(f->src.text.s, word);

	assert_non_null(at);
	return (struct span){ (size_t)(at - f->src.text.s), strlen(word) };
}

/* one error at a word, in the whole form */
static void
expect(const char *text, const char *word, const char *help, const char *wanted)
{
	struct fixture f;
	struct diag *d;

	init(&f, "f.yaml", str_of(text));
	d = diag_add(&f.diags, DIAG_ERROR, "x", &f.src, span_of(&f, word), "bad");
	if (help) {
		diag_help(&f.diags, d, "%s", help);
	}
	assert_string_equal(built(&f, (struct report_style){ 0 }), wanted);
	arena_done(&f.arena);
}

static void
test_whole_form(void **state)
{
	struct fixture f;
	struct source schema;
	struct diag *d;

	(void)state;
	init(&f, "profiles/prod.yaml", STR("\n\n\n\n\n\n\n\n\n\nweb:\n  replica: 3\n"));
	source_init(&schema, &f.arena, "charts/web/values.schema.json", STR("{\n  \"additionalProperties\": false }"));
	d = diag_add(&f.diags, DIAG_ERROR, "schema/unknown-key", &f.src, span_of(&f, "replica"), "unknown key 'replica' in 'web'");
	diag_help(&f.diags, d, "did you mean 'replicas'?");
	diag_note(&f.diags, d, "the chart allows here: image, pullPolicy, replicas, resources");
	diag_relate(&f.diags, d, &schema, (struct span){ 4, 22 }, "schema");
	assert_string_equal(built(&f, (struct report_style){ 0 }),
		"profiles/prod.yaml:12:3: error: unknown key 'replica' in 'web' [schema/unknown-key]\n"
		"   |\n"
		"12 |   replica: 3\n"
		"   |   ^^^^^^^ did you mean 'replicas'?\n"
		"   |\n"
		"   = the chart allows here: image, pullPolicy, replicas, resources\n"
		"   = schema: charts/web/values.schema.json:2:3\n");
	arena_done(&f.arena);
}

static void
test_caret(void **state)
{
	(void)state;
	expect("a:\t\tb\tc", "c", "here", "f.yaml:1:7: error: bad [x]\n  |\n1 | a:\t\tb\tc\n  |   \t\t \t^ here\n");
	/* wide: two columns each, before the place and in it */
	expect("日本: 値", "値", NULL, "f.yaml:1:5: error: bad [x]\n  |\n1 | 日本: 値\n  |       ^^\n");
	/* an e with a combining accent is one column */
	expect("e\xCC\x81x: y", "y", NULL, "f.yaml:1:6: error: bad [x]\n  |\n1 | e\xCC\x81x: y\n  |     ^\n");
	expect("a: 1\r\nb: 2\r\n", "2", NULL, "f.yaml:2:4: error: bad [x]\n  |\n2 | b: 2\n  |    ^\n");
	expect("\xEF\xBB\xBF" "ab: c", "c", NULL, "f.yaml:1:5: error: bad [x]\n  |\n1 | ab: c\n  |     ^\n");
}

static void
test_places_at_the_end(void **state)
{
	struct fixture f;

	(void)state;
	init(&f, "f.yaml", STR("a: b\n"));
	diag_add(&f.diags, DIAG_WARNING, "x", &f.src, (struct span){ 4, 0 }, "at the line's end");
	diag_add(&f.diags, DIAG_WARNING, "x", &f.src, (struct span){ 5, 0 }, "at the end");
	diag_add(&f.diags, DIAG_WARNING, "x", &f.src, (struct span){ 99, 99 }, "past the end");
	assert_string_equal(built(&f, (struct report_style){ 0 }),
		"f.yaml:1:5: warning: at the line's end [x]\n  |\n1 | a: b\n  |     ^\n"
		"f.yaml:2:1: warning: at the end [x]\n  |\n2 |\n  | ^\n"
		"f.yaml:2:1: warning: past the end [x]\n  |\n2 |\n  | ^\n");
	arena_done(&f.arena);
	init(&f, "f.yaml", STR(""));
	diag_help(&f.diags, diag_add(&f.diags, DIAG_NOTE, "x", &f.src, (struct span){ 0, 0 }, "empty"), "write something");
	assert_string_equal(built(&f, (struct report_style){ 0 }), "f.yaml:1:1: note: empty [x]\n  = write something\n");
	arena_done(&f.arena);
}

static void
test_several_lines(void **state)
{
	(void)state;
	expect("a:\n  b: 1\n  c: 2\nd: 3\n", "b: 1\n  c: 2", "remove it",
		"f.yaml:2:3: error: bad [x]\n  |\n2 |   b: 1\n  |   ^^^^ remove it\n  |\n  = and 1 more line\n");
	/* the line's end belongs to the line */
	expect("a: 1\nb: 2\n", "a: 1\n", NULL, "f.yaml:1:1: error: bad [x]\n  |\n1 | a: 1\n  | ^^^^\n");
}

static void
test_long_line(void **state)
{
	char text[2001], line[256], caret[256];
	struct fixture f;
	const char *out;

	(void)state;
	for (size_t i = 0; i < 2000; i++) {
		text[i] = (char)('a' + i % 26);
	}
	text[2000] = '\0';
	for (size_t at = 0; at < 2000; at += 7) {
		char want[2] = { (char)(at % 26 + 'a'), '\0' };
		size_t column;

		init(&f, "f.yaml", str_of(text));
		diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ at, 1 }, "bad");
		out = built(&f, (struct report_style){ 0 });
		out = strchr(strchr(out, '\n') + 1, '\n') + 1;
		snprintf(line, sizeof(line), "%.*s", (int)strcspn(out, "\n"), out);
		out += strcspn(out, "\n") + 1;
		snprintf(caret, sizeof(caret), "%.*s", (int)strcspn(out, "\n"), out);
		column = strcspn(caret, "^");
		assert_true(strlen(line) <= 4 + REPORT_COLUMNS_MAX + 6);
		assert_true(strlen(line) >= 4 + REPORT_COLUMNS_MAX);
		assert_memory_equal(line + column, want, 1);
		/* cut ends show it */
		assert_int_equal(strncmp(line + 4, "...", 3) == 0, at > 100 || (at > 40 && line[4] == '.'));
		assert_int_equal(strcmp(line + strlen(line) - 3, "...") == 0, at < 1900 || line[strlen(line) - 1] == '.');
		arena_done(&f.arena);
	}
}

static void
test_escapes(void **state)
{
	struct fixture f;

	(void)state;
	expect("a: \033[31m\xFF\xE2\x80\xAEz", "z", NULL,
		"f.yaml:1:11: error: bad [x]\n  |\n1 | a: \\x1b[31m\\xff\\u202ez\n  |                      ^\n");
	init(&f, "a\nb\033.yaml", STR("x"));
	diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ 0, 1 }, "unknown key 'a\tb\r\033\x80'");
	assert_string_equal(built(&f, (struct report_style){ 0 }),
		"a\\nb\\x1b.yaml:1:1: error: unknown key 'a\\tb\\r\\x1b\\x80' [x]\n  |\n1 | x\n  | ^\n");
	arena_done(&f.arena);
}

/* whatever the bytes and wherever the place: no control character comes out, and the caret is there */
static void
test_any_bytes(void **state)
{
	static const char *const pieces[] = { "password: ", "a", "\n", "\t", "\033", "\xFF", "日", ": ", "\"", "'", "{", "- ", " ",
		"|\n", "\xE2\x80\xAE", "\r", "\xF0\x9F", "value: ", "name: TOKEN\n", "\xEF\xBB\xBF", "#" };
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct fixture f;
		struct buf b = { 0 };
		const char *out;
		size_t carets = 0;

		init(&f, "f", STR(""));
		b.arena = &f.arena;
		for (int i = 0; i < round % 60 + 1; i++) {
			seed = seed * 1103515245 + 12345;
			buf_add(&b, str_of(pieces[(seed >> 16) % (sizeof(pieces) / sizeof(pieces[0]))]));
		}
		source_init(&f.src, &f.arena, "f", buf_str(&b));
		for (size_t at = 0; at <= b.n; at += 1 + b.n / 20) {
			diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ at, (size_t)round % 5 }, "bad %zu", at);
		}
		out = built(&f, (struct report_style){ 0 });
		for (const char *p = out; *p; p++) {
			assert_false((unsigned char)*p < 0x20 && *p != '\n' && *p != '\t');
			carets += *p == '^' && p[-1] != '^';
		}
		assert_true(carets >= f.diags.count[DIAG_ERROR]);
		arena_done(&f.arena);
	}
}

static void
test_number_shown(void **state)
{
	struct fixture f;
	const char *out;

	(void)state;
	init(&f, "f", STR("a\n"));
	for (int i = 0; i < 73; i++) {
		diag_add(&f.diags, DIAG_ERROR, "io", NULL, (struct span){ 0, 0 }, "no %d", i);
	}
	out = built(&f, (struct report_style){ .most = REPORT_SHOWN_MAX });
	assert_non_null(strstr(out, "wbrender: error: no 49 [io]\n... 23 more\n"));
	assert_null(strstr(out, "no 50"));
	out = built(&f, (struct report_style){ .most = 73 });
	assert_non_null(strstr(out, "no 72"));
	assert_null(strstr(out, "more"));
	assert_non_null(strstr(built(&f, (struct report_style){ .most = 0 }), "no 72"));
	arena_done(&f.arena);
}

static void
test_order_and_summary(void **state)
{
	struct fixture f;
	struct source other;
	struct diag *d;

	(void)state;
	init(&f, "f", STR("a: b\nc: d\n"));
	source_init(&other, &f.arena, "g", STR("x\n"));
	diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ 5, 1 }, "second");
	diag_add(&f.diags, DIAG_WARNING, "x", &other, (struct span){ 0, 1 }, "third");
	diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ 0, 1 }, "first");
	d = diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ 0, 1 }, "first");
	diag_note(&f.diags, d, "said twice");
	assert_string_equal(built(&f, (struct report_style){ .summary = true }),
		"f:1:1: error: first [x]\n  |\n1 | a: b\n  | ^\n"
		"f:2:1: error: second [x]\n  |\n2 | c: d\n  | ^\n"
		"g:1:1: warning: third [x]\n  |\n1 | x\n  | ^\n"
		"2 errors, 1 warning in 2 files\n");
	arena_done(&f.arena);
	init(&f, "f", STR(""));
	assert_string_equal(built(&f, (struct report_style){ .summary = true }), "");
	diag_help(&f.diags, diag_add(&f.diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "bad"), "do this");
	assert_string_equal(built(&f, (struct report_style){ .summary = true }), "wbrender: error: bad [usage]\n  = do this\n");
	arena_done(&f.arena);
}

static void
test_style(void **state)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY);
	FILE *terminal, *file = tmpfile();

	(void)state;
	assert_true(fd >= 0 && file);
	assert_int_equal(grantpt(fd) + unlockpt(fd), 0);
	terminal = fopen(ptsname(fd), "w");
	assert_non_null(terminal);
	unsetenv("NO_COLOR");
	unsetenv("CLICOLOR_FORCE");
	setenv("TERM", "xterm", 1);
	assert_true(report_style(terminal, 0).colour && report_style(terminal, 0).summary);
	assert_false(report_style(file, 0).colour || report_style(file, 0).summary);
	setenv("TERM", "dumb", 1);
	assert_false(report_style(terminal, 0).colour);
	setenv("CLICOLOR_FORCE", "0", 1);
	assert_false(report_style(file, 0).colour);
	setenv("CLICOLOR_FORCE", "1", 1);
	assert_true(report_style(file, 7).colour);
	assert_int_equal(report_style(file, 7).most, 7);
	setenv("NO_COLOR", "1", 1);
	assert_false(report_style(file, 0).colour || report_style(terminal, 0).colour);
	fclose(terminal);
	fclose(file);
	close(fd);
}

static void
test_colour(void **state)
{
	struct fixture f;

	(void)state;
	init(&f, "f", STR("a\n"));
	diag_note(&f.diags, diag_add(&f.diags, DIAG_ERROR, "x", &f.src, (struct span){ 0, 1 }, "bad"), "so");
	assert_string_equal(built(&f, (struct report_style){ .colour = true }),
		"\033[1mf:1:1:\033[0m \033[1;31merror:\033[0m \033[1mbad\033[0m [x]\n"
		"\033[34m  |\033[0m\n\033[34m1 |\033[0m a\n\033[34m  |\033[0m \033[1;31m^\033[0m\n\033[34m  |\033[0m\n"
		"  \033[34m= \033[0mso\n");
	arena_done(&f.arena);
}

static void
test_writing(void **state)
{
	struct report_style style = { 0 };
	FILE *full = fopen("/dev/full", "w"), *file = tmpfile();
	struct fixture f;
	char got[64] = "";

	(void)state;
	assert_true(full && file);
	init(&f, "f", STR(""));
	assert_true(report_text(full, &f.diags, &style));
	diag_add(&f.diags, DIAG_ERROR, "io", NULL, (struct span){ 0, 0 }, "bad");
	assert_false(report_text(full, &f.diags, &style));
	assert_true(report_text(file, &f.diags, &style));
	rewind(file);
	assert_int_equal(fread(got, 1, sizeof(got), file), strlen("wbrender: error: bad [io]\n"));
	assert_string_equal(got, "wbrender: error: bad [io]\n");
	fclose(full);
	fclose(file);
	arena_done(&f.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_form),
		cmocka_unit_test(test_caret),
		cmocka_unit_test(test_places_at_the_end),
		cmocka_unit_test(test_several_lines),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_number_shown),
		cmocka_unit_test(test_order_and_summary),
		cmocka_unit_test(test_style),
		cmocka_unit_test(test_colour),
		cmocka_unit_test(test_writing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
