/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers and names of ports, and those that come twice. */
#include "site/lint/manifest/port.h"

#include "base/arena.h"
#include "kube/text.h"
#include "yaml/scalar.h"

enum { PORT_NUMBER_MAX = 65535, NODE_PORT_MIN = 30000, NODE_PORT_MAX = 32767 };

/* a number from least to 65535 */
static void
number_check(struct manifest *m, const struct spot *s, double least)
{
	double number;

	if (s->node && (s->node->kind == NODE_INT || s->node->kind == NODE_FLOAT) && scalar_double(s->node->text, &number)
		&& (number < least || number > PORT_NUMBER_MAX)) {
		manifest_hit(m, "kube/port", s, spot_value(s), "%s is %s, a port is a number from 1 to %d", spot_path(m->diags->arena, s), spot_say(m, s),
			PORT_NUMBER_MAX);
	}
}

/* the API server's --service-node-port-range, where it is not told otherwise */
static void
node_port_check(struct manifest *m, const struct spot *s)
{
	double number;

	number_check(m, s, 0);
	if (s->node && s->node->kind == NODE_INT && scalar_double(s->node->text, &number) && number > 0 && number <= PORT_NUMBER_MAX
		&& (number < NODE_PORT_MIN || number > NODE_PORT_MAX)) {
		struct diag *diag = manifest_hit(m, "kube/port", s, spot_value(s), "the nodePort %.*s is outside of %d to %d", STR_FMT(spot_text(s)),
			NODE_PORT_MIN, NODE_PORT_MAX);

		diag_help(m->diags, diag, "right only where the API server has another --service-node-port-range");
		diag_lower(m->diags, diag, DIAG_WARNING);
	}
}

static void
name_check(struct manifest *m, const struct spot *s, const char *(*form)(struct str))
{
	const char *wrong = spot_text(s).n > 0 && s->node->kind == NODE_STRING ? form(spot_text(s)) : NULL;

	if (wrong) {
		struct diag *diag = manifest_hit(m, "kube/port", s, spot_value(s), "the port's name '%s' %s", manifest_cut(m, spot_text(s)), wrong);
		size_t number;

		if (str_number(spot_text(s), PORT_NUMBER_MAX, &number) && number > 0 && !str_eq(s->name, STR("name"))) {
			diag_help(m->diags, diag, "write %zu without quotes", number);
			manifest_mend(diag, s, arena_printf(m->diags->arena, "%zu", number));
		}
	}
}

void
port_number_check(struct manifest *m, const struct spot *s)
{
	number_check(m, s, 1);
}

void
port_check(struct manifest *m, const struct spot *s)
{
	number_check(m, s, 1);
	name_check(m, s, text_port_name);
}

/* what tells a port of a list apart: its number and protocol */
static const char *
port_key(struct manifest *m, const struct spot *number, const struct spot *protocol)
{
	struct str word = spot_text(protocol);

	return arena_printf(m->scratch, "%.*s/%.*s", STR_FMT(spot_text(number)), STR_FMT(word.n > 0 ? word : STR("TCP")));
}

/* 0 counts as not given */
static bool
none(const struct spot *s)
{
	return spot_text(s).n == 0 || str_eq(spot_text(s), STR("0"));
}

void
ports_of_container_check(struct manifest *m, const struct spot *list)
{
	struct table names = { .arena = m->scratch }, numbers = { .arena = m->scratch };
	const struct spot *containers = list->up->up;
	struct spot network = spot_get(containers->up, "hostNetwork");
	bool of_host = str_eq(containers->name, STR("containers")) && spot_is(&network, true);
	size_t i = 0;

	for (const struct node *item = spot_items(list); item; item = item->next) {
		struct spot port = spot_item(list, item, i++), name = spot_get(&port, "name"), number = spot_get(&port, "containerPort");
		struct spot protocol = spot_get(&port, "protocol"), host = spot_get(&port, "hostPort");
		struct node *before;

		number_check(m, &number, 1);
		number_check(m, &host, 0);
		if (of_host && !none(&host) && spot_text(&number).n > 0 && !str_eq(spot_text(&host), spot_text(&number))) {
			diag_help(m->diags, manifest_hit(m, "kube/port", &host, spot_value(&host), "with hostNetwork the hostPort is the containerPort, %.*s",
				STR_FMT(spot_text(&number))), "leave it out");
		}
		name_check(m, &name, text_port_name);
		before = spot_text(&name).n > 0 ? table_put(&names, spot_text(&name), node_real(name.node)) : NULL;
		if (before) {
			diag_relate(m->diags, manifest_hit(m, "kube/duplicate-name", &name, spot_value(&name), "there are two ports '%s'",
				manifest_cut(m, spot_text(&name))), m->src, before->span, "the first is here");
		}
		before = spot_text(&number).n > 0
			? table_put(&numbers, str_of(port_key(m, &number, &protocol)), node_real(number.node)) : NULL;
		if (before) {
			struct diag *diag = manifest_hit(m, "kube/duplicate-port", &number, spot_value(&number), "the port %s is given twice",
				port_key(m, &number, &protocol));

			diag_help(m->diags, diag, "remove one; an upgrade may lose the other");
			diag_relate(m->diags, diag, m->src, before->span, "the first is here");
		}
	}
}

void
ports_of_service_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), list = spot_get(&spec, "ports");
	struct table names = { .arena = m->scratch }, numbers = { .arena = m->scratch };
	size_t i = 0;

	if (!str_eq(m->object->kind, STR("Service")) || m->object->group.n > 0) {
		return;
	}
	for (const struct node *item = spot_items(&list); item; item = item->next) {
		struct spot port = spot_item(&list, item, i++), name = spot_get(&port, "name"), number = spot_get(&port, "port");
		struct spot protocol = spot_get(&port, "protocol"), target = spot_get(&port, "targetPort"), node = spot_get(&port, "nodePort");
		struct node *before;

		number_check(m, &number, 1);
		number_check(m, &target, 0);
		node_port_check(m, &node);
		name_check(m, &target, text_port_name);
		name_check(m, &name, text_label);
		if (spot_text(&name).n == 0 && list.node->first->next && port.node->kind == NODE_MAP) {
			manifest_hit(m, "kube/service-ports", &port, spot_key(&port), "a Service with several ports needs a name for each");
		}
		before = spot_text(&name).n > 0 ? table_put(&names, spot_text(&name), node_real(name.node)) : NULL;
		if (before) {
			diag_relate(m->diags, manifest_hit(m, "kube/service-ports", &name, spot_value(&name), "there are two ports '%s'",
				manifest_cut(m, spot_text(&name))), m->src, before->span, "the first is here");
		}
		before = spot_text(&number).n > 0
			? table_put(&numbers, str_of(port_key(m, &number, &protocol)), node_real(number.node)) : NULL;
		if (before) {
			diag_relate(m->diags, manifest_hit(m, "kube/service-ports", &number, spot_value(&number), "the port %s is given twice",
				port_key(m, &number, &protocol)), m->src, before->span, "the first is here");
		}
	}
}
