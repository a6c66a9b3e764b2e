/* SPDX-License-Identifier: Apache-2.0 */
/* Names, images, ports, variables and mounts of containers. */
#include "site/lint/manifest/container.h"

#include "base/arena.h"
#include "kube/image.h"
#include "kube/text.h"
#include "schema/suggest.h"
#include "site/lint/manifest/port.h"
#include "site/lint/manifest/probe.h"
#include "site/lint/manifest/resources.h"
#include "site/lint/manifest/security.h"

/* the version from which names may have almost any character (feature RelaxedEnvironmentVariableValidation) */
enum { RELAXED_NAMES = 32 };

/* the name of a variable, or what is put before names */
static void
variable_name_check(struct manifest *m, const struct spot *name, const char *what)
{
	struct str text = spot_text(name);
	const char *wrong = name->node && name->node->kind == NODE_STRING ? text_env_name(text, m->version >= RELAXED_NAMES) : NULL;
	struct diag *diag;

	if (!wrong) {
		return;
	}
	diag = manifest_hit(m, "kube/env", name, spot_value(name), "%s '%s' %s", what, manifest_cut(m, text), wrong);
	if (m->version < RELAXED_NAMES && !text_env_name(text, true)) {
		diag_help(m->diags, diag, "Kubernetes 1.%d and later take it", RELAXED_NAMES);
	}
}

/* Just one source is taken. other: a key that is none, or NULL; known: what may be written, for texts. */
static void
source_check(struct manifest *m, const struct spot *from, const char *other, const char *known)
{
	const struct node *first = NULL;

	if (!from->node || from->node->kind != NODE_MAP) {
		return;
	}
	for (const struct node *entry = spot_entries(from); entry; entry = entry->next) {
		struct spot s = spot_entry(from, entry);

		if (s.node->kind == NODE_NULL || (other && str_is(s.name, other))) {
			continue;
		}
		if (first) {
			manifest_hit(m, "kube/env", &s, entry->key->span, "%s has two sources, '%s' and '%s'", spot_path(m->diags->arena, from),
				manifest_cut(m, node_real(first->key)->text), manifest_cut(m, s.name));
			return;
		}
		first = entry;
	}
	if (!first) {
		diag_help(m->diags, manifest_hit(m, "kube/env", from, spot_key(from), "%s has no source", spot_path(m->diags->arena, from)), "write %s", known);
	}
}

static void
variables_check(struct manifest *m, const struct spot *list)
{
	struct table seen = { .arena = m->scratch };
	size_t i = 0;

	for (const struct node *item = spot_items(list); item; item = item->next) {
		struct spot variable = spot_item(list, item, i++), name = spot_get(&variable, "name");
		struct spot value = spot_get(&variable, "value"), from = spot_get(&variable, "valueFrom");
		struct node *before = spot_text(&name).n > 0 ? table_put(&seen, spot_text(&name), node_real(name.node)) : NULL;

		if (before) {
			struct diag *diag = manifest_hit(m, "kube/duplicate-env", &name, spot_value(&name), "the variable '%s' is given twice",
				manifest_cut(m, spot_text(&name)));

			diag_help(m->diags, diag, "remove one; the last counts, and an upgrade may lose it");
			diag_relate(m->diags, diag, m->src, before->span, "the first is here");
		}
		if (spot_text(&value).n > 0 && spot_given(&from)) {
			manifest_hit(m, "kube/env", &from, spot_key(&from), "the variable '%s' has both value and valueFrom",
				manifest_cut(m, spot_text(&name)));
		}
		source_check(m, &from, NULL, "one of fieldRef, resourceFieldRef, configMapKeyRef and secretKeyRef");
		variable_name_check(m, &name, "the variable's name");
	}
}

/* all keys of a ConfigMap or Secret */
static void
variable_sources_check(struct manifest *m, const struct spot *list)
{
	size_t i = 0;

	for (const struct node *item = spot_items(list); item; item = item->next) {
		struct spot from = spot_item(list, item, i++), prefix = spot_get(&from, "prefix");

		source_check(m, &from, "prefix", "one of configMapRef and secretRef");
		if (spot_text(&prefix).n > 0) {
			variable_name_check(m, &prefix, "the prefix");
		}
	}
}

static const char *
near_volume(struct manifest *m, const struct table *volumes, struct str name)
{
	struct suggest near;

	suggest_init(&near, name, &m->suggest_work);
	for (size_t i = 0; i < volumes->cap; i++) {
		if (volumes->slots[i].value && !suggest_offer(&near, volumes->slots[i].key)) {
			break;
		}
	}
	return suggest_text(&near, m->diags->arena);
}

static bool
steps_back(struct str path)
{
	for (size_t at = 0, end; at <= path.n; at = end + 1) {
		if (str_eq(str_slice(path, at, end = str_find(path, '/', at)), STR(".."))) {
			return true;
		}
	}
	return false;
}

/* ValidateVolumeMounts and validateLocalDescendingPath in pkg/apis/core/validation; the ':' by the API reference alone, and Windows has it */
static void
paths_check(struct manifest *m, const struct spot *mount, const struct spot *path)
{
	static const char *const below[] = { "subPath", "subPathExpr" };
	struct str text = spot_text(path);

	if (spot_given(path) && path->node->kind == NODE_STRING && text.n == 0) {
		manifest_hit(m, "kube/mount", path, spot_value(path), "the mountPath is empty");
	} else if (str_starts(text, STR("/")) && str_find(text, ':', 0) < text.n) {
		diag_lower(m->diags, manifest_hit(m, "kube/mount", path, spot_value(path), "the mountPath '%s' has a ':'", manifest_cut(m, text)), DIAG_WARNING);
	}
	for (size_t i = 0; i < sizeof(below) / sizeof(below[0]); i++) {
		struct spot s = spot_get(mount, below[i]);

		if (str_starts(spot_text(&s), STR("/"))) {
			diag_help(m->diags, manifest_hit(m, "kube/mount", &s, spot_value(&s), "the %s '%s' begins with '/'", below[i],
				manifest_cut(m, spot_text(&s))), "it is a path within the volume: leave the '/' out");
		} else if (steps_back(spot_text(&s))) {
			manifest_hit(m, "kube/mount", &s, spot_value(&s), "the %s '%s' has a part '..'", below[i], manifest_cut(m, spot_text(&s)));
		}
	}
}

static void
mounts_check(struct manifest *m, const struct spot *list, const struct table *volumes)
{
	struct table paths = { .arena = m->scratch };
	size_t i = 0;

	for (const struct node *item = spot_items(list); item; item = item->next) {
		struct spot mount = spot_item(list, item, i++), name = spot_get(&mount, "name"), path = spot_get(&mount, "mountPath");
		struct node *before = spot_text(&path).n > 0 ? table_put(&paths, spot_text(&path), node_real(path.node)) : NULL;

		paths_check(m, &mount, &path);
		if (spot_text(&name).n > 0 && !table_get(volumes, spot_text(&name))) {
			struct diag *diag = manifest_hit(m, "kube/no-volume", &name, spot_value(&name), "the pod has no volume '%s'",
				manifest_cut(m, spot_text(&name)));

			diag->help = near_volume(m, volumes, spot_text(&name));
		}
		if (before) {
			diag_relate(m->diags, manifest_hit(m, "kube/duplicate-mount", &path, spot_value(&path), "two volumes are mounted at '%s'",
				manifest_cut(m, spot_text(&path))), m->src, before->span, "the first is here");
		}
	}
}

static void
image_check(struct manifest *m, const struct spot *container)
{
	struct spot image = spot_get(container, "image"), name = spot_get(container, "name");
	struct str text = spot_text(&image);
	const char *wrong;

	if (text.n == 0) {
		manifest_hit(m, "kube/image", &image, spot_key(&image), "the container '%s' has no image", manifest_cut(m, spot_text(&name)));
	} else if (str_trim(text).n < text.n) {
		manifest_hit(m, "kube/image", &image, spot_value(&image), "the image has a blank at its beginning or end");
	} else if (str_find(text, ' ', 0) < text.n || str_ends(text, STR(":")) || str_starts(text, STR("/")) || str_starts(text, STR(":"))) {
		diag_help(m->diags, manifest_hit(m, "kube/image", &image, spot_value(&image), "'%s' is no image", manifest_cut(m, text)),
			"a part of it may have rendered to nothing");
	} else if (image.node->kind == NODE_STRING && (wrong = image_wrong(m->diags->arena, text)) != NULL) {
		manifest_hit(m, "kube/image", &image, spot_value(&image), "the image '%s' %s", manifest_cut(m, text), wrong);
	}
}

static void
container_check(struct manifest *m, const struct spot *container, const struct table *volumes, bool known, struct table *names)
{
	struct spot name = spot_get(container, "name"), list;
	const char *wrong = spot_text(&name).n > 0 ? text_label(spot_text(&name)) : NULL;
	struct node *before = spot_text(&name).n > 0 ? table_put(names, spot_text(&name), node_real(name.node)) : NULL;

	if (wrong) {
		manifest_hit(m, "kube/name", &name, spot_value(&name), "the container's name '%s' %s", manifest_cut(m, spot_text(&name)), wrong);
	}
	if (before) {
		diag_relate(m->diags, manifest_hit(m, "kube/duplicate-name", &name, spot_value(&name), "there are two containers '%s'",
			manifest_cut(m, spot_text(&name))), m->src, before->span, "the first is here");
	}
	if (known) {
		image_check(m, container);
	}
	list = spot_get(container, "ports");
	ports_of_container_check(m, &list);
	list = spot_get(container, "env");
	variables_check(m, &list);
	list = spot_get(container, "envFrom");
	variable_sources_check(m, &list);
	list = spot_get(container, "volumeMounts");
	mounts_check(m, &list, volumes);
	list = spot_get(container, "resources");
	resources_check(m, &list);
	probes_check(m, container);
	security_check(m, container);
}

void
containers_check(struct manifest *m, const struct spot *spec, const struct table *volumes, bool known)
{
	static const char *const lists[] = { "initContainers", "containers", "ephemeralContainers" };
	struct table names = { .arena = m->scratch };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct spot list = spot_get(spec, lists[i]);
		size_t at = 0;

		for (const struct node *item = spot_items(&list); item; item = item->next) {
			struct spot container = spot_item(&list, item, at++);

			if (container.node->kind == NODE_MAP) {
				container_check(m, &container, volumes, known, &names);
			}
		}
	}
}
