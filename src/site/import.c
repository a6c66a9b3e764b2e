/* SPDX-License-Identifier: Apache-2.0 */
/* Tells the chart's known keys from the others, and makes sure that the profile gives the same values. */
#include "site/import.h"

#include "base/arena.h"
#include "schema/builtin.h"
#include "schema/canon.h"
#include "schema/valid.h"
#include "site/move.h"
#include "site/profile.h"
#include "site/sizes.h"
#include "site/values.h"
#include "yaml/check.h"
#include "yaml/place.h"
#include "yaml/stream.h"

enum { LABEL_MAX = 63 };              /* RFC 1123 */

#define GENERATED "# values.yaml of site "        /* site/write.c */

/* Parts the map into what the schema knows and the rest, as one map each. */
static void
part(struct arena *a, const struct node *schema, const struct node *map, struct node *known, struct node *rest)
{
	const struct node *properties = node_get(schema, STR("properties"));

	for (const struct node *entry = map->first; entry; entry = entry->next) {
		struct str key = entry->key->text;
		const struct node *property = node_get(properties, key);

		if (property && entry->kind == NODE_MAP && entry->first && node_get(property, STR("properties"))) {
			struct node *inner = node_map(a), *outer = node_map(a);

			part(a, property, entry, inner, outer);
			inner->span = outer->span = entry->span;
			if (inner->first) {
				node_add(a, known, key, inner);
				inner->key->span = entry->key->span;
			}
			if (outer->first) {
				node_add(a, rest, key, outer);
				outer->key->span = entry->key->span;
			}
		} else {
			struct node *copy = node_flat(a, entry);

			node_add(a, property ? known : rest, key, copy);
			copy->key->span = entry->key->span;
			copy->key->style = entry->key->style;
		}
	}
}

/* what stands between "of site" and "made by" in the header of a generated file; empty if it has none. *ret_begin: what is behind the header */
static struct str
site_name(struct str text, size_t *ret_begin)
{
	size_t bom = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	struct line_end first = place_line_end(text, bom), second = place_line_end(text, first.next);
	struct str line = str_slice(text, bom, first.at);
	size_t end;

	*ret_begin = bom;
	if (!str_starts(line, STR(GENERATED)) || !str_starts(str_slice(text, first.next, second.at), STR("# "))) {
		return (struct str){ 0 };
	}
	*ret_begin = second.next;
	line = str_slice(line, sizeof(GENERATED) - 1, line.n);
	end = str_find(line, ',', 0);
	/* a file's name is no name for a profile, unless it is a label of DNS */
	for (size_t i = 0; i < end; i++) {
		bool inner = line.s[i] == '-' && i > 0 && i + 1 < end;

		if (!inner && !(line.s[i] >= 'a' && line.s[i] <= 'z') && !(line.s[i] >= '0' && line.s[i] <= '9')) {
			return (struct str){ 0 };
		}
	}
	return str_slice(line, 0, end <= LABEL_MAX ? end : 0);
}

static struct node *
head(struct arena *a, struct str name)
{
	struct node *map = node_map(a);

	node_put(a, map, STR("apiVersion"), node_new(a, NODE_STRING, STR("wbrender/v1")));
	node_put(a, map, STR("kind"), node_new(a, NODE_STRING, STR("SiteProfile")));
	if (name.n > 0) {
		node_put(a, map, STR("name"), node_new(a, NODE_STRING, name));
	}
	return map;
}

/* is the text a profile that gives these values? */
static bool
gives(struct source *src, struct str text, const struct node *values, struct arena *a)
{
	struct profile p = { 0 };
	struct diags ignored;
	const struct node *got;
	bool secret;

	diags_init(&ignored, a);
	source_init(&p.src, a, src->name, text);
	if (!profile_read(&p, a, &ignored)) {
		return false;
	}
	got = values_build(&p, false, a, &secret, &ignored);
	return got && canon_equal(a, got, values);
}

/* comments beside or in an entry, as far as that can be told from the text: these must not be lost */
static bool
has_comments(const struct source *src, const struct node *entry)
{
	size_t from = entry->key->span.at, to = place_line_end(src->text, entry->span.at + entry->span.n).at;

	return str_find(str_slice(src->text, from, to), '#', 0) < to - from;
}

/* the first of the ways to write it that gives the values; comments stay in the first two */
static bool
write_down(struct move *m, const struct node *values, struct arena *a, struct str *ret)
{
	for (int way = 0; way < 2; way++) {
		m->rest_first = way == 1;
		if (move_text(m, a, ret) && gives(m->src, *ret, values, a)) {
			return true;
		}
	}
	return false;
}

static bool
has_field(struct source *src, const struct node *flat, struct str key, struct diags *diags)
{
	struct diag *diag;

	if (node_get(flat, key)) {
		return true;
	}
	diag = diag_add(diags, DIAG_ERROR, "import/missing", src, (struct span){ 0, 0 }, "there is no '%.*s', which a profile must have", STR_FMT(key));
	diag_help(diags, diag, "add it to the values first");
	return false;
}

/* the file's data without aliases, if it can be a profile's; NULL if an error was added */
static struct node *
read_file(struct source *src, const struct node *root, struct arena *a, struct diags *diags)
{
	struct node *flat;
	bool good;

	if (!root || root->kind != NODE_MAP) {
		diag_add(diags, DIAG_ERROR, "import/file", src, root ? root->span : (struct span){ 0, 0 }, "a values file is a map, this is %s",
			root ? node_describe(a, root) : "empty");
		return NULL;
	}
	if (profile_is_manifest(root) && node_find(root, STR("apiVersion"))) {
		diag_help(diags, diag_add(diags, DIAG_ERROR, "import/file", src, (struct span){ root->span.at, 0 },
			"these are manifests of Kubernetes, a values file is wanted"), "'helm get values RELEASE' prints the values of an installation");
		return NULL;
	}
	if (str_eq(node_text(root, STR("kind")), STR("SiteProfile"))) {
		diag_add(diags, DIAG_ERROR, "import/file", src, (struct span){ root->span.at, 0 }, "this is a site profile already");
		return NULL;
	}
	flat = node_flat(a, root);
	if (!flat) {
		diag_add(diags, DIAG_ERROR, "yaml/alias", src, root->span, "the aliases expand to more than %d values", NODE_COPY_MAX);
		return NULL;
	}
	/* all that is wrong is said at once */
	good = yaml_check_keys(src, root, DIAG_ERROR, diags);
	good = values_check_keys(src, flat, diags) && good;
	good = has_field(src, flat, STR("hostname"), diags) && good;
	good = has_field(src, flat, STR("uid"), diags) && good;
	return good ? flat : NULL;
}

static void
warn_password(struct source *src, const struct node *flat, struct diags *diags)
{
	const struct node *password = node_at(flat, STR("/keycloak/truststore_password"));

	if (password && password->text.n > 0) {
		struct diag *diag = diag_add(diags, DIAG_WARNING, "profile/password", src, password->span,
			"the truststore password will stand in the profile in plain text");

		diag_help(diags, diag, "write {env: VARIABLE} or {file: PATH} there instead");
	}
}

bool
import_values(struct source *src, struct arena *a, struct str *ret, bool *ret_secret, struct diags *diags)
{
	const struct schema *schema = schema_builtin("workbench-values", diags);
	struct move m = { .src = src, .known = node_map(a), .rest = node_map(a) }, moved;
	struct node *root, *flat, *known = node_map(a), *rest = node_map(a), *without, *sizes, *with;

	if (!schema || !profile_parse(src, a, &root, diags) || !(flat = read_file(src, root, a, diags))) {
		return false;
	}
	part(a, embedded_schema("workbench-values"), flat, known, rest);
	if (!valid(schema, src, known, "values file", diags)) {
		return false;
	}
	m.root = root;
	m.head = head(a, site_name(src->text, &m.begin));
	/* resource profiles in the profile's words, and as they are */
	sizes = node_get(known, STR(SIZES_KEY));
	without = node_map(a);
	with = node_flat(a, rest);
	for (const struct node *entry = known->first; entry; entry = entry->next) {
		struct node *copy = node_flat(a, entry);

		node_put(a, str_eq(entry->key->text, STR(SIZES_KEY)) ? with : without, entry->key->text, copy);
	}
	m.known = without;
	m.rest = rest;
	moved = m;
	moved.rest = with;
	m.sizes = sizes && !has_comments(src, sizes) ? sizes_from_chart(a, sizes) : NULL;
	*ret_secret = values_secret(flat);
	if (!node_get(flat, STR("serviceAccountName"))) {
		node_put(a, flat, STR("serviceAccountName"), node_new(a, NODE_STRING, STR("anaconda-enterprise")));
	}
	warn_password(src, flat, diags);
	if ((m.sizes && write_down(&m, flat, a, ret)) || write_down(&moved, flat, a, ret)) {
		return true;
	}
	*ret = move_emit(&moved, a);
	if (!gives(src, *ret, flat, a)) {
		diag_add(diags, DIAG_ERROR, "import/file", src, (struct span){ 0, 0 }, "no profile gives just these values");
		return false;
	}
	if (str_find(src->text, '#', 0) < src->text.n) {
		diag_help(diags, diag_add(diags, DIAG_WARNING, "import/comments", src, (struct span){ 0, 0 }, "the comments could not be kept"),
			"write the file in block style, anchors before their aliases");
	}
	return true;
}
