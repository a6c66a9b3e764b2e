/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the command, parses its options, runs it, and checks standard output once. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/tell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
help(FILE *f)
{
	fputs("usage: wbrender COMMAND [OPTION...] [OPERAND...]\n"
		"       wbrender <MANIFESTS >MANIFESTS\n\n"
		"compile a site profile into values for the Workbench chart, check it, and render manifests by it\n\n"
		"commands:\n", f);
	for (size_t i = 0; commands[i]; i++) {
		fprintf(f, "  %-10s  %s\n", commands[i]->name, commands[i]->summary);
	}
	fputs("\noptions:\n"
		"  -h, --help     print this help; behind a command, the command's\n"
		"      --version  print the version\n\n"
		"Without a command and with manifests on standard input it is 'wbrender render': Helm's post-renderer.\n\n"
		"examples:\n"
		"  wbrender values site.yaml >values.yaml\n"
		"  helm install NAME CHART -f values.yaml --post-renderer wbrender\n", f);
}

/* the names that other programs have for what a command does; NULL: none */
static const char *
called_elsewhere(const char *word)
{
	static const char *const others[][2] = { { "validate", "lint" }, { "check", "lint" }, { "verify", "lint" }, { "test", "lint" },
		{ "template", "render" }, { "apply", "render" }, { "patch", "render" }, { "build", "values" }, { "generate", "values" },
		{ "compile", "values" }, { "new", "init" }, { "create", "init" }, { "convert", "import" }, { "docs", "explain" } };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strcmp(word, others[i][0]) == 0) {
			return others[i][1];
		}
	}
	return NULL;
}

static int
misuse(struct diags *diags, const char *what, const char *word, const char *const *words)
{
	struct span nowhere = { 0, 0 };
	const char *other = called_elsewhere(word);
	struct diag *d = diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "unknown %s '%s'%s", what, word,
		other ? arena_printf(diags->arena, ", did you mean '%s'?", other) : opt_meant(diags->arena, word, words));

	diag_note(diags, d, "see 'wbrender --help'");
	tell(stderr, diags, 0);
	return DONE_FAIL;
}

static int
run(const struct command *cmd, int argc, char **argv, struct diags *diags)
{
	void *args = arena_alloc(diags->arena, 1, cmd->args_size > 0 ? cmd->args_size : 1);

	switch (opt_parse(cmd, args, &argc, argv, diags)) {
	case OPT_HELP:
		opt_help(stdout, cmd);
		return DONE_OK;
	case OPT_BAD:
		tell(stderr, diags, 0);
		return DONE_FAIL;
	case OPT_GO:
		break;
	}
	return cmd->run(args, argc, argv);
}

static int
choose(int argc, char **argv, struct diags *diags)
{
	static const char *const options[] = { "--help", "--version", NULL };
	const char **names;
	size_t n = 0;

	if (argc < 2) {
		if (isatty(STDIN_FILENO)) {
			help(stderr);
			return DONE_FAIL;
		}
		return run(&cmd_render, 0, argv + argc, diags);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help(stdout);
		return DONE_OK;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("wbrender " WBRENDER_VERSION);
		return DONE_OK;
	}
	if (argv[1][0] == '-') {
		/* what --post-renderer-args hands over */
		return isatty(STDIN_FILENO) ? misuse(diags, "option", argv[1], options)
			: run(&cmd_render, argc - 1, argv + 1, diags);
	}
	while (commands[n]) {
		n++;
	}
	names = arena_alloc(diags->arena, n + 1, sizeof(*names));
	for (size_t i = 0; i < n; i++) {
		if (strcmp(argv[1], commands[i]->name) == 0) {
			return run(commands[i], argc - 2, argv + 2, diags);
		}
		names[i] = commands[i]->name;
	}
	return misuse(diags, "command", argv[1], names);
}

/* A file opened later must not come to stand where standard output was closed: it would be written over. */
static void
fill_standard_descriptors(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
			/* so that using it still fails */
			(void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
		}
	}
}

static int
finish(int status)
{
	struct arena arena = { 0 };
	struct diags diags;
	int error = 0;
	bool failed = ferror(stdout);

	if (fflush(stdout) != 0) {
		failed = true;
		error = errno;
	}
	if (fclose(stdout) != 0 && !failed) {
		failed = true;
		error = errno;
	}
	/* whoever read it has enough, as 'head' has */
	if (tell_broken(error)) {
		return DONE_FAIL;
	}
	if (failed) {
		diags_init(&diags, &arena);
		tell_output(&diags, error);
		tell(stderr, &diags, 0);
		arena_done(&arena);
		return DONE_FAIL;
	}
	return status;
}

int
main(int argc, char **argv)
{
	struct arena arena = { 0 };
	struct diags diags;
	int status;

	/* a closed pipe fails like a full disk, if without a word */
	signal(SIGPIPE, SIG_IGN);
	fill_standard_descriptors();
	diags_init(&diags, &arena);
	status = choose(argc, argv, &diags);
	arena_done(&arena);
	return finish(status);
}
