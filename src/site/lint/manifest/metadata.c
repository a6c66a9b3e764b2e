/* SPDX-License-Identifier: Apache-2.0 */
/* Names, labels and annotations: their forms and sizes; objects that come twice. */
#include "site/lint/manifest/metadata.h"

#include "base/arena.h"
#include "kube/text.h"

enum {
	ANNOTATIONS_MAX = 262144,     /* bytes of all keys and values of one object (apimachinery, TotalAnnotationSizeLimitB) */
	LABELS_MAX = 1000,            /* of an object that a selector is held against */
	CRONJOB_MAX = 52,             /* bytes of a CronJob's name: its Jobs get 11 more (pkg/apis/batch/validation) */
};

/* Names that are no DNS subdomain, from the validation of each kind in pkg/apis and from the API reference. */
static const struct {
	const char *kind;
	const char *(*form)(struct str);
} forms[] = {
	{ "ClusterRole", text_path_segment }, { "ClusterRoleBinding", text_path_segment }, { "ClusterTrustBundle", text_path_segment },
	{ "FlowSchema", text_path_segment }, { "IPAddress", text_path_segment }, { "Namespace", text_label },
	{ "PriorityLevelConfiguration", text_path_segment }, { "Role", text_path_segment }, { "RoleBinding", text_path_segment },
	{ "Service", text_label_1035 },
};

/* a kind that is asked for and not kept; kubectl takes it without a name */
static bool
nameless(struct str kind)
{
	return str_ends(kind, STR("List")) || str_ends(kind, STR("Review")) || str_eq(kind, STR("Eviction")) || str_eq(kind, STR("Binding"))
		|| str_eq(kind, STR("Scale")) || str_eq(kind, STR("TokenRequest"));
}

static void
name_check(struct manifest *m, const struct spot *metadata)
{
	struct spot name = spot_get(metadata, "name"), generate = spot_get(metadata, "generateName");
	struct str text = spot_text(&name), kind = m->object->kind;
	const char *(*form)(struct str) = text_subdomain, *wrong;

	if (!spot_given(&name) || (name.node->kind == NODE_STRING && text.n == 0)) {
		if (spot_text(&generate).n == 0 && !nameless(kind)) {
			manifest_hit(m, "kube/no-name", &name, spot_key(metadata), "%.*s has no name", STR_FMT(kind));
		}
		return;
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		form = str_is(kind, forms[i].kind) ? forms[i].form : form;
	}
	wrong = name.node->kind == NODE_STRING ? form(text) : NULL;
	if (!wrong && str_eq(kind, STR("CronJob")) && text.n > CRONJOB_MAX) {
		wrong = "is longer than 52 characters";
	}
	if (wrong) {
		manifest_hit(m, "kube/name", &name, spot_value(&name), "the name '%s' %s", manifest_cut(m, text), wrong);
	}
}

static void
namespace_check(struct manifest *m, const struct spot *metadata)
{
	struct spot space = spot_get(metadata, "namespace");
	struct str text = spot_text(&space);
	const char *wrong = text.n > 0 && space.node->kind == NODE_STRING ? text_label(text) : NULL;

	if (wrong) {
		manifest_hit(m, "kube/name", &space, spot_value(&space), "the namespace '%s' %s", manifest_cut(m, text), wrong);
	}
}

void
metadata_labels_check(struct manifest *m, const struct spot *labels)
{
	for (const struct node *entry = spot_entries(labels); entry; entry = entry->next) {
		struct spot s = spot_entry(labels, entry);
		const char *wrong = text_label_key(s.name);

		if (wrong) {
			manifest_hit(m, "kube/label", &s, entry->key->span, "the label key '%s' %s", manifest_cut(m, s.name), wrong);
		}
		wrong = s.node->kind == NODE_STRING ? text_label_value(s.node->text) : NULL;
		if (wrong) {
			manifest_hit(m, "kube/label", &s, spot_value(&s), "the value of label '%s' %s", manifest_cut(m, s.name), wrong);
		}
	}
}

/* an annotation's key may have upper case letters before its '/' */
static const char *
annotation_key(struct str key)
{
	enum { KEY_MAX = 253 + 1 + 63 };
	char lower[KEY_MAX];

	if (key.n > KEY_MAX) {
		return "is too long";
	}
	for (size_t i = 0; i < key.n; i++) {
		lower[i] = key.s[i] >= 'A' && key.s[i] <= 'Z' ? (char)(key.s[i] - 'A' + 'a') : key.s[i];
	}
	return text_label_key((struct str){ lower, key.n });
}

static void
annotations_check(struct manifest *m, const struct spot *annotations)
{
	size_t size = 0;

	for (const struct node *entry = spot_entries(annotations); entry; entry = entry->next) {
		struct spot s = spot_entry(annotations, entry);
		const char *wrong = annotation_key(s.name);

		if (wrong) {
			manifest_hit(m, "kube/annotation", &s, entry->key->span, "the annotation key '%s' %s", manifest_cut(m, s.name), wrong);
		}
		size += s.name.n + spot_text(&s).n;
	}
	if (size > ANNOTATIONS_MAX) {
		manifest_hit(m, "kube/annotations-size", annotations, spot_key(annotations), "the annotations have %zu bytes, at most %d are allowed", size,
			ANNOTATIONS_MAX);
	}
}

void
metadata_maps_check(struct manifest *m, const struct spot *metadata)
{
	struct spot labels = spot_get(metadata, "labels"), annotations = spot_get(metadata, "annotations");

	metadata_labels_check(m, &labels);
	annotations_check(m, &annotations);
}

void
metadata_check(struct manifest *m, const struct kube_kind *kind)
{
	struct spot root = spot_root(m->object->node), metadata = spot_get(&root, "metadata");

	if (kind && (!metadata.node || metadata.node->kind == NODE_MAP || metadata.node->kind == NODE_NULL)) {
		name_check(m, &metadata);
		namespace_check(m, &metadata);
	}
	metadata_maps_check(m, &metadata);
}

struct seen {
	struct span span;
	bool hook;
};

void
metadata_seen(struct manifest *m)
{
	const struct object *o = m->object;
	struct spot root = spot_root(o->node), metadata = spot_get(&root, "metadata"), name = spot_get(&metadata, "name");
	struct spot annotations = spot_get(&metadata, "annotations"), hook = spot_get(&annotations, "helm.sh/hook");
	struct seen *before, *now;
	const char *key;

	if (spot_text(&name).n == 0) {
		return;
	}
	key = arena_printf(m->diags->arena, "%.*s\n%.*s\n%.*s\n%.*s", STR_FMT(o->group), STR_FMT(o->kind), STR_FMT(o->namespace), STR_FMT(o->name));
	before = table_get(&m->seen, str_of(key));
	if (before && !before->hook && !spot_given(&hook)) {
		struct diag *diag = manifest_hit(m, "kube/duplicate-object", &name, spot_value(&name), "%.*s '%s' comes twice", STR_FMT(o->kind),
			manifest_cut(m, o->name));

		diag_help(m->diags, diag, "remove one, or give it another name");
		diag_relate(m->diags, diag, m->src, before->span, "the first is here");
		return;
	}
	now = arena_new(m->diags->arena, struct seen);
	*now = (struct seen){ spot_value(&name), spot_given(&hook) };
	if (!before || before->hook) {
		table_put(&m->seen, str_of(key), now);
	}
}

static bool
has_label(const struct node *labels, struct str key, struct str value)
{
	const struct node *found = node_get(labels, key);

	return found && found->kind < NODE_LIST && str_eq(found->text, value);
}

/* In, NotIn, Exists or DoesNotExist */
static bool
expression_fits(const struct spot *item, const struct node *labels)
{
	struct spot key = spot_get(item, "key"), operator = spot_get(item, "operator"), values = spot_get(item, "values");
	const struct node *found = node_get(labels, spot_text(&key));
	bool in = false;

	for (const struct node *value = spot_items(&values); value; value = value->next) {
		in = in || (found && found->kind < NODE_LIST && str_eq(found->text, node_real(value)->text));
	}
	if (str_eq(spot_text(&operator), STR("In"))) {
		return in;
	}
	if (str_eq(spot_text(&operator), STR("NotIn"))) {
		return !in;
	}
	if (str_eq(spot_text(&operator), STR("Exists"))) {
		return found;
	}
	return !found || !str_eq(spot_text(&operator), STR("DoesNotExist"));
}

bool
metadata_selects(const struct spot *selector, const struct node *labels, bool plain, const struct node **ret_by)
{
	struct spot wanted = plain ? *selector : spot_get(selector, "matchLabels"), expressions = spot_get(selector, "matchExpressions");
	size_t i = 0;

	/* nothing that people write */
	if (labels && node_count(labels) > LABELS_MAX) {
		return true;
	}
	for (const struct node *entry = spot_entries(&wanted); entry; entry = entry->next) {
		const struct node *value = node_real(entry);

		if (value->kind < NODE_LIST && !has_label(labels, node_real(entry->key)->text, value->text)) {
			*ret_by = entry;
			return false;
		}
	}
	for (const struct node *item = plain ? NULL : spot_items(&expressions); item; item = item->next) {
		struct spot s = spot_item(&expressions, item, i++);

		if (!expression_fits(&s, labels)) {
			*ret_by = item;
			return false;
		}
	}
	return true;
}
