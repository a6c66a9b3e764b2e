/* SPDX-License-Identifier: Apache-2.0 */
/* What the default security context constraints of OpenShift and the Pod Security Standards of Kubernetes allow and demand of pods. */
#ifndef WBRENDER_KUBE_SCC_H
#define WBRENDER_KUBE_SCC_H

#include "base/str.h"

#include <stdint.h>

enum scc_user { SCC_USER_ANY, SCC_USER_NONROOT, SCC_USER_RANGE };
/* seccomp: whatever it is, none at all, the runtime's, one that confines (the runtime's or the node's own) */
enum scc_seccomp { SCC_SECCOMP_ANY, SCC_SECCOMP_NONE, SCC_SECCOMP_DEFAULT, SCC_SECCOMP_CONFINED };
/* what of the node a pod may use; SCC_VOLUMES: volumes of every kind but hostPath, without it those of no node and no network */
enum {
	SCC_HOST_NETWORK = 1, SCC_HOST_PORTS = 2, SCC_HOST_PID = 4, SCC_HOST_IPC = 8, SCC_HOST_PATH = 16, SCC_NFS = 32, SCC_VOLUMES = 64,
	SCC_ALL_OF_HOST = 127,
};

/* A security context constraint, or a level of the Pod Security Standards. The constraints fill in at admission what a pod leaves
   unset, the standards look at what is written. */
struct scc {
	const char *name;
	bool standard;                /* of the Pod Security Standards */
	enum scc_user user;
	bool fs_group, groups;        /* fsGroup and supplementalGroups are of a range */
	int64_t from, to;             /* the range, where it is not the namespace's; to == 0: it is the namespace's */
	bool selinux;                 /* any SELinux options */
	bool privileged, escalation;  /* may be asked for */
	bool confined;                /* every container is to say that it runs without root, escalation and capabilities, under seccomp */
	const char *add;              /* capabilities that may be added, between blanks; "*": all */
	enum scc_seccomp seccomp;
	unsigned host;
	bool user_namespace;          /* hostUsers must be false */
};

/* the SCC of that name; NULL if it is none of the default ones */
const struct scc *scc_find(struct str name);
/* the level of the Pod Security Standards of that name; NULL if there is none */
const struct scc *scc_standard(struct str name);
/* the SCCs one by one, the strictest first; NULL behind the last */
const struct scc *scc_at(size_t i);
/* may every account use it on a new cluster? (ClusterRoleBindings to system:authenticated) */
bool scc_for_everyone(const struct scc *);

bool scc_may_add(const struct scc *, struct str capability);
/* type: the key of a volume's source, such as "emptyDir" */
bool scc_may_mount(const struct scc *, struct str type);
bool scc_may_set_sysctl(const struct scc *, struct str name);
/* of the Pod Security Standards: the type in seLinuxOptions; empty is allowed */
bool scc_may_label(const struct scc *, struct str type);

/* The next block of a namespace's annotation, "START/LENGTH" or "START-END", cut off the front of *text, which is a list of them with
   commas; false at its end or when it is none. */
bool scc_block(struct str *text, int64_t *ret_from, int64_t *ret_to);

#endif
