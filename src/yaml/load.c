/* SPDX-License-Identifier: Apache-2.0 */
/* Loads values as Helm does, and tells of what it does silently. */
#include "yaml/load.h"

#include "base/arena.h"
#include "base/table.h"
#include "yaml/number.h"
#include "yaml/scalar.h"

#include <string.h>

enum { LOAD_DEPTH_MAX = 1000, TOLD_MAX = 1000 };

struct loader {
	struct arena *arena;
	struct source *src;
	struct diags *diags;
	size_t left;                  /* nodes that may still be made */
	size_t told;
	bool failed;
};

/* where a key was set, and whether by a merge key */
struct slot {
	struct node *value;
	const struct node *key;
	bool merged;
};

static struct node *value_of(struct loader *, const struct node *, unsigned depth);

static void
refuse(struct loader *l, struct span span, const char *code, const char *text, const char *help)
{
	struct diag *diag;

	if (l->failed) {
		return;
	}
	l->failed = true;
	diag = diag_add(l->diags, DIAG_ERROR, code, l->src, span, "%s", text);
	if (help) {
		diag_help(l->diags, diag, "%s", help);
	}
}

/* a warning; NULL when there have been too many */
static struct diag *
tell(struct loader *l, const char *code, struct span span, const char *text)
{
	return l->told++ < TOLD_MAX ? diag_add(l->diags, DIAG_WARNING, code, l->src, span, "%s", text) : NULL;
}

/* digits that no double can hold stay a text */
static bool
is_too_large(const struct node *node)
{
	size_t n = 0;

	if (node->kind != NODE_STRING || node->style != NODE_PLAIN || node->tagged || node->text.n < 4 || node->text.n > 100) {
		return false;
	}
	for (; n < node->text.n; n++) {
		if (!strchr("0123456789.eE+-", node->text.s[n]) || node->text.s[n] == '\0') {
			return false;
		}
	}
	/* is_float of yaml/scalar.c: everything but the exponent is right */
	return node->text.s[0] >= '0' && node->text.s[0] <= '9' && str_find(node->text, 'e', 0) + str_find(node->text, 'E', 0) < 2 * node->text.n
		&& scalar_kind(node->text) == NODE_FLOAT;
}

static bool
is_plain_word(const struct node *node)
{
	struct str t = node->text;

	return node->kind == NODE_BOOL && !str_eq_nocase(t, STR("true")) && !str_eq_nocase(t, STR("false"));
}

static void
tell_of_scalar(struct loader *l, const struct node *node)
{
	const char *read = NULL;
	struct diag *diag = NULL;

	if (is_plain_word(node)) {
		read = scalar_true(node->text) ? "true" : "false";
		diag = tell(l, "yaml/word", node->span, arena_printf(l->arena, "'%.*s' is the boolean %s to Helm", STR_FMT(node->text), read));
		if (diag) {
			diag_help(l->diags, diag, "write %s, or \"%.*s\" for the text", read, STR_FMT(node->text));
		}
	} else if (node->kind == NODE_INT || node->kind == NODE_FLOAT) {
		read = node->text.n > 1 ? number_read(l->arena, node) : NULL;
		diag = read ? tell(l, "yaml/number", node->span, arena_printf(l->arena, "'%.*s' is the number %s to Helm", STR_FMT(node->text),
			read)) : NULL;
		if (diag) {
			diag_help(l->diags, diag, "write %s, or quote it to keep the text", read);
		}
	}
}

/* "binary" of !!binary; empty without a tag of YAML's own */
static struct str
tag_of(const struct loader *l, const struct node *node)
{
	struct str props = source_slice(l->src, (struct span){ node->props, node->span.at > node->props ? node->span.at - node->props : 0 });
	const char *at = node->tagged && props.n > 2 ? memmem(props.s, props.n, "!!", 2) : NULL;
	struct str rest;
	size_t n = 0;

	if (!at) {
		return (struct str){ 0 };
	}
	rest = str_slice(props, (size_t)(at - props.s) + 2, props.n);
	while (n < rest.n && rest.s[n] >= 'a' && rest.s[n] <= 'z') {
		n++;
	}
	return str_slice(rest, 0, n);
}

/* base64 with blanks; false if it is none */
static bool
decode(struct arena *a, struct str text, struct str *ret)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct buf b = { .arena = a };
	unsigned bits = 0, n = 0;
	size_t seen = 0, pads = 0;

	for (size_t i = 0; i < text.n; i++) {
		const char *at = text.s[i] != '\0' ? strchr(letters, text.s[i]) : NULL;

		if (text.s[i] == ' ' || text.s[i] == '\n' || text.s[i] == '\r' || text.s[i] == '\t') {
			continue;
		}
		seen++;
		if (text.s[i] == '=') {
			pads++;
			continue;
		}
		if (!at || pads > 0) {
			return false;
		}
		bits = (bits << 6 | (unsigned)(at - letters)) & 0xFFFFFF;
		n += 6;
		if (n >= 8) {
			n -= 8;
			buf_byte(&b, (char)(bits >> n & 0xFF));
		}
	}
	*ret = buf_str(&b);
	return seen % 4 == 0 && pads <= 2;
}

static struct node *
scalar(struct loader *l, struct node *copy, const struct node *node)
{
	struct str tag = tag_of(l, node);
	double number;

	if (node->kind == NODE_FLOAT && !scalar_double(node->text, &number)) {
		if (is_too_large(&(struct node){ .kind = NODE_STRING, .text = node->text })) {
			struct diag *diag = tell(l, "yaml/number", node->span,
				arena_printf(l->arena, "'%.*s' is a text to Helm: no number is that large", STR_FMT(node->text)));

			if (diag) {
				diag_help(l->diags, diag, "quote it");
			}
			copy->kind = NODE_STRING;
			return copy;
		}
		refuse(l, node->span, "yaml/number", "Helm cannot load .inf and .nan", "quote it, or write a number");
		return NULL;
	}
	if (str_eq(tag, STR("binary"))) {
		if (!decode(l->arena, node->text, &copy->text)) {
			refuse(l, node->span, "yaml/tag", "this is no base64", NULL);
			return NULL;
		}
		copy->kind = NODE_STRING;
	} else if ((str_eq(tag, STR("null")) && scalar_kind(node->text) != NODE_NULL)
		|| (node->kind == NODE_STRING && (str_eq(tag, STR("int")) || str_eq(tag, STR("bool")) || str_eq(tag, STR("float"))))) {
		refuse(l, node->span, "yaml/tag", arena_printf(l->arena, "'%.*s' is no !!%.*s: Helm cannot load it", STR_FMT(node->text), STR_FMT(tag)),
			NULL);
		return NULL;
	}
	if (node->tagged && tag.n == 0) {
		struct diag *diag = tell(l, "yaml/tag", node->span, "Helm ignores the tag, and takes a text");

		if (diag) {
			diag_help(l->diags, diag, "leave it out, or quote the text");
		}
	}
	tell_of_scalar(l, node);
	return copy;
}

/* the text that Helm takes for a key; false if it cannot load it */
static bool
key_of(struct loader *l, const struct node *key, struct str *ret)
{
	struct diag *diag;

	*ret = key->text;
	switch (key->kind) {
	case NODE_NULL:
		refuse(l, key->span, "yaml/key", "a key is null: Helm cannot load it", "quote it");
		return false;
	case NODE_LIST:
	case NODE_MAP:
		refuse(l, key->span, "yaml/key", arena_printf(l->arena, "a key is a %s: Helm cannot load it", node_kind_name(key->kind)), NULL);
		return false;
	case NODE_BOOL:
		*ret = scalar_true(key->text) ? STR("true") : STR("false");
		break;
	case NODE_INT:
	case NODE_FLOAT:
		*ret = number_text(l->arena, key);
		break;
	default:
		return true;
	}
	if (!str_eq(*ret, key->text)) {
		diag = tell(l, "yaml/key", key->span, arena_printf(l->arena, "the key '%.*s' is '%.*s' to Helm", STR_FMT(key->text), STR_FMT(*ret)));
		if (diag) {
			diag_help(l->diags, diag, "quote it: \"%.*s\"", STR_FMT(key->text));
		}
	}
	return true;
}

static void
tell_of_repeat(struct loader *l, const struct slot *old, const struct node *key, struct str name, const struct node *merge)
{
	struct diag *diag;

	if (old->merged) {
		return;
	}
	if (merge) {
		diag = tell(l, "yaml/merge", merge->span, arena_printf(l->arena, "the merge key replaces '%.*s', which stands before it", STR_FMT(name)));
		if (diag) {
			diag_help(l->diags, diag, "put << first: Helm takes what comes last");
			diag_relate(l->diags, diag, l->src, old->key->span, "'%.*s' is here", STR_FMT(name));
		}
		return;
	}
	diag = tell(l, "yaml/duplicate-key", key->span, arena_printf(l->arena, "the key '%.*s' is given twice", STR_FMT(name)));
	if (diag) {
		diag_help(l->diags, diag, "remove one; Helm takes the last, and says nothing");
		diag_relate(l->diags, diag, l->src, old->key->span, "the first is here");
	}
}

static bool put(struct loader *, struct node *out, struct table *seen, const struct node *map, const struct node *merge, unsigned depth);

/* what a merge key brings */
static bool
merge_into(struct loader *l, struct node *out, struct table *seen, const struct node *from, const struct node *key, unsigned depth)
{
	size_t n = 0;
	const struct node **parts = depth > 0 ? node_parts(l->arena, from, &l->left, &n) : NULL;
	bool good = parts;

	if (!good) {
		refuse(l, from->span, "yaml/alias", "the values are nested too deeply, or their aliases stand for too much", NULL);
	}
	while (good && n > 0) {
		n--;
		good = parts[n]->kind == NODE_MAP && put(l, out, seen, parts[n], key, depth - 1);
	}
	return good;
}

static bool
put_entry(struct loader *l, struct node *out, struct table *seen, const struct node *entry, const struct node *merge, unsigned depth)
{
	const struct node *key = node_real(entry->key);
	struct node *value;
	struct slot *slot;
	struct str name;

	if (!key_of(l, key, &name)) {
		return false;
	}
	value = value_of(l, entry, depth > 0 ? depth - 1 : 0);
	if (!value) {
		return false;
	}
	value->key = node_new(l->arena, NODE_STRING, name);
	value->key->span = entry->key->span;
	value->key->style = key->style;
	slot = table_get(seen, name);
	if (slot) {
		struct node *next = slot->value->next;

		tell_of_repeat(l, slot, key, name, merge);
		*slot->value = *value;
		slot->value->next = next;
	} else {
		slot = arena_new(l->arena, struct slot);
		slot->value = value;
		node_append(out, value);
		table_put(seen, name, slot);
	}
	slot->key = merge ? merge : entry->key;
	slot->merged = merge != NULL;
	return true;
}

/* go-yaml sets the entries in the order written, a merge key at its place, and the later wins */
static bool
put(struct loader *l, struct node *out, struct table *seen, const struct node *map, const struct node *merge, unsigned depth)
{
	for (const struct node *entry = map->first; entry; entry = entry->next) {
		const struct node *from = node_real(entry);

		if (entry->key->merge && from->kind >= NODE_LIST) {
			if (!merge_into(l, out, seen, from, merge ? merge : entry->key, depth)) {
				return false;
			}
		} else if (!put_entry(l, out, seen, entry, merge, depth)) {
			return false;
		}
	}
	return true;
}

static struct node *
value_of(struct loader *l, const struct node *node, unsigned depth)
{
	struct node *copy;

	node = node_real(node);
	if (l->left == 0 || depth == 0) {
		refuse(l, node->span, "yaml/alias", "the values are nested too deeply, or their aliases stand for too much", NULL);
		return NULL;
	}
	l->left--;
	copy = arena_new(l->arena, struct node);
	*copy = *node;
	copy->key = copy->next = copy->first = copy->last = NULL;
	copy->anchor = NULL;
	if (node->kind == NODE_MAP) {
		struct table seen = { .arena = l->arena };

		return put(l, copy, &seen, node, NULL, depth) ? copy : NULL;
	}
	if (node->kind != NODE_LIST) {
		return scalar(l, copy, node);
	}
	for (const struct node *from = node->first; from; from = from->next) {
		struct node *child = value_of(l, from, depth - 1);

		if (!child) {
			return NULL;
		}
		node_append(copy, child);
	}
	return copy;
}

/* the later wins, maps are merged; both are trees of value_of */
static void
overlay(struct loader *l, struct node *map, struct node *over)
{
	struct table known = { .arena = l->arena };

	for (struct node *entry = map->first; entry; entry = entry->next) {
		table_put(&known, entry->key->text, entry);
	}
	for (struct node *entry = over->first, *next; entry; entry = next) {
		struct node *old = table_get(&known, entry->key->text);

		next = entry->next;
		entry->next = NULL;
		if (!old) {
			node_append(map, entry);
		} else if (old->kind == NODE_MAP && entry->kind == NODE_MAP) {
			overlay(l, old, entry);
		} else {
			struct node *behind = old->next;

			*old = *entry;
			old->next = behind;
		}
	}
}

static void
tell_of_documents(struct loader *l, const struct doc *second, unsigned helm)
{
	struct diag *diag = tell(l, "yaml/documents", (struct span){ second->span.at, 3 },
		helm == 3 ? "a second document begins here, which Helm 3 does not read" : "a second document begins here");

	if (diag) {
		diag_help(l->diags, diag, helm == 3 ? "put it into a file of its own" : "Helm 4 merges it into the first, Helm 3 does not read it");
	}
}

struct node *
load_values(struct arena *a, struct source *src, const struct doc *docs, unsigned helm, struct diags *diags)
{
	struct loader l = { .arena = a, .src = src, .diags = diags, .left = NODE_COPY_MAX };
	struct node *whole = NULL;

	if (docs && docs->next) {
		tell_of_documents(&l, docs->next, helm);
	}
	for (const struct doc *doc = docs; doc && !(helm == 3 && doc != docs); doc = doc->next) {
		struct node *tree = doc->root ? value_of(&l, doc->root, LOAD_DEPTH_MAX) : NULL;

		if (doc->root && !tree) {
			return NULL;
		}
		if (!tree || tree->kind == NODE_NULL) {
			continue;
		}
		if (whole && whole->kind == NODE_MAP && tree->kind == NODE_MAP) {
			overlay(&l, whole, tree);
		} else {
			whole = tree;
		}
	}
	return whole ? whole : node_map(a);
}
