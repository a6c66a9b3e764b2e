/* SPDX-License-Identifier: Apache-2.0 */
/* The tables: default SCCs, Pod Security Standards, volumes, sysctls. */
#include "kube/scc.h"

#include <string.h>

#define BIND " NET_BIND_SERVICE "
#define NETWORK (SCC_HOST_NETWORK | SCC_HOST_PORTS)
#define HOST (NETWORK | SCC_HOST_PID | SCC_HOST_IPC | SCC_HOST_PATH)
#define RANGE .user = SCC_USER_RANGE, .fs_group = true
#define NONROOT .user = SCC_USER_NONROOT
/* the second generation: nothing but what Pod Security's "restricted" allows */
#define V2 .confined = true, .add = BIND, .seccomp = SCC_SECCOMP_DEFAULT
/* the first: some capabilities are dropped at admission */
#define V1 .escalation = true, .add = "", .seccomp = SCC_SECCOMP_NONE

/* github.com/openshift/cluster-kube-apiserver-operator, bindata/bootkube/scc-manifests; in the order of admission, by restriction
   points (github.com/openshift/apiserver-library-go, pkg/securitycontextconstraints/util/sort) */
static const struct scc sccs[] = {
	{ "restricted-v3", .user = SCC_USER_RANGE, .fs_group = true, .groups = true, .from = 1000, .to = 65534, V2, .user_namespace = true },
	{ "restricted-v2", RANGE, V2 },
	{ "restricted", RANGE, V1 },
	{ "nonroot-v2", NONROOT, V2 },
	{ "nonroot", NONROOT, V1 },
	{ "nested-container", RANGE, .groups = true, .from = 0, .to = 65534, .escalation = true, .add = " SETUID SETGID ",
		.seccomp = SCC_SECCOMP_ANY, .user_namespace = true },
	{ "anyuid", V1 },
	{ "hostmount-anyuid", V1, .host = SCC_HOST_PATH | SCC_NFS },
	{ "hostmount-anyuid-v2", V1, .host = SCC_HOST_PATH | SCC_NFS, .selinux = true },
	{ "hostnetwork-v2", RANGE, .groups = true, V2, .host = NETWORK },
	{ "hostnetwork", RANGE, .groups = true, V1, .host = NETWORK },
	{ "hostaccess", RANGE, V1, .host = HOST },
	{ "privileged", .selinux = true, .privileged = true, .escalation = true, .add = "*", .host = SCC_ALL_OF_HOST },
};

/* kubernetes.io/docs/concepts/security/pod-security-standards; k8s.io/pod-security-admission/policy */
static const struct scc standards[] = {
	{ "restricted", .standard = true, NONROOT, .confined = true, .add = BIND, .seccomp = SCC_SECCOMP_CONFINED },
	{ "privileged", .standard = true, .selinux = true, .privileged = true, .escalation = true, .add = "*", .host = SCC_ALL_OF_HOST },
	{ "baseline", .standard = true, .escalation = true, .seccomp = SCC_SECCOMP_CONFINED, .host = SCC_VOLUMES,
		.add = " AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT " },
};

/* what every SCC and the standard "restricted" let a pod mount; image is of SCCs alone */
static const char volumes[] = " configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret ";

/* safe to both; the later ones are so from Kubernetes 1.27, 1.29 and 1.32 on */
static const char sysctls[] = " kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies net.ipv4.ping_group_range"
	" net.ipv4.ip_unprivileged_port_start net.ipv4.ip_local_reserved_ports net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout"
	" net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes net.ipv4.tcp_rmem net.ipv4.tcp_wmem ";

/* container_engine_t from Kubernetes 1.31 on */
static const char types[] = " container_t container_init_t container_kvm_t container_engine_t ";

/* is the word one of a list, in which blanks stand around each? */
static bool
among(const char *list, struct str word)
{
	struct str rest = str_of(list);

	while (rest.n > 1) {
		size_t end = str_find(rest, ' ', 1);

		if (str_eq(str_slice(rest, 1, end), word)) {
			return true;
		}
		rest = str_slice(rest, end, rest.n);
	}
	return false;
}

const struct scc *
scc_at(size_t i)
{
	return i < sizeof(sccs) / sizeof(sccs[0]) ? &sccs[i] : NULL;
}

const struct scc *
scc_find(struct str name)
{
	const struct scc *scc;

	for (size_t i = 0; (scc = scc_at(i)); i++) {
		if (str_is(name, scc->name)) {
			return scc;
		}
	}
	return NULL;
}

const struct scc *
scc_standard(struct str name)
{
	for (size_t i = 0; i < sizeof(standards) / sizeof(standards[0]); i++) {
		if (str_is(name, standards[i].name)) {
			return &standards[i];
		}
	}
	return NULL;
}

bool
scc_for_everyone(const struct scc *scc)
{
	return strcmp(scc->name, "restricted-v2") == 0 || strcmp(scc->name, "restricted-v3") == 0;
}

bool
scc_may_add(const struct scc *scc, struct str capability)
{
	return scc->add[0] == '*' || among(scc->add, capability);
}

bool
scc_may_mount(const struct scc *scc, struct str type)
{
	if (str_eq(type, STR("hostPath"))) {
		return scc->host & SCC_HOST_PATH;
	}
	return (scc->host & SCC_VOLUMES) || among(volumes, type) || (!scc->standard && str_eq(type, STR("image")))
		|| ((scc->host & SCC_NFS) && str_eq(type, STR("nfs")));
}

bool
scc_may_set_sysctl(const struct scc *scc, struct str name)
{
	return scc->privileged || among(sysctls, name);
}

bool
scc_may_label(const struct scc *scc, struct str type)
{
	return !scc->standard || type.n == 0 || among(types, type);
}

bool
scc_block(struct str *text, int64_t *ret_from, int64_t *ret_to)
{
	size_t comma = str_find(*text, ',', 0), from, second;
	struct str block = str_trim(str_slice(*text, 0, comma));
	size_t slash = str_find(block, '/', 0), dash = str_find(block, '-', 0), at = slash < block.n ? slash : dash;

	*text = str_slice(*text, comma + 1, text->n);
	if (!str_number(str_slice(block, 0, at), UINT32_MAX, &from) || !str_number(str_slice(block, at + 1, block.n), UINT32_MAX, &second)
		|| second == 0) {
		return false;
	}
	*ret_from = (int64_t)from;
	*ret_to = slash < block.n ? (int64_t)(from + second - 1) : (int64_t)second;
	return *ret_to >= *ret_from;
}
