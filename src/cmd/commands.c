/* SPDX-License-Identifier: Apache-2.0 */
/* The table of all commands. */
#include "cmd/cmd.h"

#include <stddef.h>

const struct command *const commands[] = { &cmd_init, &cmd_values, &cmd_import, &cmd_lint, &cmd_explain, &cmd_schema, &cmd_render, &cmd_completion, NULL };
