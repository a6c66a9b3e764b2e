/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender schema: a JSON Schema that is built in, as text. */
#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/put.h"
#include "cmd/tell.h"
#include "schema/builtin.h"

#include <stddef.h>
#include <string.h>

struct args {
	const char *output;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'o', "output", "FILE", "write to FILE instead of standard output", .offset = offsetof(struct args, output) },
	{ .type = OPT_END },
};

static const char *const words[] = { "profile", "values", "report", NULL };
static const char *const names[] = { "site-profile", "workbench-values", "report" };

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct arena arena = { 0 };
	struct diags diags;
	struct str text;
	size_t which = 0;
	int status;

	while (argc > 0 && strcmp(argv[0], words[which]) != 0) {
		which++;
	}
	text = embedded_schema_text(names[which]);
	if (!args->output) {
		tell_text(text);
		return DONE_OK;
	}
	diags_init(&diags, &arena);
	put_file(&(struct put){ .path = args->output, .text = text, .instead = "give the schema a file of its own: -o site-profile.schema.json" }, &diags);
	status = tell(stderr, &diags, 0);
	arena_done(&arena);
	return status;
}

const struct command cmd_schema = { "schema", "profile|values|report", "print a JSON Schema, for editors and other programs", opts,
	sizeof(struct args), run, words };
