/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the objects of a document and checks each. */
#include "site/lint/manifest/manifest.h"

#include "base/arena.h"
#include "helm/release.h"
#include "schema/suggest.h"
#include "site/lint/manifest/claim.h"
#include "site/lint/manifest/conform.h"
#include "site/lint/manifest/crd.h"
#include "site/lint/manifest/custom.h"
#include "site/lint/manifest/data.h"
#include "site/lint/manifest/api.h"
#include "site/lint/manifest/ingress.h"
#include "site/lint/manifest/metadata.h"
#include "site/lint/manifest/network.h"
#include "site/lint/manifest/pod.h"
#include "site/lint/manifest/port.h"
#include "site/lint/manifest/rbac.h"
#include "site/lint/manifest/replicas.h"
#include "site/lint/manifest/scc.h"
#include "site/lint/manifest/schedule.h"
#include "site/lint/manifest/service.h"
#include "site/lint/manifest/target.h"

#include <string.h>

void
manifest_init(struct manifest *m, struct source *src, unsigned version, const struct node *profile, struct diags *diags)
{
	struct scc_facts *admission = arena_new(diags->arena, struct scc_facts);

	scc_facts_init(admission, profile);
	*m = (struct manifest){ .src = src, .diags = diags, .suggest_work = SUGGEST_WORK_MAX, .admission = admission };
	m->nodes = node_get(node_get(profile, STR("cluster")), STR("nodes"));
	m->version = version < kube_oldest ? kube_oldest : version > kube_newest ? kube_newest : version;
	m->seen.arena = m->custom.arena = m->crds.arena = diags->arena;
}

static void
against_type(struct manifest *m, const struct kube_kind *kind)
{
	struct spot root = spot_root(m->object->node);

	root.type = &kube_types[kind->type];
	conform(m, &root);
}

static bool
object(const struct object *o, void *ctx)
{
	struct manifest *m = ctx;
	const struct kube_kind *kind;
	bool known;

	/* an empty List; its items, where it has some, come by themselves */
	if (str_eq(o->kind, STR("List")) && str_eq(o->api, STR("v1"))) {
		return true;
	}
	m->object = o;
	m->secret = str_eq(o->kind, STR("Secret")) && o->group.n == 0;
	known = api_check(m, &kind);
	if (kind) {
		against_type(m, kind);
	}
	metadata_check(m, kind);
	metadata_seen(m);
	pod_check(m, kind, known);
	if (kind) {
		service_check(m);
		ports_of_service_check(m);
		data_check(m);
		ingress_check(m);
		network_check(m);
		claims_check(m);
		crd_add(m);
	}
	/* these ask the same of all versions of an API */
	if (known) {
		schedule_check(m);
		replicas_check(m);
		rbac_check(m);
	}
	target_add(m);
	m->object = NULL;
	return true;
}

/* the entry whose key is nearly the word; NULL: there is none */
static const struct node *
misspelt(struct manifest *m, const struct spot *map, struct str word, bool *ret_same)
{
	for (const struct node *entry = spot_entries(map); entry; entry = entry->next) {
		struct suggest near;

		suggest_init(&near, entry->key->text, &m->suggest_work);
		suggest_offer(&near, word);
		if (near.n > 0 && near.best < SUGGEST_PART) {
			*ret_same = near.best == 0;
			return entry;
		}
	}
	return NULL;
}

/* an object without apiVersion or kind */
static void
tell_lack(struct manifest *m, const struct spot *s, const struct spot *word)
{
	bool given = spot_given(word), same = false;
	const struct node *near = given ? NULL : misspelt(m, s, word->name, &same);
	struct diag *diag = manifest_hit(m, "kube/no-kind", word, given ? spot_value(word) : near ? near->key->span : spot_key(s),
		"the object has no %.*s", STR_FMT(word->name));

	if (diag && near) {
		diag_help(m->diags, diag, "did you mean '%.*s'?", STR_FMT(word->name));
		if (same && near->key->style == NODE_PLAIN) {
			diag->fix = arena_copy(m->diags->arena, word->name.s, word->name.n);
			diag->fix_at = near->key->span;
		}
	}
}

/* apiVersion and kind, of an object and of the items of a List; false, with a finding, when it has not both */
static bool
headed(struct manifest *m, const struct spot *s, unsigned depth)
{
	struct spot kind = spot_get(s, "kind"), api = spot_get(s, "apiVersion"), items = spot_get(s, "items");
	bool good = true;
	size_t i = 0;

	if (s->node->kind != NODE_MAP) {
		manifest_hit(m, "kube/no-kind", s, spot_value(s), "%s is %s, a map with apiVersion and kind is wanted", s->up ? "the item" : "the document",
			node_describe(m->diags->arena, s->node));
		return false;
	}
	for (const struct spot *word = &kind; good; word = word == &kind ? &api : NULL) {
		if (!word) {
			break;
		}
		if (spot_text(word).n == 0 || word->node->kind != NODE_STRING) {
			tell_lack(m, s, word);
			good = false;
		}
	}
	if (!good || depth == 0 || !str_eq(spot_text(&kind), STR("List")) || !str_eq(spot_text(&api), STR("v1"))) {
		return good;
	}
	if (spot_given(&items) && items.node->kind != NODE_LIST) {
		manifest_hit(m, "kube/type", &items, spot_value(&items), "'items' is %s, a list is wanted", node_describe(m->diags->arena, items.node));
		return false;
	}
	for (const struct node *item = spot_items(&items); item; item = item->next) {
		struct spot below = spot_item(&items, item, i++);

		headed(m, &below, depth - 1);
	}
	return true;
}

/* a list of one kind, such as RoleBindingList, beside its items */
static void
typed_list(struct manifest *m, const struct node *root)
{
	struct object list = { .node = node_real(root), .kind = node_text(root, STR("kind")), .api = node_text(root, STR("apiVersion")) };
	const struct node *items = node_get(root, STR("items"));
	const struct kube_kind *kind = kube_kind_find(list.api, list.kind, m->version);

	if (kind && items && items->kind == NODE_LIST && str_ends(list.kind, STR("List"))) {
		m->object = &list;
		m->typed_list = true;
		against_type(m, kind);
		m->typed_list = false;
		m->object = NULL;
	}
}

void
manifest_document(struct manifest *m, const struct doc *doc, struct arena *scratch)
{
	struct doc plain = *doc;
	struct str text = source_slice(m->src, doc->span);
	struct spot root;

	if (!doc->root || doc->root->kind == NODE_NULL) {
		return;
	}
	m->scratch = scratch;
	if (doc->anchors || memmem(text.s, text.n, "<<", 2)) {
		plain.root = node_flat(scratch, doc->root);
	}
	if (!plain.root) {
		diag_add(m->diags, DIAG_ERROR, "yaml/alias", m->src, doc->root->span, "the aliases expand to more than %d values", NODE_COPY_MAX);
		return;
	}
	root = spot_root(plain.root);
	if (headed(m, &root, OBJECT_LISTS_MAX)) {
		typed_list(m, plain.root);
		object_each(&plain, object, m);
	}
}

/* of what helm template writes */
static void
release_check(struct manifest *m)
{
	static const double mib = 1048576;
	struct str text = m->src->text;
	struct spot root = { .node = NULL };
	const char *first = memmem(text.s, text.n, "# Source: ", 10);
	size_t n = first ? release_size(text) : 0;

	if (n > RELEASE_SECRET_BYTES) {
		struct diag *diag = manifest_hit(m, "kube/release-size", &root, (struct span){ (size_t)(first - text.s), 10 },
			"the release takes %.1f MiB and more, a Secret holds 1 MiB", (double)n / mib);

		diag_help(m->diags, diag, "leave out large files, or split the chart");
	}
}

void
manifest_end(struct manifest *m)
{
	targets_check(m);
	custom_tell(m);
	release_check(m);
}
