/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts that exceed their limits, and the rules of devices such as GPUs. */
#include "site/lint/manifest/resources.h"

#include "base/arena.h"
#include "kube/quantity.h"
#include "schema/kind.h"

/* A device of a plugin: a name with a domain that is not Kubernetes' own (pkg/apis/core/v1/helper, IsExtendedResourceName). */
static bool
is_device(struct str name)
{
	size_t slash = str_find(name, '/', 0);

	return slash < name.n && !str_ends(str_slice(name, 0, slash), STR("kubernetes.io")) && !str_starts(name, STR("requests."));
}

/* near enough: 0.3 and 300m */
static bool
more(double a, double b)
{
	return a > b && a - b > b * 1e-9;
}

static bool
amount(const struct spot *s, double *ret)
{
	return s->node && s->node->kind < NODE_LIST && s->node->kind != NODE_BOOL && quantity_read(spot_text(s), ret);
}

static void
device_check(struct manifest *m, const struct spot *s, const struct spot *requests, const struct spot *limits)
{
	const char *name = manifest_cut(m, s->name);
	struct spot limit = { .up = limits, .node = node_get(limits->node, s->name), .name = s->name };
	double n, most;

	if (!amount(s, &n)) {
		return;
	}
	if (!kind_whole(n)) {
		manifest_hit(m, "kube/device", s, spot_value(s), "%s is %s, a whole number is wanted", spot_path(m->diags->arena, s), spot_say(m, s));
		return;
	}
	if (s->up != requests) {
		return;
	}
	if (!spot_given(&limit)) {
		diag_help(m->diags, manifest_hit(m, "kube/device", s, spot_key(s), "'%s' is in requests and not in limits", name),
			"move it to limits: requests follow");
	} else if (amount(&limit, &most) && n != most) {
		struct diag *diag = manifest_hit(m, "kube/device", s, spot_value(s), "the request of '%s' is not its limit", name);

		diag_help(m->diags, diag, "write %.*s, or leave it out", STR_FMT(spot_text(&limit)));
		diag_relate(m->diags, diag, m->src, spot_value(&limit), "the limit is here");
	}
}

static void
request_check(struct manifest *m, const struct spot *s, const struct spot *limits)
{
	struct spot limit = { .up = limits, .node = node_get(limits->node, s->name), .name = s->name };
	double n, most;

	if (amount(s, &n) && spot_given(&limit) && amount(&limit, &most) && more(n, most)) {
		diag_relate(m->diags, manifest_hit(m, "kube/requests", s, spot_value(s), "the request of '%s' is %.*s, more than its limit of %.*s",
			manifest_cut(m, s->name), STR_FMT(spot_text(s)), STR_FMT(spot_text(&limit))), m->src, spot_value(&limit), "the limit is here");
	}
}

static void
amounts_check(struct manifest *m, const struct spot *map, const struct spot *requests, const struct spot *limits)
{
	enum { NAMES_MAX = 1000 };    /* of resources that are compared */

	if (!spot_entries(map) || node_count(map->node) > NAMES_MAX || (spot_entries(limits) && node_count(limits->node) > NAMES_MAX)) {
		return;
	}
	for (const struct node *entry = spot_entries(map); entry; entry = entry->next) {
		struct spot s = spot_entry(map, entry);
		struct str text = spot_text(&s);
		bool memory = str_eq(s.name, STR("memory")) || str_eq(s.name, STR("ephemeral-storage"));

		if (is_device(s.name)) {
			device_check(m, &s, requests, limits);
		} else if (map == requests) {
			request_check(m, &s, limits);
		}
		if (memory && text.n > 1 && text.s[text.n - 1] == 'm' && quantity_valid(text)) {
			struct diag *diag = manifest_hit(m, "kube/milli-bytes", &s, spot_value(&s), "%s is %s: thousandths of bytes",
				spot_path(m->diags->arena, &s), spot_say(m, &s));

			diag_help(m->diags, diag, "did you mean '%.*sMi'?", STR_FMT(str_slice(text, 0, text.n - 1)));
		}
		if (quantity_valid(text) && text.s[0] == '-') {
			manifest_hit(m, "kube/requests", &s, spot_value(&s), "%s is negative", spot_path(m->diags->arena, &s));
		}
	}
}

void
resources_check(struct manifest *m, const struct spot *resources)
{
	struct spot requests = spot_get(resources, "requests"), limits = spot_get(resources, "limits");

	amounts_check(m, &requests, &requests, &limits);
	amounts_check(m, &limits, &requests, &limits);
}
