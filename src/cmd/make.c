/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the text of a site's values from its profile, and compares files with it. */
#include "cmd/make.h"

#include "base/arena.h"
#include "cmd/tell.h"
#include "report/compare.h"
#include "report/diff.h"
#include "site/base.h"
#include "site/write.h"

#include <errno.h>

bool
make_values(const struct make *make, const char *path, struct arena *a, struct made *ret, struct diags *diags)
{
	struct profile *profile = arena_new(a, struct profile);
	const struct node *values;

	if (!profile_load(profile, path, a, diags)) {
		return false;
	}
	ret->name = profile->name;
	values = values_build(profile, make->full, a, &ret->secret, diags);
	if (!values) {
		return false;
	}
	if (make->base) {
		return base_update(make->base, values, profile, a, &ret->text, &ret->secret, diags);
	}
	ret->text = make->format == MAKE_JSON ? write_json(values, a) : write_yaml(profile, values, a);
	return true;
}

static void
out_of_date(struct diags *diags, const char *file, const char *what, struct str name)
{
	struct diag *diag = diag_add(diags, DIAG_ERROR, "values/check", NULL, (struct span){ 0, 0 }, "'%s' is %s the profile of '%.*s' gives",
		file, what, STR_FMT(name));

	diag_help(diags, diag, "'wbrender values' with --output or --directory writes it");
}

void
make_check(const char *file, const struct made *made, struct arena *a, struct diags *diags)
{
	struct source *old = arena_new(a, struct source);
	int error = source_read(old, a, file);
	struct patch patch;

	if (error == ENOENT) {
		out_of_date(diags, file, "not there, which", made->name);
		return;
	}
	if (error != 0) {
		diag_io(diags, file, "read", error);
		return;
	}
	patch_init(&patch, old);
	compare_lines(&patch, made->text, a);
	if (patch.n > 0 && patch_seal(&patch, diags)) {
		struct report_style style = report_style(stdout, 0);

		tell_text(diff_build(&patch, "wanted", style.colour, a));
		out_of_date(diags, file, "not what", made->name);
	}
	patch_done(&patch);
}

struct source *
make_base(const char *path, struct arena *a, struct diags *diags)
{
	struct source *src = arena_new(a, struct source);
	int error = source_read(src, a, path);

	if (error != 0) {
		diag_io(diags, path, "read", error);
		return NULL;
	}
	return src;
}
