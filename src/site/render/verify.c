/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the data of input and output under two readers. */
#include "site/render/verify.h"

#include "base/arena.h"
#include "site/render/wanted.h"
#include "yaml/second.h"

/* the two readers behind one face */
struct reader {
	struct parser *first;
	struct second *second;
};

struct pair {
	struct reader in, out;
	struct arena scratch;
	struct wanted *wanted;        /* NULL: the same data */
	enum edit_conflict conflict;
	bool one_reader;              /* the second is known to misread a document */
};

/* the next document that holds something */
static enum second_result
next(struct reader *r, struct arena *a, size_t errors, const struct diags *diags, struct doc *ret)
{
	enum second_result result;

	do {
		if (r->second) {
			result = second_next(r->second, a, ret);
		} else {
			result = parser_next(r->first, a, NULL, ret)        ? SECOND_DOCUMENT
				: diags->count[DIAG_ERROR] > errors ? SECOND_REFUSED
								    : SECOND_END;
		}
	} while (result == SECOND_DOCUMENT && (!ret->root || ret->root->kind == NODE_NULL));
	return result;
}

static bool
intend(const struct object *object, void *ctx)
{
	struct pair *p = ctx;
	bool lasting;

	edit_apply(&p->scratch, object->node, wanted_for(p->wanted, object, &lasting), p->conflict);
	return true;
}

static void
differs(struct source *src, size_t at, struct diags *diags)
{
	struct diag *diag = diag_add(diags, DIAG_ERROR, "render/verify", src, (struct span){ at, 0 },
		"the result for this document would not be what the profile asks for; nothing was written");

	diag_note(diags, diag, "this is a mistake of wbrender: please report it with the document");
}

static bool
same(struct pair *p, struct doc *in, const struct doc *out, struct source *src, struct diags *diags)
{
	struct node *got = node_flat(&p->scratch, out->root), *want = node_flat(&p->scratch, in->root);

	if (!want || !got) {
		struct diag *diag = diag_add(diags, DIAG_ERROR, "render/expansion", src, (struct span){ in->span.at, 0 },
			"the aliases of this document expand to more than %d values; that is not verified", NODE_COPY_MAX);

		diag_help(diags, diag, "Helm refuses such documents too");
		return false;
	}
	p->one_reader = p->one_reader || (p->in.first && !second_can_read(in->root));
	if (p->wanted) {
		in->root = want;
		object_each(in, intend, p);
	}
	if (!node_equal(want, got)) {
		differs(src, in->span.at, diags);
		return false;
	}
	return true;
}

/* false, with an error, at the first difference; *ret_refused when a reader refused one of the texts */
static bool
compare(struct pair *p, struct source *src, struct diags *diags, bool *ret_refused)
{
	size_t errors = diags->count[DIAG_ERROR];
	struct arena_mark mark = arena_mark(&p->scratch);

	for (;;) {
		struct doc in, out;
		enum second_result a = next(&p->in, &p->scratch, errors, diags, &in);
		enum second_result b = next(&p->out, &p->scratch, errors, diags, &out);

		if (a == SECOND_REFUSED || b == SECOND_REFUSED) {
			*ret_refused = true;
			return diags->count[DIAG_ERROR] == errors;
		}
		if (a == SECOND_END && b == SECOND_END) {
			return true;
		}
		if (a != b) {
			differs(src, a == SECOND_DOCUMENT ? in.span.at : 0, diags);
			return false;
		}
		if (!same(p, &in, &out, src, diags)) {
			return false;
		}
		arena_rewind(&p->scratch, mark);
		if (p->wanted) {
			wanted_forget(p->wanted);
		}
	}
}

/* Do both readers read the input as the same data? They differ about "{?a: b}". */
static bool
agree(struct source *src, struct arena *a)
{
	struct diags said;
	struct pair p = { .in.first = parser_new(a, src, &said), .out.second = second_new(a, src->text) };
	bool refused = false, equal;

	diags_init(&said, a);
	equal = compare(&p, src, &said, &refused);
	parser_close(p.in.first);
	second_close(p.out.second);
	arena_done(&p.scratch);
	return equal && !refused;
}

bool
verify(struct profile *profile, struct source *in, struct str out, struct arena *a, struct diags *diags)
{
	struct source result;
	struct diags said;            /* by render already */
	struct diags doubts;          /* by the second reader */
	struct pair p = { .conflict = wanted_conflict(profile) };
	bool refused = false, good;

	diags_init(&said, a);
	diags_init(&doubts, a);
	p.wanted = wanted_new(profile, in, a, &said);
	source_init(&result, a, "the result", out);
	p.in.first = parser_new(a, in, diags);
	p.out.first = parser_new(a, &result, diags);
	p.one_reader = !second_knows_breaks(in->text);
	good = compare(&p, in, diags, &refused);
	parser_close(p.in.first);
	parser_close(p.out.first);
	p.in.first = p.out.first = NULL;
	if (good && !p.one_reader) {
		p.in.second = second_new(a, in->text);
		p.out.second = second_new(a, out);
		if (!compare(&p, in, &doubts, &p.one_reader)) {
			p.one_reader = !agree(in, a);
			good = p.one_reader;
		}
		second_close(p.in.second);
		second_close(p.out.second);
	}
	for (const struct diag *diag = doubts.first; diag && !good; diag = diag->next) {
		diag_take(diags, diag);
	}
	if (good && p.one_reader) {
		diag_add(diags, DIAG_WARNING, "render/second-reader", in, (struct span){ 0, 0 },
			"the second reader, libfyaml, does not read this text as Helm does; libyaml alone verified it");
	}
	arena_done(&p.scratch);
	wanted_done(p.wanted);
	return good;
}
