/* SPDX-License-Identifier: Apache-2.0 */
/* Reads passwords from where the profile says. */
#include "site/password.h"

#include "base/arena.h"
#include "report/cell.h"
#include "site/short.h"

#include <stdlib.h>
#include <string.h>

/* a password that YAML can hold; NULL, with an error, otherwise */
static struct node *
password_text(struct profile *p, struct str text, const struct node *name, struct arena *a, struct diags *diags)
{
	struct cell c;

	for (size_t at = 0; at < text.n; at += c.n) {
		c = cell_at(text, at);
		if (c.kind == CELL_BYTE) {
			diag_add(diags, DIAG_ERROR, "profile/password", &p->src, name->span,
				"the password in '%.*s' is not UTF-8 text", STR_FMT(name->text));
			return NULL;
		}
	}
	return short_node(a, NODE_STRING, text, name);
}

static struct node *
from_environment(struct profile *p, const struct node *name, struct arena *a, struct diags *diags)
{
	const char *value = getenv(str_z(a, name->text));

	if (!value) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "profile/password", &p->src, name->span,
			"the environment variable '%.*s' is not set", STR_FMT(name->text));

		diag_help(diags, diag, "set it, or use 'file: PATH'");
		return NULL;
	}
	return password_text(p, str_of(value), name, a, diags);
}

/* a path is relative to the profile; the line end behind the password is not part of it */
static struct node *
from_file(struct profile *p, const struct node *name, struct arena *a, struct diags *diags)
{
	const char *profile = p->src.name, *slash = strrchr(profile, '/');
	struct buf path = { .arena = a };
	struct source src;
	struct str text;
	int error;

	if (slash && !str_starts(name->text, STR("/"))) {
		buf_add(&path, (struct str){ profile, (size_t)(slash - profile) + 1 });
	}
	buf_add(&path, name->text);
	error = source_read(&src, a, buf_z(&path));
	if (error != 0) {
		diag_add(diags, DIAG_ERROR, "profile/password", &p->src, name->span, "cannot read '%s': %s",
			buf_z(&path), strerror(error));
		return NULL;
	}
	text = src.text;
	while (text.n > 0 && (text.s[text.n - 1] == '\n' || text.s[text.n - 1] == '\r')) {
		text.n--;
	}
	return password_text(p, text, name, a, diags);
}

const char *
password_help(struct str password)
{
	return str_starts(password, STR("$")) ? "nothing is expanded here: use {env: VARIABLE} or {file: PATH}" : "use {env: VARIABLE} or {file: PATH}";
}

struct node *
password_value(struct profile *p, const struct node *from, struct arena *a, bool *ret_secret, struct diags *diags)
{
	const struct node *env = node_get(from, STR("env"));
	struct diag *diag;

	if (from->kind == NODE_MAP) {
		*ret_secret = true;
		return env ? from_environment(p, env, a, diags) : from_file(p, node_get(from, STR("file")), a, diags);
	}
	if (from->text.n > 0) {
		*ret_secret = true;
		diag = diag_add(diags, DIAG_WARNING, "profile/password", &p->src, from->span,
			"the truststore password stands in the profile in plain text");
		diag_help(diags, diag, "%s", password_help(from->text));
	}
	return node_flat(a, from);
}
