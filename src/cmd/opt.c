/* SPDX-License-Identifier: Apache-2.0 */
/* Parses a command's arguments into its args struct, and prints its help. */
#include "cmd/opt.h"

#include "base/arena.h"
#include "base/wrap.h"
#include "schema/suggest.h"

#include <assert.h>
#include <string.h>

enum {
	HELP_COLUMN = 28,             /* where the text begins in an option's help */
	HELP_COLUMNS_MAX = 90,
	CUT_MIN = 4,                  /* characters of an option that is cut short: --fo */
};

struct parse {
	const struct command *cmd;
	char *args;
	struct diags *diags;
	int argc;
	char **argv;
	int next;                     /* the first argument not yet looked at */
	bool help;
};

static bool
usage(struct parse *p, const char *text)
{
	struct span nowhere = { 0, 0 };
	struct diag *d = diag_add(p->diags, DIAG_ERROR, "usage", NULL, nowhere, "%s", text);

	diag_note(p->diags, d, "see 'wbrender %s --help'", p->cmd->name);
	return false;
}

const char *
opt_meant(struct arena *a, const char *wrong, const char *const *words)
{
	size_t work = SUGGEST_WORK_MAX;
	struct suggest near;
	const char *text;

	suggest_init(&near, str_of(wrong), &work);
	for (; *words; words++) {
		suggest_offer(&near, str_of(*words));
	}
	text = suggest_text(&near, a);
	return text ? arena_printf(a, ", %s", text) : "";
}

/* "a, b or c" */
static const char *
listed(struct arena *a, const char *const *words)
{
	struct buf b = { .arena = a };

	for (size_t i = 0; words[i]; i++) {
		buf_addf(&b, "%s%s", i == 0 ? "" : words[i + 1] ? ", " : " or ", words[i]);
	}
	return buf_z(&b);
}

static bool
unknown(struct parse *p, const char *option)
{
	struct arena *a = p->diags->arena;
	size_t n = 0, i = 0;
	struct str given = str_of(option);
	const char **names, *meant;

	while (p->cmd->opts[n].type != OPT_END) {
		n++;
	}
	names = arena_alloc(a, n + 2, sizeof(*names));
	/* those that are only cut short before all others */
	for (const struct opt *o = p->cmd->opts; o->type != OPT_END; o++) {
		const char *name = arena_printf(a, "--%s", o->name);

		if (given.n >= CUT_MIN && str_starts(str_of(name), given)) {
			names[i++] = arena_printf(a, "'%s'", name);
		}
	}
	if (i > 0) {
		return usage(p, arena_printf(a, "unknown option '%s', did you mean %s?", option, listed(a, names)));
	}
	for (const struct opt *o = p->cmd->opts; o->type != OPT_END; o++) {
		names[i++] = arena_printf(a, "--%s", o->name);
	}
	names[i] = "--help";
	meant = option[1] == '-' ? opt_meant(a, option, names) : "";
	return usage(p, arena_printf(a, "unknown option '%s'%s", option, meant));
}

/* shown: the option as the user wrote it, "-o" or "--output" */
static bool
set(struct parse *p, const struct opt *o, const char *shown, const char *value)
{
	struct arena *a = p->diags->arena;
	void *to = p->args + o->offset;

	switch (o->type) {
	case OPT_FLAG:
		*(bool *)to = true;
		return true;
	case OPT_TEXT:
		*(const char **)to = value;
		return true;
	case OPT_LIST: {
		struct opt_list *list = to;

		if (!list->items) {
			/* there cannot be more than arguments */
			list->items = arena_alloc(a, (size_t)p->argc, sizeof(*list->items));
		}
		list->items[list->n++] = value;
		return true;
	}
	case OPT_CHOICE:
		for (unsigned i = 0; o->words[i]; i++) {
			if (strcmp(value, o->words[i]) == 0) {
				*(unsigned *)to = i;
				return true;
			}
		}
		return usage(p, arena_printf(a, "'%s' is not allowed for '%s', %s is wanted", value, shown,
			listed(a, o->words)));
	case OPT_NUMBER: {
		size_t number;

		if (!str_number(str_of(value), o->max, &number) || number < o->min) {
			return usage(p, arena_printf(a, "'%s' is '%s', a whole number from %zu to %zu is wanted", shown, value,
				o->min, o->max));
		}
		*(size_t *)to = number;
		return true;
	}
	case OPT_END:
		break;
	}
	assert(o->type != OPT_END);
	return false;
}

/* the next argument as the value of an option; NULL, with a usage error, when there is none */
static const char *
value_next(struct parse *p, const struct opt *o, const char *shown)
{
	if (p->next < p->argc) {
		return p->argv[p->next++];
	}
	usage(p, arena_printf(p->diags->arena, "'%s' needs a value: %s", shown,
		o->value ? o->value : listed(p->diags->arena, o->words)));
	return NULL;
}

/* --name, --name value, --name=value */
static bool
parse_long(struct parse *p, const char *arg)
{
	struct str name = str_slice(str_of(arg), 2, strcspn(arg, "="));
	const char *value = strchr(arg, '='), *shown = arena_printf(p->diags->arena, "--%.*s", STR_FMT(name));

	if (str_eq(name, STR("help"))) {
		p->help = true;
		return !value || usage(p, "'--help' takes no value");
	}
	for (const struct opt *o = p->cmd->opts; o->type != OPT_END; o++) {
		if (!str_is(name, o->name)) {
			continue;
		}
		if (o->type == OPT_FLAG && value) {
			return usage(p, arena_printf(p->diags->arena, "'%s' takes no value", shown));
		}
		if (value) {
			value++;
		} else if (o->type != OPT_FLAG && !(value = value_next(p, o, shown))) {
			return false;
		}
		return set(p, o, shown, value);
	}
	return unknown(p, shown);
}

/* -a, -abc, -o value, -ovalue */
static bool
parse_short(struct parse *p, const char *arg)
{
	for (arg++; *arg; arg++) {
		const char *shown = arena_printf(p->diags->arena, "-%c", *arg), *value = NULL;
		const struct opt *o = p->cmd->opts;

		if (*arg == 'h') {
			p->help = true;
			return true;
		}
		while (o->type != OPT_END && o->letter != *arg) {
			o++;
		}
		if (o->type == OPT_END) {
			return unknown(p, shown);
		}
		if (o->type != OPT_FLAG) {
			value = arg[1] ? arg + 1 : value_next(p, o, shown);
			return value && set(p, o, shown, value);
		}
		if (!set(p, o, shown, NULL)) {
			return false;
		}
	}
	return true;
}

static bool
check_word(struct parse *p, const char *operand)
{
	struct arena *a = p->diags->arena;
	const char *const *words = p->cmd->words;

	for (size_t i = 0; words[i]; i++) {
		if (strcmp(operand, words[i]) == 0) {
			return true;
		}
	}
	return usage(p, arena_printf(a, "'%s' is not %s%s", operand, listed(a, words), opt_meant(a, operand, words)));
}

static bool
check_operands(struct parse *p, int n)
{
	struct str words = str_of(p->cmd->operands);
	struct arena *a = p->diags->arena;

	if (n == 0 && words.n > 0 && words.s[0] != '[') {
		return usage(p, arena_printf(a, "'wbrender %s' needs %s", p->cmd->name, p->cmd->operands));
	}
	if (memmem(words.s, words.n, "...", 3)) {
		return true;
	}
	if (n > (words.n > 0 ? 1 : 0)) {
		return usage(p, arena_printf(a, "unexpected argument '%s'%s%s", p->argv[words.n > 0 ? 1 : 0], p->cmd->stray ? "; " : "",
			p->cmd->stray ? p->cmd->stray : ""));
	}
	return n == 0 || !p->cmd->words || check_word(p, p->argv[0]);
}

enum opt_result
opt_parse(const struct command *cmd, void *args, int *argc, char **argv, struct diags *diags)
{
	struct parse p = { .cmd = cmd, .args = args, .diags = diags, .argc = *argc, .argv = argv };
	int operands = 0;
	bool only_operands = false;

	for (const struct opt *o = cmd->opts; o->type != OPT_END; o++) {
		if (o->type == OPT_NUMBER) {
			*(size_t *)(void *)(p.args + o->offset) = o->initial;
		}
	}
	while (p.next < p.argc && !p.help) {
		char *arg = argv[p.next++];

		if (only_operands || arg[0] != '-' || arg[1] == '\0') {
			argv[operands++] = arg;
		} else if (strcmp(arg, "--") == 0) {
			only_operands = true;
		} else if (!(arg[1] == '-' ? parse_long(&p, arg) : parse_short(&p, arg))) {
			return OPT_BAD;
		}
	}
	if (p.help) {
		return OPT_HELP;
	}
	*argc = operands;
	return check_operands(&p, operands) ? OPT_GO : OPT_BAD;
}

static void
add_option(struct buf *b, char letter, const char *name, const struct opt *o)
{
	size_t from = b->n, n;

	if (letter) {
		buf_addf(b, "  -%c, --%s", letter, name);
	} else {
		buf_addf(b, "      --%s", name);
	}
	if (o->value) {
		buf_addf(b, " %s", o->value);
	} else if (o->type == OPT_CHOICE) {
		for (size_t i = 0; o->words[i]; i++) {
			buf_addf(b, "%c%s", i == 0 ? ' ' : '|', o->words[i]);
		}
	}
	n = b->n - from;
	if (n + 2 > HELP_COLUMN) {
		buf_byte(b, '\n');
		n = 0;
	}
	buf_fill(b, ' ', HELP_COLUMN - n);
	wrap(b, str_of(o->help), "", HELP_COLUMN, HELP_COLUMNS_MAX);
}

void
opt_help(FILE *f, const struct command *cmd)
{
	static const struct opt help = { OPT_FLAG, 'h', "help", .help = "print this help" };
	struct arena arena = { 0 };
	struct buf b = { .arena = &arena };

	buf_addf(&b, "usage: wbrender %s [OPTION...]%s%s\n\n%s\n\noptions:\n", cmd->name, *cmd->operands ? " " : "", cmd->operands,
		cmd->summary);
	for (const struct opt *o = cmd->opts; o->type != OPT_END; o++) {
		add_option(&b, o->letter, o->name, o);
	}
	add_option(&b, help.letter, help.name, &help);
	fwrite(b.s, 1, b.n, f);
	arena_done(&arena);
}
