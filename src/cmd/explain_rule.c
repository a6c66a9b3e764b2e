/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the profile and the manifests for explain --rule. */
#include "cmd/explain_rule.h"

#include "base/arena.h"
#include "cmd/tell.h"
#include "site/render/explain.h"

int
explain_rule_run(const char *profile_path, const char *rule)
{
	struct arena arena = { 0 };
	struct buf b = { .arena = &arena };
	struct profile profile;
	struct source in = { 0 };
	struct diags diags;
	struct diag *none;
	const char *path;
	int error, status;

	diags_init(&diags, &arena);
	path = profile_find(profile_path, &none, &diags);
	if (path && profile_load(&profile, path, &arena, &diags)) {
		error = source_read(&in, &arena, "-");
		if (error != 0) {
			diag_io(&diags, "stdin", "read", error);
		} else if (explain_rule(&b, &profile, &in, str_of(rule), &arena, &diags)) {
			tell_text(buf_str(&b));
		}
	}
	status = tell(stderr, &diags, REPORT_SHOWN_MAX);
	arena_done(&arena);
	return status;
}
