/* SPDX-License-Identifier: Apache-2.0 */
/* Decides by `conflict` whether a value yields. */
#include "yaml/conflict.h"

#include "base/secret.h"

bool
conflict_is_secret(const struct site *parent, struct str key)
{
	bool secret = secret_key(key);

	for (const struct site *at = parent; at && at->parent && !secret; at = at->parent) {
		struct str name = splice_name(at);

		secret = secret_key(name) || str_eq(name, STR("data")) || str_eq(name, STR("stringData"));
	}
	return secret;
}

bool
conflict_yields(struct editor *e, const struct site *parent, const struct node *entry, const struct node *value, bool *ret_good)
{
	const struct node *old = node_real(entry);
	struct str key = splice_token_of(e, parent->map, entry);
	bool secret = conflict_is_secret(parent, key);
	struct diag *diag;

	*ret_good = e->conflict == EDIT_KEEP;
	if (e->conflict == EDIT_OVERWRITE) {
		*ret_good = splice_allowed(e, parent, entry, key);
		return *ret_good;
	}
	if (e->conflict == EDIT_FAIL) {
		diag = splice_refuse(e, "render/conflict", entry, arena_printf(e->arena, "'%s' is %s, the profile wants %s",
			splice_path(e, parent, key), secret ? "set" : node_describe(e->arena, old),
			secret ? "another value" : node_describe(e->arena, value)));
		diag_help(e->diags, diag, "'render.conflict: overwrite' or 'keep', in the profile, decides it");
		if (e->wanted && value->span.n > 0) {
			diag_relate(e->diags, diag, e->wanted, value->span, "the profile sets it here");
		}
	}
	return false;
}
