/* SPDX-License-Identifier: Apache-2.0 */
/* Reads YAML through libfyaml's events into the same trees. */
#include "yaml/second.h"

#include "base/arena.h"
#include "base/table.h"
#include "yaml/scalar.h"

#include <string.h>

#include <libfyaml.h>

struct level {
	struct node *node, *key;
	bool has_key;
};

struct second {
	struct fy_parser *fy;
	struct fy_diag *diag;
	struct arena *arena;
	struct table anchors;
	struct doc *doc;
	size_t depth;
	struct level levels[PARSE_DEPTH_MAX];
};

struct second *
second_new(struct arena *a, struct str text)
{
	struct second *s = arena_new(a, struct second);
	struct fy_parse_cfg cfg = {
		.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE | FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_DISABLE_DEPTH_LIMIT,
	};
	struct fy_diag_cfg diag;

	/* its own display of errors reads past lines and prints them, secrets included */
	fy_diag_cfg_default(&diag);
	s->diag = fy_diag_create(&diag);
	if (s->diag) {
		fy_diag_set_collect_errors(s->diag, true);
		cfg.diag = s->diag;
		s->fy = fy_parser_create(&cfg);
	}
	if (!s->fy) {
		arena_realloc(NULL, (size_t)-1, 1);
	}
	if (fy_parser_set_string(s->fy, text.n > 0 ? text.s : "\n", text.n > 0 ? text.n : 1) != 0) {
		arena_realloc(NULL, (size_t)-1, 1);
	}
	return s;
}

void
second_close(struct second *s)
{
	fy_parser_destroy(s->fy);
	fy_diag_destroy(s->diag);
}

static struct str
text_of(struct arena *a, struct fy_token *token)
{
	size_t n = 0;
	const char *text = token ? fy_token_get_text(token, &n) : NULL;

	return (struct str){ arena_copy(a, text ? text : "", text ? n : 0), text ? n : 0 };
}

/* puts a node where it belongs; a NULL document root is the first */
static void
place(struct second *s, struct node *node)
{
	struct level *level = s->depth > 0 ? &s->levels[s->depth - 1] : NULL;

	if (!level) {
		s->doc->root = node;
	} else if (level->node->kind == NODE_LIST) {
		node_append(level->node, node);
	} else if (!level->has_key) {
		level->key = node;
		level->has_key = true;
	} else {
		node->key = level->key;
		node_append(level->node, node);
		level->has_key = false;
	}
}

static void
set_anchor(struct second *s, struct fy_token *anchor, struct node *node)
{
	if (anchor) {
		table_put(&s->anchors, text_of(s->arena, anchor), node);
	}
}

static void
add_scalar(struct second *s, const struct fy_event_scalar_data *e)
{
	struct node *node = node_new(s->arena, NODE_STRING, text_of(s->arena, e->value));
	bool plain = !e->value || fy_scalar_token_get_style(e->value) == FYSS_PLAIN;
	struct str tag = text_of(s->arena, e->tag);

	node->style = plain ? NODE_PLAIN : NODE_DOUBLE;
	node->kind = (unsigned char)(e->tag ? scalar_tagged_kind(tag.s, node->text)
		: plain                     ? scalar_kind(node->text)
					    : NODE_STRING);
	node->merge = (plain && !e->tag && str_eq(node->text, STR("<<"))) || str_eq(tag, STR("tag:yaml.org,2002:merge"));
	set_anchor(s, e->anchor, node);
	place(s, node);
}

static bool
open_level(struct second *s, enum node_kind kind, struct fy_token *anchor)
{
	struct node *node = node_new(s->arena, kind, (struct str){ 0 });

	if (s->depth == PARSE_DEPTH_MAX) {
		return false;
	}
	set_anchor(s, anchor, node);
	place(s, node);
	s->levels[s->depth++] = (struct level){ .node = node };
	return true;
}

static bool
add_alias(struct second *s, const struct fy_event_alias_data *e)
{
	struct node *target = table_get(&s->anchors, text_of(s->arena, e->anchor));
	struct node *node = node_new(s->arena, NODE_ALIAS, (struct str){ 0 });

	node->target = target;
	if (target) {
		place(s, node);
	}
	return target != NULL;
}

static bool
take(struct second *s, const struct fy_event *e, bool *ret_end)
{
	switch (e->type) {
	case FYET_SCALAR:
		add_scalar(s, &e->scalar);
		return true;
	case FYET_ALIAS:
		return add_alias(s, &e->alias);
	case FYET_MAPPING_START:
		return open_level(s, NODE_MAP, e->mapping_start.anchor);
	case FYET_SEQUENCE_START:
		return open_level(s, NODE_LIST, e->sequence_start.anchor);
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END:
		s->depth--;
		return true;
	case FYET_DOCUMENT_END:
		*ret_end = true;
		return true;
	default:
		return true;
	}
}

enum second_result
second_next(struct second *s, struct arena *a, struct doc *ret)
{
	bool end = false, good = true;

	*ret = (struct doc){ 0 };
	s->arena = a;
	s->anchors = (struct table){ .arena = a };
	s->doc = ret;
	s->depth = 0;
	while (good && !end) {
		struct fy_event *e = fy_parser_parse(s->fy);

		if (!e) {
			return fy_parser_get_stream_error(s->fy) ? SECOND_REFUSED : SECOND_END;
		}
		if (e->type == FYET_STREAM_END) {
			fy_parser_event_free(s->fy, e);
			return fy_parser_get_stream_error(s->fy) ? SECOND_REFUSED : SECOND_END;
		}
		good = take(s, e, &end);
		fy_parser_event_free(s->fy, e);
	}
	return good ? SECOND_DOCUMENT : SECOND_REFUSED;
}

bool
second_can_read(const struct node *root)
{
	if (root->kind < NODE_LIST) {
		return !((root->style == NODE_LITERAL || root->style == NODE_FOLDED)
			&& (root->text.n == 0 || root->text.s[0] == '\n'));
	}
	for (const struct node *child = root->kind == NODE_ALIAS ? NULL : root->first; child; child = child->next) {
		if (!second_can_read(child) || (child->key && !second_can_read(child->key))) {
			return false;
		}
	}
	return true;
}

bool
second_knows_breaks(struct str text)
{
	static const struct str unknown[] = { { "\xC2\x85", 2 }, { "\xE2\x80\xA8", 3 }, { "\xE2\x80\xA9", 3 }, { "\n\xEF\xBB\xBF", 4 },
		{ "\r\xEF\xBB\xBF", 4 } };

	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		if (text.n > 0 && memmem(text.s, text.n, unknown[i].s, unknown[i].n)) {
			return false;
		}
	}
	return true;
}
