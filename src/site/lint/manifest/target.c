/* SPDX-License-Identifier: Apache-2.0 */
/* Holds the target ports of Services against the pods that they select. Pods that the stream does not show may have the port, so that
   nothing is said of a Service of which none is seen. */
#include "site/lint/manifest/target.h"

#include "base/arena.h"
#include "kube/pod.h"
#include "kube/text.h"

enum {
	WORK_MAX = 1000000,           /* labels that are compared for one stream */
	LABELS_MAX = 100,             /* of one selector or pod; what has more is left out */
};

struct pair {
	struct str key, value;
	struct pair *next;
};

struct pods {
	struct str space;
	struct table labels;          /* of their template: key to struct pair */
	struct table ports;           /* the names of their ports */
	struct pods *next;
};

/* one port of a Service */
struct target {
	const struct object *service;
	const struct pair *selector;
	struct str port;
	struct span span;
	size_t index;                 /* in spec.ports */
	struct target *next;
};

struct targets {
	struct target *first, **last;
	struct pods *pods;
};

static struct str
keep(struct manifest *m, struct str s)
{
	return (struct str){ str_z(m->diags->arena, s), s.n };
}

static struct targets *
targets_of(struct manifest *m)
{
	if (!m->targets) {
		m->targets = arena_new(m->diags->arena, struct targets);
		m->targets->last = &m->targets->first;
	}
	return m->targets;
}

/* the texts of a map; NULL if there are none, or too many */
static struct pair *
pairs(struct manifest *m, const struct spot *map)
{
	struct pair *first = NULL;
	size_t n = 0;

	for (const struct node *entry = spot_entries(map); entry; entry = entry->next) {
		struct spot s = spot_entry(map, entry);
		struct pair *pair = arena_new(m->diags->arena, struct pair);

		if (++n > LABELS_MAX) {
			return NULL;
		}
		*pair = (struct pair){ keep(m, s.name), keep(m, spot_text(&s)), first };
		first = pair;
	}
	return first;
}

static void
service_add(struct manifest *m, const struct spot *root)
{
	struct spot spec = spot_get(root, "spec"), selector = spot_get(&spec, "selector"), list = spot_get(&spec, "ports"), type = spot_get(&spec, "type");
	const struct pair *wanted = str_eq(spot_text(&type), STR("ExternalName")) ? NULL : pairs(m, &selector);
	struct object *service = NULL;
	size_t i = 0;

	for (const struct node *item = wanted ? spot_items(&list) : NULL; item; item = item->next) {
		struct spot port = spot_item(&list, item, i++), name = spot_get(&port, "targetPort");
		struct target *target;

		if (!name.node || name.node->kind != NODE_STRING || text_port_name(name.node->text)) {
			continue;
		}
		if (!service) {
			service = arena_new(m->diags->arena, struct object);
			*service = (struct object){ .kind = STR("Service"), .api = STR("v1"), .namespace = keep(m, m->object->namespace),
				.name = keep(m, m->object->name) };
		}
		target = arena_new(m->diags->arena, struct target);
		*target = (struct target){ service, wanted, keep(m, name.node->text), spot_value(&name), i - 1, NULL };
		*targets_of(m)->last = target;
		m->targets->last = &target->next;
	}
}

static void
ports_add(struct manifest *m, const struct spot *spec, const char *key, struct table *names)
{
	struct spot list = spot_get(spec, key);
	size_t i = 0;

	for (const struct node *item = spot_items(&list); item; item = item->next) {
		struct spot container = spot_item(&list, item, i++), ports = spot_get(&container, "ports");
		size_t at = 0;

		for (const struct node *entry = spot_items(&ports); entry; entry = entry->next) {
			struct spot port = spot_item(&ports, entry, at++), name = spot_get(&port, "name");

			if (spot_text(&name).n > 0) {
				table_put(names, keep(m, spot_text(&name)), m->targets);
			}
		}
	}
}

/* Those of a Job or a hook come and go; Services are seldom meant for them. */
static void
pods_add(struct manifest *m, const struct spot *root, const struct node *template)
{
	struct spot pod = { .up = root, .node = template }, metadata = spot_get(&pod, "metadata"), labels = spot_get(&metadata, "labels");
	struct spot spec = spot_get(&pod, "spec"), own = spot_get(root, "metadata"), annotations = spot_get(&own, "annotations");
	struct spot hook = spot_get(&annotations, "helm.sh/hook");
	struct pods *pods;
	struct pair *first = spot_given(&hook) ? NULL : pairs(m, &labels);

	if (!first) {
		return;
	}
	pods = arena_new(m->diags->arena, struct pods);
	pods->space = keep(m, m->object->namespace);
	pods->labels.arena = pods->ports.arena = m->diags->arena;
	for (struct pair *pair = first; pair; pair = pair->next) {
		table_put(&pods->labels, pair->key, pair);
	}
	pods->next = targets_of(m)->pods;
	m->targets->pods = pods;
	ports_add(m, &spec, "initContainers", &pods->ports);
	ports_add(m, &spec, "containers", &pods->ports);
}

void
target_add(struct manifest *m)
{
	struct spot root = spot_root(m->object->node);
	struct str kind = m->object->kind;
	const char *const *path = pod_path(m->object);

	if (str_eq(kind, STR("Service")) && m->object->group.n == 0) {
		service_add(m, &root);
	} else if (path && !str_eq(kind, STR("Job")) && !str_eq(kind, STR("CronJob")) && !str_eq(kind, STR("PodTemplate"))) {
		pods_add(m, &root, pod_template(m->object, path));
	}
}

/* work is counted down */
static bool
selects(const struct pair *selector, const struct pods *pods, size_t *work)
{
	for (; selector && *work > 0; selector = selector->next) {
		const struct pair *label = table_get(&pods->labels, selector->key);

		--*work;
		if (!label || !str_eq(label->value, selector->value)) {
			return false;
		}
	}
	return !selector;
}

void
targets_check(struct manifest *m)
{
	size_t work = WORK_MAX;

	for (const struct target *t = m->targets ? m->targets->first : NULL; t && work > 0; t = t->next) {
		struct spot root = { .node = NULL }, spec = spot_get(&root, "spec"), list = spot_get(&spec, "ports");
		struct spot port = { .up = &list, .index = t->index }, name = spot_get(&port, "targetPort");
		bool seen = false, found = false;

		for (const struct pods *p = m->targets->pods; p && !found && work > 0; p = p->next) {
			work--;
			if (str_eq(p->space, t->service->namespace) && selects(t->selector, p, &work)) {
				seen = true;
				found = table_get(&p->ports, t->port);
			}
		}
		if (seen && !found && work > 0) {
			m->object = t->service;
			diag_help(m->diags, manifest_hit(m, "kube/target-port", &name, t->span, "none of the pods that the Service selects has a port '%s'",
				manifest_cut(m, t->port)), "name a port of a container so, or write its number");
			m->object = NULL;
		}
	}
}
