/* SPDX-License-Identifier: Apache-2.0 */
/* Counts the objects that cannot be checked, and tells of them. */
#include "site/lint/manifest/custom.h"

#include "base/arena.h"

enum { KINDS_TOLD = 10 };

struct custom {
	const char *name;
	size_t n;
	struct span first;
	struct custom *next;
};

void
custom_add(struct manifest *m)
{
	struct arena *a = m->diags->arena;
	const char *name = arena_printf(m->scratch, "%s of %s", manifest_cut(m, m->object->kind), manifest_cut(m, m->object->api));
	struct custom *c = table_get(&m->custom, str_of(name));

	if (!c) {
		struct spot root = spot_root(m->object->node), kind = spot_get(&root, "kind");

		c = arena_new(a, struct custom);
		c->name = str_z(a, str_of(name));
		c->first = spot_value(&kind);
		table_put(&m->custom, str_of(c->name), c);
		*(m->customs_last ? &m->customs_last->next : &m->customs) = c;
		m->customs_last = c;
	}
	c->n++;
}

void
custom_tell(struct manifest *m)
{
	struct buf b = { .arena = m->diags->arena };
	struct spot root = { .name = { 0 } };
	size_t n = 0;

	for (const struct custom *c = m->customs; c && n < KINDS_TOLD; c = c->next, n++) {
		buf_addf(&b, "%s%s", n == 0 ? "" : ", ", c->name);
		if (c->n > 1) {
			buf_addf(&b, " (%zu)", c->n);
		}
	}
	if (n < m->custom.n) {
		buf_addf(&b, ", ... %zu more", m->custom.n - n);
	}
	m->object = NULL;
	if (n > 0) {
		manifest_hit(m, "kube/custom", &root, m->customs->first, "not checked, for want of a schema: %s", buf_z(&b));
	}
}
