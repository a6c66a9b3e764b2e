/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the pods that mount the storage claim. */
#include "site/render/storage.h"

#include "site/short.h"

#define STORAGE_LABEL STR("wbrender/volume")
#define STORAGE_CLAIM STR("anaconda-storage")  /* the chart's, where the profile names none */
enum { LABEL_MAX = 63 };              /* of a label's value */

bool
storage_on_one_node(const struct node *storage)
{
	return str_eq(node_text(storage, STR("accessMode")), STR("ReadWriteOnce"));
}

static bool
mounts(const struct node *template, struct str claim)
{
	const struct node *volumes = node_find(node_find(template, STR("spec")), STR("volumes"));

	for (const struct node *item = volumes && volumes->kind == NODE_LIST ? volumes->first : NULL; item; item = item->next) {
		const struct node *source = node_find(node_real(item), STR("persistentVolumeClaim"));

		if (str_eq(node_text(source, STR("claimName")), claim)) {
			return true;
		}
	}
	return false;
}

bool
storage_wants(const struct want_of *w, const struct node *storage, struct node *into)
{
	struct arena *a = w->arena;
	struct str claim = node_text(storage, STR("pvc")), value;
	const struct node *mode = node_get(storage, STR("accessMode"));
	struct node *term = node_map(a), *list = node_list(a), *labels = node_map(a);

	claim = claim.n > 0 ? claim : STORAGE_CLAIM;
	if (!storage_on_one_node(storage) || !mounts(w->here, claim)) {
		return true;
	}
	value = claim.n <= LABEL_MAX ? claim : STORAGE_CLAIM;
	node_put(a, labels, STORAGE_LABEL, want_text(a, value, mode));
	want_put(a, into, "/metadata/labels", labels);
	labels = node_map(a);
	node_put(a, labels, STORAGE_LABEL, want_text(a, value, mode));
	want_put(a, term, "/labelSelector/matchLabels", labels);
	want_put(a, term, "/topologyKey", want_text(a, STR("kubernetes.io/hostname"), mode));
	node_append(list, term);
	want_put(a, into, "/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution", list);
	return true;
}
