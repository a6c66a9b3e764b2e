/* SPDX-License-Identifier: Apache-2.0 */
/* Holds a pod against one SCC or standard. Sources: kube/scc.c; github.com/openshift/apiserver-library-go,
   pkg/securitycontextconstraints/sccmatching; k8s.io/pod-security-admission/policy. */
#include "site/lint/manifest/scc.h"

#include "base/arena.h"
#include "schema/kind.h"
#include "yaml/scalar.h"

#define REQUIRED "openshift.io/required-scc"

/* one pod before one judge */
struct court {
	struct manifest *m;
	const struct scc *scc;
	bool quiet;                   /* count only */
	size_t n;
	bool windows;
};

/* spots of one security context, the pod's where a container has none */
struct context {
	struct court *court;
	const struct spot *own, *pod;
	const char *who;
};

void
scc_facts_init(struct scc_facts *f, const struct node *profile)
{
	const struct node *openshift = node_get(profile, STR("openshift")), *standard = node_get(node_get(profile, STR("render")), STR("podSecurity"));
	struct str platform = node_text(profile, STR("platform")), range = node_text(openshift, STR("uidRange"));
	bool is_openshift = str_eq(platform, STR("openshift")) || str_eq(platform, STR("rosa"));

	*f = (struct scc_facts){ .account = node_text(profile, STR("serviceAccountName")) };
	f->account = f->account.n > 0 ? f->account : STR("anaconda-enterprise");
	f->scc = is_openshift ? scc_find(node_text(openshift, STR("scc"))) : NULL;
	f->standard = !standard ? NULL : scc_standard(standard->kind == NODE_MAP ? node_text(standard, STR("name")) : standard->text);
	f->groups = node_text(openshift, STR("supplementalGroups"));
	f->groups = f->groups.n > 0 ? f->groups : range;
	if (range.n > 0 && !scc_block(&range, &f->from, &f->to)) {
		f->to = 0;
	}
}

static void
refuse(struct court *c, const struct spot *s, const char *what)
{
	const char *by = c->scc->standard ? "the Pod Security Standard" : "the SCC";

	c->n++;
	if (!c->quiet) {
		struct diag *diag = manifest_hit(c->m, c->scc->standard ? "kube/pod-security" : "kube/scc", s, spot_value(s),
			"%s: %s '%s' refuses it", what, by, c->scc->name);

		if (c->scc->standard && !spot_given(s)) {
			diag_help(c->m->diags, diag, "'wbrender render' with the profile writes it");
		}
	}
}

/* false if it is no number */
static bool
id_of(const struct spot *s, int64_t *ret)
{
	double number;

	if (!s->node || (s->node->kind != NODE_INT && s->node->kind != NODE_FLOAT) || !scalar_double(s->node->text, &number)
		|| !kind_whole(number) || number < 0 || number > UINT32_MAX) {
		return false;
	}
	*ret = (int64_t)number;
	return true;
}

/* the container's word, else the pod's */
static struct spot
word(const struct context *x, const char *key)
{
	struct spot own = spot_get(x->own, key);

	return spot_given(&own) || !x->pod ? own : spot_get(x->pod, key);
}

static void
user_check(const struct context *x)
{
	struct court *c = x->court;
	const struct scc *scc = c->scc;
	const struct scc_facts *facts = c->m->admission;
	struct spot user = word(x, "runAsUser"), nonroot = word(x, "runAsNonRoot");
	int64_t from = scc->to > 0 ? scc->from : facts->from, to = scc->to > 0 ? scc->to : facts->to, id;
	struct arena *a = c->m->scratch;

	if (id_of(&user, &id)) {
		if (id == 0 && scc->user != SCC_USER_ANY && !(scc->to > 0 && from == 0)) {
			refuse(c, &user, arena_printf(a, "%s runs as root", x->who));
		} else if (scc->user == SCC_USER_RANGE && to > 0 && (id < from || id > to)) {
			refuse(c, &user, arena_printf(a, "%s runs as user %lld, not one of %lld to %lld", x->who, (long long)id, (long long)from, (long long)to));
		}
	}
	if (scc->user == SCC_USER_NONROOT && (scc->standard ? !spot_is(&nonroot, true) && !c->windows : spot_is(&nonroot, false))) {
		refuse(c, &nonroot, arena_printf(a, "%s does not say runAsNonRoot: true", x->who));
	}
}

static void
selinux_check(const struct context *x)
{
	static const char *const keys[] = { "type", "role", "user" };
	struct court *c = x->court;
	struct spot options = spot_get(x->own, "seLinuxOptions");

	for (size_t i = 0; i < 3 && !c->scc->selinux; i++) {
		struct spot value = spot_get(&options, keys[i]);
		struct str text = spot_text(&value);
		bool engine = str_eq(text, STR("container_engine_t")) && c->scc->user_namespace && c->scc->seccomp == SCC_SECCOMP_ANY;

		if (text.n > 0 && !engine && (i > 0 || !c->scc->standard || !scc_may_label(c->scc, text))) {
			refuse(c, &value, arena_printf(c->m->scratch, "%s has the SELinux %s '%.*s'", x->who, keys[i], STR_FMT(text)));
		}
	}
}

static void
seccomp_check(const struct context *x)
{
	struct court *c = x->court;
	struct spot own = spot_get(x->own, "seccompProfile"), profile = word(x, "seccompProfile"), type = spot_get(&profile, "type");
	struct str text = spot_text(&type);
	bool runtime = str_eq(text, STR("RuntimeDefault")), good = runtime || str_eq(text, STR("Localhost"));

	/* what is only the pod's is told of the pod */
	if (spot_given(&own) ? c->scc->seccomp == SCC_SECCOMP_NONE : false) {
		refuse(c, &own, arena_printf(c->m->scratch, "%s has a seccomp profile", x->who));
	} else if (spot_given(&own) && ((c->scc->seccomp == SCC_SECCOMP_DEFAULT && !runtime) || (c->scc->seccomp == SCC_SECCOMP_CONFINED && !good))) {
		refuse(c, &own, arena_printf(c->m->scratch, "%s has the seccomp profile '%.*s'", x->who, STR_FMT(text)));
	} else if (x->pod && c->scc->standard && c->scc->confined && !spot_given(&profile) && !c->windows) {
		refuse(c, &own, arena_printf(c->m->scratch, "%s has no seccomp profile", x->who));
	}
}

static void
capabilities_check(const struct context *x)
{
	struct court *c = x->court;
	struct spot capabilities = spot_get(x->own, "capabilities"), add = spot_get(&capabilities, "add"), drop = spot_get(&capabilities, "drop");
	bool all = false;
	size_t i = 0;

	for (const struct node *item = spot_items(&add); item; item = item->next) {
		struct spot s = spot_item(&add, item, i++);

		if (spot_text(&s).n > 0 && !scc_may_add(c->scc, spot_text(&s))) {
			refuse(c, &s, arena_printf(c->m->scratch, "%s adds the capability '%.*s'", x->who, STR_FMT(spot_text(&s))));
		}
	}
	for (const struct node *item = spot_items(&drop); item; item = item->next) {
		all = all || str_eq(node_real(item)->text, STR("ALL"));
	}
	if (c->scc->standard && c->scc->confined && !all && !c->windows) {
		refuse(c, &drop, arena_printf(c->m->scratch, "%s does not drop ALL capabilities", x->who));
	}
}

static void
ports_check(const struct context *x, const struct spot *container)
{
	struct spot list = spot_get(container, "ports");
	size_t i = 0;

	for (const struct node *item = spot_items(&list); item; item = item->next) {
		struct spot port = spot_item(&list, item, i++), host = spot_get(&port, "hostPort");
		int64_t number;

		if (id_of(&host, &number) && number != 0 && !(x->court->scc->host & SCC_HOST_PORTS)) {
			refuse(x->court, &host, arena_printf(x->court->m->scratch, "%s takes the host port %lld", x->who, (long long)number));
		}
	}
}

static void
container_check(struct court *c, const struct spot *container, const struct spot *pod)
{
	struct spot own = spot_get(container, "securityContext"), name = spot_get(container, "name");
	struct context x = { .court = c, .own = &own, .pod = pod,
		.who = arena_printf(c->m->scratch, "the container '%s'", manifest_cut(c->m, spot_text(&name))) };
	struct spot privileged = spot_get(&own, "privileged"), escalation = spot_get(&own, "allowPrivilegeEscalation");

	if (spot_is(&privileged, true) && !c->scc->privileged) {
		refuse(c, &privileged, arena_printf(c->m->scratch, "%s is privileged", x.who));
	}
	if (!c->scc->escalation && (c->scc->standard && !c->windows ? !spot_is(&escalation, false) : spot_is(&escalation, true))) {
		refuse(c, &escalation, arena_printf(c->m->scratch, "%s may escalate its privileges", x.who));
	}
	user_check(&x);
	selinux_check(&x);
	seccomp_check(&x);
	capabilities_check(&x);
	ports_check(&x, container);
}

static void
host_check(struct court *c, const struct spot *spec)
{
	static const struct {
		const char *key, *what;
		unsigned host;
	} fields[] = {
		{ "hostNetwork", "the pod uses the network of its node", SCC_HOST_NETWORK },
		{ "hostPID", "the pod sees the processes of its node", SCC_HOST_PID },
		{ "hostIPC", "the pod shares memory with its node", SCC_HOST_IPC },
	};
	struct spot users = spot_get(spec, "hostUsers"), volumes = spot_get(spec, "volumes");
	size_t n = 0;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct spot value = spot_get(spec, fields[i].key);

		if (spot_is(&value, true) && !(c->scc->host & fields[i].host)) {
			refuse(c, &value, fields[i].what);
		}
	}
	if (c->scc->user_namespace && !spot_is(&users, false)) {
		refuse(c, &users, "the pod does not say hostUsers: false");
	}
	for (const struct node *item = spot_items(&volumes); item; item = item->next) {
		struct spot volume = spot_item(&volumes, item, n++);

		for (const struct node *entry = spot_entries(&volume); entry; entry = entry->next) {
			struct spot source = spot_entry(&volume, entry);

			if (source.node->kind != NODE_NULL && !str_eq(source.name, STR("name")) && !scc_may_mount(c->scc, source.name)) {
				refuse(c, &source, arena_printf(c->m->scratch, "the volume '%s' is of the kind %s", manifest_cut(c->m, node_text(item, STR("name"))),
					manifest_cut(c->m, source.name)));
			}
		}
	}
}

static bool
in_blocks(struct str blocks, int64_t id)
{
	int64_t from, to;

	while (blocks.n > 0 && scc_block(&blocks, &from, &to)) {
		if (id >= from && id <= to) {
			return true;
		}
	}
	return false;
}

static void
groups_check(struct court *c, const struct spot *context)
{
	const struct scc *scc = c->scc;
	struct spot group = spot_get(context, "fsGroup"), list = spot_get(context, "supplementalGroups"), sysctls = spot_get(context, "sysctls");
	struct str blocks = c->m->admission->groups, first = blocks;
	int64_t id, from, to;
	size_t i = 0;

	/* of the namespace's groups fsGroup may be the first alone */
	if (scc->fs_group && id_of(&group, &id)) {
		bool known = scc->to > 0 || (first.n > 0 && scc_block(&first, &from, &to));

		if (known && (scc->to > 0 ? id < scc->from || id > scc->to : id != from)) {
			refuse(c, &group, arena_printf(c->m->scratch, "the pod's fsGroup is %lld", (long long)id));
		}
	}
	for (const struct node *item = scc->groups ? spot_items(&list) : NULL; item; item = item->next) {
		struct spot s = spot_item(&list, item, i++);

		if (id_of(&s, &id) && (scc->to > 0 ? id < scc->from || id > scc->to : blocks.n > 0 && !in_blocks(blocks, id))) {
			refuse(c, &s, arena_printf(c->m->scratch, "the pod has the group %lld", (long long)id));
		}
	}
	i = 0;
	for (const struct node *item = spot_items(&sysctls); item; item = item->next) {
		struct spot s = spot_item(&sysctls, item, i++), name = spot_get(&s, "name");

		if (spot_text(&name).n > 0 && !scc_may_set_sysctl(scc, spot_text(&name))) {
			refuse(c, &name, arena_printf(c->m->scratch, "the pod sets the sysctl '%s'", manifest_cut(c->m, spot_text(&name))));
		}
	}
}

/* returns how much it refuses */
static size_t
judge(struct manifest *m, const struct scc *scc, const struct spot *spec, bool quiet)
{
	static const char *const lists[] = { "initContainers", "containers", "ephemeralContainers" };
	struct spot own = spot_get(spec, "securityContext"), os = spot_get(spec, "os"), name = spot_get(&os, "name");
	struct court c = { .m = m, .scc = scc, .quiet = quiet, .windows = str_eq(spot_text(&name), STR("windows")) };
	struct context pod = { .court = &c, .own = &own, .who = "the pod" };

	host_check(&c, spec);
	groups_check(&c, &own);
	selinux_check(&pod);
	seccomp_check(&pod);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct spot list = spot_get(spec, lists[i]);
		size_t at = 0;

		for (const struct node *item = spot_items(&list); item; item = item->next) {
			struct spot container = spot_item(&list, item, at++);

			container_check(&c, &container, &own);
		}
	}
	return c.n;
}

/* an SCC that every account may use admits the pod */
static bool
free_for_all(struct manifest *m, const struct spot *spec)
{
	const struct scc *scc;

	for (size_t i = 0; (scc = scc_at(i)); i++) {
		if (scc_for_everyone(scc) && judge(m, scc, spec, true) == 0) {
			return true;
		}
	}
	return false;
}

void
scc_check(struct manifest *m, const struct spot *template)
{
	struct spot spec = spot_get(template, "spec"), metadata = spot_get(template, "metadata"), annotations = spot_get(&metadata, "annotations");
	struct spot required = spot_get(&annotations, REQUIRED), account = spot_get(&spec, "serviceAccountName");
	const struct scc *bound = scc_find(spot_text(&required)), *scc = m->admission->scc;

	if (bound) {
		judge(m, bound, &spec, false);
	} else if (scc && spot_text(&required).n == 0 && str_eq(spot_text(&account), m->admission->account)
		&& judge(m, scc, &spec, true) > 0 && !free_for_all(m, &spec)) {
		judge(m, scc, &spec, false);
	}
	if (m->admission->standard) {
		judge(m, m->admission->standard, &spec, false);
	}
}
