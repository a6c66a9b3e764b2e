/* SPDX-License-Identifier: Apache-2.0 */
/* Asks for the fields of a starter profile, one line each. */
#include "cmd/ask.h"

#include "base/arena.h"
#include "base/wrap.h"
#include "cmd/explain_field.h"
#include "site/about.h"
#include "yaml/emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 90 };

/* in this order; of OpenShift only there */
static const struct question {
	const char *field;
	bool openshift;
} questions[] = {
	{ "platform", false },
	{ "kubernetesVersion", false },
	{ "hostname", false },
	{ "openshift.scc", true },
	{ "openshift.uidRange", true },
	{ "uid", false },
	{ "image.server", false },
	{ "image.pullSecrets", false },
	{ NULL, false },
};

bool
ask_possible(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static bool
on_openshift(const struct answer *known)
{
	struct str platform = starter_answer(known, "platform");

	return str_eq(platform, STR("openshift")) || str_eq(platform, STR("rosa"));
}

static void
say(struct buf *b)
{
	fwrite(b->s, 1, b->n, stderr);
}

/* what holds where nothing is answered; empty: nothing does */
static struct str
usual(const struct field *f, const struct answer *known, struct arena *a)
{
	const struct node *fallback = node_get(f->schema, STR("default"));
	struct str given = starter_answer(known, f->path);
	struct buf b = { .arena = a };

	if (given.n > 0) {
		return given;
	}
	if (fallback && fallback->kind != NODE_NULL) {
		emit_flow(&b, fallback, false);
	}
	return buf_str(&b);
}

static void
put_question(const struct field *f, struct str initial, struct arena *a)
{
	struct buf b = { .arena = a };
	const struct node *choices = field_keyword(field_profile(), f->schema, "enum");

	buf_byte(&b, '\n');
	wrap(&b, node_text(f->schema, STR("description")), "", 0, COLUMNS);
	if (choices) {
		wrap(&b, str_of(about_type(field_profile(), f->schema, a)), "", 0, COLUMNS);
	}
	say(&b);
	fprintf(stderr, "%s [%.*s]: ", f->path, STR_FMT(initial.n > 0 ? initial : f->required ? STR("needed") : STR("none")));
	fflush(stderr);
}

static bool
accepted(const struct answer *answer, struct arena *a)
{
	struct diags diags;

	diags_init(&diags, a);
	if (starter_check(answer, &diags)) {
		return true;
	}
	fprintf(stderr, "  %s\n", diags.first->text);
	if (diags.first->help) {
		struct buf b = { .arena = a };

		buf_add(&b, STR("  "));
		wrap(&b, str_of(diags.first->help), "", 2, COLUMNS);
		say(&b);
	}
	return false;
}

/* a line without its end; false at the end of the input */
static bool
read_line(struct arena *a, struct str *ret)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n = getline(&line, &size, stdin);

	if (n >= 0) {
		*ret = str_trim((struct str){ arena_copy(a, line, (size_t)n), strcspn(line, "\r\n") });
	}
	free(line);
	return n >= 0;
}

/* false at the end of the input; *ret gets one answer more, or stays when the question was passed over */
static bool
ask_one(const char *path, struct arena *a, const struct answer **ret)
{
	struct field f;
	struct answer *answer = arena_new(a, struct answer);
	struct str initial;

	if (!field_find(field_profile(), str_of(path), a, &f)) {
		return true;
	}
	initial = usual(&f, *ret, a);
	put_question(&f, initial, a);
	for (;;) {
		struct buf more = { .arena = a };

		answer->field = f.path;
		if (!read_line(a, &answer->text)) {
			fputc('\n', stderr);
			return false;
		}
		if (answer->text.n == 0 && (initial.n > 0 || !f.required)) {
			return true;
		}
		if (str_eq(answer->text, STR("?"))) {
			explain_field(&more, &f, EXPLAIN_TEXT);
			say(&more);
			put_question(&f, initial, a);
			continue;
		}
		if (answer->text.n > 0 && accepted(answer, a)) {
			answer->next = *ret;
			*ret = answer;
			return true;
		}
		fprintf(stderr, "%s: ", f.path);
		fflush(stderr);
	}
}

bool
ask(const struct answer *known, struct arena *a, const struct answer **ret)
{
	*ret = known;
	fputs("An empty line takes what stands in brackets; '?' tells more; nothing is written before the last answer.\n", stderr);
	for (const struct question *q = questions; q->field; q++) {
		if ((!q->openshift || on_openshift(*ret)) && !ask_one(q->field, a, ret)) {
			return false;
		}
	}
	return true;
}
