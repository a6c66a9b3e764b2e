/* SPDX-License-Identifier: Apache-2.0 */
/* Looks for keys that are misspelt, and for what is said twice. */
#include "site/passed.h"

#include "base/arena.h"
#include "base/table.h"
#include "schema/check.h"
#include "schema/near.h"
#include "yaml/splice.h"

enum { NAMES_MAX = 100 };             /* of one map of the template */

/* pointer: to the map; the profile's, as those of all its findings */
static const char *
pointer_to(struct arena *a, const char *pointer, struct str key)
{
	struct buf b = { .arena = a };

	buf_add(&b, str_of(pointer));
	splice_token(&b, key);
	return buf_z(&b);
}

/* the depth of trees is limited by the parser */
static void
look(const struct schema *s, struct source *src, const struct node *more, const char *pointer, size_t *work, struct diags *diags)
{
	struct str names[NAMES_MAX];
	size_t n = near_names(s, names, NAMES_MAX);

	for (const struct node *entry = n > 0 ? more->first : NULL; entry; entry = entry->next) {
		struct str key = entry->key->text;
		const struct schema *under = schema_prop(s, key);
		struct suggest near;
		struct diag *diag;

		if (under && entry->kind == NODE_MAP) {
			look(under, src, entry, pointer_to(diags->arena, pointer, key), work, diags);
		}
		if (under) {
			continue;
		}
		suggest_init(&near, key, work);
		for (size_t i = 0; i < n; i++) {
			suggest_offer(&near, names[i]);
		}
		if (near.n > 0 && near.best < SUGGEST_PART) {
			diag = diag_add(diags, DIAG_WARNING, "values/unknown-key", src, entry->key->span, "the chart's template has no key '%s'",
				say_cut(diags->arena, key, CHECK_SHOWN_MAX));
			diag->subject = pointer_to(diags->arena, pointer, key);
			diag_help(diags, diag, "%s", suggest_text(&near, diags->arena));
		}
	}
}

void
passed_check(const struct schema *s, struct source *src, const struct node *more, struct diags *diags)
{
	size_t work = SUGGEST_WORK_MAX;

	look(s, src, more, "/values", &work, diags);
}

/* path: of the map in the chart's values */
static void
compare(const struct node *said, struct source *src, const struct node *more, const char *path, const char *pointer, struct diags *diags)
{
	struct table index = node_index(diags->arena, said);

	for (const struct node *entry = more->first; entry; entry = entry->next) {
		const struct node *old = table_get(&index, entry->key->text);
		const char *name;
		struct diag *diag;

		/* what a platform or wbrender itself sets stands nowhere in the profile */
		if (!old || (old->key->span.n == 0 && !*path) || node_equal(old, entry)) {
			continue;
		}
		name = arena_printf(diags->arena, "%s%s%.*s", path, *path ? "." : "", STR_FMT(entry->key->text));
		if (old->kind == NODE_MAP && entry->kind == NODE_MAP) {
			compare(old, src, entry, name, pointer_to(diags->arena, pointer, entry->key->text), diags);
			continue;
		}
		diag = diag_add(diags, DIAG_WARNING, "values/replaced", src, entry->key->span,
			"'%s' in 'values' replaces what the profile's own field says", name);
		diag->subject = pointer_to(diags->arena, pointer, entry->key->text);
		diag_help(diags, diag, "'values' counts: say it in one of the two places only");
		diag_relate(diags, diag, src, old->span, "the profile's own field");
	}
}

void
passed_replaces(const struct node *said, struct source *src, const struct node *more, struct diags *diags)
{
	compare(said, src, more, "", "/values", diags);
}
