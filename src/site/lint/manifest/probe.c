/* SPDX-License-Identifier: Apache-2.0 */
/* Probes and lifecycle hooks. Sources: pkg/apis/core/validation of Kubernetes; pkg/kubelet/prober, which looks for a port's name in the container
   that is probed and nowhere else. */
#include "site/lint/manifest/probe.h"

#include "schema/suggest.h"
#include "site/lint/manifest/port.h"
#include "yaml/scalar.h"

static const char *const handlers[] = { "exec", "httpGet", "tcpSocket", "grpc", "sleep" };
static const char *const probes[] = { "livenessProbe", "readinessProbe", "startupProbe" };
static const char *const hooks[] = { "postStart", "preStop" };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* a name of the container's ports that is near a wrong one; NULL: none */
static const char *
near_port(struct manifest *m, const struct spot *ports, struct str wrong)
{
	struct suggest near;

	suggest_init(&near, wrong, &m->suggest_work);
	for (const struct node *item = spot_items(ports); item; item = item->next) {
		struct str name = node_text(node_real(item), STR("name"));

		if (name.n > 0 && !suggest_offer(&near, name)) {
			break;
		}
	}
	return suggest_text(&near, m->diags->arena);
}

/* what the kubelet cannot find it cannot ask */
static void
named_port_check(struct manifest *m, const struct spot *container, const struct spot *port)
{
	struct spot ports = spot_get(container, "ports"), own = spot_get(container, "name");
	struct str name = spot_text(port);
	struct diag *diag;

	if (!port->node || port->node->kind != NODE_STRING || name.n == 0 || (spot_items(&ports) && node_by_key(ports.node, STR("name"), name))) {
		return;
	}
	diag = manifest_hit(m, "kube/no-port", port, spot_value(port), "the container '%s' has no port '%s'", manifest_cut(m, spot_text(&own)),
		manifest_cut(m, name));
	diag->help = near_port(m, &ports, name);
	if (!diag->help) {
		diag_help(m->diags, diag, "add the name to its ports, or write the number");
	}
}

/* just one handler, and what it needs */
static void
handler_check(struct manifest *m, const struct spot *container, const struct spot *s)
{
	struct spot first = { .node = NULL };
	size_t before = m->diags->count[DIAG_ERROR];

	if (!spot_given(s) || s->node->kind != NODE_MAP) {
		return;
	}
	for (size_t i = 0; i < COUNT(handlers); i++) {
		struct spot handler = spot_get(s, handlers[i]), port = spot_get(&handler, "port"), command = spot_get(&handler, "command");

		if (!spot_given(&handler)) {
			continue;
		}
		if (first.node) {
			struct diag *diag = manifest_hit(m, "kube/probe", &handler, spot_key(&handler), "%s has two handlers, '%s' and '%.*s'",
				spot_path(m->diags->arena, s), handlers[i], STR_FMT(first.name));

			diag_help(m->diags, diag, "leave one out; with both, an upgrade may have merged them");
			diag_relate(m->diags, diag, m->src, spot_key(&first), "the other is here");
			return;
		}
		first = handler;
		if (str_eq(handler.name, STR("grpc"))) {
			port_number_check(m, &port);
		} else {
			port_check(m, &port);
			if (m->diags->count[DIAG_ERROR] == before) {
				named_port_check(m, container, &port);
			}
		}
		if (i == 0 && handler.node->kind == NODE_MAP && !spot_items(&command) && (!spot_given(&command) || command.node->kind == NODE_LIST)) {
			manifest_hit(m, "kube/probe", &command, spot_key(&handler), "%s has no command", spot_path(m->diags->arena, &handler));
		}
	}
	if (!first.node) {
		diag_help(m->diags, manifest_hit(m, "kube/probe", s, spot_key(s), "%s has no handler", spot_path(m->diags->arena, s)),
			"write one of exec, httpGet, tcpSocket and %s, or leave it out", s->up && str_eq(s->up->name, STR("lifecycle")) ? "sleep" : "grpc");
	}
}

static void
probe_check(struct manifest *m, const struct spot *container, const struct spot *probe)
{
	struct spot success = spot_get(probe, "successThreshold"), grace = spot_get(probe, "terminationGracePeriodSeconds");
	static const char *const counts[] = { "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "failureThreshold" };
	bool ready = str_eq(probe->name, STR("readinessProbe"));
	double number;

	handler_check(m, container, probe);
	for (size_t i = 0; i < COUNT(counts); i++) {
		struct spot count = spot_get(probe, counts[i]);

		if (count.node && count.node->kind == NODE_INT && scalar_double(count.node->text, &number) && number < 0) {
			manifest_hit(m, "kube/probe", &count, spot_value(&count), "%s is negative", spot_path(m->diags->arena, &count));
		}
	}
	if (!ready && success.node && success.node->kind == NODE_INT && scalar_double(success.node->text, &number) && number != 0 && number != 1) {
		diag_help(m->diags, manifest_hit(m, "kube/probe", &success, spot_value(&success), "the successThreshold of a %.*s can only be 1",
			STR_FMT(probe->name)), "leave it out");
	}
	if (ready && spot_given(&grace)) {
		diag_help(m->diags, manifest_hit(m, "kube/probe", &grace, spot_key(&grace), "a readinessProbe ends nothing, and has no terminationGracePeriodSeconds"),
			"leave it out");
	}
}

/* one that runs to its end before the others, and not beside them */
static bool
runs_first(const struct spot *container)
{
	struct spot policy = spot_get(container, "restartPolicy");

	return str_eq(container->up->name, STR("initContainers")) && !str_eq(spot_text(&policy), STR("Always"));
}

static void
not_first(struct manifest *m, const struct spot *container, const struct spot *s)
{
	struct spot name = spot_get(container, "name");

	if (spot_given(s)) {
		manifest_hit(m, "kube/probe", s, spot_key(s), "the init container '%s' can have no %.*s", manifest_cut(m, spot_text(&name)), STR_FMT(s->name));
	}
}

void
probes_check(struct manifest *m, const struct spot *container)
{
	struct spot lifecycle = spot_get(container, "lifecycle");
	bool first = runs_first(container);

	for (size_t i = 0; i < COUNT(probes); i++) {
		struct spot probe = spot_get(container, probes[i]);

		if (first) {
			not_first(m, container, &probe);
		} else {
			probe_check(m, container, &probe);
		}
	}
	for (size_t i = 0; i < COUNT(hooks); i++) {
		struct spot hook = spot_get(&lifecycle, hooks[i]);

		if (!first) {
			handler_check(m, container, &hook);
		}
	}
	if (first) {
		not_first(m, container, &lifecycle);
	}
}
