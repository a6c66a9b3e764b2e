/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the profile and the manifests for explain --rule. */
#include "cmd/explain_rule.h"

#include "base/arena.h"
#include "cmd/tell.h"
#include "site/render/explain.h"

#include <string.h>

/* mild: errors as warnings */
static void
take(struct diags *diags, const struct diags *from, bool mild)
{
	for (const struct diag *d = from->first; d; d = d->next) {
		struct diag *copy = diag_take(diags, d);

		if (mild && copy->level == DIAG_ERROR) {
			diag_lower(diags, copy, DIAG_WARNING);
		}
	}
}

/* Reads the profile, and explains. Where other rules are wrong by their form, they are left out and their errors are warnings. */
static bool
explain(struct buf *b, const char *path, struct source *in, struct str rule, struct diags *diags)
{
	struct arena *a = diags->arena;
	struct profile *profile = arena_new(a, struct profile), *one = arena_new(a, struct profile);
	struct diags all;
	bool good;

	diags_init(&all, a);
	if (profile_load(profile, path, a, &all)) {
		take(diags, &all, false);
		return explain_rule(b, profile, in, rule, false, a, diags);
	}
	/* what is wrong without the others is of this rule, or of the whole */
	good = profile_load_rule(one, path, rule, a, diags) && explain_rule(b, one, in, rule, true, a, diags);
	if (good || strcmp(diags->first->code, "usage") == 0) {
		take(diags, &all, good);
	}
	return good;
}

int
explain_rule_run(const char *profile_path, const char *rule)
{
	struct arena arena = { 0 };
	struct buf b = { .arena = &arena };
	struct source in = { 0 };
	struct diags diags;
	struct diag *none;
	const char *path;
	int error, status;

	diags_init(&diags, &arena);
	path = profile_find(profile_path, &none, &diags);
	error = path ? source_read(&in, &arena, "-") : 0;
	if (error != 0) {
		diag_io(&diags, "stdin", "read", error);
	} else if (path && explain(&b, path, &in, str_of(rule), &diags)) {
		tell_text(buf_str(&b));
	}
	status = tell(stderr, &diags, REPORT_SHOWN_MAX);
	arena_done(&arena);
	return status;
}
