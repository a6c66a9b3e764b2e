/* SPDX-License-Identifier: Apache-2.0 */
/* The commands, and what the exit status means. To add one: a file src/cmd/NAME.c with a const struct command, its line
   here, in meson.build and in the table of commands.c, its part of man/wbrender.1, and cases in testdata. */
#ifndef WBRENDER_CMD_CMD_H
#define WBRENDER_CMD_CMD_H

#include "cmd/opt.h"

enum {
	DONE_OK = 0,
	DONE_FOUND = 1,               /* your files are wrong */
	DONE_FAIL = 2,                /* usage, or reading or writing failed */
};

extern const struct command cmd_init, cmd_values, cmd_import, cmd_lint, cmd_explain, cmd_schema, cmd_completion, cmd_render;

/* all of them, in the order of the manual; ends with NULL */
extern const struct command *const commands[];

#endif
