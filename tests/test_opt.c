/* SPDX-License-Identifier: Apache-2.0 */
/* Options from a table: every way to write them, every usage error, and the help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "cmd/opt.h"

#include <stdlib.h>
#include <string.h>

struct args {
	bool check, verbose;
	const char *profile;
	struct opt_list values;
	unsigned format;
	size_t most;
};

static const char *const formats[] = { "text", "json", "sarif", NULL };

static const struct opt opts[] = {
	{ OPT_TEXT, 'p', "profile", "FILE", "site profile to apply", NULL, offsetof(struct args, profile) },
	{ OPT_LIST, 'f', "values", "FILE", "values file, may be given again; of two files that say something about one key the last wins",
		NULL, offsetof(struct args, values) },
	{ OPT_FLAG, 'c', "check", NULL, "only check", NULL, offsetof(struct args, check) },
	{ OPT_FLAG, 'v', "verbose", NULL, "say more", NULL, offsetof(struct args, verbose) },
	{ OPT_CHOICE, 0, "format", NULL, "form of findings", formats, offsetof(struct args, format) },
	{ OPT_NUMBER, 0, "max-findings", "N", "findings shown", NULL, offsetof(struct args, most), .min = 1, .max = 900, .initial = 50 },
	{ .type = OPT_END },
};

static int
run(const void *args, int argc, char **argv)
{
	(void)args;
	(void)argv;
	return argc;
}

static const struct command cmd = { "try", "[FILE...]", "try things", opts, sizeof(struct args), run };

struct parsed {
	struct arena arena;
	struct diags diags;
	struct args args;
	enum opt_result result;
	int argc;
	char *argv[16];
};

/* arguments parted by one blank; "" stands for an empty one */
static void
parse(struct parsed *p, const struct command *c, const char *line)
{
	struct str s = str_of(line);

	*p = (struct parsed){ 0 };
	diags_init(&p->diags, &p->arena);
	for (size_t at = 0, end; at < s.n; at = end + 1) {
		struct str word;

		end = str_find(s, ' ', at);
		word = str_slice(s, at, end);
		p->argv[p->argc++] = arena_copy(&p->arena, word.s, str_eq(word, STR("\"\"")) ? 0 : word.n);
	}
	p->result = opt_parse(c, &p->args, &p->argc, p->argv, &p->diags);
	assert_int_equal(p->result == OPT_BAD, p->diags.count[DIAG_ERROR] == 1);
}

static void
test_forms(void **state)
{
	/* each says the same: profile x, values a and b, check, one operand */
	static const char *const same[] = {
		"-p x -f a -f b -c o", "o -px -fa -fb -c", "--profile x --values a --values b --check o",
		"--profile=x --values=a o --values=b --check", "-cpx -f a -fb -- o", "-cp x -f a -f b o", "-p y -c -p x -fa -fb -c -- o",
	};
	struct parsed p;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		parse(&p, &cmd, same[i]);
		assert_int_equal(p.result, OPT_GO);
		assert_string_equal(p.args.profile, "x");
		assert_int_equal(p.args.values.n, 2);
		assert_string_equal(p.args.values.items[0], "a");
		assert_string_equal(p.args.values.items[1], "b");
		assert_true(p.args.check && !p.args.verbose);
		assert_int_equal(p.argc, 1);
		assert_string_equal(p.argv[0], "o");
		arena_done(&p.arena);
	}
}

static void
test_values(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, &cmd, "");
	assert_true(p.result == OPT_GO && p.argc == 0 && !p.args.profile && p.args.values.n == 0 && !p.args.check);
	assert_int_equal(p.args.format, 0);
	assert_int_equal(p.args.most, 50);
	arena_done(&p.arena);
	parse(&p, &cmd, "--format sarif --max-findings=900 -cv");
	assert_true(p.result == OPT_GO && p.args.format == 2 && p.args.most == 900 && p.args.check && p.args.verbose);
	arena_done(&p.arena);
	/* an option's value may look like an option, be empty, hold a = */
	parse(&p, &cmd, "-p --check -f \"\" --values=a=b");
	assert_string_equal(p.args.profile, "--check");
	assert_string_equal(p.args.values.items[0], "");
	assert_string_equal(p.args.values.items[1], "a=b");
	assert_false(p.args.check);
	arena_done(&p.arena);
	/* - is an operand, and so is all behind -- */
	parse(&p, &cmd, "a - -- -c --check --");
	assert_int_equal(p.argc, 5);
	assert_string_equal(p.argv[1], "-");
	assert_string_equal(p.argv[2], "-c");
	assert_string_equal(p.argv[4], "--");
	assert_false(p.args.check);
	arena_done(&p.arena);
}

static void
test_errors(void **state)
{
	static const struct {
		const char *line, *text;
	} cases[] = {
		{ "--profle x", "unknown option '--profle', did you mean '--profile'?" },
		{ "--chekc=1", "unknown option '--chekc', did you mean '--check'?" },
		{ "--halp", "unknown option '--halp', did you mean '--help'?" },
		{ "--nothing-like-it", "unknown option '--nothing-like-it'" },
		{ "--=x", "unknown option '--'" },
		{ "-x", "unknown option '-x'" },
		{ "-cx", "unknown option '-x'" },
		{ "-c=1", "unknown option '-='" },
		{ "---check", "unknown option '---check', did you mean '--check'?" },
		{ "--check=1", "'--check' takes no value" },
		{ "--help=1", "'--help' takes no value" },
		{ "-p", "'-p' needs a value: FILE" },
		{ "--profile", "'--profile' needs a value: FILE" },
		{ "--format", "'--format' needs a value: text, json or sarif" },
		{ "--format jsn", "'jsn' is not allowed for '--format', text, json or sarif is wanted" },
		{ "--format=", "'' is not allowed for '--format', text, json or sarif is wanted" },
		{ "--max-findings 0", "'--max-findings' is '0', a whole number from 1 to 900 is wanted" },
		{ "--max-findings=901", "'--max-findings' is '901', a whole number from 1 to 900 is wanted" },
		{ "--max-findings=-1", "'--max-findings' is '-1', a whole number from 1 to 900 is wanted" },
		{ "--max-findings 99999999999999999999999", "'--max-findings' is '99999999999999999999999', a whole number from 1 to 900 is wanted" },
		{ "--max-findings 1x", "'--max-findings' is '1x', a whole number from 1 to 900 is wanted" },
	};
	struct parsed p;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		parse(&p, &cmd, cases[i].line);
		assert_int_equal(p.result, OPT_BAD);
		assert_string_equal(p.diags.first->text, cases[i].text);
		assert_string_equal(p.diags.first->code, "usage");
		assert_string_equal(p.diags.first->notes->text, "see 'wbrender try --help'");
		arena_done(&p.arena);
	}
}

static void
test_operands(void **state)
{
	static const struct {
		const char *operands, *line, *text;
	} cases[] = {
		{ "", "", NULL },
		{ "", "a", "unexpected argument 'a'" },
		{ "", "-c -- -a", "unexpected argument '-a'" },
		{ "FILE", "", "'wbrender try' needs FILE" },
		{ "FILE", "a", NULL },
		{ "FILE", "a -c b", "unexpected argument 'b'" },
		{ "[FILE]", "", NULL },
		{ "[FILE]", "a", NULL },
		{ "[FILE]", "a b", "unexpected argument 'b'" },
		{ "FILE...", "", "'wbrender try' needs FILE..." },
		{ "FILE...", "a b c", NULL },
		{ "[FILE...]", "", NULL },
		{ "[FILE...]", "a b c", NULL },
	};
	struct parsed p;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct command c = cmd;

		c.operands = cases[i].operands;
		parse(&p, &c, cases[i].line);
		assert_int_equal(p.result, cases[i].text ? OPT_BAD : OPT_GO);
		if (cases[i].text) {
			assert_string_equal(p.diags.first->text, cases[i].text);
		}
		arena_done(&p.arena);
	}
}

static void
test_help(void **state)
{
	static const char *const asked[] = { "-h", "--help", "-ch", "a -h --nonsense", "--help -x" };
	static const char wanted[] = "usage: wbrender try [OPTION...] [FILE...]\n\ntry things\n\noptions:\n"
		"  -p, --profile FILE        site profile to apply\n"
		"  -f, --values FILE         values file, may be given again; of two files that say\n"
		"                            something about one key the last wins\n"
		"  -c, --check               only check\n"
		"  -v, --verbose             say more\n"
		"      --format text|json|sarif\n"
		"                            form of findings\n"
		"      --max-findings N      findings shown\n"
		"  -h, --help                print this help\n";
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	struct parsed p;

	(void)state;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		parse(&p, &cmd, asked[i]);
		assert_int_equal(p.result, OPT_HELP);
		arena_done(&p.arena);
	}
	assert_non_null(f);
	opt_help(f, &cmd);
	fclose(f);
	assert_string_equal(text, wanted);
	free(text);
}

static void
test_meant(void **state)
{
	static const char *const words[] = { "values", "lint", "render", NULL };
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(opt_meant(&a, "valeus", words), ", did you mean 'values'?");
	assert_string_equal(opt_meant(&a, "Lint", words), ", did you mean 'lint'?");
	assert_string_equal(opt_meant(&a, "", words), "");
	assert_string_equal(opt_meant(&a, "install", words), "");
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
