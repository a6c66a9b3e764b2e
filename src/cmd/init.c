/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender init: a site profile to begin with. */
#include "base/arena.h"
#include "base/sink.h"
#include "cmd/ask.h"
#include "cmd/cmd.h"
#include "cmd/put.h"
#include "cmd/tell.h"
#include "schema/builtin.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>

#define SCHEMA_NAME "site-profile.schema.json"

struct args {
	unsigned platform;
	const char *hostname, *uid, *output;
	bool brief, schema, force, interactive;
};

/* the schema's, in its order */
static const char *const platform_words[] = { "vanilla", "tanzu", "openshift", "anthos", "eks", "aks", "gke", "rosa", NULL };

static const struct opt opts[] = {
	{ OPT_CHOICE, 0, "platform", NULL, "the Kubernetes variant", platform_words, .offset = offsetof(struct args, platform) },
	{ OPT_TEXT, 0, "hostname", "NAME", "the fully qualified name of Workbench", .offset = offsetof(struct args, hostname) },
	{ OPT_TEXT, 0, "uid", "N", "the user ID of the containers", .offset = offsetof(struct args, uid) },
	{ OPT_FLAG, 0, "brief", NULL, "leave out the fields that are not set", .offset = offsetof(struct args, brief) },
	{ OPT_TEXT, 'o', "output", "FILE", "write to FILE instead of standard output; it must not be there yet",
		.offset = offsetof(struct args, output) },
	{ OPT_FLAG, 0, "schema", NULL, "with --output: also put the schema beside FILE, for editors", .offset = offsetof(struct args, schema) },
	{ OPT_FLAG, 0, "force", NULL, "overwrite what is there", .offset = offsetof(struct args, force) },
	{ OPT_FLAG, 0, "interactive", NULL, "ask for what matters most, on a terminal", .offset = offsetof(struct args, interactive) },
	{ .type = OPT_END },
};

static bool
usage(struct diags *diags, const char *text, const char *note)
{
	struct diag *diag = diag_add(diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 }, "%s", text);

	diag_note(diags, diag, "%s", note);
	return false;
}

/* the text of an option as an answer; false if it will not do */
static bool
take(const char *field, const char *text, struct diags *diags, const struct answer **list)
{
	struct answer *answer = arena_new(diags->arena, struct answer);
	struct diags own;

	if (!text) {
		return true;
	}
	*answer = (struct answer){ field, str_of(text), *list };
	*list = answer;
	diags_init(&own, diags->arena);
	if (starter_check(answer, &own)) {
		return true;
	}
	return usage(diags, arena_printf(diags->arena, "--%s: %s", field, own.first->text),
		own.first->help ? own.first->help : arena_printf(diags->arena, "see 'wbrender explain %s'", field));
}

static bool
check(const struct args *args, struct diags *diags)
{
	if (args->schema && !args->output) {
		return usage(diags, "'--schema' goes with '--output'", "'wbrender schema profile' prints the schema");
	}
	if (args->interactive && !ask_possible()) {
		return usage(diags, "'--interactive' needs a terminal", "--platform, --hostname and --uid say the same without one");
	}
	return true;
}

static bool
put(const struct args *args, const char *path, struct str text, struct diags *diags)
{
	struct put how = { .path = path, .text = text, .profiles = true };
	int error;

	if (args->force) {
		return put_file(&how, diags);
	}
	error = sink_create(diags->arena, path, text);
	if (error != 0) {
		struct diag *diag = diag_io(diags, path, "write", error);

		if (error == EEXIST) {
			diag_note(diags, diag, "--force overwrites it");
		}
	}
	return error == 0;
}

/* asked before the schema is written, so that both or none are there in the end */
static bool
is_free(const struct args *args, struct diags *diags)
{
	struct stat st;

	if (args->force || lstat(args->output, &st) != 0) {
		return true;
	}
	diag_note(diags, diag_io(diags, args->output, "write", EEXIST), "--force overwrites it");
	return false;
}

/* the schema beside the profile; one that is there already and the same will do */
static bool
put_schema(const struct args *args, struct diags *diags)
{
	const char *slash = strrchr(args->output, '/');
	struct str folder = str_slice(str_of(args->output), 0, slash ? (size_t)(slash + 1 - args->output) : 0);
	const char *path = arena_printf(diags->arena, "%.*s" SCHEMA_NAME, STR_FMT(folder));
	struct str text = embedded_schema_text("site-profile");
	struct source there;

	if (source_peek(&there, diags->arena, path) == 0 && str_eq(there.text, text)) {
		return true;
	}
	return put(args, path, text, diags);
}

static int
run(const void *p, int argc, char **argv)
{
	const struct args *args = p;
	struct arena arena = { 0 };
	const struct answer *answers = NULL;
	struct diags diags;
	struct str text;
	int status;

	(void)argc;
	(void)argv;
	diags_init(&diags, &arena);
	if (check(args, &diags) && take("platform", platform_words[args->platform], &diags, &answers)
		&& take("hostname", args->hostname, &diags, &answers) && take("uid", args->uid, &diags, &answers)) {
		if (args->interactive && !ask(answers, &arena, &answers)) {
			usage(&diags, "the answers ended, nothing was written", "see 'wbrender init --help'");
		} else {
			text = starter_build(answers, SCHEMA_NAME, args->brief, &arena);
			if (!args->output) {
				tell_text(text);
			} else if (!args->schema || (is_free(args, &diags) && put_schema(args, &diags))) {
				put(args, args->output, text, &diags);
			}
		}
	}
	status = diags.count[DIAG_ERROR] > 0 ? DONE_FAIL : DONE_OK;
	tell(stderr, &diags, 0);
	arena_done(&arena);
	return status;
}

const struct command cmd_init = { "init", "", "print a site profile to begin with, every field explained", opts, sizeof(struct args), run };
