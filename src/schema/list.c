/* SPDX-License-Identifier: Apache-2.0 */
/* Items of a list: their schemas by place, how many, repeated, contained, unseen. */
#include "schema/list.h"

#include "schema/canon.h"

#include <stdint.h>

static void
unique_check(struct check *c, const struct schema *s, struct where *w)
{
	struct table seen = { .arena = &c->scratch };
	size_t index = 0;

	for (struct node *item = w->node->first; item; item = item->next, index++) {
		struct buf b = { .arena = &c->scratch };
		struct where at = where_item(w, item, index);
		struct node *before;
		size_t first = 1;
		struct diag *diag;

		if (!canon_add(&b, item, c->how->numbers, &c->work)) {
			check_stop(c, &at, "%s is too large or too deep to compare", where_name(c, &at));
			return;
		}
		before = table_get(&seen, buf_str(&b));
		if (!before) {
			table_put(&seen, buf_str(&b), item);
			continue;
		}
		for (const struct node *each = w->node->first; each != before; each = each->next) {
			first++;
		}
		diag = check_add(c, &at, s, "uniqueItems", "schema/unique", where_value(&at), "item %zu of %s repeats item %zu",
			index + 1, where_name(c, w), first);
		if (diag) {
			diag_relate(c->diags, diag, check_source(c, before), before->span, "the first of the two");
		}
	}
}

/* an item behind the last that may be there */
static void
surplus(struct check *c, const struct schema *s, const struct where *w, struct where *at, size_t most, const char *keyword)
{
	size_t count = node_count(w->node);

	check_add(c, at, s, keyword, "schema/max-items", where_value(at), "%s has %zu item%s, at most %zu %s wanted", where_name(c, w),
		count, count == 1 ? "" : "s", most, most == 1 ? "is" : "are");
}

/* the schema of an item by its place; NULL if anything may stand there */
static struct schema *
schema_at(const struct schema *s, size_t index)
{
	return index < s->first.n ? s->first.items[index] : s->items;
}

static void
contains_check(struct check *c, const struct schema *s, struct where *w)
{
	size_t n = 0, index = 0;

	for (const struct node *item = w->node->first; item && !c->stopped; item = item->next, index++) {
		struct where at = where_item(w, item, index);
		struct marks *before = c->marks;
		bool fits;

		c->marks = NULL;
		fits = check_try(c, s->contains, &at).failed == 0;
		c->marks = before;
		if (!fits) {
			continue;
		}
		if (s->contains_sees) {
			check_mark(c, index);
		}
		if (++n == s->max_contains + 1 && s->max_contains < SIZE_MAX) {
			check_add(c, &at, s, "maxContains", "schema/contains", where_value(&at), "at most %zu item%s of %s may be %s",
				s->max_contains, s->max_contains == 1 ? "" : "s", where_name(c, w), say_form(c, s->contains));
		}
	}
	if (n < s->min_contains && !c->stopped) {
		struct diag *diag = n == 0
			? check_add(c, w, s, s->min_contains > 1 ? "minContains" : "contains", "schema/contains", where_key(w),
				"no item of %s is %s", where_name(c, w), say_form(c, s->contains))
			: check_add(c, w, s, "minContains", "schema/contains", where_key(w), "only %zu item%s of %s %s %s", n,
				n == 1 ? "" : "s", where_name(c, w), n == 1 ? "is" : "are", say_form(c, s->contains));

		if (diag) {
			diag_help(c->diags, diag, "at least %zu such item%s wanted", s->min_contains, s->min_contains == 1 ? " is" : "s are");
		}
	}
}

void
list_check(struct check *c, const struct schema *s, struct where *w)
{
	size_t n = 0;
	bool over = false;

	for (const struct node *item = w->node->first; item && !c->stopped; item = item->next, n++) {
		struct where at = where_item(w, item, n);
		struct schema *under = schema_at(s, n);

		if (n == s->max_items) {
			surplus(c, s, w, &at, s->max_items, "maxItems");
			over = true;
		}
		if (!under) {
			continue;
		}
		check_mark(c, n);
		if (under->never && n >= s->first.n && s->first.n > 0) {
			if (!over) {
				surplus(c, s, w, &at, s->first.n, s->more_items ? "additionalItems" : "items");
			}
			over = true;
			continue;
		}
		at.schema = under;
		check_under(c, under, &at);
	}
	if (n < s->min_items && !c->stopped) {
		check_add(c, w, s, "minItems", "schema/min-items", where_key(w), "%s has %zu item%s, at least %zu %s wanted",
			where_name(c, w), n, n == 1 ? "" : "s", s->min_items, s->min_items == 1 ? "is" : "are");
	}
	if (s->unique && !c->stopped) {
		unique_check(c, s, w);
	}
	if (s->contains && !c->stopped) {
		contains_check(c, s, w);
	}
}

void
list_unseen(struct check *c, const struct schema *s, struct where *w, const struct marks *marks)
{
	size_t index = 0;

	for (const struct node *item = w->node->first; item && !c->stopped; item = item->next, index++) {
		struct where at = where_item(w, item, index);

		if (marks->seen[index]) {
			continue;
		}
		if (s->unseen_items->never) {
			check_add(c, &at, s, "unevaluatedItems", "schema/max-items", where_value(&at), "item %zu of %s is more than is wanted",
				index + 1, where_name(c, w));
			return;
		}
		at.schema = s->unseen_items;
		check_under(c, s->unseen_items, &at);
	}
}
