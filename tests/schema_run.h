/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of schema/ share: one schema, one value, and what is said about them. */
#ifndef WBRENDER_TESTS_SCHEMA_RUN_H
#define WBRENDER_TESTS_SCHEMA_RUN_H

#include "base/arena.h"
#include "schema/builtin.h"
#include "schema/draft.h"
#include "schema/load.h"
#include "yaml/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* one schema and one value, and what is said about them as text: "LINE:COLUMN CODE: TEXT | HELP", one per line */
struct run {
	struct arena arena;
	struct diags diags;
	struct source schema_src, src;
};

static inline const char *
said(struct run *r)
{
	struct buf b = { .arena = &r->arena };

	diags_sort(&r->diags);
	for (const struct diag *d = r->diags.first; d; d = d->next) {
		struct place place = source_place(d->src, d->span.at);

		buf_addf(&b, "%s%zu:%zu %s: %s%s%s", b.n == 0 ? "" : "\n", place.line, place.column, d->code, d->text,
			d->help ? " | " : "", d->help ? d->help : "");
	}
	return buf_z(&b);
}

static inline const struct schema *
compile(struct run *r, struct str text)
{
	struct loaded loaded;

	*r = (struct run){ 0 };
	diags_init(&r->diags, &r->arena);
	source_init(&r->schema_src, &r->arena, "s.json", text);
	load_schema(&loaded, &r->arena, &r->schema_src, &(struct schema_options){ .draft = DRAFT_7 }, &r->diags);
	return loaded.schema;
}

static inline const char *
validate(struct run *r, const struct schema *s, struct str text)
{
	struct node *root;
	bool parsed, good;

	source_init(&r->src, &r->arena, "v.yaml", text);
	parsed = parse_one(&r->src, &r->arena, &root, &r->diags);
	assert_true(parsed);
	good = valid(s, &r->src, root, NULL, &r->diags);
	assert_int_equal(good, r->diags.count[DIAG_ERROR] == 0);
	return said(r);
}

static inline void
expect(const char *schema, const char *value, const char *wanted)
{
	struct run r;
	const struct schema *s = compile(&r, str_of(schema));
	const char *got;

	if (!s) {
		fail_msg("schema %s: %s", schema, said(&r));
	}
	got = validate(&r, s, str_of(value));
	if (strcmp(got, wanted) != 0) {
		fail_msg("schema %s, value %s\nwanted %s\ngot    %s", schema, value, wanted, got);
	}
	arena_done(&r.arena);
}

static inline void
expect_bad_schema(const char *schema, const char *wanted)
{
	struct run r;
	const struct schema *s = compile(&r, str_of(schema));

	assert_null(s);
	assert_string_equal(said(&r), wanted);
	arena_done(&r.arena);
}

/* the note of the first finding that begins so */
static inline void
expect_note(const char *schema, const char *value, const char *wanted)
{
	struct run r;
	const struct schema *s = compile(&r, str_of(schema));
	const struct diag_note *note;

	assert_non_null(s);
	validate(&r, s, str_of(value));
	assert_non_null(r.diags.first);
	for (note = r.diags.first->notes; note && strcmp(note->text, wanted) != 0; note = note->next) {
	}
	if (!note) {
		for (note = r.diags.first->notes; note; note = note->next) {
			print_error("note: %s\n", note->text);
		}
		fail_msg("%s: no note '%s'", value, wanted);
	}
	arena_done(&r.arena);
}

static inline double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
