/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of values, and what to write instead of a wrong one. */
#include "site/lint/manifest/scalar.h"

#include "kube/quantity.h"
#include "kube/text.h"
#include "schema/kind.h"
#include "schema/suggest.h"
#include "yaml/scalar.h"

static const struct wanted {
	const char *text;
	unsigned kinds;               /* 1 << enum node_kind */
} wanted[] = {
	[KUBE_ANY] = { "anything", ~0u },
	[KUBE_STRING] = { "a string", 1u << NODE_STRING },
	[KUBE_BOOLEAN] = { "true or false", 1u << NODE_BOOL },
	[KUBE_INT32] = { "an integer", 1u << NODE_INT },
	[KUBE_INT64] = { "an integer", 1u << NODE_INT },
	[KUBE_NUMBER] = { "a number", 1u << NODE_INT | 1u << NODE_FLOAT },
	[KUBE_QUANTITY] = { "a quantity", 1u << NODE_INT | 1u << NODE_FLOAT | 1u << NODE_STRING },
	[KUBE_INT_OR_STRING] = { "an integer or a string", 1u << NODE_INT | 1u << NODE_STRING },
	[KUBE_BYTES] = { "a string", 1u << NODE_STRING },
	[KUBE_TIME] = { "a time in a string", 1u << NODE_STRING },
	[KUBE_ANY_MAP] = { "a map", 1u << NODE_MAP },
	[KUBE_LIST] = { "a list", 1u << NODE_LIST },
	[KUBE_MAP] = { "a map", 1u << NODE_MAP },
	[KUBE_CHOICE] = { "a string", 1u << NODE_STRING },
	[KUBE_OBJECT] = { "a map", 1u << NODE_MAP },
};

/* the kind that counts: 1.0 and 1e3 are integers, as encoding/json takes them once they are JSON */
static unsigned
kind_of(const struct node *node)
{
	double number;

	return node->kind == NODE_FLOAT && scalar_double(node->text, &number) && kind_whole(number) ? NODE_INT : node->kind;
}

static void
fix(struct diag *diag, const struct node *node, const char *text)
{
	if (text && !node->tagged && !node->anchor && node->span.n > 0 && node->style <= NODE_DOUBLE && node->span.at == diag->span.at) {
		diag->fix = text;
		diag->fix_at = node->span;
	}
}

/* the one right thing to write, if there is one */
static void
help(struct manifest *m, const struct spot *s, struct diag *diag)
{
	const struct node *node = s->node;
	unsigned kinds = wanted[s->type->sort].kinds, plain = scalar_kind(node->text);
	bool secret = spot_secret(m, s);
	const char *text = manifest_cut(m, node->text);

	if (node->text.n > CHECK_SHOWN_MAX && node->kind < NODE_LIST) {
		return;
	}
	if (node->kind > NODE_NULL && node->kind < NODE_STRING && (kinds & 1u << NODE_STRING)) {
		diag_help(m->diags, diag, secret ? "quote it" : "quote it: \"%s\"", text);
		fix(diag, node, secret ? NULL : arena_printf(m->diags->arena, "\"%s\"", text));
	} else if (node->kind == NODE_STRING && node->style != NODE_PLAIN && plain != NODE_STRING && plain != NODE_NULL && (kinds & 1u << plain)) {
		diag_help(m->diags, diag, secret ? "write it without quotes" : "write %s without quotes", text);
		fix(diag, node, secret ? NULL : text);
	} else if (node->kind == NODE_STRING && s->type->sort == KUBE_BOOLEAN) {
		diag_help(m->diags, diag, "write true or false");
	} else if (s->type->sort == KUBE_LIST && node->kind == NODE_MAP && node->first) {
		diag_help(m->diags, diag, node->style == NODE_FLOW ? "put [ ] around it" : "put \"- \" before each entry");
	} else if (s->type->sort == KUBE_LIST && node->kind == NODE_STRING && !secret && scalar_plain_safe(node->text, true)) {
		diag_help(m->diags, diag, "write it as a list: [%s]", text);
	}
}

static bool
kind_wrong(struct manifest *m, const struct spot *s)
{
	const struct wanted *w = &wanted[s->type->sort];
	struct diag *diag;

	if (w->kinds & 1u << kind_of(s->node)) {
		return false;
	}
	diag = manifest_hit(m, "kube/type", s, spot_value(s), "%s is %s, %s is wanted", spot_path(m->diags->arena, s), spot_say(m, s), w->text);
	help(m, s, diag);
	return true;
}

static void
choice_check(struct manifest *m, const struct spot *s)
{
	struct buf b = { .arena = m->diags->arena };
	struct suggest near;
	struct diag *diag;

	for (size_t i = 0; i < s->type->n; i++) {
		if (s->node->text.n == 0 || str_eq(kube_name(kube_words[s->type->first + i]), s->node->text)) {
			return;
		}
	}
	suggest_init(&near, s->node->text, &m->suggest_work);
	for (size_t i = 0; i < s->type->n; i++) {
		const char *word = kube_pool + kube_words[s->type->first + i];

		suggest_offer(&near, str_of(word));
		buf_addf(&b, "%s%s", i == 0 ? "" : ", ", word);
	}
	diag = manifest_hit(m, "kube/value", s, spot_value(s), "'%s' is not allowed for %s", manifest_cut(m, s->node->text),
		spot_path(m->diags->arena, s));
	diag->help = suggest_text(&near, m->diags->arena);
	if (diag->help) {
		diag_note(m->diags, diag, "allowed: %s", buf_z(&b));
		fix(diag, s->node, near.n == 1 && near.best < SUGGEST_PART ? str_z(m->diags->arena, near.found[0]) : NULL);
	} else {
		diag_help(m->diags, diag, "allowed: %s", buf_z(&b));
	}
}

static void
size_check(struct manifest *m, const struct spot *s)
{
	const double most = s->type->sort == KUBE_INT64 ? 9223372036854775807.0 : 2147483647.0;
	double number;

	if (scalar_double(s->node->text, &number) && (number > most || number < -most - 1)) {
		manifest_hit(m, "kube/type", s, spot_value(s), "%s is %s, which does not fit into %s bits", spot_path(m->diags->arena, s), spot_say(m, s),
			s->type->sort == KUBE_INT64 ? "64" : "32");
	}
}

static void
quantity_check(struct manifest *m, const struct spot *s)
{
	const struct node *node = s->node;
	const char *meant;
	struct diag *diag;

	if (node->kind != NODE_STRING || quantity_valid(node->text)) {
		return;
	}
	meant = quantity_meant(m->diags->arena, node->text);
	diag = manifest_hit(m, "kube/quantity", s, spot_value(s), "%s is %s, which is no quantity", spot_path(m->diags->arena, s), spot_say(m, s));
	if (meant) {
		diag_help(m->diags, diag, "did you mean '%s'?", meant);
	} else {
		diag_help(m->diags, diag, "write such as 500m, 2, 4Gi or 10G");
	}
}

bool
scalar_check(struct manifest *m, const struct spot *s)
{
	if (kind_wrong(m, s)) {
		return false;
	}
	switch (s->type->sort) {
	case KUBE_INT32:
	case KUBE_INT64:
		size_check(m, s);
		break;
	case KUBE_INT_OR_STRING:
		if (s->node->kind != NODE_STRING) {
			size_check(m, s);
		}
		break;
	case KUBE_QUANTITY:
		quantity_check(m, s);
		break;
	case KUBE_CHOICE:
		choice_check(m, s);
		break;
	case KUBE_BYTES:
		if (!text_base64(s->node->text)) {
			manifest_hit(m, "kube/base64", s, spot_value(s), "%s is not base64", spot_path(m->diags->arena, s));
		}
		break;
	case KUBE_TIME:
		if (!text_time(s->node->text)) {
			diag_help(m->diags, manifest_hit(m, "kube/time", s, spot_value(s), "%s is no time", spot_path(m->diags->arena, s)),
				"write such as 2026-01-31T12:00:00Z");
		}
		break;
	default:
		break;
	}
	return true;
}
