/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on storage, scheduling, resource profiles and the cluster. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "kube/quantity.h"
#include "site/version.h"

#define GIB 0x1p30

/* a quantity; false if there is none */
static bool
amount(const struct node *map, const char *key, double *ret)
{
	struct str text = node_text(map, str_of(key));

	return text.n > 0 && quantity_read(text, ret);
}

/* the entries of a map or list; NULL for anything else */
static const struct node *
first_of(const struct lint_run *run, const char *path, unsigned kind)
{
	const struct node *node = lint_at(run, path);

	return node && node->kind == kind ? node->first : NULL;
}

void
lint_access_mode(const struct lint_run *run)
{
	struct str mode = lint_text(run, "persistence/accessMode"), one = lint_text_or(run, "storage/pvc", "anaconda-storage");
	bool shared = str_eq(one, lint_text_or(run, "persistence/pvc", "anaconda-persistence"));

	if (str_eq(mode, STR("ReadWriteOnce"))) {
		diag_help(run->diags, lint_hit(run, "persistence/accessMode", "persistence is mounted by many nodes at once"),
			"use a volume that is ReadWriteMany");
	} else if (shared && str_eq(lint_text(run, "storage/accessMode"), STR("ReadWriteOnce"))) {
		diag_help(run->diags, lint_hit(run, "storage/accessMode", "the claim is persistence too, which many nodes mount at once"),
			"use a volume that is ReadWriteMany");
	}
}

static size_t
count_nodes(const struct lint_run *run)
{
	size_t n = 0, count;

	for (const struct node *node = first_of(run, "cluster/nodes", NODE_LIST); node; node = node->next) {
		n += str_number(node_text(node, STR("count")), 100000, &count) ? count : 1;
	}
	return n;
}

void
lint_one_node(const struct lint_run *run)
{
	if (str_eq(lint_text(run, "storage/accessMode"), STR("ReadWriteOnce")) && count_nodes(run) > 1
		&& !lint_at(run, "affinity/system") && !lint_at(run, "affinity/global")) {
		struct diag *diag = lint_hit(run, "storage/accessMode",
			"ReadWriteOnce keeps Postgres, git and object storage on one node, and no affinity does");

		diag_help(run->diags, diag, "set affinity.system to one node, or use ReadWriteMany");
	}
}

void
lint_size(const struct lint_run *run)
{
	static const struct {
		const char *section, *path, *wanted;
		double least;
	} volumes[] = { { "storage", "storage/size", "100Gi", 100 * GIB }, { "persistence", "persistence/size", "1Ti", 1024 * GIB } };

	for (size_t i = 0; i < 2; i++) {
		struct str text = lint_text(run, volumes[i].path);
		double size;

		if (text.n > 0 && quantity_read(text, &size) && size < volumes[i].least) {
			diag_help(run->diags, lint_hit(run, volumes[i].path, "%s has %.*s", volumes[i].section, STR_FMT(text)),
				"at least %s is advised", volumes[i].wanted);
		}
	}
}

/* something is in it */
static bool
is_filled(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	return node && (node->kind >= NODE_LIST ? node->first != NULL : node->text.n > 0);
}

void
lint_scopes(const struct lint_run *run)
{
	static const char *const scopes[] = { "tolerations/ingress", "affinity/ingress" };

	for (size_t i = 0; !lint_true(run, "ingress/install") && i < 2; i++) {
		if (is_filled(run, scopes[i])) {
			diag_help(run->diags, lint_hit(run, scopes[i], "the chart installs no ingress controller that this could be for"),
				"remove it, or set ingress.install to true");
		}
	}
	for (const struct node *n = first_of(run, "tolerations/global", NODE_LIST); n; n = n->next) {
		if (n->kind == NODE_MAP && node_text(n, STR("key")).n == 0 && str_eq(node_text(n, STR("operator")), STR("Exists"))) {
			diag_help(run->diags, diag_add(run->diags, run->rule->level, run->rule->id, run->src, n->span,
				"this tolerates every taint, those of control planes and failing nodes too"), "name the key");
		}
	}
}

/* the entries of resourceProfiles that are maps, one after the other; the first with NULL */
static const struct node *
next_profile(const struct lint_run *run, const struct node *last)
{
	const struct node *n = last ? last->next : first_of(run, "resourceProfiles", NODE_MAP);

	while (n && n->kind != NODE_MAP) {
		n = n->next;
	}
	return n;
}

/* the path of something in a resource profile */
static const char *
path_of(const struct lint_run *run, const struct node *profile, const char *below)
{
	struct buf b = { .arena = run->arena };

	buf_add(&b, STR("resourceProfiles/"));
	for (size_t i = 0; i < profile->key->text.n; i++) {
		char c = profile->key->text.s[i];

		/* RFC 6901 */
		if (c == '~' || c == '/') {
			buf_add(&b, c == '~' ? STR("~0") : STR("~1"));
		} else {
			buf_byte(&b, c);
		}
	}
	buf_addf(&b, "/%s", below);
	return buf_z(&b);
}

void
lint_gpu(const struct lint_run *run)
{
	bool any = false;

	for (const struct node *n = first_of(run, "cluster/nodes", NODE_LIST); n; n = n->next) {
		any |= node_get(n, STR("gpu")) != NULL;
	}
	for (const struct node *n = NULL; lint_at(run, "cluster/nodes") && !any && (n = next_profile(run, n));) {
		if (node_get(n, STR("gpu"))) {
			diag_help(run->diags, lint_hit(run, path_of(run, n, "gpu"), "'%.*s' wants a GPU, and no node has one",
				STR_FMT(n->key->text)), "state the nodes with GPUs in cluster.nodes");
		}
	}
}

void
lint_default_profile(const struct lint_run *run)
{
	if (next_profile(run, NULL) && !lint_at(run, "resourceProfiles/default")) {
		struct diag *diag = lint_hit(run, "resourceProfiles", "there is no resource profile named 'default'");

		diag_help(run->diags, diag, "projects that name none take that one");
	}
}

static const char *const resources[] = { "cpu", "memory" };

void
lint_requests(const struct lint_run *run)
{
	for (const struct node *n = NULL; (n = next_profile(run, n));) {
		for (size_t i = 0; i < 2; i++) {
			const struct node *requests = node_get(n, STR("requests"));
			double limit, request;

			if (requests && amount(n, resources[i], &limit) && amount(requests, resources[i], &request) && request > limit) {
				diag_help(run->diags, lint_hit(run, path_of(run, n, i == 0 ? "requests/cpu" : "requests/memory"),
					"'%.*s' requests more %s than its limit", STR_FMT(n->key->text), resources[i]),
					"Kubernetes refuses such a pod; request %.*s or less",
					STR_FMT(node_text(n, str_of(resources[i]))));
			}
		}
	}
}

void
lint_too_large(const struct lint_run *run)
{
	for (size_t i = 0; i < 2; i++) {
		double largest = 0, wanted;

		for (const struct node *n = first_of(run, "cluster/nodes", NODE_LIST); n; n = n->next) {
			double size;

			/* a node of unknown size may be large enough */
			largest = !amount(n, resources[i], &size) ? 0x1p100 : size > largest ? size : largest;
		}
		for (const struct node *n = NULL; largest > 0 && (n = next_profile(run, n));) {
			if (amount(n, resources[i], &wanted) && wanted > largest) {
				diag_help(run->diags, lint_hit(run, path_of(run, n, resources[i]), "no node has as much %s as '%.*s' may use",
					resources[i], STR_FMT(n->key->text)), "lower it, or state larger nodes in cluster.nodes");
			}
		}
	}
}

void
lint_description(const struct lint_run *run)
{
	for (const struct node *n = NULL; (n = next_profile(run, n));) {
		if (str_ends(node_text(n, STR("description")), STR(")"))) {
			diag_help(run->diags, lint_hit(run, path_of(run, n, "description"), "the description ends in parentheses"),
				"the platform appends its own, '(CPU: ..., Memory: ...)', which clients cut off");
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

void
lint_nodes(const struct lint_run *run)
{
	size_t i = 0, count = count_nodes(run);

	if (count > 0 && count < 3 && !lint_wrong(run, "cluster/nodes")) {
		diag_help(run->diags, lint_hit(run, "cluster/nodes", "the cluster has %zu node%s", count, count == 1 ? "" : "s"),
			"at least 3 are wanted");
	}
	for (const struct node *n = first_of(run, "cluster/nodes", NODE_LIST); n; n = n->next, i++) {
		double cpu, memory;

		if (amount(n, "cpu", &cpu) && cpu < 8) {
			diag_help(run->diags, lint_hit(run, arena_printf(run->arena, "cluster/nodes/%zu/cpu", i),
				"a node with fewer than 8 CPUs"), "at least 8 are wanted, 16 advised");
		}
		/* the vendor's 32 GB, in powers of ten */
		if (amount(n, "memory", &memory) && memory < 30e9) {
			diag_help(run->diags, lint_hit(run, arena_printf(run->arena, "cluster/nodes/%zu/memory", i),
				"a node with less than 32 GB"), "at least 32 GB are wanted, 64 GB advised");
		}
	}
}

void
lint_helm(const struct lint_run *run)
{
	struct str version = lint_text(run, "cluster/helmVersion");
	size_t v = str_starts(version, STR("v")), dot = str_find(version, '.', 0), major, minor;

	if (str_number(str_slice(version, v, dot), 1000, &major)
		&& str_number(str_slice(version, dot + 1, str_find(version, '.', dot + 1)), 1000, &minor)
		&& (major < 3 || (major == 3 && minor < 2))) {
		diag_help(run->diags, lint_hit(run, "cluster/helmVersion", "Helm %.*s is too old", STR_FMT(version)), "3.2 or newer is wanted");
	}
}
