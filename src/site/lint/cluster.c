/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on the cluster: nodes and what keeps pods off them, graphics cards, versions. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "site/short.h"
#include "site/version.h"

#include <stdint.h>

/* something is in it */
static bool
is_filled(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	return node && (node->kind >= NODE_LIST ? node->first != NULL : node->text.n > 0);
}

/* the items of a list; NULL for anything else */
static const struct node *
items(const struct node *list)
{
	return list && list->kind == NODE_LIST ? list->first : NULL;
}

/* Does one of the tolerations hold for the taint, itself as Kubernetes has it? (Kubernetes, Taints and Tolerations) */
static bool
tolerates(const struct lint_run *run, const char *list, const struct node *taint)
{
	for (const struct node *n = lint_first(run, list, NODE_LIST); n; n = n->next) {
		const struct node *t = short_toleration(run->arena, n);
		struct str key = node_text(t, STR("key")), effect = node_text(t, STR("effect"));
		bool exists = str_eq(node_text(t, STR("operator")), STR("Exists"));

		if ((key.n > 0 ? str_eq(key, node_text(taint, STR("key"))) : exists)
			&& (exists || str_eq(node_text(t, STR("value")), node_text(taint, STR("value"))))
			&& (effect.n == 0 || str_eq(effect, node_text(taint, STR("effect"))))) {
			return true;
		}
	}
	return false;
}

/* Is a requirement of a nodeSelectorTerm met by these labels? (Kubernetes API reference, NodeSelectorRequirement) */
static bool
is_met(const struct node *requirement, const struct node *labels)
{
	struct str operator = node_text(requirement, STR("operator"));
	const struct node *label = node_get(labels, node_text(requirement, STR("key")));
	bool in = false, greater = false, less = false;

	for (const struct node *v = items(node_get(requirement, STR("values"))); v && label; v = v->next) {
		size_t limit, number;

		in |= str_eq(v->text, label->text);
		if (str_number(v->text, SIZE_MAX, &limit) && str_number(label->text, SIZE_MAX, &number)) {
			greater |= number > limit;
			less |= number < limit;
		}
	}
	if (str_eq(operator, STR("In"))) {
		return in;
	}
	if (str_eq(operator, STR("Exists")) || str_eq(operator, STR("DoesNotExist"))) {
		return (label != NULL) == str_eq(operator, STR("Exists"));
	}
	return str_eq(operator, STR("Gt")) ? greater : str_eq(operator, STR("Lt")) ? less : !in;
}

/* May pods with the affinity of that path run on the node? Where its labels are not stated, they may. */
static bool
attracts(const struct lint_run *run, const char *path, const struct node *group)
{
	const struct node *from = lint_at(run, path), *labels = node_get(group, STR("labels")), *terms;
	struct diags ignored;

	diags_init(&ignored, run->arena);
	from = from && !lint_wrong(run, path) ? short_affinity(run->arena, run->src, from, &ignored) : NULL;
	terms = node_at(from, STR("/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms"));
	for (const struct node *term = items(terms); term && labels; term = term->next) {
		bool all = true;

		for (const struct node *r = items(node_get(term, STR("matchExpressions"))); r; r = r->next) {
			all = all && is_met(r, labels);
		}
		if (all) {
			return true;
		}
	}
	return !labels || !items(terms);
}

/* the first taint of the nodes that keeps pods of the scope off; NULL if none does */
static const struct node *
barrier(const struct lint_run *run, const char *tolerations, const struct node *group)
{
	for (const struct node *t = items(node_get(group, STR("taints"))); t; t = t->next) {
		const struct node *taint = short_toleration(run->arena, t);

		if (!str_eq(node_text(taint, STR("effect")), STR("PreferNoSchedule")) && !tolerates(run, tolerations, taint)
			&& !tolerates(run, "tolerations/global", taint)) {
			return taint;
		}
	}
	return NULL;
}

/* is there a node that takes the pods of a scope? */
static void
check_scope(const struct lint_run *run, const char *scope)
{
	const char *tolerations = arena_printf(run->arena, "tolerations/%s", scope);
	const char *affinity = arena_printf(run->arena, "affinity/%s", scope);
	const struct node *taint = NULL;
	bool any = false;

	for (const struct node *n = lint_first(run, "cluster/nodes", NODE_LIST); n; n = n->next) {
		const struct node *wall = barrier(run, tolerations, n);

		if (attracts(run, affinity, n) && attracts(run, "affinity/global", n)) {
			any = true;
			if (!wall) {
				return;
			}
			taint = taint ? taint : wall;
		}
	}
	if (any) {
		struct str key = node_text(taint, STR("key"));

		diag_help(run->diags, lint_hit(run, lint_at(run, tolerations) ? tolerations : "cluster/nodes",
			"no node takes the %s pods: the taint '%.*s' is tolerated by nothing", scope, STR_FMT(key)),
			"add it to tolerations.%s", scope);
	} else if (lint_first(run, "cluster/nodes", NODE_LIST)) {
		diag_help(run->diags, lint_hit(run, lint_at(run, affinity) ? affinity : "affinity/global",
			"no node has the labels that the %s pods want", scope), "state its labels in cluster.nodes, or change the affinity");
	}
}

void
lint_scopes(const struct lint_run *run)
{
	static const char *const scopes[] = { "tolerations/ingress", "affinity/ingress" };
	bool install = lint_true(run, "ingress/install");

	for (size_t i = 0; !install && i < 2; i++) {
		if (is_filled(run, scopes[i])) {
			diag_help(run->diags, lint_hit(run, scopes[i], "the chart installs no ingress controller that this could be for"),
				"remove it, or set ingress.install to true");
		}
	}
	for (const struct node *n = lint_first(run, "tolerations/global", NODE_LIST); n; n = n->next) {
		if (n->kind == NODE_MAP && node_text(n, STR("key")).n == 0 && str_eq(node_text(n, STR("operator")), STR("Exists"))) {
			diag_help(run->diags, lint_hit_node(run, n, "this tolerates every taint, those of control planes and failing nodes too"),
				"name the key");
		}
	}
	if (!lint_wrong(run, "tolerations") && !lint_wrong(run, "cluster/nodes")) {
		check_scope(run, "system");
		check_scope(run, "user");
		if (install) {
			check_scope(run, "ingress");
		}
	}
}

void
lint_old_cluster(const struct lint_run *run)
{
	struct str version = lint_text(run, "kubernetesVersion"), workbench = lint_text_or(run, "workbenchVersion", WORKBENCH_USUAL);
	size_t minor = version_kubernetes(version), most = version_kubernetes_max(workbench);

	if (minor > 0 && (minor < VERSION_KUBERNETES_MIN || minor > most)) {
		diag_help(run->diags, lint_hit(run, "kubernetesVersion", "Workbench %.*s does not run on Kubernetes %.*s",
			STR_FMT(workbench), STR_FMT(version)), "it runs on 1.15 to 1.%zu", most);
	}
}

/* what a node of the group has, against what it must and should have */
static void
check_node(const struct lint_run *run, const struct node *group, size_t i)
{
	static const struct {
		const char *key, *what, *wanted;
		double least, advised;
	} sizes[] = {
		{ "cpu", "CPUs", "at least 8 are wanted, 16 advised", 8, 16 },
		/* the vendor's 32 and 64 GB are powers of ten, and a system keeps some for itself */
		{ "memory", "memory", "at least 32 GB are wanted, 64 GB advised", 30e9, 60e9 },
	};
	struct lint_run mild = lint_mild(run);

	for (size_t k = 0; k < 2; k++) {
		double size;

		if (lint_amount(group, sizes[k].key, &size) && size < sizes[k].advised) {
			bool few = size < sizes[k].least;

			diag_help(run->diags, lint_hit(few ? run : &mild, arena_printf(run->arena, "cluster/nodes/%zu/%s", i, sizes[k].key),
				few ? "too little for a node: %.*s %s" : "little for a node: %.*s %s",
				STR_FMT(node_text(group, str_of(sizes[k].key))), sizes[k].what), "%s", sizes[k].wanted);
		}
	}
}

void
lint_nodes(const struct lint_run *run)
{
	struct lint_run mild = lint_mild(run);
	size_t i = 0, n = 0, count;

	for (const struct node *group = lint_first(run, "cluster/nodes", NODE_LIST); group; group = group->next) {
		n += str_number(node_text(group, STR("count")), 100000, &count) ? count : 1;
		check_node(run, group, i++);
	}
	if (n > 0 && n < 3 && !lint_wrong(run, "cluster/nodes")) {
		diag_help(run->diags, lint_hit(&mild, "cluster/nodes", "the cluster has %zu node%s", n, n == 1 ? "" : "s"),
			"at least 3 are wanted");
	}
}

void
lint_helm(const struct lint_run *run)
{
	struct str version = lint_text(run, "cluster/helmVersion"), program = lint_text(run, "cluster/postRenderer");
	size_t v = str_starts(version, STR("v")), dot = str_find(version, '.', 0), major, minor;

	if (!str_number(str_slice(version, v, dot), 1000, &major)
		|| !str_number(str_slice(version, dot + 1, str_find(version, '.', dot + 1)), 1000, &minor)) {
		return;
	}
	if (major < 3 || (major == 3 && minor < 2)) {
		diag_help(run->diags, lint_hit(run, "cluster/helmVersion", "Helm %.*s is too old", STR_FMT(version)), "3.2 or newer is wanted");
	}
	if (major >= 4 && str_find(program, '/', 0) < program.n) {
		diag_help(run->diags, lint_hit(run, "cluster/postRenderer", "Helm 4 takes the name of a plugin, not the path '%.*s'",
			STR_FMT(program)), "install the plugin, and write 'wbrender'");
	}
}

/* BYOK8s environment preparation 5.7.1, GPU support: cards of CUDA 11.6, by the words of their names */
static bool
is_card(struct str product)
{
	static const char *const cards[] = { "A100", "A40", "A30", "A10", "A6000", "A5000", "A4000", "T1000", "T600", "T400", "T4", "V100",
		"P100", "P40", "P6", "P4", "K80", "K520", "K40c", "K40m", "K40s", "K40st", "K40t", "K20Xm", "K20m", "K20s", "K20c", "K10",
		"K8", "M60", "M40", "M6", "M4", "8000", "6000" };
	bool card = false, ada = false;

	for (size_t at = 0; at <= product.n;) {
		size_t dash = str_find(product, '-', at), blank = str_find(product, ' ', at), end = dash < blank ? dash : blank;
		struct str word = str_slice(product, at, end);

		for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
			card |= str_eq_nocase(word, str_of(cards[i]));
		}
		ada |= str_eq_nocase(word, STR("Ada")) || str_eq_nocase(word, STR("Blackwell"));
		at = end + 1;
	}
	return card && !ada;
}

void
lint_cards(const struct lint_run *run)
{
	enum { MOST = 1106 };
	struct str cuda = lint_text(run, "cluster/cudaVersion");
	size_t dot = str_find(cuda, '.', 0), major, minor, i = 0;

	if (str_number(str_slice(cuda, 0, dot), 99, &major) && str_number(str_slice(cuda, dot + 1, cuda.n), 99, &minor)
		&& major * 100 + minor > MOST) {
		diag_help(run->diags, lint_hit(run, "cluster/cudaVersion", "Workbench is made for CUDA up to 11.6, this is %.*s", STR_FMT(cuda)),
			"use drivers of CUDA 11.6");
	}
	for (const struct node *n = lint_first(run, "cluster/nodes", NODE_LIST); n; n = n->next, i++) {
		struct str product = node_text(node_get(n, STR("labels")), STR("nvidia.com/gpu.product"));

		if (product.n > 0 && !is_card(product)) {
			diag_help(run->diags, lint_hit(run, arena_printf(run->arena, "cluster/nodes/%zu/labels/nvidia.com~1gpu.product", i),
				"'%.*s' is not among the cards of CUDA 11.6", STR_FMT(product)),
				"the documentation advises V100; A100, A30, T4 and others are listed");
		}
	}
}
