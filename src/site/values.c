/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the chart's values from the profile, section by section in the template's order. */
#include "site/values.h"

#include "base/arena.h"
#include "report/cell.h"
#include "schema/builtin.h"
#include "schema/valid.h"
#include "site/platform.h"
#include "site/short.h"
#include "yaml/emit.h"
#include "yaml/scalar.h"

#include <stdlib.h>
#include <string.h>

struct build {
	struct profile *profile;
	struct arena *arena;
	struct diags *diags;
	bool secret;
};

/* the value of a section from the profile's field of the same name; NULL: nothing to write, or an error was added */
typedef struct node *make(struct build *, const struct node *from);

static struct node *
as_it_is(struct build *b, const struct node *from)
{
	return node_flat(b->arena, from);
}

static struct node *
empty_map(struct build *b, const struct node *from)
{
	return short_node(b->arena, NODE_MAP, (struct str){ 0 }, from);
}

static void
put_copy(struct build *b, struct node *map, const char *key, const struct node *from)
{
	if (from) {
		node_put(b->arena, map, str_of(key), node_flat(b->arena, from));
	}
}

/* the same under its own key, which keeps its place for findings */
static void
put_entry(struct build *b, struct node *map, const struct node *entry)
{
	struct node *copy = node_flat(b->arena, entry);

	node_put(b->arena, map, entry->key->text, copy);
	copy->key->span = entry->key->span;
}

/* tags and mirror are facts for other commands */
static struct node *
image(struct build *b, const struct node *from)
{
	struct node *map = empty_map(b, from);

	put_copy(b, map, "server", node_get(from, STR("server")));
	put_copy(b, map, "pullSecrets", node_get(from, STR("pullSecrets")));
	return map->first ? map : NULL;
}

/* a password that YAML can hold; NULL, with an error, otherwise */
static struct node *
password_text(struct build *b, struct str text, const struct node *name)
{
	struct cell c;

	for (size_t at = 0; at < text.n; at += c.n) {
		c = cell_at(text, at);
		if (c.kind == CELL_BYTE) {
			diag_add(b->diags, DIAG_ERROR, "profile/password", &b->profile->src, name->span,
				"the password in '%.*s' is not UTF-8 text", STR_FMT(name->text));
			return NULL;
		}
	}
	return short_node(b->arena, NODE_STRING, text, name);
}

static struct node *
from_environment(struct build *b, const struct node *name)
{
	const char *value = getenv(str_z(b->arena, name->text));

	if (!value) {
		struct diag *diag = diag_add(b->diags, DIAG_ERROR, "profile/password", &b->profile->src, name->span,
			"the environment variable '%.*s' is not set", STR_FMT(name->text));

		diag_help(b->diags, diag, "set it, or use 'file: PATH'");
		return NULL;
	}
	return password_text(b, str_of(value), name);
}

/* a path is relative to the profile; the line end behind the password is not part of it */
static struct node *
from_file(struct build *b, const struct node *name)
{
	const char *profile = b->profile->src.name, *slash = strrchr(profile, '/');
	struct buf path = { .arena = b->arena };
	struct source src;
	struct str text;
	int error;

	if (slash && !str_starts(name->text, STR("/"))) {
		buf_add(&path, (struct str){ profile, (size_t)(slash - profile) + 1 });
	}
	buf_add(&path, name->text);
	error = source_read(&src, b->arena, buf_z(&path));
	if (error != 0) {
		diag_add(b->diags, DIAG_ERROR, "profile/password", &b->profile->src, name->span, "cannot read '%s': %s",
			buf_z(&path), strerror(error));
		return NULL;
	}
	text = src.text;
	while (text.n > 0 && (text.s[text.n - 1] == '\n' || text.s[text.n - 1] == '\r')) {
		text.n--;
	}
	return password_text(b, text, name);
}

static struct node *
password(struct build *b, const struct node *from)
{
	const struct node *env = node_get(from, STR("env"));
	struct diag *diag;

	if (from->kind == NODE_MAP) {
		b->secret = true;
		return env ? from_environment(b, env) : from_file(b, node_get(from, STR("file")));
	}
	if (from->text.n > 0) {
		b->secret = true;
		diag = diag_add(b->diags, DIAG_WARNING, "profile/password", &b->profile->src, from->span,
			"the truststore password stands in the profile in plain text");
		diag_help(b->diags, diag, "use {env: VARIABLE} or {file: PATH}");
	}
	return node_flat(b->arena, from);
}

static struct node *
keycloak(struct build *b, const struct node *from)
{
	struct node *map = empty_map(b, from);

	for (const struct node *entry = from->first; entry; entry = entry->next) {
		struct node *value = str_eq(entry->key->text, STR("truststore_password")) ? password(b, entry)
											   : node_flat(b->arena, entry);

		if (!value) {
			return NULL;
		}
		node_put(b->arena, map, entry->key->text, value);
	}
	return map;
}

/* the claim's name; the rest are facts for checks and for prepare */
static struct node *
claim(struct build *b, const struct node *from)
{
	const struct node *name = from->kind == NODE_MAP ? node_get(from, STR("pvc")) : from;
	struct node *map = empty_map(b, from);

	put_copy(b, map, "pvc", name);
	return map->first ? map : NULL;
}

static struct node *
tolerations(struct build *b, const struct node *from)
{
	struct node *map = empty_map(b, from);

	for (const struct node *entry = from->first; entry; entry = entry->next) {
		node_put(b->arena, map, entry->key->text, short_tolerations(b->arena, entry));
	}
	return map;
}

static struct node *
affinity(struct build *b, const struct node *from)
{
	struct node *map = empty_map(b, from);

	for (const struct node *entry = from->first; entry; entry = entry->next) {
		struct node *value = short_affinity(b->arena, &b->profile->src, entry, b->diags);

		if (!value) {
			return NULL;
		}
		node_put(b->arena, map, entry->key->text, value);
	}
	return map;
}

static struct node *
limits(struct build *b, const struct node *from)
{
	const struct node *gpu = node_get(from, STR("gpu"));
	const struct node *resource = node_get(gpu, STR("resource")), *count = node_get(gpu, STR("count"));
	struct node *map = empty_map(b, from);

	put_copy(b, map, "cpu", node_get(from, STR("cpu")));
	put_copy(b, map, "memory", node_get(from, STR("memory")));
	if (gpu && gpu->kind == NODE_MAP && !count) {
		count = short_node(b->arena, NODE_INT, STR("1"), gpu);
	}
	if (gpu) {
		put_copy(b, map, resource ? str_z(b->arena, resource->text) : "nvidia.com/gpu", count ? count : gpu);
	}
	return map;
}

/* The names that the chart gives to the members are not public; what is known of the platform's ConfigMap is taken for them. */
static const struct {
	const char *profile, *chart;
} profile_members[] = {
	{ "description", "description" },
	{ "userVisible", "user_visible" },
	{ "resources", "resources" },
	{ "nodeSelector", "node_selector" },
	{ "tolerations", "tolerations" },
	{ "acl", "acl" },
};

static struct node *
resource_profile(struct build *b, const struct node *from)
{
	struct node *map = empty_map(b, from), *resources = empty_map(b, from), *most = limits(b, from);

	if (most->first) {
		node_put(b->arena, resources, STR("limits"), most);
	}
	put_copy(b, resources, "requests", node_get(from, STR("requests")));
	for (size_t i = 0; i < sizeof(profile_members) / sizeof(profile_members[0]); i++) {
		struct str name = str_of(profile_members[i].profile);
		const struct node *member = node_get(from, name);

		if (str_eq(name, STR("resources")) && resources->first) {
			node_put(b->arena, map, str_of(profile_members[i].chart), resources);
		} else if (member && str_eq(name, STR("tolerations"))) {
			node_put(b->arena, map, str_of(profile_members[i].chart), short_tolerations(b->arena, member));
		} else {
			put_copy(b, map, profile_members[i].chart, member);
		}
	}
	return map;
}

static struct node *
resource_profiles(struct build *b, const struct node *from)
{
	struct node *map = empty_map(b, from);

	for (const struct node *entry = from->first; entry; entry = entry->next) {
		node_put(b->arena, map, entry->key->text, resource_profile(b, entry));
	}
	return map;
}

static const struct section {
	const char *field, *key;      /* in the profile, in values.yaml */
	const char *comment;
	make *make;
} sections[] = {
	{ "hostname", "hostname", "fully qualified domain name of the platform", as_it_is },
	{ "serviceAccountName", "serviceAccountName", "service account, made before the installation", as_it_is },
	{ "uid", "uid", "user ID that the containers run under", as_it_is },
	{ "image", "image", "where the images come from", image },
	{ "generateCerts", "generateCerts", "certificates: generate, load or skip", as_it_is },
	{ "keycloak", "keycloak", "truststore for a private certificate authority", keycloak },
	{ "ingress", "ingress", "ingress controller, labels and annotations", as_it_is },
	{ "storage", "storage", "claim for Postgres, git and the package repository", claim },
	{ "persistence", "persistence", "claim for managed persistence", claim },
	{ "dnsServer", "dnsServer", "DNS service that the ingress controller asks", as_it_is },
	{ "tolerations", "tolerations", "taints that the pods tolerate", tolerations },
	{ "affinity", "affinity", "nodes that the pods run on", affinity },
	{ "resourceProfiles", "resource-profiles", "sizes that users may choose for sessions and deployments", resource_profiles },
};
enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

static struct node *
section_value(struct build *b, const struct section *s)
{
	const struct node *root = b->profile->root, *from = node_get(root, str_of(s->field));
	const char *preset;

	if (from) {
		return s->make(b, from);
	}
	if (strcmp(s->key, "serviceAccountName") == 0) {
		return short_node(b->arena, NODE_STRING, STR("anaconda-enterprise"), root);
	}
	preset = platform_value(node_text(root, STR("platform")), s->field);
	return preset ? short_node(b->arena, scalar_kind(str_of(preset)), str_of(preset), root) : NULL;
}

/* maps are merged, everything else is replaced: as Helm does with one values file over another */
static void
overlay(struct build *b, struct node *map, const struct node *from)
{
	for (const struct node *entry = from->first; entry; entry = entry->next) {
		struct node *old = node_get(map, entry->key->text);

		if (old && old->kind == NODE_MAP && entry->kind == NODE_MAP) {
			overlay(b, old, entry);
		} else {
			put_entry(b, map, entry);
		}
	}
}

/* The map in the order of the schema, which is that of the chart's template, with what the schema does not know behind it.
   full: what is missing is added from the schema's defaults. */
static struct node *
arrange(struct build *b, const struct node *schema, struct node *map, bool full)
{
	const struct node *properties = node_get(schema, STR("properties"));
	struct node *out = empty_map(b, map);

	for (const struct node *property = properties ? properties->first : NULL; property; property = property->next) {
		struct str name = property->key->text;
		struct node *value = node_get(map, name);
		const struct node *fallback = full ? node_get(property, STR("default")) : NULL;

		if (value && value->kind == NODE_MAP && node_get(property, STR("properties"))) {
			node_put(b->arena, out, name, arrange(b, property, value, full));
		} else if (value || fallback) {
			node_put(b->arena, out, name, node_flat(b->arena, value ? value : fallback));
		}
	}
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		if (!node_get(properties, entry->key->text)) {
			put_entry(b, out, entry);
		}
	}
	return out;
}

/* does the schema refuse keys that it does not list? */
static bool
is_closed(const struct schema *s)
{
	for (; s; s = s->ref ? s->ref : s->all.n > 0 ? s->all.items[0] : NULL) {
		if (s->others && s->others->never) {
			return true;
		}
	}
	return false;
}

/* the map without what the profile passes on under keys that the schema does not know */
static struct node *
known(struct build *b, const struct schema *schema, const struct node *map, const struct node *more)
{
	struct node *out = empty_map(b, map);
	bool closed = is_closed(schema);

	out->style = map->style;
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		struct str key = entry->key->text;
		const struct schema *under = schema_prop(schema, key);
		/* of the many keys that a map may hold few need the look */
		const struct node *passed = (under ? entry->kind == NODE_MAP : closed) ? node_get(more, key) : NULL;

		if (passed && !under) {
			continue;
		}
		if (passed && passed->kind == NODE_MAP) {
			struct node *copy = known(b, under, entry, passed);

			node_put(b->arena, out, key, copy);
			copy->key->span = entry->key->span;
		} else {
			put_entry(b, out, entry);
		}
	}
	return out;
}

struct node *
values_build(struct profile *p, bool full, struct arena *a, bool *ret_secret, struct diags *diags)
{
	struct build b = { .profile = p, .arena = a, .diags = diags };
	size_t errors = diags->count[DIAG_ERROR];
	const struct schema *schema = schema_builtin(a, "workbench-values", diags);
	const struct node *more = node_get(p->root, STR("values")), *key = node_get(p->root, STR("resourceProfilesKey"));
	struct node *values = node_map(a);

	for (size_t i = 0; i < SECTIONS; i++) {
		const struct node *from = node_get(p->root, str_of(sections[i].field));
		struct node *value = section_value(&b, &sections[i]);
		bool profiles = strcmp(sections[i].field, "resourceProfiles") == 0;

		if (value) {
			node_put(a, values, profiles && key ? key->text : str_of(sections[i].key), value);
			value->key->span = from ? from->key->span : value->span;
		}
	}
	if (more) {
		overlay(&b, values, more);
	}
	*ret_secret = b.secret;
	if (diags->count[DIAG_ERROR] > errors || !schema
		|| !valid(schema, &p->src, more ? known(&b, schema, values, more) : values, "chart", diags)) {
		return NULL;
	}
	return arrange(&b, embedded_schema("workbench-values"), values, full);
}

static const char *
comment_of(const struct profile *p, struct str key)
{
	const struct node *profiles_key = node_get(p->root, STR("resourceProfilesKey"));

	for (size_t i = 0; i < SECTIONS; i++) {
		bool renamed = profiles_key && strcmp(sections[i].field, "resourceProfiles") == 0;

		if (str_eq(renamed ? profiles_key->text : str_of(sections[i].key), key)) {
			return sections[i].comment;
		}
	}
	return "passed on from the profile's values";
}

struct str
values_text(const struct profile *p, const struct node *values, struct arena *a)
{
	const char *slash = strrchr(p->src.name, '/'), *last = NULL;
	struct buf b = { .arena = a };

	/* a file may be called anything: the name must not leave its comment */
	buf_add(&b, STR("# values.yaml of site "));
	cell_add_text(&b, p->name);
	buf_addf(&b, ", made by wbrender %s from ", WBRENDER_VERSION);
	cell_add_text(&b, str_of(slash ? slash + 1 : p->src.name));
	buf_add(&b, STR("\n# Change the profile, not this file.\n"));
	for (const struct node *entry = values->first; entry; entry = entry->next) {
		const char *comment = comment_of(p, entry->key->text);
		struct node *one = node_map(a), *copy = arena_new(a, struct node);

		*copy = *entry;
		copy->next = NULL;
		node_append(one, copy);
		if (comment != last) {
			buf_addf(&b, "\n# %s\n", comment);
		}
		last = comment;
		emit_block(&b, one, 0, 2, false, STR("\n"));
	}
	return buf_str(&b);
}
