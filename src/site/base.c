/* SPDX-License-Identifier: Apache-2.0 */
/* Updates a values file in two steps: what stands in the way is taken out, then what is wanted is merged in. */
#include "site/base.h"

#include "base/arena.h"
#include "schema/canon.h"
#include "site/values.h"
#include "yaml/check.h"
#include "yaml/edit.h"
#include "yaml/emit.h"
#include "yaml/place.h"
#include "yaml/stream.h"

#include <stdint.h>
#include <string.h>

/* what of the map `wanted` the map `old` has not, or has otherwise */
static struct node *
difference(struct arena *a, const struct node *old, const struct node *wanted)
{
	struct node *out = node_map(a);
	struct table index = node_index(a, old);

	for (const struct node *entry = wanted->first; entry; entry = entry->next) {
		const struct node *there = table_get(&index, entry->key->text);
		struct node *part;

		if (there && there->kind == NODE_MAP && entry->kind == NODE_MAP) {
			part = difference(a, there, entry);
			part = part->first ? part : NULL;
		} else {
			part = there && canon_equal(a, there, entry) ? NULL : node_flat(a, entry);
		}
		if (part) {
			node_add(a, out, entry->key->text, part);
			part->span = entry->span;
		}
	}
	return out;
}

static const char *
subject(void *ctx)
{
	return ctx;
}

static void
replacing(void *ctx, struct str map, const struct node *old, const struct node *value)
{
	(void)ctx;
	(void)map;
	(void)old;
	(void)value;
}

/* a document of comments only: the values stand behind them */
static struct str
append(struct arena *a, const struct source *src, const struct node *values)
{
	struct buf b = { .arena = a };
	struct str nl = place_line_end(src->text, 0).nl;

	buf_add(&b, src->text);
	if (b.n > 0 && !place_is_break(src->text, src->text.n)) {
		buf_add(&b, nl);
	}
	emit_block(&b, values, 0, 2, false, nl);
	return buf_str(&b);
}

/* an entry that is commented out, "#key: value" or "# key: value" */
struct comment {
	struct str key;
	size_t behind;                /* start of the next line */
	struct comment *next;
};

/* Such entries at the top of the document, by their keys. Amidst something that is indented, or a list, they are none. */
static struct table
commented_out(struct str text, struct arena *a)
{
	struct table found = { .arena = a };
	struct comment *open = NULL;

	for (size_t line = 0; line <= text.n;) {
		struct line_end end = place_line_end(text, line);
		struct str rest = str_slice(text, line, end.at), words = str_trim(rest);
		bool comment = rest.n > 0 && rest.s[0] == '#', top = line == text.n || (rest.n > 0 && !strchr(" \t-", rest.s[0]));

		if (comment && end.next > end.at) {
			struct comment *c = arena_new(a, struct comment);

			words = str_trim(str_slice(rest, 1, rest.n));
			*c = (struct comment){ str_slice(words, 0, str_find(words, ':', 0)), end.next, open };
			open = c;
		} else if (!comment && (words.n > 0 || line == text.n)) {
			/* the last one was found first: of a key given twice the first counts */
			for (; top && open; open = open->next) {
				table_put(&found, open->key, open);
			}
			open = NULL;
		}
		line = end.next > line ? end.next : text.n + 1;
	}
	return found;
}

/* The text with what is missing at the top inserted behind the lines that have it commented out; `filled`, the text's data, gets it too. */
static struct str
uncomment(struct source *src, struct node *filled, const struct node *values, struct arena *a)
{
	struct table there = node_index(a, filled), comments = commented_out(src->text, a);
	struct str text = src->text;
	struct diags ignored;
	struct patch patch;

	diags_init(&ignored, a);
	patch_init(&patch, src);
	for (const struct node *entry = values->first; entry; entry = entry->next) {
		const struct comment *comment = table_get(&there, entry->key->text) ? NULL : table_get(&comments, entry->key->text);
		struct node *one = node_map(a);
		struct buf b = { .arena = a };

		if (comment) {
			node_add(a, one, entry->key->text, node_flat(a, entry));
			emit_block(&b, one, 0, 2, false, place_line_start(src->text, comment->behind).nl);
			patch_add(&patch, (struct span){ comment->behind, 0 }, buf_str(&b), 0, "values");
			node_add(a, filled, entry->key->text, node_flat(a, entry));
		}
	}
	if (patch.n > 0 && patch_seal(&patch, &ignored)) {
		text = patch_text(&patch, a);
	}
	patch_done(&patch);
	return text;
}

typedef bool edit(struct editor *, struct node *into, const struct node *value);

/* one step: the text of the source with the edits; false if an error was added */
static bool
step(struct source *src, const struct node *values, struct profile *p, edit *make, struct arena *a, struct str *ret, struct diags *diags)
{
	struct arena scratch = { 0 };
	struct patch patch;
	struct doc *doc;
	bool good = parse(src, a, &doc, diags);

	patch_init(&patch, src);
	if (good && (!doc || !doc->root)) {
		*ret = values->first ? append(a, src, values) : src->text;
	} else if (good) {
		/* editor.ctx is not const, and what it points to is not written */
		struct editor e = { .patch = &patch, .arena = a, .scratch = &scratch, .diags = diags, .doc = doc, .rule = "values",
			.wanted = &p->src, .conflict = EDIT_OVERWRITE, .subject = subject, .replacing = replacing,
			.ctx = (void *)(uintptr_t)src->name };

		good = make(&e, doc->root, values) && patch_seal(&patch, diags);
		*ret = good ? patch_text(&patch, a) : src->text;
	}
	patch_done(&patch);
	arena_done(&scratch);
	return good;
}

/* the data of a values file as Helm reads it, an empty map where it has none; NULL if an error was added */
static struct node *
read_file(struct source *src, struct arena *a, struct diags *diags)
{
	struct node *root, *flat;

	if (!parse_one(src, a, &root, diags) || (root && !yaml_check_keys(src, root, DIAG_ERROR, diags))) {
		return NULL;
	}
	if (!root) {
		return node_map(a);
	}
	if (root->kind != NODE_MAP) {
		diag_add(diags, DIAG_ERROR, "values/base", src, root->span, "a values file is a map, this is %s", node_describe(a, root));
		return NULL;
	}
	if (str_eq(node_text(root, STR("kind")), STR("SiteProfile"))) {
		diag_help(diags, diag_add(diags, DIAG_ERROR, "values/base", src, (struct span){ root->span.at, 0 },
			"this is a site profile, a values file is wanted"), "make values of it: wbrender values PROFILE -o values.yaml");
		return NULL;
	}
	flat = node_flat(a, root);
	if (!flat) {
		diag_add(diags, DIAG_ERROR, "yaml/alias", src, root->span, "the aliases expand to more than %d values", NODE_COPY_MAX);
	}
	return flat;
}

/* does the text have the data that was meant? */
static bool
holds(const struct source *base, struct str text, const struct node *meant, struct arena *a)
{
	struct source src;
	struct diags ignored;
	struct node *root;

	diags_init(&ignored, a);
	source_init(&src, a, base->name, text);
	return parse_one(&src, a, &root, &ignored) && root && (root = node_flat(a, root)) && canon_equal(a, root, meant);
}

/* the two steps; `old` is the data of the text */
static bool
update(struct source *base, const struct node *old, const struct node *values, struct profile *p, struct arena *a, struct str *ret,
	struct diags *diags)
{
	const struct node *wanted = difference(a, old, values);
	struct source *between = arena_new(a, struct source);

	*ret = base->text;
	if (!wanted->first) {
		return true;
	}
	if (!step(base, wanted, p, edit_vacate, a, ret, diags)) {
		return false;
	}
	source_init(between, a, base->name, *ret);
	return step(between, wanted, p, edit_merge, a, ret, diags);
}

/* the base with what it has commented out filled in, and its data; the base itself where that would not be read so */
static struct source *
prepared(struct source *base, struct node **old, const struct node *values, struct arena *a)
{
	struct source *src = arena_new(a, struct source);
	struct node *filled = node_flat(a, *old);
	struct str text = uncomment(base, filled, values, a);

	if (!holds(base, text, filled, a)) {
		return base;
	}
	*old = filled;
	source_init(src, a, base->name, text);
	return src;
}

bool
base_update(struct source *base, const struct node *values, struct profile *p, struct arena *a, struct str *ret, bool *ret_secret,
	struct diags *diags)
{
	struct node *old = read_file(base, a, diags), *meant;
	struct source *src;

	if (!old) {
		return false;
	}
	meant = node_flat(a, old);
	node_overlay(a, meant, values);
	*ret_secret = values_secret(meant);
	src = old->first ? prepared(base, &old, values, a) : base;
	if (!update(src, old, values, p, a, ret, diags)) {
		return false;
	}
	if (meant->first && !holds(base, *ret, meant, a)) {
		diag_help(diags, diag_add(diags, DIAG_ERROR, "values/base", base, (struct span){ 0, 0 },
			"the values cannot be brought into this file"), "write what they change in block style: 'key: value' in lines of its own");
		return false;
	}
	return true;
}
