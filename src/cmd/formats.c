/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses the formats of a run's reports and writes them to their files. */
#include "cmd/formats.h"

#include "base/arena.h"
#include "cmd/cmd.h"
#include "cmd/put.h"
#include "cmd/tell.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const formats_words[] = { "text", "json", "sarif", "junit", "github", "gitlab", "checkstyle", "rdjson", NULL };

static const struct span nowhere = { 0, 0 };

static bool
unknown(struct str name, struct diags *diags)
{
	const char *names[16] = { NULL };
	struct diag *d;

	for (size_t i = 0; formats[i].name && i + 1 < sizeof(names) / sizeof(names[0]); i++) {
		names[i] = formats[i].name;
	}
	d = diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "unknown format '%.*s'%s", STR_FMT(name),
		opt_meant(diags->arena, str_z(diags->arena, name), names));
	diag_note(diags, d, "there are " FORMATS_WORDS);
	return false;
}

static bool
add(struct formats *f, const char *word, struct diags *diags)
{
	const char *equals = strchr(word, '=');
	struct str name = equals ? (struct str){ word, (size_t)(equals - word) } : str_of(word);
	struct formats_out out = { format_named(name), equals ? equals + 1 : NULL };

	if (!out.format) {
		return unknown(name, diags);
	}
	if (out.path && !*out.path) {
		diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "'--format %s' names no file behind '='", word);
		return false;
	}
	for (size_t i = 0; i < f->n; i++) {
		if (!out.path && !f->outs[i].path) {
			struct diag *d = diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere,
				"two formats for standard output: '%s' and '%s'", f->outs[i].format->name, out.format->name);

			diag_note(diags, d, "send one to a file: --format %s=FILE", out.format->name);
			return false;
		}
		if (out.path && f->outs[i].path && strcmp(out.path, f->outs[i].path) == 0) {
			diag_add(diags, DIAG_ERROR, "usage", NULL, nowhere, "two formats for the file '%s'", out.path);
			return false;
		}
	}
	f->outs[f->n++] = out;
	return true;
}

bool
formats_parse(struct formats *f, const struct opt_list *words, struct diags *diags)
{
	const char *github = getenv("GITHUB_ACTIONS");
	bool to_stdout = false;

	f->outs = arena_alloc(diags->arena, words->n + 1, sizeof(*f->outs));
	for (size_t i = 0; i < words->n; i++) {
		if (!add(f, words->items[i], diags)) {
			return false;
		}
		to_stdout |= !f->outs[f->n - 1].path;
	}
	if (!to_stdout) {
		bool action = github && *github && !isatty(STDOUT_FILENO);

		f->outs[f->n++] = (struct formats_out){ format_named(action ? STR("github") : STR("text")), NULL };
	}
	return true;
}

static struct str
build(const struct formats *f, const struct format *format, struct diags *diags, const struct report *r)
{
	struct report_style plain = { .most = f->most };
	struct buf b = { .arena = diags->arena };

	if (!format->build) {
		return report_build(diags, &plain);
	}
	format->build(&b, r);
	return buf_str(&b);
}

static struct put
place(const struct formats_out *out, struct arena *a)
{
	return (struct put){ .path = out->path, .instead = arena_printf(a, "give the report a file of its own: --format %s=report.%s",
		out->format->name, out->format->name) };
}

bool
formats_allowed(const struct formats *f, struct diags *diags)
{
	bool good = true;

	for (size_t i = 0; i < f->n; i++) {
		struct put put = place(&f->outs[i], diags->arena);

		good = (!put.path || put_allowed(&put, diags)) && good;
	}
	return good;
}

/* findings that say which report could not be written go to standard error */
static bool
write_file(const struct formats_out *out, struct str text, struct arena *a)
{
	struct put put = place(out, a);
	struct diags diags;

	put.text = text;
	diags_init(&diags, a);
	if (put_file(&put, &diags)) {
		return true;
	}
	tell(stderr, &diags, 0);
	return false;
}

int
formats_write(const struct formats *f, struct diags *diags, struct source *const *files, size_t nfiles,
	const char *(*title)(const char *code))
{
	struct report report;
	int status = tell_status(diags);
	bool good = true;

	report_init(&report, diags, files, nfiles);
	report.strict = f->strict;
	report.title = title;
	for (size_t i = 0; i < f->n; i++) {
		const struct formats_out *out = &f->outs[i];

		if (out->path) {
			good &= write_file(out, build(f, out->format, diags, &report), diags->arena);
		} else if (!out->format->build) {
			tell(stdout, diags, f->most);
		} else {
			tell_text(build(f, out->format, diags, &report));
		}
	}
	if (status == DONE_OK && f->strict && diags->count[DIAG_WARNING] > 0) {
		status = DONE_FOUND;
	}
	return good ? status : DONE_FAIL;
}
