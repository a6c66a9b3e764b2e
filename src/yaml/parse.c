/* SPDX-License-Identifier: Apache-2.0 */
/* YAML text to trees with exact byte spans: libyaml's events, its character marks turned into bytes. */
#include "yaml/parse.h"

#include "base/arena.h"
#include "base/table.h"
#include "yaml/marks.h"
#include "yaml/problem.h"
#include "yaml/scalar.h"
#include "yaml/scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum {
	ADOPT_MIN = 4096,  /* a decoded scalar from this size on is taken over instead of copied */
};

/* an open collection */
struct frame {
	struct node *node;            /* NULL: its children are not built */
	struct node *self;            /* NULL: not even itself */
	struct node *key;             /* of a map: the key whose value comes next */
	const struct want *want;      /* which children are built; NULL: all */
	bool is_map, has_key;
	bool each;                    /* to be handed over */
	struct arena_mark mark;       /* before it */
	struct node *before;          /* the item before it */
	const struct anchor *anchors; /* the last one before it */
};

struct parser {
	struct source *src;
	struct diags *diags;
	yaml_parser_t yaml;
	struct marks marks;
	struct str text;              /* without a BOM */
	size_t base;                  /* length of the BOM */
	bool broken;
	size_t prefix;                /* where the next document's directives may begin */
	size_t documents;
	/* of the document being read */
	struct arena *arena;
	struct table anchors;
	struct doc *doc;
	size_t tail;                  /* end of the last leaf: where a block collection really ends */
	bool block_tail;              /* that leaf is a block scalar */
	size_t seen;                  /* end of the last event */
	size_t depth;
	parser_take *take;
	void *ctx;
	struct frame *frames;         /* by malloc */
	size_t nframes;
};

struct parser *
parser_new(struct arena *a, struct source *src, struct diags *diags)
{
	struct parser *p = arena_new(a, struct parser);

	p->src = src;
	p->diags = diags;
	p->base = str_starts(src->text, STR("\xEF\xBB\xBF")) ? 3 : 0;
	p->text = str_slice(src->text, p->base, src->text.n);
	marks_init(&p->marks, p->text);
	if (!yaml_parser_initialize(&p->yaml)) {
		arena_realloc(NULL, SIZE_MAX, 1);
	}
	yaml_parser_set_encoding(&p->yaml, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&p->yaml, (const unsigned char *)(p->text.n > 0 ? p->text.s : ""), p->text.n);
	return p;
}

void
parser_each(struct parser *p, parser_take *take, void *ctx)
{
	p->take = take;
	p->ctx = ctx;
}

void
parser_close(struct parser *p)
{
	yaml_parser_delete(&p->yaml);
	free(p->frames);
}

static bool
fail(struct parser *p)
{
	const yaml_parser_t *y = &p->yaml;
	struct problem problem = { .text = y->problem, .context = y->context };

	p->broken = true;
	if (y->error == YAML_MEMORY_ERROR) {
		arena_realloc(NULL, SIZE_MAX, 1);
	}
	if (y->error == YAML_READER_ERROR) {
		problem.at = p->base + y->problem_offset;
	} else {
		problem.at = p->base + marks_byte(&p->marks, y->problem_mark.index);
	}
	problem.context_at = y->context ? p->base + marks_byte(&p->marks, y->context_mark.index) : problem.at;
	problem_add(p->diags, p->src, &problem);
	return false;
}

static bool
check_directives(struct parser *p)
{
	size_t at = p->prefix;

	if (scan_directives(p->text, &at) <= PARSE_DIRECTIVES_MAX) {
		return true;
	}
	p->broken = true;
	diag_add(p->diags, DIAG_ERROR, "yaml/directives", p->src, (struct span){ p->base + at, 1 },
		"more than %d directives before a document", PARSE_DIRECTIVES_MAX);
	return false;
}

/* false, with a finding, when a BOM stands where blanks can: libyaml and go-yaml take it for one, others for text */
static inline bool
check_bom(struct parser *p, size_t from, size_t to)
{
	return from >= to || marks_ascii(&p->marks, from, to) || !scan_has_bom(str_slice(p->text, from, to + 2))
		|| problem_bom(p->diags, p->src, (struct span){ p->base + from, to - from });
}

static struct span
span_of(struct parser *p, const yaml_event_t *e)
{
	size_t at = marks_byte(&p->marks, e->start_mark.index);
	size_t end = marks_byte(&p->marks, e->end_mark.index);

	return (struct span){ at, end > at ? end - at : 0 };
}

static enum node_style
style_of(yaml_scalar_style_t style)
{
	static const enum node_style styles[] = {
		[YAML_PLAIN_SCALAR_STYLE] = NODE_PLAIN, [YAML_SINGLE_QUOTED_SCALAR_STYLE] = NODE_SINGLE,
		[YAML_DOUBLE_QUOTED_SCALAR_STYLE] = NODE_DOUBLE, [YAML_LITERAL_SCALAR_STYLE] = NODE_LITERAL,
		[YAML_FOLDED_SCALAR_STYLE] = NODE_FOLDED,
	};

	return styles[style];
}

/* the decoded text: a slice of the source where that is the same, else libyaml's own memory or a copy */
static struct str
scalar_text(struct parser *p, yaml_event_t *e, struct span raw, enum node_style style, bool wanted, bool *ret_pruned)
{
	struct str text = { (const char *)e->data.scalar.value, e->data.scalar.length };
	size_t quote = style == NODE_SINGLE || style == NODE_DOUBLE;

	if (raw.n == text.n + 2 * quote
		&& (text.n == 0 || memcmp(p->text.s + raw.at + quote, text.s, text.n) == 0)) {
		return (struct str){ p->text.s + raw.at + quote, text.n };
	}
	if (!wanted) {
		*ret_pruned = true;
		return (struct str){ 0 };
	}
	if (text.n >= ADOPT_MIN) {
		arena_own(p->arena, e->data.scalar.value);
		e->data.scalar.value = NULL;
		return text;
	}
	return (struct str){ arena_copy(p->arena, text.s, text.n), text.n };
}

/* The next node's place in the open collection: whether it is a key, whether it is built, and with what want. */
struct slot {
	struct frame *frame;
	bool is_key, link, wanted, each;
	const struct want *want;
};

static struct slot
next_slot(struct parser *p, const struct want *root)
{
	struct slot slot = { .wanted = true, .link = true, .want = root };
	struct str key = STR("*");

	if (p->depth == 0) {
		return slot;
	}
	slot.frame = &p->frames[p->depth - 1];
	slot.link = slot.wanted = slot.frame->node != NULL;
	slot.want = NULL;
	slot.is_key = slot.frame->is_map && !slot.frame->has_key;
	if (!slot.link || slot.is_key || !slot.frame->want) {
		return slot;
	}
	if (slot.frame->is_map) {
		key = node_real(slot.frame->key)->text;
		if (slot.frame->key->merge) {
			return slot;
		}
	}
	for (const struct want *want = slot.frame->want; want->key; want++) {
		if (str_is(key, want->key)) {
			slot.want = want->want;
			slot.each = want->each && !slot.frame->is_map && p->take;
			return slot;
		}
	}
	slot.wanted = false;
	return slot;
}

static void
fill_slot(struct parser *p, struct slot *slot, struct node *node)
{
	struct frame *frame = slot->frame;

	if (!frame) {
		p->doc->root = node;
	} else if (slot->is_key) {
		frame->key = node;
		frame->has_key = true;
	} else if (slot->link) {
		node->key = frame->key;
		node_append(frame->node, node);
		frame->has_key = false;
	}
}

/* registers the anchor; the node is then built whole, so that an alias always finds all of it */
static void
set_anchor(struct parser *p, struct slot *slot, struct node *node, const char *name)
{
	if (name) {
		struct anchor *record = arena_new(p->arena, struct anchor);

		record->name = str_of(arena_copy(p->arena, name, strlen(name)));
		record->node = node;
		record->next = p->doc->anchors;
		p->doc->anchors = record;
		table_put(&p->anchors, record->name, record);
		node->anchor = record;
		slot->wanted = true;
		slot->want = NULL;
	}
}

static bool
add_scalar(struct parser *p, yaml_event_t *e, const struct want *root)
{
	const char *tag = (const char *)e->data.scalar.tag, *anchor = (const char *)e->data.scalar.anchor;
	enum node_style style = style_of(e->data.scalar.style);
	size_t at = marks_byte(&p->marks, e->start_mark.index), end = marks_byte(&p->marks, e->end_mark.index);
	struct span span;
	struct slot slot;
	struct node *node;

	if (end == at && (at == p->text.n || p->text.s[at] != ':')) {
		size_t colon = scan_mark(p->text, p->seen, at, ':');

		/* a null in a flow collection is marked at what follows it; it belongs behind its colon */
		at = end = colon < at ? colon + 1 : at;
	}
	span = (struct span){ at, end - at };
	p->seen = end;
	if (end > at || (end > p->tail && strchr(":-?", p->text.s[end - 1]))) {
		p->tail = end;
		p->block_tail = style == NODE_LITERAL || style == NODE_FOLDED;
	}
	if (anchor || tag) {
		at = scan_props(p->text, at, end, (unsigned)(anchor != NULL) + (tag != NULL));
	}
	if (!check_bom(p, span.at, end > at ? at + 1 : at)) {
		return false;
	}
	if (p->depth > 0 && !p->frames[p->depth - 1].node && !anchor) {
		return true;
	}
	slot = next_slot(p, root);
	node = arena_new(p->arena, struct node);
	set_anchor(p, &slot, node, anchor);
	node->style = (unsigned char)style;
	node->tagged = tag != NULL;
	node->props = p->base + span.at;
	span = (struct span){ at, end - at };
	node->text = scalar_text(p, e, span, style, slot.wanted, &node->pruned);
	node->kind = (unsigned char)(tag ? scalar_tagged_kind(tag, node->text)
		: style == NODE_PLAIN    ? scalar_kind(node->text)
					 : NODE_STRING);
	node->merge = (style == NODE_PLAIN && !tag && str_eq(node->text, STR("<<")))
		|| (tag && strcmp(tag, "tag:yaml.org,2002:merge") == 0);
	node->span = (struct span){ p->base + span.at, span.n };
	fill_slot(p, &slot, node);
	return problem_merge(p->diags, p->src, node);
}

static bool
add_alias(struct parser *p, const yaml_event_t *e, const struct want *root)
{
	struct slot slot = next_slot(p, root);
	struct span span = span_of(p, e);
	struct str name = str_of((const char *)e->data.alias.anchor);
	struct anchor *anchor = table_get(&p->anchors, name);
	struct node *node;

	p->tail = p->seen = span.at + span.n;
	p->block_tail = false;
	span.at += p->base;
	if (!anchor) {
		problem_alias(p->diags, p->src, span, name, NULL);
		return false;
	}
	for (size_t i = 0; i < p->depth; i++) {
		if (p->frames[i].self == anchor->node) {
			problem_alias(p->diags, p->src, span, name, anchor->node);
			return false;
		}
	}
	if (anchor->alias.n == 0) {
		anchor->alias = span;
	}
	if (!slot.link) {
		return true;
	}
	node = arena_new(p->arena, struct node);
	node->kind = NODE_ALIAS;
	node->span = span;
	node->props = span.at;
	node->text = (struct str){ arena_copy(p->arena, name.s, name.n), name.n };
	node->target = anchor->node;
	fill_slot(p, &slot, node);
	return problem_merge(p->diags, p->src, node);
}

static bool
open_collection(struct parser *p, const yaml_event_t *e, const struct want *root)
{
	bool is_map = e->type == YAML_MAPPING_START_EVENT;
	bool flow = is_map ? e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
			   : e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	const yaml_char_t *anchor = is_map ? e->data.mapping_start.anchor : e->data.sequence_start.anchor;
	const yaml_char_t *tag = is_map ? e->data.mapping_start.tag : e->data.sequence_start.tag;
	struct slot slot = next_slot(p, root);
	size_t at = marks_byte(&p->marks, e->start_mark.index);
	struct node *node = NULL;
	struct frame *frame, open = { .is_map = is_map, .each = slot.each };
	size_t limit = slot.wanted || anchor ? PARSE_DEPTH_MAX : PARSE_NESTED_MAX;

	p->seen = marks_byte(&p->marks, e->end_mark.index);
	if (slot.each) {
		open.mark = arena_mark(p->arena);
		open.before = slot.frame->node->last;
		open.anchors = p->doc->anchors;
	}
	if (p->depth >= limit) {
		diag_add(p->diags, DIAG_ERROR, "yaml/depth", p->src, (struct span){ p->base + at, 1 },
			"maps and lists are nested more than %zu deep", limit);
		p->broken = true;
		return false;
	}
	if (slot.link || anchor) {
		node = arena_new(p->arena, struct node);
		node->kind = is_map ? NODE_MAP : NODE_LIST;
		node->style = flow ? NODE_FLOW : NODE_BLOCK;
		node->tagged = tag != NULL;
		node->props = p->base + at;
		set_anchor(p, &slot, node, (const char *)anchor);
		node->pruned = !slot.wanted;
		node->span.at = p->base + scan_props(p->text, at, p->text.n, (unsigned)(node->anchor != NULL) + node->tagged);
		fill_slot(p, &slot, node);
	}
	if (p->depth == p->nframes) {
		p->nframes = p->nframes == 0 ? 64 : p->nframes * 2;
		p->frames = arena_realloc(p->frames, p->nframes, sizeof(*p->frames));
	}
	frame = &p->frames[p->depth++];
	open.node = slot.wanted ? node : NULL;
	open.self = node;
	open.want = slot.want;
	*frame = open;
	return check_bom(p, at, p->seen);
}

static bool
close_collection(struct parser *p, const yaml_event_t *e)
{
	struct frame *frame = &p->frames[--p->depth];
	struct node *node = frame->self;
	size_t end = marks_byte(&p->marks, e->end_mark.index);

	p->seen = end;
	/* a flow collection's end event is its bracket; a block one's lies past comments and blank lines */
	if (e->end_mark.index > e->start_mark.index) {
		p->tail = end;
		p->block_tail = false;
	}
	if (node) {
		node->block_tail = p->block_tail;
		node->span.n = p->base + p->tail > node->span.at ? p->base + p->tail - node->span.at : 0;
	}
	if (frame->each && frame->anchors == p->doc->anchors && p->take(p->ctx, node)) {
		struct node *list = p->frames[p->depth - 1].node;

		list->last = frame->before;
		if (frame->before) {
			frame->before->next = NULL;
		} else {
			list->first = NULL;
		}
		arena_rewind(p->arena, frame->mark);
		return true;
	}
	return !node || problem_merge(p->diags, p->src, node);
}

static bool
take_event(struct parser *p, yaml_event_t *e, const struct want *want)
{
	switch (e->type) {
	case YAML_SCALAR_EVENT:
		return add_scalar(p, e, want);
	case YAML_ALIAS_EVENT:
		return add_alias(p, e, want);
	case YAML_MAPPING_START_EVENT:
	case YAML_SEQUENCE_START_EVENT:
		return open_collection(p, e, want);
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		return close_collection(p, e);
	default:
		p->prefix = marks_byte(&p->marks, e->end_mark.index);
		p->doc->span.n = p->base + p->prefix - p->doc->span.at;
		return true;
	}
}

static bool
read_document(struct parser *p, const struct want *want)
{
	for (bool first = true, last = false; !last; first = false) {
		yaml_event_t e;

		if (!yaml_parser_parse(&p->yaml, &e)) {
			return fail(p);
		}
		last = e.type == YAML_DOCUMENT_END_EVENT;
		p->broken = (!first && !check_bom(p, p->seen, marks_byte(&p->marks, e.start_mark.index))) || !take_event(p, &e, want);
		yaml_event_delete(&e);
		if (p->broken) {
			return false;
		}
	}
	return true;
}

bool
parser_next(struct parser *p, struct arena *a, const struct want *want, struct doc *ret)
{
	yaml_event_t e;
	yaml_event_type_t type;

	if (p->broken || !problem_encoding(p->diags, p->src)) {
		p->broken = true;
		return false;
	}
	do {
		if (!check_directives(p)) {
			return false;
		}
		if (!yaml_parser_parse(&p->yaml, &e)) {
			return fail(p);
		}
		type = e.type;
		*ret = (struct doc){ .span = span_of(p, &e), .index = p->documents };
		yaml_event_delete(&e);
	} while (type == YAML_STREAM_START_EVENT);
	if (type != YAML_DOCUMENT_START_EVENT) {
		p->broken = true;
		return false;
	}
	p->documents++;
	p->arena = a;
	p->anchors = (struct table){ .arena = a };
	p->doc = ret;
	p->depth = 0;
	p->tail = p->seen = ret->span.at + ret->span.n;
	ret->span.at += p->base;
	if (!read_document(p, want)) {
		return false;
	}
	if (ret->root && ret->root->kind == NODE_NULL && ret->root->span.n == 0 && ret->root->props == ret->root->span.at) {
		ret->root = NULL;
	}
	return true;
}
