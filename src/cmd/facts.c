/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the facts that lint holds files against. */
#include "cmd/facts.h"

#include "base/arena.h"
#include "kube/types.h"
#include "site/profile.h"
#include "yaml/stream.h"

bool
facts_version(const struct facts *facts, struct lint_facts *ret, struct diags *diags)
{
	if (facts->kubernetes && (!kube_version_read(str_of(facts->kubernetes), &ret->kubernetes) || ret->kubernetes < kube_oldest
		|| ret->kubernetes > kube_newest)) {
		diag_add(diags, DIAG_ERROR, "usage", NULL, (struct span){ 0, 0 },
			"'%s' is not allowed for '--kubernetes-version', 1.%u to 1.%u are known", facts->kubernetes, kube_oldest, kube_newest);
		return false;
	}
	return true;
}

/* the tree of --previous; false if an error was added */
static bool
read_previous(const char *path, const struct node **ret, struct diags *diags)
{
	struct source *src = arena_new(diags->arena, struct source);
	struct node *root;
	int error = source_read(src, diags->arena, path);

	if (error != 0) {
		diag_io(diags, path, "read", error);
		return false;
	}
	if (!parse_one(src, diags->arena, &root, diags)) {
		return false;
	}
	*ret = root && root->kind == NODE_MAP ? node_flat(diags->arena, root) : NULL;
	return true;
}

bool
facts_read(const struct facts *facts, const struct accept *accept, struct lint_facts *ret, struct diags *diags)
{
	struct profile *profile = arena_new(diags->arena, struct profile);

	ret->levels = accept->levels;
	ret->nlevels = accept->words.n;
	if (facts->profile && !profile_load(profile, facts->profile, diags->arena, diags)) {
		return false;
	}
	ret->profile = profile->root;
	if (ret->kubernetes == 0) {
		/* its schema has seen to the form */
		kube_version_read(node_text(ret->profile, STR("kubernetesVersion")), &ret->kubernetes);
	}
	return !facts->previous || read_previous(facts->previous, &ret->previous, diags);
}
