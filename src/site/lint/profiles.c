/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on resource profiles: of a profile, and as the values have them. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "site/short.h"

#include <stdint.h>

static const char *const resources[] = { "cpu", "memory" };

/* a path below a key, which RFC 6901 writes in its own way */
static const char *
path_below(const struct lint_run *run, const char *path, struct str key)
{
	struct buf b = { .arena = run->arena };

	buf_addf(&b, "%s/", path);
	for (size_t i = 0; i < key.n; i++) {
		char c = key.s[i];

		if (c == '~' || c == '/') {
			buf_add(&b, c == '~' ? STR("~0") : STR("~1"));
		} else {
			buf_byte(&b, c);
		}
	}
	return buf_z(&b);
}

/* where they stand */
static const char *
section(const struct lint_run *run)
{
	return run->file == LINT_PROFILE ? "resourceProfiles" : "resource-profiles";
}

/* the profile of an entry, or of the next that is a map */
static struct lint_profile
profile_at(const struct lint_run *run, const struct node *node)
{
	struct lint_profile p = { .node = node };

	while (p.node && p.node->kind != NODE_MAP) {
		p.node = p.node->next;
	}
	if (p.node) {
		const struct node *both = node_get(p.node, STR("resources"));
		bool values = run->file == LINT_VALUES;

		p.path = path_below(run, section(run), p.node->key->text);
		p.limits = values ? node_get(both, STR("limits")) : p.node;
		p.requests = node_get(values ? both : p.node, STR("requests"));
		p.limits_path = values ? arena_printf(run->arena, "%s/resources/limits", p.path) : p.path;
		p.requests_path = arena_printf(run->arena, values ? "%s/resources/requests" : "%s/requests", p.path);
	}
	return p;
}

struct lint_profile
lint_profile_first(const struct lint_run *run)
{
	return profile_at(run, lint_first(run, section(run), NODE_MAP));
}

struct lint_profile
lint_profile_next(const struct lint_run *run, const struct lint_profile *p)
{
	return profile_at(run, p->node->next);
}

/* nvidia.com/gpu, amd.com/gpu, gpu.intel.com/i915, nvidia.com/mig-1g.5gb */
static bool
is_gpu(struct str resource)
{
	return str_ends(resource, STR("/gpu")) || str_starts(resource, STR("gpu.intel.com/")) || str_starts(resource, STR("nvidia.com/"));
}

/* proposes the text of the limit for the request */
static void
propose(const struct lint_run *run, struct diag *diag, const struct node *request, const struct node *limit)
{
	if (diag->span.n == request->span.n && request->style == NODE_PLAIN && limit->style == NODE_PLAIN) {
		diag->fix = str_z(run->diags->arena, limit->text);
		diag->fix_at = request->span;
	}
}

/* GPUs stand in the limits, and in the requests only if they are the same */
static void
check_gpu_requests(const struct lint_run *run, const struct lint_profile *p)
{
	for (const struct node *n = p->requests && p->requests->kind == NODE_MAP ? p->requests->first : NULL; n; n = n->next) {
		const struct node *limit = node_get(p->limits, n->key->text);
		const char *path = path_below(run, p->requests_path, n->key->text);
		struct diag *diag;

		if (!is_gpu(n->key->text) || n->kind >= NODE_LIST || run->file == LINT_PROFILE) {
			continue;
		}
		if (!limit) {
			diag = lint_hit(run, path, "'%.*s' requests a GPU without a limit", STR_FMT(p->node->key->text));
			diag_help(run->diags, diag, "write it into limits");
			/* the requests become the limits where there is nothing else */
			if (!p->limits && !n->next && p->requests->first == n && p->requests->key->style == NODE_PLAIN && diag->span.n > 0) {
				diag->fix = "limits";
				diag->fix_at = p->requests->key->span;
			}
		} else if (limit->kind < NODE_LIST && !str_eq(limit->text, n->text)) {
			diag = lint_hit(run, path, "'%.*s' requests %.*s GPUs, its limit is %.*s", STR_FMT(p->node->key->text), STR_FMT(n->text),
				STR_FMT(limit->text));
			diag_help(run->diags, diag, "write %.*s in both, or leave the request out", STR_FMT(limit->text));
			propose(run, diag, n, limit);
		}
	}
}

static void
check_gpu_limits(const struct lint_run *run, const struct lint_profile *p)
{
	for (const struct node *n = p->limits && p->limits->kind == NODE_MAP ? p->limits->first : NULL; n; n = n->next) {
		if (is_gpu(n->key->text) && n->kind < NODE_LIST && (str_find(n->text, '.', 0) < n->text.n || str_ends(n->text, STR("m")))) {
			diag_help(run->diags, lint_hit(run, path_below(run, p->limits_path, n->key->text), "%.*s of a GPU cannot be asked for",
				STR_FMT(n->text)), "whole ones only");
		}
	}
}

/* does the taint keep sessions without GPU off nodes with one? */
static bool
is_gpu_taint(const struct lint_run *run, struct str key)
{
	bool plain = false, gpu = is_gpu(key);

	for (const struct node *n = lint_first(run, "cluster/nodes", NODE_LIST); n; n = n->next) {
		const struct node *taints = node_get(n, STR("taints"));

		for (const struct node *t = taints && taints->kind == NODE_LIST ? taints->first : NULL; t; t = t->next) {
			if (str_eq(node_text(short_toleration(run->arena, t), STR("key")), key)) {
				*(node_get(n, STR("gpu")) ? &gpu : &plain) = true;
			}
		}
	}
	return gpu && !plain;
}

static void
check_user_tolerations(const struct lint_run *run)
{
	struct lint_run mild = lint_mild(run);

	for (const struct node *n = lint_first(run, "tolerations/user", NODE_LIST); n; n = n->next) {
		const struct node *toleration = short_toleration(run->arena, n);
		struct str key = node_text(toleration, STR("key"));

		if (key.n > 0 && is_gpu_taint(run, key)) {
			diag_help(run->diags, lint_hit_node(&mild, n, "all sessions tolerate '%.*s', and may fill the nodes with GPUs", STR_FMT(key)),
				"put it into the resource profiles with GPUs");
		}
	}
}

void
lint_gpu(const struct lint_run *run)
{
	struct lint_profile p;
	bool any = !lint_at(run, "cluster/nodes");

	for (const struct node *n = lint_first(run, "cluster/nodes", NODE_LIST); n; n = n->next) {
		any |= node_get(n, STR("gpu")) != NULL;
	}
	for (p = lint_profile_first(run); p.node; p = lint_profile_next(run, &p)) {
		const struct node *gpu = run->file == LINT_PROFILE ? node_get(p.node, STR("gpu")) : NULL;

		for (const struct node *n = run->file == LINT_VALUES && p.limits && p.limits->kind == NODE_MAP ? p.limits->first : NULL; n && !gpu; n = n->next) {
			gpu = is_gpu(n->key->text) ? n : NULL;
		}
		if (gpu && !any) {
			diag_help(run->diags, lint_hit(run, path_below(run, run->file == LINT_PROFILE ? p.path : p.limits_path, gpu->key->text),
				"'%.*s' wants a GPU, and no node has one", STR_FMT(p.node->key->text)), "state the nodes with GPUs in cluster.nodes");
		}
		check_gpu_requests(run, &p);
		check_gpu_limits(run, &p);
	}
	check_user_tolerations(run);
}

/* memory in thousandths of a byte, or in bytes */
static void
check_memory(const struct lint_run *run, const struct lint_profile *p, const struct node *map, const char *path)
{
	struct lint_run mild = lint_mild(run);
	struct str text = node_text(map, STR("memory"));
	const char *at = arena_printf(run->arena, "%s/memory", path);
	size_t bytes;

	if (str_ends(text, STR("m"))) {
		diag_help(run->diags, lint_hit(run, at, "%.*s of memory for '%.*s' are thousandths of a byte", STR_FMT(text), STR_FMT(p->node->key->text)),
			"write %.*sMi", STR_FMT(str_slice(text, 0, text.n - 1)));
	} else if (str_number(text, SIZE_MAX, &bytes)) {
		diag_help(run->diags, lint_hit(&mild, at, "%.*s of memory for '%.*s' are bytes", STR_FMT(text), STR_FMT(p->node->key->text)),
			"write a unit, Mi or Gi");
	}
}

void
lint_amounts(const struct lint_run *run)
{
	struct lint_run mild = lint_mild(run);
	struct lint_profile p = lint_profile_first(run);

	if (p.node && !lint_at(run, arena_printf(run->arena, "%s/default", section(run)))) {
		struct diag *diag = lint_hit(&mild, section(run), "there is no resource profile named 'default'");

		diag_help(run->diags, diag, "projects that name none take that one");
	}
	for (; p.node; p = lint_profile_next(run, &p)) {
		check_memory(run, &p, p.limits, p.limits_path);
		check_memory(run, &p, p.requests, p.requests_path);
		for (size_t i = 0; i < 2; i++) {
			double limit, request;

			if (lint_amount(p.limits, resources[i], &limit) && lint_amount(p.requests, resources[i], &request) && request > 0
				&& limit > 4.001 * request) {
				diag_help(run->diags, lint_hit(&mild, arena_printf(run->arena, "%s/%s", p.requests_path, resources[i]),
					"'%.*s' may use %.3g times the %s that it requests", STR_FMT(p.node->key->text), limit / request, resources[i]),
					"4 times at most is advised");
			}
		}
	}
}

void
lint_requests(const struct lint_run *run)
{
	for (struct lint_profile p = lint_profile_first(run); p.node; p = lint_profile_next(run, &p)) {
		for (size_t i = 0; i < 2; i++) {
			double limit, request;

			if (lint_amount(p.limits, resources[i], &limit) && lint_amount(p.requests, resources[i], &request) && request > limit) {
				diag_help(run->diags, lint_hit(run, arena_printf(run->arena, "%s/%s", p.requests_path, resources[i]),
					"'%.*s' requests more %s than its limit", STR_FMT(p.node->key->text), resources[i]),
					"Kubernetes refuses such a pod; request %.*s or less", STR_FMT(node_text(p.limits, str_of(resources[i]))));
			}
		}
	}
}

void
lint_too_large(const struct lint_run *run)
{
	for (size_t i = 0; i < 2; i++) {
		double largest = 0, wanted;

		for (const struct node *n = lint_first(run, "cluster/nodes", NODE_LIST); n; n = n->next) {
			double size;

			/* a node of unknown size may be large enough */
			largest = !lint_amount(n, resources[i], &size) ? 0x1p100 : size > largest ? size : largest;
		}
		for (struct lint_profile p = lint_profile_first(run); largest > 0 && p.node; p = lint_profile_next(run, &p)) {
			if (lint_amount(p.limits, resources[i], &wanted) && wanted > largest) {
				diag_help(run->diags, lint_hit(run, arena_printf(run->arena, "%s/%s", p.limits_path, resources[i]),
					"no node has as much %s as '%.*s' may use", resources[i], STR_FMT(p.node->key->text)),
					"lower it, or state larger nodes in cluster.nodes");
			}
		}
	}
}

void
lint_description(const struct lint_run *run)
{
	for (struct lint_profile p = lint_profile_first(run); p.node; p = lint_profile_next(run, &p)) {
		if (str_ends(node_text(p.node, STR("description")), STR(")"))) {
			diag_help(run->diags, lint_hit(run, arena_printf(run->arena, "%s/description", p.path), "the description ends in parentheses"),
				"the platform appends its own, '(CPU: ..., Memory: ...)', which clients cut off");
		}
	}
}
