/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender completion: a script for a shell, made from the tables of commands and options. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/tell.h"

#include <string.h>

static const char *const words[] = { "bash", "zsh", "fish", NULL };
static const struct opt none[] = { { .type = OPT_END } };

static const struct opt help = { OPT_FLAG, 'h', "help", .help = "print this help" };

/* what may stand in a place */
struct offer {
	const char *const *words;     /* NULL: none in particular */
	bool files;
};

static struct offer
operand_offer(const struct command *cmd, struct arena *a)
{
	if (cmd->words || cmd->names) {
		return (struct offer){ cmd->words ? cmd->words : cmd->names(a), false };
	}
	return (struct offer){ NULL, *cmd->operands != '\0' };
}

/* an option whose value is a file says so by its name for it */
static struct offer
value_offer(const struct opt *o)
{
	static const char *const files[] = { "FILE", "DIR", "PROFILE", "CHART", NULL };
	bool file = false;

	for (size_t i = 0; files[i] && o->value; i++) {
		file = file || strstr(o->value, files[i]);
	}
	return (struct offer){ o->words, !o->words && file };
}

static void
add_words(struct buf *b, const char *const *list)
{
	for (size_t i = 0; list[i]; i++) {
		buf_addf(b, "%s%s", i > 0 ? " " : "", list[i]);
	}
}

/* a text in single quotes; special: characters that get a backslash */
static void
add_quoted(struct buf *b, const char *text, const char *special)
{
	for (; *text; text++) {
		if (*text == '\'') {
			buf_add(b, STR("'\\''"));
		} else {
			buf_addf(b, "%s%c", strchr(special, *text) ? "\\" : "", *text);
		}
	}
}

/* --- bash */

static void
bash_offer(struct buf *b, struct offer offer)
{
	if (offer.words) {
		buf_add(b, STR("_wbrender_words '"));
		add_words(b, offer.words);
		buf_add(b, STR("'"));
	} else {
		/* without words bash falls back to files */
		buf_add(b, offer.files ? STR(":") : STR("_wbrender_words ''"));
	}
	buf_add(b, STR("; return ;;\n"));
}

static void
bash_command(struct buf *b, const struct command *cmd)
{
	buf_addf(b, "\t%s)\n\t\tcase $prev in\n", cmd->name);
	for (const struct opt *o = cmd->opts; o->type != OPT_END; o++) {
		if (o->type == OPT_FLAG) {
			continue;
		}
		buf_add(b, STR("\t\t"));
		if (o->letter) {
			buf_addf(b, "-%c | ", o->letter);
		}
		buf_addf(b, "--%s) ", o->name);
		bash_offer(b, value_offer(o));
	}
	buf_add(b, STR("\t\tesac\n\t\tcase $cur in\n\t\t-*) _wbrender_words '"));
	for (const struct opt *o = cmd->opts; o->type != OPT_END; o++) {
		buf_addf(b, "--%s ", o->name);
	}
	buf_add(b, STR("--help'; return ;;\n\t\t*) "));
	bash_offer(b, operand_offer(cmd, b->arena));
	buf_add(b, STR("\t\tesac ;;\n"));
}

static void
bash(struct buf *b)
{
	buf_add(b, STR("# bash completion for wbrender " WBRENDER_VERSION ": source <(wbrender completion bash)\n"
		"_wbrender_words() {\n"
		"\tcompopt +o default +o bashdefault 2>/dev/null\n"
		"\tmapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$cur\")\n"
		"}\n\n"
		"_wbrender() {\n"
		"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
		"\tCOMPREPLY=()\n"
		"\t# bash makes three words of --name=value\n"
		"\tif [[ $cur == = ]]; then\n"
		"\t\tcur=\n"
		"\telif [[ $prev == = ]]; then\n"
		"\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
		"\tfi\n"
		"\tif ((COMP_CWORD == 1)); then\n"
		"\t\t_wbrender_words '"));
	for (size_t i = 0; commands[i]; i++) {
		buf_addf(b, "%s ", commands[i]->name);
	}
	buf_add(b, STR("--help --version'\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n"));
	for (size_t i = 0; commands[i]; i++) {
		bash_command(b, commands[i]);
	}
	buf_add(b, STR("\tesac\n}\n\ncomplete -o bashdefault -o default -F _wbrender wbrender\n"));
}

/* --- zsh */

static void
zsh_offer(struct buf *b, const char *label, struct offer offer)
{
	buf_byte(b, ':');
	add_quoted(b, label, ":\\[]");
	if (offer.words) {
		buf_add(b, STR(":("));
		add_words(b, offer.words);
		buf_byte(b, ')');
	} else {
		buf_add(b, offer.files ? STR(":_files") : STR(": "));
	}
}

static void
zsh_option(struct buf *b, const struct opt *o)
{
	const char *end = o->type == OPT_FLAG ? "" : "=", *again = o->type == OPT_LIST ? "*" : "";

	buf_addf(b, "\t\t\t%s", "'");
	if (o->letter) {
		buf_addf(b, "(-%c --%s)'{-%c%s,--%s%s}'[", o->letter, o->name, o->letter, *end ? "+" : "", o->name, end);
	} else {
		buf_addf(b, "%s--%s%s[", again, o->name, end);
	}
	add_quoted(b, o->help, ":\\[]");
	buf_byte(b, ']');
	if (o->type != OPT_FLAG) {
		zsh_offer(b, o->value ? o->value : o->name, value_offer(o));
	}
	buf_add(b, STR("' \\\n"));
}

static void
zsh_command(struct buf *b, const struct command *cmd)
{
	bool many = strstr(cmd->operands, "...");

	buf_addf(b, "\t\t%s)\n\t\t\t_arguments -s -S \\\n", cmd->name);
	for (const struct opt *o = cmd->opts; o->type != OPT_END; o++) {
		zsh_option(b, o);
	}
	zsh_option(b, &help);
	if (*cmd->operands) {
		buf_addf(b, "\t\t\t'%s", many ? "*" : "1");
		zsh_offer(b, cmd->operands, operand_offer(cmd, b->arena));
		buf_add(b, STR("'\n"));
	} else {
		buf_add(b, STR("\t\t\t&& return\n"));
	}
	buf_add(b, STR("\t\t\t;;\n"));
}

static void
zsh(struct buf *b)
{
	buf_add(b, STR("#compdef wbrender\n# zsh completion for wbrender " WBRENDER_VERSION
		": as _wbrender in a folder of $fpath, or source <(wbrender completion zsh)\n"
		"_wbrender() {\n"
		"\tlocal curcontext=\"$curcontext\" state line\n"
		"\ttypeset -A opt_args\n"
		"\tlocal -a commands\n"
		"\tcommands=(\n"));
	for (size_t i = 0; commands[i]; i++) {
		buf_addf(b, "\t\t'%s:", commands[i]->name);
		add_quoted(b, commands[i]->summary, ":\\");
		buf_add(b, STR("'\n"));
	}
	buf_add(b, STR("\t)\n"
		"\t_arguments -C '(- *)'{-h,--help}'[print help]' '(- *)--version[print the version]' '1: :->command' '*:: :->operands'\n"
		"\tcase $state in\n"
		"\tcommand) _describe command commands ;;\n"
		"\toperands)\n"
		"\t\tcase $words[1] in\n"));
	for (size_t i = 0; commands[i]; i++) {
		zsh_command(b, commands[i]);
	}
	buf_add(b, STR("\t\tesac ;;\n"
		"\tesac\n"
		"}\n\n"
		"if [ \"$funcstack[1]\" = _wbrender ]; then\n"
		"\t_wbrender \"$@\"\n"
		"else\n"
		"\tcompdef _wbrender wbrender\n"
		"fi\n"));
}

/* --- fish */

static void
fish_offer(struct buf *b, struct offer offer)
{
	if (offer.words) {
		buf_add(b, STR(" -a '"));
		add_words(b, offer.words);
		buf_byte(b, '\'');
	} else if (offer.files) {
		buf_add(b, STR(" -F"));
	}
}

static void
fish_option(struct buf *b, const struct command *cmd, const struct opt *o)
{
	buf_addf(b, "complete -c wbrender -n '__wbrender_in %s'", cmd->name);
	if (o->letter) {
		buf_addf(b, " -s %c", o->letter);
	}
	buf_addf(b, " -l %s", o->name);
	if (o->type != OPT_FLAG) {
		struct offer offer = value_offer(o);

		/* -x: no files */
		buf_add(b, offer.files ? STR(" -r") : STR(" -x"));
		fish_offer(b, offer);
	}
	buf_add(b, STR(" -d '"));
	for (const char *s = o->help; *s; s++) {
		buf_addf(b, "%s%c", *s == '\'' || *s == '\\' ? "\\" : "", *s);
	}
	buf_add(b, STR("'\n"));
}

static void
fish(struct buf *b)
{
	buf_add(b, STR("# fish completion for wbrender " WBRENDER_VERSION ": wbrender completion fish | source\n"
		"function __wbrender_none\n"
		"\ttest (count (commandline -opc)) -eq 1\n"
		"end\n\n"
		"function __wbrender_in\n"
		"\tset -l given (commandline -opc)\n"
		"\ttest (count $given) -ge 2; and test $given[2] = $argv[1]\n"
		"end\n\n"
		"complete -c wbrender -f\n"
		"complete -c wbrender -n __wbrender_none -s h -l help -d 'print help'\n"
		"complete -c wbrender -n __wbrender_none -l version -d 'print the version'\n"));
	for (size_t i = 0; commands[i]; i++) {
		const struct command *cmd = commands[i];
		struct offer offer = operand_offer(cmd, b->arena);

		buf_addf(b, "complete -c wbrender -n __wbrender_none -a %s -d '", cmd->name);
		add_quoted(b, cmd->summary, "");
		buf_add(b, STR("'\n"));
		for (const struct opt *o = cmd->opts; o->type != OPT_END; o++) {
			fish_option(b, cmd, o);
		}
		fish_option(b, cmd, &help);
		if (offer.words || offer.files) {
			buf_addf(b, "complete -c wbrender -n '__wbrender_in %s'", cmd->name);
			fish_offer(b, offer);
			buf_byte(b, '\n');
		}
	}
}

static int
run(const void *p, int argc, char **argv)
{
	struct arena arena = { 0 };
	struct buf b = { .arena = &arena };

	(void)p;
	(void)argc;
	if (strcmp(argv[0], "bash") == 0) {
		bash(&b);
	} else if (strcmp(argv[0], "zsh") == 0) {
		zsh(&b);
	} else {
		fish(&b);
	}
	tell_text(buf_str(&b));
	arena_done(&arena);
	return DONE_OK;
}

const struct command cmd_completion = { "completion", "bash|zsh|fish", "print a script that completes the command line in a shell", none, 0, run,
	words };
