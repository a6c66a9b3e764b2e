/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: any file is linted; the first byte chooses the Kubernetes version. What is found lies in
   the file, not where the profile has it, and is found again. */
#include "base/arena.h"
#include "kube/types.h"
#include "site/lint/lint.h"
#include "yaml/stream.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

/* of which the rules have much to say */
static const char profile[] = "{apiVersion: wbrender/v1, kind: SiteProfile, platform: eks, release: r, uid: 1000, namespace: default, "
	"workbenchVersion: 5.6.0, serviceAccountName: default, cluster: {nodes: 1}, dedicatedCluster: false, persistence: {size: 1}, "
	"storage: {class: gp2}, image: {server: x}, openshift: {uidRange: 1000/1, scc: anyuid}, ingress: {class: openshift-default}, "
	"tolerations: {global: [{operator: Exists}]}, resourceProfiles: {a: {resources: {limits: {cpu: 1, 'nvidia.com/gpu': 1}, requests: {cpu: 2}}}}, "
	"render: {labels: {app: x}, rules: [{name: a, gpu: {count: 1}, labels: {app: y}}, {name: b, match: {name: anaconda-session-x}}]}}";

static size_t
run(struct source *src, unsigned version, const struct node *known, struct arena *a)
{
	struct lint_facts facts = { .kubernetes = version, .profile = known };
	struct diags diags;
	size_t n = 0;

	diags_init(&diags, a);
	lint(src, &facts, a, &diags);
	for (const struct diag *d = diags.first; d; d = d->next, n++) {
		/* syntax is wrong at the end, too: one byte behind it */
		if (d->src == src && (d->span.at > src->text.n
			|| (d->span.n > src->text.n - d->span.at && strcmp(d->code, "yaml/syntax") != 0))) {
			abort();
		}
		if (d->fix && (d->fix_at.at > src->text.n || d->fix_at.n > src->text.n - d->fix_at.at)) {
			abort();
		}
		for (const struct diag_related *other = d->related; other; other = other->next) {
			if (other->src == src && (other->span.at > src->text.n || other->span.n > src->text.n - other->span.at)) {
				abort();
			}
		}
		if (strlen(d->text) == 0 || strchr(d->text, '\n')) {
			abort();
		}
	}
	return n;
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena arena = { 0 };
	struct source src, site;
	struct node *root;
	struct diags none;
	unsigned version;

	if (n == 0) {
		return 0;
	}
	version = kube_oldest + bytes[0] % (kube_newest - kube_oldest + 1);
	source_init(&src, &arena, "in", (struct str){ (const char *)bytes + 1, n - 1 });
	diags_init(&none, &arena);
	source_init(&site, &arena, "site.yaml", str_of(profile));
	if (!parse_one(&site, &arena, &root, &none)) {
		abort();
	}
	if (run(&src, version, NULL, &arena) != run(&src, version, NULL, &arena)) {
		abort();
	}
	run(&src, version, node_flat(&arena, root), &arena);
	arena_done(&arena);
	return 0;
}
