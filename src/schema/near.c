/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for a key one level down: the same, the same behind the map's name, or nearly the same. */
#include "schema/near.h"

enum {
	LOOK_COST = 100,              /* of a look at one key of the schema, in cells of suggest.h */
	THROUGH = 4,                  /* references within references that are followed */
	LONG = 8,                     /* a shorter word is near to too many others */
};

static bool
is_map(const struct schema *s)
{
	return schema_types(s) & SCHEMA_MAP;
}

/* offers the keys of a schema; false when the work has run out */
static bool
offer(const struct schema *s, struct suggest *near, unsigned through)
{
	for (const struct schema_prop *p = s->props; p; p = p->next) {
		if (!p->schema->never && !suggest_offer(near, p->name)) {
			return false;
		}
	}
	if (through == 0) {
		return true;
	}
	if (s->ref && !offer(s->ref, near, through - 1)) {
		return false;
	}
	for (size_t k = 0; k < 3; k++) {
		const struct schema_list *list = k == 0 ? &s->all : k == 1 ? &s->any : &s->one;

		for (size_t i = 0; i < list->n; i++) {
			if (!offer(list->items[i], near, through - 1)) {
				return false;
			}
		}
	}
	return true;
}

/* "ClassName" of "ingressClassName" and "ingress"; empty when the key does not begin so */
static struct str
behind(struct str key, struct str section)
{
	struct str rest = str_slice(key, section.n, key.n);

	return str_eq_nocase(str_slice(key, 0, section.n), section) ? rest : (struct str){ 0 };
}

size_t
near_below(const struct schema *s, struct str key, size_t *work, struct near_key ret[SUGGEST_SHOWN_MAX])
{
	size_t n = 0, best = key.n / LONG;

	for (const struct schema_prop *p = s->props; p && n < SUGGEST_SHOWN_MAX && *work > LOOK_COST; p = p->next) {
		*work -= LOOK_COST;
		if (is_map(p->schema) && schema_prop(p->schema, key)) {
			ret[n++] = (struct near_key){ p->name, key };
		}
	}
	for (const struct schema_prop *p = s->props; n == 0 && p && *work > LOOK_COST; p = p->next) {
		struct str rest = behind(key, p->name);
		struct suggest near;

		*work -= LOOK_COST;
		suggest_init(&near, rest, work);
		if (rest.n > 0 && is_map(p->schema) && offer(p->schema, &near, THROUGH) && near.n == 1 && near.best == 0) {
			ret[n++] = (struct near_key){ p->name, near.found[0] };
		}
	}
	if (n > 0) {
		return n;
	}
	for (const struct schema_prop *p = s->props; best > 0 && p && *work > LOOK_COST; p = p->next) {
		struct suggest near;

		*work -= LOOK_COST;
		suggest_init(&near, key, work);
		if (!is_map(p->schema) || !offer(p->schema, &near, THROUGH) || near.n != 1 || near.best > best) {
			continue;
		}
		n = near.best < best ? 0 : n;
		best = near.best;
		if (n < SUGGEST_SHOWN_MAX) {
			ret[n++] = (struct near_key){ p->name, near.found[0] };
		}
	}
	return n;
}

struct names {
	struct str *items;
	size_t n, most;
};

static void
collect(const struct schema *s, struct names *names, unsigned through)
{
	const struct schema_list *const lists[] = { &s->all, &s->any, &s->one };
	const struct schema *const single[] = { s->ref, s->condition, s->then, s->otherwise };

	for (const struct schema_prop *p = s->props; p && names->n < names->most; p = p->next) {
		bool known = p->schema->never;

		for (size_t i = 0; i < names->n && !known; i++) {
			known = str_eq(names->items[i], p->name);
		}
		if (!known) {
			names->items[names->n++] = p->name;
		}
	}
	if (through == 0) {
		return;
	}
	for (size_t i = 0; i < sizeof(single) / sizeof(*single); i++) {
		if (single[i]) {
			collect(single[i], names, through - 1);
		}
	}
	for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++) {
		for (size_t i = 0; i < lists[k]->n && names->n < names->most; i++) {
			collect(lists[k]->items[i], names, through - 1);
		}
	}
	for (const struct schema_need *need = s->needs; need && names->n < names->most; need = need->next) {
		if (need->schema) {
			collect(need->schema, names, through - 1);
		}
	}
}

size_t
near_names(const struct schema *s, struct str *items, size_t most)
{
	struct names names = { items, 0, most };

	collect(s, &names, THROUGH);
	return names.n;
}
