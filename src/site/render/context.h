/* SPDX-License-Identifier: Apache-2.0 */
/* One security context, of a pod or of a container, held against an SCC or a Pod Security Standard. */
#ifndef WBRENDER_SITE_RENDER_CONTEXT_H
#define WBRENDER_SITE_RENDER_CONTEXT_H

#include "kube/scc.h"
#include "yaml/edit.h"

/* what the profile says of the namespace and its users */
struct fit_facts {
	int64_t from, to;             /* openshift.uidRange; to == 0: not stated */
	struct str groups;            /* openshift.supplementalGroups, else the user IDs' range; empty: not stated */
	const struct node *uid, *gid; /* of the profile, where they are to be set; or NULL */
	/* the cluster knows securityContext.seccompProfile, hostUsers, container_engine_t */
	bool seccomp_field, host_users, engine_type;
};

/* something that is asked for and not allowed */
enum fit_refusal {
	FIT_NEVER,                    /* taking it away would change what the pod does */
	FIT_STRIP,                    /* `strip` takes it away */
	FIT_KEPT,                     /* it stays by 'render.conflict: keep' */
	FIT_LOST,                     /* it is taken away, which is worth a word */
};

struct fit {
	const struct scc *scc;
	const struct fit_facts *facts;
	const struct node *from;      /* where the profile asks for it; new nodes get that place */
	bool strip;                   /* take away what is asked for and not allowed, where the pod stays what it is */
	bool kept;                    /* values that are there are not replaced (render.conflict: keep) */
	struct arena *arena;          /* of the new nodes */
	/* Called for each such thing. who: "the container 'api'"; what: "is privileged". */
	void (*refuse)(void *ctx, const struct node *at, const char *who, const char *what, enum fit_refusal);
	void *ctx;
};

struct context {
	struct fit *fit;
	const struct node *now;       /* as it is; or NULL */
	struct node *wants;           /* what is to change in it: a map, for edit_merge */
	const struct context *pod;    /* of a container: whose values hold where it has none */
	const char *who;
	bool windows;                 /* most fields are not for such pods (k8s.io/api/core/v1, PodOS) */
};

/* Adds to the context's wants what it must change. What cannot be made to fit is told. */
void context_check(struct context *);
/* what a key will be; NULL if it will not be there */
const struct node *context_after(const struct context *, const char *key);
/* may the user or the group be this one? */
bool context_user_fits(const struct fit *, const struct node *value);
bool context_group_fits(const struct fit *, const struct node *value);

/* tells what is asked for and not allowed; true if it is to be taken away */
bool context_refuse(struct fit *, const struct node *at, const char *who, enum fit_refusal, const char *what);

/* the value of a key; NULL where it is null too */
const struct node *context_value(const struct node *map, const char *key);
/* the first item of the list at a key, to go on by next; NULL if there is none */
const struct node *context_items(const struct node *map, const char *key);
bool context_is_true(const struct node *);
bool context_is_false(const struct node *);
bool context_is_text(const struct node *, const char *text);
/* an ID; -1 if it is none */
int64_t context_id(const struct node *);
/* NUL-terminated; "" for a collection */
const char *context_text(struct fit *, const struct node *);
/* nodes of wanted data */
struct node *context_new(struct fit *, enum node_kind, const char *text);
struct node *context_absent(struct fit *);
void context_put(struct fit *, struct node *map, const char *key, struct node *value);

#endif
