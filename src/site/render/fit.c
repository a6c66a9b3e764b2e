/* SPDX-License-Identifier: Apache-2.0 */
/* Goes through a pod template: its node's things, volumes, annotations, users, and the containers' security contexts. */
#include "site/render/fit.h"

#include "base/arena.h"
#include "site/short.h"

static const char seccomp_pod[] = "seccomp.security.alpha.kubernetes.io/pod";
static const char seccomp_container[] = "container.seccomp.security.alpha.kubernetes.io/";
static const char apparmor_container[] = "container.apparmor.security.beta.kubernetes.io/";

static void
check_ports(struct context *c, const struct node *container)
{
	for (const struct node *port = context_items(container, "ports"); port; port = port->next) {
		const struct node *host = context_value(port, "hostPort");

		if (host && context_id(host) != 0 && !(c->fit->scc->host & SCC_HOST_PORTS)) {
			context_refuse(c->fit, host, c->who, FIT_NEVER, arena_printf(c->fit->arena, "takes the host port %s", context_text(c->fit, host)));
		}
	}
}

/* what one container is to change; NULL: nothing */
static struct node *
fit_container(struct fit *f, const struct context *pod, const struct node *container, const char *sort)
{
	struct str name = node_text(container, STR("name"));
	struct context c = { .fit = f, .now = context_value(container, "securityContext"), .wants = context_new(f, NODE_MAP, ""), .pod = pod,
		.windows = pod->windows, .who = arena_printf(f->arena, "the %scontainer '%.*s'", sort, STR_FMT(name)) };
	struct node *wants = context_new(f, NODE_MAP, "");

	context_check(&c);
	check_ports(&c, container);
	if (!c.wants->first || name.n == 0) {
		return NULL;
	}
	context_put(f, wants, "name", short_node(f->arena, node_get(container, STR("name"))->kind, name, f->from));
	context_put(f, wants, "securityContext", c.wants);
	return wants;
}

static const struct {
	const char *key, *sort;
} lists[] = {
	{ "initContainers", "init " },
	{ "containers", "" },
	{ "ephemeralContainers", "ephemeral " },
};

static void
fit_containers(struct fit *f, const struct context *pod, const struct node *spec, struct node *wants)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		struct node *changed = context_new(f, NODE_LIST, "name");

		for (const struct node *item = context_items(spec, lists[i].key); item; item = item->next) {
			struct node *container = item->kind == NODE_MAP ? fit_container(f, pod, item, lists[i].sort) : NULL;

			/* of two with one name, which Kubernetes refuses, the first is found by it */
			if (container && !node_by_key(changed, STR("name"), node_text(item, STR("name")))) {
				node_append(changed, container);
			}
		}
		if (changed->first) {
			context_put(f, wants, lists[i].key, changed);
		}
	}
}

static void
check_host(struct fit *f, const struct node *spec, struct node *wants)
{
	static const struct {
		const char *key, *what;
		unsigned host;
	} fields[] = {
		{ "hostNetwork", "uses the network of its node", SCC_HOST_NETWORK },
		{ "hostPID", "sees the processes of its node", SCC_HOST_PID },
		{ "hostIPC", "shares memory with its node", SCC_HOST_IPC },
	};

	const struct node *users;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const struct node *value = context_value(spec, fields[i].key);

		if (context_is_true(value) && !(f->scc->host & fields[i].host)) {
			context_refuse(f, value, "the pod", FIT_NEVER, arena_printf(f->arena, "%s (%s)", fields[i].what, fields[i].key));
		}
	}
	users = context_value(spec, "hostUsers");
	if (f->scc->user_namespace && users && !context_is_false(users) && f->kept) {
		context_refuse(f, users, "the pod", FIT_KEPT, arena_printf(f->arena, "keeps hostUsers: %s", context_text(f, users)));
	} else if (f->scc->user_namespace && !context_is_false(users)) {
		context_put(f, wants, "hostUsers", context_new(f, NODE_BOOL, "false"));
	}
}

static void
check_volumes(struct fit *f, const struct node *spec)
{
	for (const struct node *volume = context_items(spec, "volumes"); volume; volume = volume->next) {
		for (const struct node *source = volume->kind == NODE_MAP ? volume->first : NULL; source; source = source->next) {
			if (source->kind == NODE_NULL || str_eq(source->key->text, STR("name")) || scc_may_mount(f->scc, source->key->text)) {
				continue;
			}
			context_refuse(f, source, "the pod", FIT_NEVER, arena_printf(f->arena, "mounts the %.*s volume '%.*s'", STR_FMT(source->key->text),
				STR_FMT(node_text(volume, STR("name")))));
		}
	}
}

static bool
annotation_fits(const struct fit *f, const struct node *value)
{
	bool local = str_starts(value->text, STR("localhost/"));

	if (str_starts(value->key->text, str_of(apparmor_container))) {
		return !f->scc->standard || f->scc->privileged || value->text.n == 0 || local || context_is_text(value, "runtime/default");
	}
	if (!str_is(value->key->text, seccomp_pod) && !str_starts(value->key->text, str_of(seccomp_container))) {
		return true;
	}
	return f->scc->seccomp == SCC_SECCOMP_ANY || (local && f->scc->seccomp == SCC_SECCOMP_CONFINED)
		|| (f->scc->seccomp != SCC_SECCOMP_NONE && (context_is_text(value, "runtime/default") || context_is_text(value, "docker/default")));
}

/* the profiles that were annotations before they were fields */
static void
check_annotations(struct fit *f, const struct node *annotations, struct node *wants)
{
	const struct node *value = annotations && annotations->kind == NODE_MAP ? annotations->first : NULL;

	for (; value; value = value->next) {
		const char *key = str_z(f->arena, value->key->text);

		if (value->kind != NODE_STRING || annotation_fits(f, value)) {
			continue;
		}
		if (f->scc->seccomp == SCC_SECCOMP_NONE
			|| context_refuse(f, value, "the pod", FIT_STRIP, arena_printf(f->arena, "has the annotation %s: %s", key, context_text(f, value)))) {
			context_put(f, wants, key, context_absent(f));
		}
	}
}

/* would some container run as a user that nobody names? */
static bool
lacks_user(const struct fit *f, const struct node *spec)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		for (const struct node *item = context_items(spec, lists[i].key); item; item = item->next) {
			const struct node *user = context_value(context_value(item, "securityContext"), "runAsUser");

			if (!user || !context_user_fits(f, user)) {
				return true;
			}
		}
	}
	return false;
}

/* To take out what is there and must go would not be enough: the next run would put the profile's in. */
static void
put_id(struct context *pod, const char *key, const struct node *id)
{
	const struct node *there = context_value(pod->now, key);

	if (there && pod->fit->kept) {
		context_refuse(pod->fit, there, pod->who, FIT_KEPT, arena_printf(pod->fit->arena, "keeps %s: %s", key, context_text(pod->fit, there)));
		return;
	}
	context_put(pod->fit, pod->wants, key, short_node(pod->fit->arena, NODE_INT, id->text, id));
}

static void
assign_user(struct context *pod, const struct node *spec)
{
	struct fit *f = pod->fit;
	const struct node *uid = f->facts->uid, *gid = f->facts->gid;

	if (!uid || f->scc->user == SCC_USER_ANY || f->scc->standard || !context_user_fits(f, uid) || pod->windows || context_after(pod, "runAsUser")
		|| !lacks_user(f, spec)) {
		return;
	}
	put_id(pod, "runAsUser", uid);
	if (gid && context_group_fits(f, gid) && !context_after(pod, "runAsGroup")) {
		put_id(pod, "runAsGroup", gid);
	}
}

static struct context
pod_level(struct fit *f, const struct node *spec)
{
	return (struct context){ .fit = f, .now = context_value(spec, "securityContext"), .wants = context_new(f, NODE_MAP, ""), .who = "the pod",
		.windows = context_is_text(context_value(context_value(spec, "os"), "name"), "windows") };
}

struct node *
fit_user(struct fit *f, const struct node *template)
{
	const struct node *spec = context_value(template, "spec");
	struct context pod = pod_level(f, spec);
	struct node *wants = context_new(f, NODE_MAP, ""), *into = context_new(f, NODE_MAP, "");

	assign_user(&pod, spec);
	if (pod.wants->first) {
		context_put(f, into, "securityContext", pod.wants);
		context_put(f, wants, "spec", into);
	}
	return wants;
}

struct node *
fit_template(struct fit *f, const struct node *template)
{
	const struct node *spec = context_value(template, "spec"), *annotations = context_value(context_value(template, "metadata"), "annotations");
	struct context pod = pod_level(f, spec);
	struct node *wants = context_new(f, NODE_MAP, ""), *into = context_new(f, NODE_MAP, "");
	struct node *metadata = context_new(f, NODE_MAP, ""), *marks = context_new(f, NODE_MAP, "");

	check_annotations(f, annotations, marks);
	if (marks->first) {
		context_put(f, metadata, "annotations", marks);
		context_put(f, wants, "metadata", metadata);
	}
	check_host(f, spec, into);
	check_volumes(f, spec);
	context_check(&pod);
	assign_user(&pod, spec);
	if (pod.wants->first) {
		context_put(f, into, "securityContext", pod.wants);
	}
	fit_containers(f, &pod, spec, into);
	if (into->first) {
		context_put(f, wants, "spec", into);
	}
	return wants;
}
