/* SPDX-License-Identifier: Apache-2.0 */
/* Turns resource profiles into the chart's and back, by one table of names. */
#include "site/sizes.h"

#include "base/arena.h"
#include "site/short.h"

#include <string.h>

#define USUAL_GPU "nvidia.com/gpu"

/* The names that the chart gives to the members are not public; what is known of the platform's ConfigMap is taken for them. */
static const struct {
	const char *profile, *chart;
} members[] = {
	{ "description", "description" },
	{ "userVisible", "user_visible" },
	{ "resources", "resources" },
	{ "nodeSelector", "node_selector" },
	{ "tolerations", "tolerations" },
	{ "acl", "acl" },
};
enum { MEMBERS = sizeof(members) / sizeof(members[0]) };

static void
put_copy(struct arena *a, struct node *map, const char *key, const struct node *from)
{
	if (from) {
		node_put(a, map, str_of(key), node_flat(a, from));
	}
}

static struct node *
map_at(struct arena *a, const struct node *from)
{
	return short_node(a, NODE_MAP, (struct str){ 0 }, from);
}

static struct node *
limits(struct arena *a, const struct node *from)
{
	const struct node *gpu = node_get(from, STR("gpu"));
	const struct node *resource = node_get(gpu, STR("resource")), *count = node_get(gpu, STR("count"));
	struct node *map = map_at(a, from);

	put_copy(a, map, "cpu", node_get(from, STR("cpu")));
	put_copy(a, map, "memory", node_get(from, STR("memory")));
	if (gpu && gpu->kind == NODE_MAP && !count) {
		count = short_node(a, NODE_INT, STR("1"), gpu);
	}
	if (gpu) {
		put_copy(a, map, resource ? str_z(a, resource->text) : USUAL_GPU, count ? count : gpu);
	}
	return map;
}

static struct node *
one_to_chart(struct arena *a, const struct node *from)
{
	struct node *map = map_at(a, from), *resources = map_at(a, from), *most = limits(a, from);

	if (most->first) {
		node_put(a, resources, STR("limits"), most);
	}
	put_copy(a, resources, "requests", node_get(from, STR("requests")));
	for (size_t i = 0; i < MEMBERS; i++) {
		struct str name = str_of(members[i].profile);
		const struct node *member = node_get(from, name);

		if (str_eq(name, STR("resources")) && resources->first) {
			node_put(a, map, str_of(members[i].chart), resources);
		} else if (member && str_eq(name, STR("tolerations"))) {
			node_put(a, map, str_of(members[i].chart), short_tolerations(a, member));
		} else {
			put_copy(a, map, members[i].chart, member);
		}
	}
	return map;
}

struct node *
sizes_to_chart(struct arena *a, const struct node *from)
{
	struct node *map = map_at(a, from);

	for (const struct node *entry = from->first; entry; entry = entry->next) {
		node_put(a, map, entry->key->text, one_to_chart(a, entry));
	}
	return map;
}

/* false where the chart limits more than the profile has words for */
static bool
limits_back(struct arena *a, struct node *map, const struct node *most)
{
	const struct node *gpu = NULL;
	struct node *both;

	for (const struct node *entry = most->first; entry; entry = entry->next) {
		if (str_eq(entry->key->text, STR("cpu")) || str_eq(entry->key->text, STR("memory"))) {
			node_put(a, map, entry->key->text, node_flat(a, entry));
		} else if (gpu || entry->kind != NODE_INT) {
			return false;
		} else {
			gpu = entry;
		}
	}
	if (gpu && str_eq(gpu->key->text, STR(USUAL_GPU))) {
		node_put(a, map, STR("gpu"), node_flat(a, gpu));
	} else if (gpu) {
		both = map_at(a, gpu);
		node_put(a, both, STR("resource"), short_node(a, NODE_STRING, gpu->key->text, gpu));
		node_put(a, both, STR("count"), node_flat(a, gpu));
		node_put(a, map, STR("gpu"), both);
	}
	return true;
}

static bool
resources_back(struct arena *a, struct node *map, const struct node *resources)
{
	bool good = resources->kind == NODE_MAP;

	for (const struct node *entry = good ? resources->first : NULL; entry && good; entry = entry->next) {
		if (str_eq(entry->key->text, STR("requests"))) {
			put_copy(a, map, "requests", entry);
		} else {
			good = str_eq(entry->key->text, STR("limits")) && entry->kind == NODE_MAP && limits_back(a, map, entry);
		}
	}
	return good;
}

static const char *
name_back(struct str chart)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		if (str_is(chart, members[i].chart)) {
			return members[i].profile;
		}
	}
	return NULL;
}

static struct node *
one_back(struct arena *a, const struct node *chart)
{
	struct node *map = map_at(a, chart);

	for (const struct node *entry = chart->first; entry; entry = entry->next) {
		const char *name = name_back(entry->key->text);

		if (!name) {
			return NULL;
		}
		if (strcmp(name, "resources") != 0) {
			put_copy(a, map, name, entry);
		} else if (!resources_back(a, map, entry)) {
			return NULL;
		}
	}
	return map;
}

struct node *
sizes_from_chart(struct arena *a, const struct node *chart)
{
	struct node *map = map_at(a, chart);

	for (const struct node *entry = chart->first; entry; entry = entry->next) {
		struct node *one = entry->kind == NODE_MAP ? one_back(a, entry) : NULL;

		if (!one) {
			return NULL;
		}
		node_put(a, map, entry->key->text, one);
	}
	return map;
}
