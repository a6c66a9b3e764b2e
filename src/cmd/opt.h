/* SPDX-License-Identifier: Apache-2.0 */
/* Options and operands from a constant table; the same table prints --help. */
#ifndef WBRENDER_CMD_OPT_H
#define WBRENDER_CMD_OPT_H

#include "base/diag.h"

#include <stdio.h>

enum opt_type {
	OPT_END,
	OPT_FLAG,                     /* bool */
	OPT_TEXT,                     /* const char *, NULL when not given; the last one counts */
	OPT_LIST,                     /* struct opt_list: may be given again */
	OPT_CHOICE,                   /* unsigned: index into words; 0, the first word, when not given */
	OPT_NUMBER,                   /* size_t from min to max; initial when not given */
};

struct opt_list {
	const char **items;
	size_t n;
};

struct opt {
	enum opt_type type;
	char letter;                  /* 0: only the name */
	const char *name;
	const char *value;            /* what --help calls it: "FILE"; NULL for flags and for choices, whose words are shown */
	const char *help;
	const char *const *words;     /* of a choice; of others what completion offers, NULL: files; ends with NULL */
	size_t offset;                /* where in the args struct the value goes */
	size_t min, max, initial;
};

struct command {
	const char *name;
	/* words that --help shows and whose number is checked: "FILE" one, "[FILE]" none or one, "FILE..." one or more,
	   "[FILE...]" any number, "" none */
	const char *operands;
	const char *summary;          /* one line, lower case */
	const struct opt *opts;       /* ends with OPT_END */
	size_t args_size;
	/* argv holds the operands; returns an exit status of cmd.h. Standard output is flushed and checked by main */
	int (*run)(const void *args, int argc, char **argv);
	const char *const *words;     /* what an operand may be; ends with NULL; NULL: anything */
	/* what an operand may be, where that is known only at run time: for completion; NULL: files, where words is NULL too */
	const char *const *(*names)(struct arena *);
	const char *stray;            /* what to say of an operand too many; or NULL */
};

enum opt_result { OPT_GO, OPT_HELP, OPT_BAD };

/* Fills the zeroed args of a command from what stands behind its name, and leaves the operands at the front of argv, their
   number in *argc. OPT_HELP: -h or --help was given. OPT_BAD: a usage error was added. Lists live in the arena of the diags. */
enum opt_result opt_parse(const struct command *, void *args, int *argc, char **argv, struct diags *);
void opt_help(FILE *, const struct command *);
/* ", did you mean 'x'?" for a word that is none of those wanted; empty when nothing is near. words ends with NULL */
const char *opt_meant(struct arena *, const char *wrong, const char *const *words);

#endif
