/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the chart's values from the profile, section by section in the template's order. */
#include "site/values.h"

#include "base/arena.h"
#include "base/secret.h"
#include "schema/builtin.h"
#include "schema/canon.h"
#include "schema/valid.h"
#include "site/hint.h"
#include "site/passed.h"
#include "site/password.h"
#include "site/platform.h"
#include "site/short.h"
#include "site/sizes.h"
#include "site/version.h"
#include "yaml/scalar.h"

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

/* the same under its own key, which the map does not have yet, and which keeps its place for findings */
static void
put_entry(struct build *b, struct node *map, const struct node *entry)
{
	struct node *copy = node_flat(b->arena, entry);

	node_add(b->arena, map, entry->key->text, copy);
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

static struct node *
keycloak(struct build *b, const struct node *from)
{
	struct node *map = empty_map(b, from);

	for (const struct node *entry = from->first; entry; entry = entry->next) {
		struct node *value = str_eq(entry->key->text, STR("truststore_password")) ? password_value(b->profile, entry, b->arena, &b->secret, b->diags)
											   : node_flat(b->arena, entry);

		/* what else is said must not depend on whether a password can be had here */
		value = value ? value : short_node(b->arena, NODE_STRING, STR(""), entry);
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
resource_profiles(struct build *b, const struct node *from)
{
	return sizes_to_chart(b->arena, from);
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

			node_add(b->arena, out, key, copy);
			copy->key->span = entry->key->span;
		} else {
			put_entry(b, out, entry);
		}
	}
	return out;
}

/* what the profile states and the versions that it states do not go with; the same is said by lint's rules of these names */
static void
check_versions(struct build *b)
{
	const struct node *root = b->profile->root, *cluster = node_get(root, STR("kubernetesVersion"));
	struct str workbench = node_text(root, STR("workbenchVersion"));
	size_t minor = cluster ? version_kubernetes(cluster->text) : 0, most = version_kubernetes_max(workbench);

	if (minor > most) {
		struct diag *diag = diag_add(b->diags, DIAG_WARNING, "WB060", &b->profile->src, cluster->span,
			"Workbench %.*s does not run on Kubernetes %.*s", STR_FMT(workbench.n > 0 ? workbench : STR(WORKBENCH_USUAL)),
			STR_FMT(cluster->text));

		diag_help(b->diags, diag, "it runs on 1.%d to 1.%zu", VERSION_KUBERNETES_MIN, most);
	}
	for (const struct version_gate *gate = version_gates; gate->key; gate++) {
		const struct node *stated = node_at(root, str_of(arena_printf(b->arena, "/%s", version_path(b->arena, gate->key))));

		if (stated && version_lacks(gate, workbench)) {
			struct diag *diag = diag_add(b->diags, DIAG_WARNING, "WB007", &b->profile->src, stated->key->span,
				"the chart up to %s has no '%s'", gate->last, gate->key);

			diag_help(b->diags, diag, "%s is known to have it; it is written all the same", gate->first);
		}
	}
}

/* takes the entry of a path, keys joined by '/', out */
static void
drop(struct node *map, struct str path)
{
	size_t slash = str_find(path, '/', 0);
	struct node *entry = node_get(map, str_slice(path, 0, slash)), *before = NULL;

	if (entry && slash < path.n) {
		drop(entry, str_slice(path, slash + 1, path.n));
	} else if (entry) {
		for (struct node *other = map->first; other != entry; other = other->next) {
			before = other;
		}
		*(before ? &before->next : &map->first) = entry->next;
		map->last = map->last == entry ? before : map->last;
	}
}

/* takes out what the stated chart does not have, unless the profile states it */
static void
leave_out_newer(struct build *b, struct node *values)
{
	struct str workbench = node_text(b->profile->root, STR("workbenchVersion"));

	for (const struct version_gate *gate = version_gates; gate->key; gate++) {
		const char *path = version_path(b->arena, gate->key);

		if (version_lacks(gate, workbench) && !node_at(b->profile->root, str_of(arena_printf(b->arena, "/%s", path)))) {
			drop(values, str_of(path));
		}
	}
}

/* Helm's reader makes JSON of everything, which knows neither .inf nor .nan; the depth of trees is limited by the parser */
static bool
check_numbers(struct build *b, const struct node *node)
{
	bool good = true;
	double number;

	if (node->kind == NODE_FLOAT && !scalar_double(node->text, &number)) {
		struct diag *diag = diag_add(b->diags, DIAG_ERROR, "chart/number", &b->profile->src, node->span,
			"'%.*s' is no number that Helm can read", STR_FMT(node->text));

		diag_help(b->diags, diag, "quote it if a text is meant");
		return false;
	}
	for (const struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		good = check_numbers(b, child) && good;
	}
	return good;
}

bool
values_check_keys(struct source *src, const struct node *node, struct diags *diags)
{
	bool good = true;

	for (const struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		const struct node *key = node->kind == NODE_MAP ? child->key : NULL;
		enum node_kind kind = key && key->style == NODE_PLAIN ? scalar_kind(key->text) : NODE_STRING;
		const char *read = NULL;
		double number;

		if (kind == NODE_BOOL) {
			read = scalar_true(key->text) ? "true" : "false";
		} else if (kind == NODE_INT && scalar_double(key->text, &number)) {
			read = canon_number(diags->arena, number);
		}
		if (read && !str_is(key->text, read)) {
			struct diag *diag = diag_add(diags, DIAG_ERROR, "chart/key", src, key->span, "Helm reads the key '%.*s' as '%s'",
				STR_FMT(key->text), read);

			diag_help(diags, diag, "quote it");
			good = false;
		}
		good = values_check_keys(src, child, diags) && good;
	}
	return good;
}

bool
values_secret(const struct node *values)
{
	for (const struct node *child = values->first; child; child = child->next) {
		const struct node *real = node_real(child);

		if (real->kind >= NODE_LIST ? values_secret(real)
			: real->kind == NODE_STRING && real->text.n > 0 && child->key && secret_key(node_real(child->key)->text)) {
			return true;
		}
	}
	return false;
}

struct node *
values_build(struct profile *p, bool full, struct arena *a, bool *ret_secret, struct diags *diags)
{
	struct build b = { .profile = p, .arena = a, .diags = diags };
	size_t errors = diags->count[DIAG_ERROR];
	const struct schema *schema = schema_builtin("workbench-values", diags);
	const struct node *more = node_get(p->root, STR("values")), *key = node_get(p->root, STR("resourceProfilesKey"));
	struct node *values = node_map(a);

	check_versions(&b);
	for (size_t i = 0; i < SECTIONS; i++) {
		const struct node *from = node_get(p->root, str_of(sections[i].field));
		struct node *value = section_value(&b, &sections[i]);
		bool profiles = strcmp(sections[i].field, "resourceProfiles") == 0;

		if (value) {
			node_put(a, values, profiles && key ? key->text : str_of(sections[i].key), value);
			value->key->span = from ? from->key->span : (struct span){ value->span.at, 0 };
		}
	}
	if (more) {
		passed_replaces(values, &p->src, more, diags);
		node_overlay(a, values, more);
		check_numbers(&b, more);
		values_check_keys(&p->src, more, diags);
	}
	if (schema && more) {
		passed_check(schema, &p->src, more, diags);
	}
	if (schema) {
		const struct node *checked = more ? known(&b, schema, values, more) : values;
		struct diag **from = diags->last;

		valid(schema, &p->src, checked, "chart", diags);
		hint("workbench-values", &p->src, checked, *from, diags);
	}
	if (diags->count[DIAG_ERROR] > errors) {
		return NULL;
	}
	*ret_secret = b.secret || values_secret(values);
	values = arrange(&b, embedded_schema("workbench-values"), values, full);
	if (full) {
		leave_out_newer(&b, values);
	}
	return values;
}

const char *
values_comment(const struct profile *p, struct str key)
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
