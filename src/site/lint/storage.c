/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on the volumes. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "kube/quantity.h"

#define GIB 0x1p30

static const char *const volumes[] = { "storage", "persistence" };

/* a path in a volume's section */
static const char *
path_in(const struct lint_run *run, const char *volume, const char *key)
{
	return arena_printf(run->arena, "%s/%s", volume, key);
}

/* Where the values have only a claim's name, the place is that. */
static const char *
place_in(const struct lint_run *run, const char *volume, const char *key)
{
	return run->file == LINT_VALUES ? path_in(run, volume, "pvc") : path_in(run, volume, key);
}

static struct str
text_in(const struct lint_run *run, const char *volume, const char *key)
{
	return lint_text(run, path_in(run, volume, key));
}

void
lint_claim(const struct lint_run *run)
{
	struct str namespace = lint_text_or(run, "namespace", "anaconda-enterprise");

	for (size_t i = 0; i < 2; i++) {
		struct str own = text_in(run, volumes[i], "namespace");

		if (lint_false(run, path_in(run, volumes[i], "bound"))) {
			diag_help(run->diags, lint_hit(run, place_in(run, volumes[i], "bound"), "the claim of %s is not bound", volumes[i]),
				"bind it to a volume before the installation");
		}
		if (own.n > 0 && !str_eq(own, namespace)) {
			diag_help(run->diags, lint_hit(run, place_in(run, volumes[i], "namespace"),
				"the claim of %s is in the namespace '%.*s', Workbench in '%.*s'", volumes[i], STR_FMT(own), STR_FMT(namespace)),
				"make it in the namespace of Workbench: pods mount no others");
		}
	}
}

/* kubernetes.io/docs/concepts/storage/persistent-volumes, access modes; the clouds' own names of their classes */
static bool
is_block(struct str name)
{
	static const char *const blocks[] = { "ebs.csi.aws.com", "kubernetes.io/aws-ebs", "disk.csi.azure.com", "kubernetes.io/azure-disk",
		"pd.csi.storage.gke.io", "kubernetes.io/gce-pd", "cinder.csi.openstack.org", "gp2", "gp2-csi", "gp3", "gp3-csi",
		"managed-csi", "managed-csi-premium", "managed-premium", "standard-rwo", "premium-rwo" };

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		if (str_is(name, blocks[i])) {
			return true;
		}
	}
	return false;
}

/* the provisioner of a class that the cluster has; the class itself if nothing is known */
static struct str
provisioner(const struct lint_run *run, struct str class)
{
	for (const struct node *n = lint_first(run, "cluster/storageClasses", NODE_LIST); n; n = n->next) {
		if (n->kind == NODE_MAP && str_eq(node_text(n, STR("name")), class) && node_get(n, STR("provisioner"))) {
			return node_text(n, STR("provisioner"));
		}
	}
	return class;
}

void
lint_access_mode(const struct lint_run *run)
{
	struct str mode = lint_text(run, "persistence/accessMode"), one = lint_text_or(run, "storage/pvc", "anaconda-storage");
	bool shared = str_eq(one, lint_text_or(run, "persistence/pvc", "anaconda-persistence"));
	struct str class = lint_text(run, "persistence/storageClass"), driver = lint_text(run, "persistence/volume/csi/driver");

	if (str_eq(mode, STR("ReadWriteOnce"))) {
		diag_help(run->diags, lint_hit(run, place_in(run, "persistence", "accessMode"), "persistence is mounted by many nodes at once"),
			"use a volume that is ReadWriteMany");
	} else if (shared && str_eq(lint_text(run, "storage/accessMode"), STR("ReadWriteOnce"))) {
		diag_help(run->diags, lint_hit(run, place_in(run, "storage", "accessMode"),
			"the claim is persistence too, which many nodes mount at once"), "use a volume that is ReadWriteMany");
	} else if (is_block(driver) || is_block(class) || is_block(provisioner(run, class))) {
		diag_help(run->diags, lint_hit(run, place_in(run, "persistence", is_block(driver) ? "volume/csi/driver" : "storageClass"),
			"'%.*s' is a disk that one node mounts, persistence is mounted by many", STR_FMT(is_block(driver) ? driver : class)),
			"use a file system that is ReadWriteMany: NFS, EFS, Filestore, CephFS");
	}
}

void
lint_one_node(const struct lint_run *run)
{
	size_t n = 0, count;

	for (const struct node *node = lint_first(run, "cluster/nodes", NODE_LIST); node; node = node->next) {
		n += str_number(node_text(node, STR("count")), 100000, &count) ? count : 1;
	}
	if (str_eq(lint_text(run, "storage/accessMode"), STR("ReadWriteOnce")) && n > 1
		&& !lint_at(run, "affinity/system") && !lint_at(run, "affinity/global")) {
		struct diag *diag = lint_hit(run, place_in(run, "storage", "accessMode"),
			"ReadWriteOnce keeps Postgres, git and object storage on one node, and no affinity does");

		diag_help(run->diags, diag, "set affinity.system to one node, or use ReadWriteMany");
	}
}

void
lint_size(const struct lint_run *run)
{
	struct lint_run mild = lint_mild(run);
	bool mirror = lint_true(run, "packageMirror");
	const struct {
		const char *volume, *wanted, *what;
		double least;
		const struct lint_run *run;
	} sizes[] = {
		{ "storage", "at least 100Gi is wanted", "", 100 * GIB, run },
		{ "storage", "500Gi or more is advised", ", with a mirror of packages", mirror ? 500 * GIB : 0, &mild },
		{ "persistence", "at least 1Ti is advised", "", 1024 * GIB, &mild },
	};

	for (size_t i = 0; i < 3; i++) {
		struct str text = text_in(run, sizes[i].volume, "size");
		double size;

		if (text.n > 0 && quantity_read(text, &size) && size < sizes[i].least) {
			diag_help(run->diags, lint_hit(sizes[i].run, place_in(run, sizes[i].volume, "size"), "%s has %.*s%s", sizes[i].volume,
				STR_FMT(text), sizes[i].what), "%s", sizes[i].wanted);
			i += i == 0;
		}
	}
}

void
lint_reclaim(const struct lint_run *run)
{
	for (size_t i = 0; i < 2; i++) {
		struct str policy = text_in(run, volumes[i], "reclaimPolicy"), class = text_in(run, volumes[i], "storageClass");

		if (policy.n > 0 && !str_eq(policy, STR("Retain"))) {
			diag_help(run->diags, lint_hit(run, place_in(run, volumes[i], "reclaimPolicy"),
				"the volume of %s is lost with its claim: its reclaim policy is %.*s", volumes[i], STR_FMT(policy)), "set it to Retain");
		}
		for (const struct node *n = lint_first(run, "cluster/storageClasses", NODE_LIST); policy.n == 0 && n; n = n->next) {
			if (n->kind == NODE_MAP && str_eq(node_text(n, STR("name")), class) && !lint_at(run, path_in(run, volumes[i], "volume"))
				&& str_eq(node_text(n, STR("reclaimPolicy")), STR("Delete"))) {
				diag_help(run->diags, lint_hit(run, place_in(run, volumes[i], "storageClass"),
					"the class '%.*s' deletes the volume of %s with its claim", STR_FMT(class), volumes[i]),
					"use a class or a volume with the policy Retain");
			}
		}
	}
}

void
lint_slow_volume(const struct lint_run *run)
{
	for (size_t i = 0; i < 2; i++) {
		struct str class = text_in(run, volumes[i], "storageClass"), driver = text_in(run, volumes[i], "volume/csi/driver");
		struct str squash = text_in(run, volumes[i], "squash");
		bool azure = str_eq(driver, STR("file.csi.azure.com"));

		if (azure || str_starts(class, STR("azurefile")) || str_eq(provisioner(run, class), STR("file.csi.azure.com"))) {
			diag_help(run->diags, lint_hit(run, place_in(run, volumes[i], azure ? "volume/csi/driver" : "storageClass"),
				"Azure Files are too slow for Workbench"), "use a machine that serves NFS");
		}
		if (squash.n > 0 && !str_eq(squash, STR("NO_ROOT_SQUASH"))) {
			diag_help(run->diags, lint_hit(run, place_in(run, volumes[i], "squash"),
				"the file server takes the group 0 for another (%.*s)", STR_FMT(squash)), "use NO_ROOT_SQUASH");
		}
	}
}
