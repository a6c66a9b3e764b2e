/* SPDX-License-Identifier: Apache-2.0 */
/* Goes through a security context field by field. Sources: kube/scc.c, and k8s.io/api/core/v1. */
#include "site/render/context.h"

#include "base/arena.h"
#include "site/short.h"
#include "yaml/scalar.h"

/* the value of a key; NULL where it is null */
const struct node *
context_value(const struct node *map, const char *key)
{
	const struct node *value = node_get(map, str_of(key));

	return value && value->kind != NODE_NULL ? value : NULL;
}

const struct node *
context_items(const struct node *map, const char *key)
{
	const struct node *list = context_value(map, key);

	return list && list->kind == NODE_LIST ? list->first : NULL;
}

bool
context_is_true(const struct node *value)
{
	return value && value->kind == NODE_BOOL && scalar_true(value->text);
}

bool
context_is_false(const struct node *value)
{
	return value && value->kind == NODE_BOOL && !scalar_true(value->text);
}

bool
context_is_text(const struct node *value, const char *text)
{
	return value && value->kind < NODE_LIST && str_is(value->text, text);
}

/* an ID; -1 if it is none */
int64_t
context_id(const struct node *value)
{
	double number;

	/* 1e3 is a whole number to Helm */
	return value && (value->kind == NODE_INT || value->kind == NODE_FLOAT) && scalar_double(value->text, &number) && number >= 0
		&& number <= UINT32_MAX && number == (double)(int64_t)number ? (int64_t)number : -1;
}

const char *
context_text(struct fit *f, const struct node *value)
{
	return value && value->kind < NODE_LIST ? str_z(f->arena, value->text) : "";
}

struct node *
context_new(struct fit *f, enum node_kind kind, const char *text)
{
	return short_node(f->arena, kind, str_of(text), f->from);
}

struct node *
context_absent(struct fit *f)
{
	struct node *node = context_new(f, NODE_NULL, "");

	node->wish = EDIT_ABSENT;
	return node;
}

void
context_put(struct fit *f, struct node *map, const char *key, struct node *value)
{
	node_put(f->arena, map, str_of(key), value);
}

/* what the profile itself wants is not lost without a word; it has no place in the manifests */
static void
tell_lost(struct context *c, const char *key)
{
	const struct node *old = context_value(c->now, key);

	if (old && old->props == 0) {
		context_refuse(c->fit, old, c->who, FIT_LOST, old->kind >= NODE_LIST ? arena_printf(c->fit->arena, "is given %s", key)
			: arena_printf(c->fit->arena, "is given %s: %s", key, context_text(c->fit, old)));
	}
}

static void
take_out(struct context *c, const char *key)
{
	tell_lost(c, key);
	context_put(c->fit, c->wants, key, context_absent(c->fit));
}

bool
context_refuse(struct fit *f, const struct node *at, const char *who, enum fit_refusal refusal, const char *what)
{
	f->refuse(f->ctx, at, who, what, refusal);
	return refusal == FIT_LOST || (refusal == FIT_STRIP && f->strip);
}

/* a scalar in the place of another, which may have to stay */
static void
set(struct context *c, const char *key, enum node_kind kind, const char *text)
{
	const struct node *old = context_value(c->now, key);

	if (c->fit->kept && old) {
		context_refuse(c->fit, old, c->who, FIT_KEPT, arena_printf(c->fit->arena, "keeps %s: %s", key, context_text(c->fit, old)));
		return;
	}
	tell_lost(c, key);
	context_put(c->fit, c->wants, key, context_new(c->fit, kind, text));
}

/* what a key will be */
const struct node *
context_after(const struct context *c, const char *key)
{
	const struct node *new = c ? node_get(c->wants, str_of(key)) : NULL;

	return !c ? NULL : !new ? context_value(c->now, key) : new->wish == EDIT_ABSENT ? NULL : new;
}

/* what will hold for a container */
static const struct node *
effective(const struct context *c, const char *key)
{
	const struct node *own = context_after(c, key);

	return own ? own : context_after(c->pod, key);
}

static bool
in_range(const struct fit *f, int64_t id)
{
	return f->scc->to > 0 ? id >= f->scc->from && id <= f->scc->to
			      : f->facts->to > 0 && id >= f->facts->from && id <= f->facts->to;
}

bool
context_user_fits(const struct fit *f, const struct node *value)
{
	return f->scc->user == SCC_USER_ANY || (f->scc->user == SCC_USER_NONROOT ? context_id(value) != 0 : in_range(f, context_id(value)));
}

/* an SCC judges no group; with a user of the namespace's range only the group 0 is sure to have the image's files */
bool
context_group_fits(const struct fit *f, const struct node *value)
{
	return f->scc->user != SCC_USER_RANGE || context_id(value) == 0 || (f->scc->to > 0 && in_range(f, context_id(value)));
}

static bool
in_groups(const struct fit *f, int64_t id)
{
	struct str blocks = f->facts->groups;
	int64_t from, to;

	if (f->scc->to > 0) {
		return in_range(f, id);
	}
	while (blocks.n > 0 && scc_block(&blocks, &from, &to)) {
		if (id >= from && id <= to) {
			return true;
		}
	}
	return false;
}

/* of the namespace's groups fsGroup may be the first alone */
static bool
fs_group_fits(const struct fit *f, const struct node *value)
{
	struct str blocks = f->facts->groups;
	int64_t from, to;

	if (!f->scc->fs_group || f->scc->to > 0) {
		return !f->scc->fs_group || in_range(f, context_id(value));
	}
	return blocks.n > 0 && scc_block(&blocks, &from, &to) && context_id(value) == from;
}

static void
check_ids(struct context *c)
{
	const struct node *user = context_value(c->now, "runAsUser"), *group = context_value(c->now, "runAsGroup");
	struct fit *f = c->fit;

	if (user && !context_user_fits(f, user)) {
		if (context_id(user) == 0 && user->props > 0) {
			context_refuse(f, user, c->who, FIT_LOST, "runs as root");
		}
		take_out(c, "runAsUser");
	}
	if (group && !context_group_fits(f, group)) {
		take_out(c, "runAsGroup");
	}
	/* where a container says nothing the pod's word holds; the pod need say nothing */
	if ((f->scc->user == SCC_USER_NONROOT || f->scc->confined) && (c->pod ? !context_is_true(effective(c, "runAsNonRoot"))
		: context_is_false(context_value(c->now, "runAsNonRoot")))) {
		set(c, "runAsNonRoot", NODE_BOOL, "true");
	}
}

static void
check_selinux(struct context *c)
{
	const struct node *options = context_value(c->now, "seLinuxOptions");
	static const char *const own[] = { "user", "role" };
	const struct node *type = context_value(options, "type");
	struct fit *f = c->fit;
	bool engine = context_is_text(type, "container_engine_t") && !f->facts->engine_type;

	if (!options || f->scc->selinux) {
		return;
	}
	if (!f->scc->standard) {
		take_out(c, "seLinuxOptions");
		return;
	}
	if (type && (!scc_may_label(f->scc, type->text) || engine)
		&& context_refuse(f, type, c->who, FIT_STRIP, arena_printf(f->arena, "has the SELinux type '%s'", context_text(f, type)))) {
		take_out(c, "seLinuxOptions");
	}
	for (size_t i = 0; i < 2; i++) {
		const struct node *value = context_value(options, own[i]);

		if (value && value->text.n > 0
			&& context_refuse(f, value, c->who, FIT_STRIP, arena_printf(f->arena, "has the SELinux %s '%s'", own[i], context_text(f, value)))) {
			take_out(c, "seLinuxOptions");
		}
	}
}

static bool
profile_fits(const struct fit *f, const struct node *type)
{
	switch (f->scc->seccomp) {
	case SCC_SECCOMP_ANY:
		return true;
	case SCC_SECCOMP_NONE:
		return false;
	case SCC_SECCOMP_DEFAULT:
		return context_is_text(type, "RuntimeDefault");
	default:
		return context_is_text(type, "RuntimeDefault") || context_is_text(type, "Localhost");
	}
}

static void
set_seccomp(struct context *c, const struct node *there)
{
	struct fit *f = c->fit;
	struct node *profile = context_new(f, NODE_MAP, "");

	context_put(f, profile, "type", context_new(f, NODE_STRING, "RuntimeDefault"));
	if (context_value(there, "localhostProfile")) {
		context_put(f, profile, "localhostProfile", context_absent(f));
	}
	context_put(f, c->wants, "seccompProfile", profile);
}

static void
check_seccomp(struct context *c)
{
	struct fit *f = c->fit;
	const struct node *profile = context_value(c->now, "seccompProfile"), *type = context_value(profile, "type");
	bool wanted = f->scc->confined && c->pod && f->facts->seccomp_field && !c->windows;

	if (f->scc->seccomp == SCC_SECCOMP_ANY) {
		return;
	}
	if (profile && f->scc->seccomp == SCC_SECCOMP_NONE) {
		take_out(c, "seccompProfile");
	} else if (type && !profile_fits(f, type)) {
		if (context_refuse(f, type, c->who, FIT_STRIP, arena_printf(f->arena, "has the seccomp profile '%s'", context_text(f, type)))) {
			if (f->kept) {
				context_refuse(f, type, c->who, FIT_KEPT, "keeps its seccomp profile");
			}
			set_seccomp(c, profile);
		}
	} else if (profile ? !type : wanted && !profile_fits(f, node_get(effective(c, "seccompProfile"), STR("type")))) {
		set_seccomp(c, profile);
	}
}

/* takes the items that do not fit out of the list at a key, or with the last of them the key */
static void
take_out_items(struct context *c, struct node *wants, const struct node *map, const char *key, bool (*goes)(struct context *, const struct node *))
{
	struct node *items = context_new(c->fit, NODE_LIST, "");
	size_t n = 0;

	for (const struct node *item = context_items(map, key); item; item = item->next) {
		if (goes(c, item)) {
			struct node *gone = node_flat(c->fit->arena, item);

			gone->wish = EDIT_ABSENT;
			node_append(items, gone);
			n++;
		}
	}
	if (n > 0) {
		context_put(c->fit, wants, key, n == node_count(context_value(map, key)) ? context_absent(c->fit) : items);
	}
}

static bool
group_goes(struct context *c, const struct node *item)
{
	return !in_groups(c->fit, context_id(item));
}

static bool
capability_goes(struct context *c, const struct node *item)
{
	struct fit *f = c->fit;

	return !scc_may_add(f->scc, item->text)
		&& context_refuse(f, item, c->who, FIT_STRIP, arena_printf(f->arena, "adds the capability '%s'", context_text(f, item)));
}

static bool
drops_all(const struct node *capabilities)
{
	for (const struct node *item = context_items(capabilities, "drop"); item; item = item->next) {
		if (context_is_text(item, "ALL")) {
			return true;
		}
	}
	return false;
}

static void
check_capabilities(struct context *c)
{
	struct fit *f = c->fit;
	const struct node *capabilities = context_value(c->now, "capabilities");
	struct node *wants = context_new(f, NODE_MAP, "");

	take_out_items(c, wants, capabilities, "add", capability_goes);
	if (f->scc->confined && !c->windows && !drops_all(capabilities)) {
		struct node *all = context_new(f, NODE_LIST, "");

		node_append(all, context_new(f, NODE_STRING, "ALL"));
		context_put(f, wants, "drop", all);
	}
	if (wants->first) {
		context_put(f, c->wants, "capabilities", wants);
	}
}

static void
check_privileges(struct context *c)
{
	struct fit *f = c->fit;
	const struct node *privileged = context_value(c->now, "privileged");
	const struct node *escalation = context_value(c->now, "allowPrivilegeEscalation"), *proc = context_value(c->now, "procMount");

	if (context_is_true(privileged) && !f->scc->privileged && context_refuse(f, privileged, c->who, FIT_STRIP, "is privileged")) {
		take_out(c, "privileged");
	}
	if (context_is_true(escalation) && !f->scc->escalation) {
		if (context_refuse(f, escalation, c->who, FIT_STRIP, "allows privilege escalation")) {
			set(c, "allowPrivilegeEscalation", NODE_BOOL, "false");
		}
	} else if (!escalation && f->scc->confined && !c->windows) {
		set(c, "allowPrivilegeEscalation", NODE_BOOL, "false");
	}
	if (f->scc->standard && !f->scc->privileged && proc && !context_is_text(proc, "Default")
		&& context_refuse(f, proc, c->who, FIT_STRIP, arena_printf(f->arena, "has the procMount '%s'", context_text(f, proc)))) {
		take_out(c, "procMount");
	}
}

/* what SCCs do not judge */
static void
check_standard(struct context *c)
{
	struct fit *f = c->fit;
	const struct node *armor = context_value(c->now, "appArmorProfile"), *type = context_value(armor, "type");
	const struct node *host = context_value(context_value(c->now, "windowsOptions"), "hostProcess");

	if (!f->scc->standard || f->scc->privileged) {
		return;
	}
	if (type && !context_is_text(type, "RuntimeDefault") && !context_is_text(type, "Localhost")
		&& context_refuse(f, type, c->who, FIT_STRIP, arena_printf(f->arena, "has the AppArmor profile '%s'", context_text(f, type)))) {
		take_out(c, "appArmorProfile");
	}
	if (context_is_true(host)) {
		context_refuse(f, host, c->who, FIT_NEVER, "is a Windows process of the host");
	}
}


static void
check_sysctls(struct context *c)
{
	for (const struct node *item = context_items(c->now, "sysctls"); item; item = item->next) {
		const struct node *name = context_value(item, "name");

		if (name && !scc_may_set_sysctl(c->fit->scc, name->text)) {
			context_refuse(c->fit, name, c->who, FIT_NEVER, arena_printf(c->fit->arena, "sets the sysctl '%s'", context_text(c->fit, name)));
		}
	}
}

/* what only pods have */
static void
check_groups(struct context *c)
{
	const struct node *group = context_value(c->now, "fsGroup");

	if (group && !fs_group_fits(c->fit, group)) {
		take_out(c, "fsGroup");
	}
	if (c->fit->scc->groups) {
		take_out_items(c, c->wants, c->now, "supplementalGroups", group_goes);
	}
}

void
context_check(struct context *c)
{
	if (c->pod) {
		check_privileges(c);
		check_capabilities(c);
	}
	check_ids(c);
	check_selinux(c);
	check_seccomp(c);
	check_standard(c);
	if (!c->pod) {
		check_groups(c);
		check_sysctls(c);
	}
}
