/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the site profile and checks it against its schema. */
#include "site/profile.h"

#include "base/arena.h"
#include "schema/builtin.h"
#include "schema/valid.h"
#include "site/hint.h"
#include "yaml/check.h"
#include "yaml/stream.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct str
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct str name = str_of(slash ? slash + 1 : path);

	if (str_ends(name, STR(".yaml"))) {
		name.n -= 5;
	} else if (str_ends(name, STR(".yml"))) {
		name.n -= 4;
	}
	return name;
}

bool
profile_is_manifest(const struct node *root)
{
	struct str api, kind;

	if (!root || root->kind != NODE_MAP) {
		return false;
	}
	api = node_text(root, STR("apiVersion"));
	kind = node_text(root, STR("kind"));
	return kind.n > 0 && !str_starts(api, STR("wbrender")) && !str_ends(kind, STR("rofile"));
}

/* What the file is instead of a profile: nothing more is said about it. NULL when it has the header, if with mistakes. */
static const char *
other_file(const struct node *root)
{
	if (!root) {
		return "this is no site profile: it is empty";
	}
	if (root->kind != NODE_MAP) {
		return NULL;
	}
	if (profile_is_manifest(root)) {
		return "this is a manifest of Kubernetes, a site profile is wanted";
	}
	return node_find(root, STR("kind")) || node_find(root, STR("apiVersion")) ? NULL : "this is no site profile: its header is missing";
}

/* is there nothing at all to be said about it? Most often so, and soon known */
static bool
is_plain(struct profile *p, const struct node *root)
{
	struct arena scratch = { 0 };
	const struct schema *schema;
	struct diags diags;
	bool plain;

	diags_init(&diags, &scratch);
	schema = schema_builtin_for("site-profile", root, &scratch, &diags);
	plain = schema && valid(schema, &p->src, root, "profile", &diags) && !diags.first;
	arena_done(&scratch);
	return plain;
}

static bool
check(struct profile *p, const struct node *root, struct diags *diags)
{
	const char *other = other_file(root);
	const struct schema *schema;
	bool good = true;

	p->manifests = profile_is_manifest(root);
	if (other) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "profile/header", &p->src, (struct span){ root ? root->span.at : 0, 0 }, "%s", other);

		diag_help(diags, diag, "a profile begins with 'apiVersion: wbrender/v1' and 'kind: SiteProfile'");
		return false;
	}
	if (!is_plain(p, root)) {
		struct diag **from = diags->last;

		schema = schema_builtin("site-profile", diags);
		good = schema && valid(schema, &p->src, root, "profile", diags);
		hint("site-profile", &p->src, root, *from, diags);
	}
	return yaml_check_keys(&p->src, root, DIAG_ERROR, diags) && good;
}

bool
profile_parse(struct source *src, struct arena *a, struct node **ret, struct diags *diags)
{
	struct diags own;
	bool good;

	diags_init(&own, diags->arena);
	good = parse_one(src, a, ret, &own);
	if (!good && profile_is_manifest(*ret)) {
		return true;
	}
	for (const struct diag *d = own.first; d; d = d->next) {
		diag_take(diags, d);
	}
	return good;
}

/* rule: the one to keep; NULL: all */
static bool
read_text(struct profile *p, const struct str *rule, struct arena *a, struct diags *diags)
{
	struct node *root;

	if (!profile_parse(&p->src, a, &root, diags)) {
		return false;
	}
	if (rule) {
		profile_keep_rules(root, *rule);
	}
	if (!check(p, root, diags)) {
		return false;
	}
	p->root = node_flat(a, root);
	if (!p->root) {
		diag_add(diags, DIAG_ERROR, "yaml/alias", &p->src, root->span, "the aliases expand to more than %d values",
			NODE_COPY_MAX);
		return false;
	}
	p->name = node_text(p->root, STR("name"));
	if (p->name.n == 0) {
		p->name = base_name(p->src.name);
	}
	return true;
}

/* of a text that is no YAML: does a line say so? */
static bool
says_so(struct str text)
{
	for (size_t at = 0; at < text.n; at = str_find(text, '\n', at) + 1) {
		struct str line = str_slice(text, at, str_find(text, '\n', at));

		if (str_starts(line, STR("kind:")) && memmem(line.s, line.n, "SiteProfile", 11)) {
			return true;
		}
	}
	return false;
}

bool
profile_seems(const struct source *file)
{
	struct arena scratch = { 0 };
	struct source src;
	struct parser *parser;
	struct diags diags;
	struct doc doc;
	bool seems = false, found = false;

	if (file->text.n == 0 || !memmem(file->text.s, file->text.n, "SiteProfile", 11)) {
		return false;
	}
	diags_init(&diags, &scratch);
	source_init(&src, &scratch, file->name, file->text);
	parser = parser_new(&scratch, &src, &diags);
	while (!found && parser_next(parser, &scratch, NULL, &doc)) {
		found = doc.root;
	}
	parser_close(parser);
	if (!found) {
		seems = says_so(file->text);
	} else if (doc.root->kind == NODE_MAP) {
		struct str api = node_text(doc.root, STR("apiVersion"));

		seems = str_eq(node_text(doc.root, STR("kind")), STR("SiteProfile")) && (api.n == 0 || str_starts(api, STR("wbrender")));
	}
	arena_done(&scratch);
	return seems;
}

static bool
load(struct profile *p, const char *path, const struct str *rule, struct arena *a, struct diags *diags)
{
	int error = source_read(&p->src, a, path);

	if (error != 0) {
		struct diag *diag = diag_io(diags, path, "read the profile", error);

		if (path == getenv("WBRENDER_PROFILE")) {
			diag_note(diags, diag, "$WBRENDER_PROFILE names it");
		}
		return false;
	}
	return read_text(p, rule, a, diags);
}

bool
profile_load(struct profile *p, const char *path, struct arena *a, struct diags *diags)
{
	return load(p, path, NULL, a, diags);
}

bool
profile_load_rule(struct profile *p, const char *path, struct str name, struct arena *a, struct diags *diags)
{
	return load(p, path, &name, a, diags);
}

bool
profile_read(struct profile *p, struct arena *a, struct diags *diags)
{
	return read_text(p, NULL, a, diags);
}

void
profile_keep_rules(struct node *root, struct str name)
{
	struct node *list = node_find(node_find(root, STR("render")), STR("rules")), *last = NULL;

	if (!list || list->kind != NODE_LIST) {
		return;
	}
	for (struct node *item = list->first, *next; item; item = next) {
		next = item->next;
		if (!str_eq(node_text(node_real(item), STR("name")), name)) {
			continue;
		}
		*(last ? &last->next : &list->first) = item;
		last = item;
	}
	*(last ? &last->next : &list->first) = NULL;
	list->last = last;
}

const char *
profile_find(const char *given, struct diag **ret_none, struct diags *diags)
{
	const char *named = getenv("WBRENDER_PROFILE");

	if (given) {
		return given;
	}
	if (named && *named) {
		return named;
	}
	if (access("wbrender.yaml", F_OK) == 0) {
		return "wbrender.yaml";
	}
	*ret_none = diag_add(diags, DIAG_ERROR, "io", NULL, (struct span){ 0, 0 }, "no site profile is given");
	diag_note(diags, *ret_none, "looked for $WBRENDER_PROFILE and ./wbrender.yaml");
	return NULL;
}
