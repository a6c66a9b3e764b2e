/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the values of all sites, then writes what is good. */
#include "cmd/fleet.h"

#include "base/arena.h"
#include "base/sink.h"
#include "base/table.h"
#include "cmd/put.h"
#include "cmd/tell.h"
#include "report/cell.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { NAMED_MAX = 20 };      /* refused sites that the summary names */

struct site_job {
	const char *path;             /* of the profile */
	struct made made;             /* what it has lives in `keep` */
	const char *file;
	bool good;
};

struct fleet {
	const struct make *make;
	struct arena *arena, keep;
	struct diags *diags;
	const char *dir;
	struct site_job *jobs;
	size_t n, written, same;
	struct table files;           /* file names to jobs */
};

static struct str
kept(struct fleet *f, struct str text)
{
	return (struct str){ arena_copy(&f->keep, text.s, text.n), text.n };
}

static size_t
findings(const struct diags *d)
{
	return d->count[DIAG_ERROR] + d->count[DIAG_WARNING] + d->count[DIAG_NOTE];
}

/* another site of the same name would be written over */
static void
claim(struct fleet *f, struct site_job *job)
{
	struct site_job *first = table_put(&f->files, str_of(job->file), job);
	struct diag *diag;

	if (!first) {
		return;
	}
	job->good = first->good = false;
	diag = diag_add(f->diags, DIAG_ERROR, "values/same-file", NULL, (struct span){ 0, 0 },
		"'%s' and '%s' are both called '%.*s', and would be written to the same file", first->path, job->path, STR_FMT(job->made.name));
	diag_help(f->diags, diag, "give one of them another 'name'");
}

/* makes one site's text; of a site without findings only that is kept */
static void
make_one(struct fleet *f, struct site_job *job)
{
	struct arena_mark mark = arena_mark(f->arena);
	size_t before = findings(f->diags);

	job->good = make_values(f->make, job->path, f->arena, &job->made, f->diags);
	job->made.name = kept(f, job->made.name);
	job->made.text = kept(f, job->made.text);
	job->file = arena_printf(&f->keep, "%s%s%.*s.%s", f->dir, str_ends(str_of(f->dir), STR("/")) ? "" : "/", STR_FMT(job->made.name),
		f->make->format == MAKE_JSON ? "json" : "yaml");
	if (findings(f->diags) == before) {
		arena_rewind(f->arena, mark);
	}
	/* a wrong site has its name all the same, when it could be read */
	if (job->made.name.n > 0) {
		claim(f, job);
	}
}

/* where a site's values go */
static struct put
place(const struct site_job *job)
{
	return (struct put){ .path = job->file, .instead = "a site without 'name' is called by its file; give it another name, or another folder: -d DIR" };
}

static void
failed(struct fleet *f, struct site_job *job, int error)
{
	struct put put = place(job);

	put_failed(&put, error, f->diags);
	job->good = false;
}

static bool
may_write(struct fleet *f, struct site_job *job)
{
	struct put put = place(job);

	job->good = put_allowed(&put, f->diags);
	return job->good;
}

/* all are written beside their places first, so that they can be waited for together */
static void
put_all(struct fleet *f)
{
	struct sink *sinks = arena_alloc(&f->keep, f->n, sizeof(*sinks));
	struct site_job **jobs = arena_alloc(&f->keep, f->n, sizeof(*jobs));
	size_t n = 0;
	int error;

	for (size_t i = 0; i < f->n; i++) {
		struct site_job *job = &f->jobs[i];
		struct arena scratch = { 0 };

		if (job->good && sink_holds(&scratch, job->file, job->made.text, job->made.secret)) {
			f->same++;
		} else if (job->good && may_write(f, job)) {
			error = sink_begin(&f->keep, job->file, job->made.text, job->made.secret, true, &sinks[n]);
			jobs[n] = job;
			if (error != 0) {
				failed(f, job, error);
			} else {
				n++;
			}
		}
		arena_done(&scratch);
	}
	sink_sync(sinks, n);
	for (size_t i = 0; i < n; i++) {
		error = sink_end(&sinks[i]);
		f->written += error == 0;
		if (error != 0) {
			failed(f, jobs[i], error);
		}
	}
}

static void
hold(struct fleet *f, struct site_job *job)
{
	size_t before = f->diags->count[DIAG_ERROR];

	make_check(job->file, &job->made, f->arena, f->diags);
	job->good = f->diags->count[DIAG_ERROR] == before;
	f->same += job->good;
}

static void
summary(struct fleet *f, bool check)
{
	struct buf b = { .arena = f->arena };
	size_t bad = 0;

	if (check) {
		buf_addf(&b, "%zu sites: %zu as wanted", f->n, f->same);
	} else {
		buf_addf(&b, "%zu sites: %zu written, %zu unchanged", f->n, f->written, f->same);
	}
	for (size_t i = 0; i < f->n; i++) {
		if (f->jobs[i].good) {
			continue;
		}
		if (bad++ < NAMED_MAX) {
			buf_add(&b, bad == 1 ? STR("; wrong: ") : STR(", "));
			cell_add_text(&b, str_of(f->jobs[i].path));
		}
	}
	if (bad > NAMED_MAX) {
		buf_addf(&b, " and %zu more", bad - NAMED_MAX);
	}
	fprintf(stderr, "%s\n", buf_z(&b));
}

int
fleet(const struct make *make, const char *const *paths, size_t n, const char *dir, bool check, struct arena *a, struct diags *diags)
{
	struct fleet f = { .make = make, .arena = a, .diags = diags, .dir = dir, .n = n };
	int status;

	f.files.arena = &f.keep;
	f.jobs = arena_alloc(&f.keep, n, sizeof(*f.jobs));
	if (!check && mkdir(dir, 0777) != 0 && errno != EEXIST) {
		diag_io(diags, dir, "make the folder", errno);
		n = 0;
	}
	for (size_t i = 0; i < n; i++) {
		f.jobs[i].path = paths[i];
		make_one(&f, &f.jobs[i]);
	}
	for (size_t i = 0; i < n && check; i++) {
		if (f.jobs[i].good) {
			hold(&f, &f.jobs[i]);
		}
	}
	if (n > 0 && !check) {
		put_all(&f);
	}
	status = tell(stderr, diags, REPORT_SHOWN_MAX);
	if (n > 0) {
		summary(&f, check);
	}
	arena_done(&f.keep);
	return status;
}
