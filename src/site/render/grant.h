/* SPDX-License-Identifier: Apache-2.0 */
/* Who may use an SCC: the rule for it in the Role that is bound to the service account of the pods. */
#ifndef WBRENDER_SITE_RENDER_GRANT_H
#define WBRENDER_SITE_RENDER_GRANT_H

#include "kube/object.h"
#include "kube/scc.h"

struct grants;

/* release: the namespace of what states none; may be empty. What is kept is copied to the arena. */
struct grants *grants_new(struct source *manifests, struct str release, struct arena *);
/* Notes that a pod runs under an SCC as a service account, which is named at a place; empty: "default". */
void grants_pod(struct grants *, const struct object *, const struct scc *, struct str account, struct span);
/* Notes Roles and bindings; other objects are passed over. */
void grants_object(struct grants *, const struct object *);
/* Decides, when all are noted, which Role gets what. */
void grants_decide(struct grants *);
/* Adds a finding for each account that is given an SCC by nothing here. */
void grants_tell(const struct grants *, struct diags *);
/* The rules that a Role lacks, as {rules: [...]} for edit_merge; NULL if none. */
const struct node *grants_for(const struct grants *, const struct object *);

#endif
