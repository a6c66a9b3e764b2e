/* SPDX-License-Identifier: Apache-2.0 */
/* Fields and their types: unknown, of another version, missing, wrong. */
#include "site/lint/manifest/conform.h"

#include "schema/check.h"
#include "schema/suggest.h"
#include "site/lint/manifest/scalar.h"
#include "site/lint/manifest/term.h"

enum {
	MEANT_MAX = 16,               /* missing fields that unknown ones of the same map seem to mean */
	PLACES_MAX = 3,               /* where else a field belongs: told at most */
};

static const struct kube_type *
type_at(unsigned number)
{
	return &kube_types[number];
}

static bool
in_version(const struct kube_field *f, unsigned version)
{
	return f->since <= version && version <= f->until;
}

static bool
used(const struct node *map, struct str name)
{
	const struct node *value = node_get(map, name);

	return value && value->kind != NODE_NULL;
}

/* the object that a field holds, itself or in a list or map; NULL if none */
static const struct kube_type *
inner(const struct kube_field *f)
{
	const struct kube_type *type = type_at(f->type);

	while (type->sort == KUBE_LIST || type->sort == KUBE_MAP) {
		type = type_at(type->of);
	}
	return type->sort == KUBE_OBJECT ? type : NULL;
}

/* Adds the places below a type, up to two levels down, that have the field; returns how many there are. */
static size_t
places_below(struct manifest *m, const struct kube_type *type, struct str name, const char *path, unsigned levels, struct buf *b, size_t n)
{
	for (size_t i = 0; i < type->n && n < PLACES_MAX; i++) {
		const struct kube_field *f = &kube_fields[type->first + i];
		const struct kube_type *below = in_version(f, m->version) ? inner(f) : NULL;
		const char *here;

		/* status is the cluster's */
		if (!below || m->suggest_work < below->n || str_eq(kube_name(f->name), STR("status"))) {
			continue;
		}
		m->suggest_work -= below->n;
		here = arena_printf(m->diags->arena, "%s%s%s", path, *path ? "." : "", kube_pool + f->name);
		if (levels > 1) {
			n = places_below(m, below, name, here, levels - 1, b, n);
		} else if (kube_field_find(below, name, m->version)) {
			buf_addf(b, "%s'%s'", n == 0 ? "put it into " : " or ", here);
			n++;
		}
	}
	return n;
}

/* takes from what is left of the work; false when there is too little of it */
static bool
afford(struct manifest *m, size_t cost)
{
	bool enough = m->suggest_work >= cost;

	m->suggest_work = enough ? m->suggest_work - cost : 0;
	return enough;
}

/* where a field belongs that is in the wrong place: some levels up, or down; NULL if nowhere */
static const char *
other_place(struct manifest *m, const struct spot *map, struct str name)
{
	struct buf b = { .arena = m->diags->arena };
	unsigned levels = 1;

	for (const struct spot *up = map->up; up && levels <= 4 && m->suggest_work > 0; up = up->up) {
		levels += up->node->kind == NODE_MAP;
		if (up->node->kind == NODE_MAP && up->type && up->type->sort == KUBE_OBJECT && kube_field_find(up->type, name, m->version)
			&& afford(m, node_count(up->node)) && !used(up->node, name)) {
			return arena_printf(m->diags->arena, "it belongs further up, in %s", spot_path(m->diags->arena, up));
		}
	}
	for (unsigned down = 1; down <= 2 && m->suggest_work > 0; down++) {
		if (places_below(m, map->type, name, "", down, &b, 0) > 0) {
			return buf_z(&b);
		}
	}
	return NULL;
}

static void
note_fields(struct manifest *m, const struct kube_type *type, struct diag *diag)
{
	struct buf b = { .arena = m->diags->arena };
	size_t n = 0;

	for (size_t i = 0; i < type->n; i++) {
		const struct kube_field *f = &kube_fields[type->first + i];

		if (in_version(f, m->version)) {
			if (n < CHECK_NAMES_MAX) {
				buf_addf(&b, "%s%s", n == 0 ? "" : ", ", kube_pool + f->name);
			}
			n++;
		}
	}
	if (n > CHECK_NAMES_MAX) {
		buf_addf(&b, ", ... %zu more", n - CHECK_NAMES_MAX);
	}
	diag_note(m->diags, diag, "it has: %s", buf_z(&b));
}

/* fields that unknown ones seem to mean: missing, they are not told apart from them */
struct meant {
	struct str names[MEANT_MAX];
	size_t n;
	size_t entries;               /* of the map */
};

static void
unknown(struct manifest *m, const struct spot *map, const struct node *entry, struct meant *meant)
{
	struct spot s = spot_entry(map, entry);
	const char *shown = manifest_cut(m, s.name), *place = NULL;
	struct suggest near;
	struct diag *diag;

	suggest_init(&near, s.name, &m->suggest_work);
	for (size_t i = 0; i < map->type->n && afford(m, meant->entries); i++) {
		const struct kube_field *f = &kube_fields[map->type->first + i];

		if (in_version(f, m->version) && !used(map->node, kube_name(f->name)) && !suggest_offer(&near, kube_name(f->name))) {
			break;
		}
	}
	for (size_t i = 0; i < near.n && meant->n < MEANT_MAX; i++) {
		meant->names[meant->n++] = near.found[i];
	}
	if (near.n == 0 || near.best >= SUGGEST_PART) {
		place = other_place(m, map, s.name);
	}
	diag = manifest_hit(m, "kube/unknown-field", &s, entry->key->span, "unknown field '%s' in %s", shown,
		spot_path(m->diags->arena, map));
	if (place) {
		diag->help = place;
	} else if (near.n > 0) {
		diag->help = suggest_text(&near, m->diags->arena);
		if (near.n == 1 && near.best < SUGGEST_PART && entry->key->style == NODE_PLAIN) {
			diag->fix = str_z(m->diags->arena, near.found[0]);
			diag->fix_at = entry->key->span;
		}
	} else {
		note_fields(m, map->type, diag);
	}
}

/* a field that other versions have; rows are in the order of versions */
static void
other_version(struct manifest *m, const struct spot *map, const struct node *entry, const struct kube_field *rows, size_t n)
{
	struct spot s = spot_entry(map, entry);
	const char *path = spot_path(m->diags->arena, &s);

	for (size_t i = 0; i < n; i++) {
		if (rows[i].since > m->version) {
			manifest_hit(m, "kube/newer-field", &s, entry->key->span, "Kubernetes 1.%u does not know %s, 1.%u does", m->version, path,
				rows[i].since);
			return;
		}
	}
	manifest_hit(m, "kube/removed-field", &s, entry->key->span, "Kubernetes 1.%u does not know %s any more, since 1.%u", m->version, path,
		rows[n - 1].until + 1u);
}

static void value(struct manifest *, const struct spot *);

/* Kinds whose objects the API server refuses without a spec, though the definitions do not require one: each spec has fields that
   pkg/apis/{apps,autoscaling,batch,core,networking}/validation of Kubernetes requires. An empty NetworkPolicy or PodDisruptionBudget is right. */
static const char *const with_spec[] = { "CronJob", "DaemonSet", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "PersistentVolume",
	"PersistentVolumeClaim", "Pod", "ReplicaSet", "ReplicationController", "Service", "StatefulSet" };

/* Lists that must hold something: ValidatePodSpec and ValidateNodeSelector in pkg/apis/core/validation of Kubernetes. */
static const char *const filled[] = { "containers", "nodeSelectorTerms" };

static bool
is_one_of(struct str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(name, names[i])) {
			return true;
		}
	}
	return false;
}

static bool
is_needed(const struct manifest *m, const struct spot *map, const struct kube_field *f)
{
	return f->required || (!map->up && !m->typed_list && str_eq(kube_name(f->name), STR("spec"))
		&& is_one_of(m->object->kind, with_spec, sizeof(with_spec) / sizeof(with_spec[0])));
}

/* a required list with nothing in it */
static void
empty(struct manifest *m, const struct spot *s, const struct kube_field *f)
{
	if (f->required && s->node->kind == NODE_LIST && !s->node->first && is_one_of(s->name, filled, sizeof(filled) / sizeof(filled[0]))) {
		manifest_hit(m, "kube/missing-field", s, spot_key(s), "%s is empty", spot_path(m->diags->arena, s));
	}
}

static void
missing(struct manifest *m, const struct spot *map, const struct meant *meant)
{
	for (size_t i = 0; i < map->type->n; i++) {
		const struct kube_field *f = &kube_fields[map->type->first + i];
		struct str name = kube_name(f->name);
		bool misspelt = false;

		if (!in_version(f, m->version) || !is_needed(m, map, f) || used(map->node, name)) {
			continue;
		}
		for (size_t j = 0; j < meant->n; j++) {
			misspelt = misspelt || str_eq(meant->names[j], name);
		}
		if (!misspelt) {
			struct spot s = spot_get(map, kube_pool + f->name);

			manifest_hit(m, "kube/missing-field", &s, spot_key(map), "%s lacks '%s'", spot_path(m->diags->arena, map), kube_pool + f->name);
		}
	}
}

static void
object_fields(struct manifest *m, const struct spot *map)
{
	struct meant meant = { .entries = node_count(map->node) };

	for (const struct node *entry = map->node->first; entry; entry = entry->next) {
		struct spot s = spot_entry(map, entry);
		const struct kube_field *f = kube_field_find(map->type, s.name, m->version), *rows;
		size_t n;

		if (s.node->kind == NODE_NULL || (m->typed_list && !map->up && str_eq(s.name, STR("items")))) {
			continue;
		}
		if (f) {
			s.type = type_at(f->type);
			value(m, &s);
			empty(m, &s, f);
			continue;
		}
		rows = kube_field_rows(map->type, s.name, &n);
		if (map->type->open) {
			continue;
		}
		if (n > 0) {
			other_version(m, map, entry, rows, n);
		} else {
			unknown(m, map, entry, &meant);
		}
	}
	missing(m, map, &meant);
}

/* recursion follows the tree, whose depth the parser limits */
static void
value(struct manifest *m, const struct spot *s)
{
	const struct kube_type *type = s->type;
	size_t i = 0;

	if (!scalar_check(m, s)) {
		return;
	}
	switch (type->sort) {
	case KUBE_OBJECT:
		object_fields(m, s);
		term_check(m, s);
		break;
	case KUBE_LIST:
		for (const struct node *item = s->node->first; item; item = item->next) {
			struct spot below = spot_item(s, item, i++);

			below.type = type_at(type->of);
			value(m, &below);
		}
		break;
	case KUBE_MAP:
		for (const struct node *entry = s->node->first; entry; entry = entry->next) {
			struct spot below = spot_entry(s, entry);

			below.type = type_at(type->of);
			if (below.node->kind != NODE_NULL) {
				value(m, &below);
			}
		}
		break;
	default:
		break;
	}
}

void
conform(struct manifest *m, const struct spot *root)
{
	value(m, root);
}
