/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as SARIF 2.1.0 (OASIS), as GitHub's code scanning reads it. */
#include "base/arena.h"
#include "base/table.h"
#include "report/format.h"
#include "report/quote.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static const char *const levels[] = { [DIAG_NOTE] = "note", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error" };

/* the codes in use, each with its index */
struct rules {
	struct table table;
	size_t n;
};

static size_t *
rule_index(struct rules *rules, const char *code)
{
	return table_get(&rules->table, str_of(code));
}

static void
add_message(struct buf *b, const char *text)
{
	buf_add(b, STR("\"message\":{\"text\":"));
	quote_json(b, str_of(text));
	buf_byte(b, '}');
}

static void
add_rules(struct buf *b, const struct report *r, struct rules *rules)
{
	for (size_t i = 0; i < r->nitems; i++) {
		const char *code = r->items[i].diag->code, *title = r->title ? r->title(code) : NULL;
		size_t *index;

		if (rule_index(rules, code)) {
			continue;
		}
		index = arena_new(b->arena, size_t);
		*index = rules->n++;
		table_put(&rules->table, str_of(code), index);
		buf_addf(b, "%s{\"id\":", *index > 0 ? "," : "");
		quote_json(b, str_of(code));
		buf_add(b, STR(",\"shortDescription\":{\"text\":"));
		quote_json(b, str_of(title ? title : code));
		buf_add(b, STR("}}"));
	}
}

static void
add_artifact(struct buf *b, const struct source *src)
{
	buf_addf(b, "\"artifactLocation\":{\"uri\":\"%s\"}", report_uri(b->arena, src->name));
}

static void
add_region(struct buf *b, const char *name, struct source *src, struct span span)
{
	struct place from = source_place(src, span.at), to = source_place(src, span.at + span.n);

	buf_addf(b, "\"%s\":{\"startLine\":%zu,\"startColumn\":%zu,\"endLine\":%zu,\"endColumn\":%zu}", name, from.line, from.column,
		to.line, to.column);
}

static void
add_physical(struct buf *b, struct source *src, struct span span)
{
	buf_add(b, STR("\"physicalLocation\":{"));
	add_artifact(b, src);
	buf_byte(b, ',');
	add_region(b, "region", src, span);
	buf_byte(b, '}');
}

static void
add_related(struct buf *b, const struct diag *d)
{
	size_t id = 0;

	for (const struct diag_related *rel = d->related; rel; rel = rel->next) {
		if (rel->src) {
			buf_addf(b, "%s{\"id\":%zu,", id == 0 ? ",\"relatedLocations\":[" : ",", id + 1);
			add_message(b, report_line(b->arena, rel->text));
			buf_byte(b, ',');
			add_physical(b, rel->src, rel->span);
			buf_byte(b, '}');
			id++;
		}
	}
	buf_add(b, id > 0 ? STR("]") : STR(""));
}

static void
add_fix(struct buf *b, const struct diag *d)
{
	if (!d->fix) {
		return;
	}
	buf_add(b, STR(",\"fixes\":[{\"artifactChanges\":[{"));
	add_artifact(b, d->src);
	buf_add(b, STR(",\"replacements\":[{"));
	add_region(b, "deletedRegion", d->src, d->fix_at);
	buf_add(b, STR(",\"insertedContent\":{\"text\":"));
	quote_json(b, str_of(d->fix));
	buf_add(b, STR("}}]}]}]"));
}

static void
add_result(struct buf *b, const struct item *item, size_t rule)
{
	const struct diag *d = item->diag;

	buf_add(b, STR("{\"ruleId\":"));
	quote_json(b, str_of(d->code));
	buf_addf(b, ",\"ruleIndex\":%zu,\"level\":\"%s\",", rule, levels[d->level]);
	add_message(b, item->message);
	if (d->src) {
		buf_add(b, STR(",\"locations\":[{"));
		add_physical(b, d->src, d->span);
		if (d->subject) {
			buf_add(b, STR(",\"logicalLocations\":[{\"fullyQualifiedName\":"));
			quote_json(b, str_of(report_line(b->arena, d->subject)));
			buf_add(b, STR("}]"));
		}
		buf_add(b, STR("}]"));
	}
	add_related(b, d);
	buf_addf(b, ",\"partialFingerprints\":{\"primaryLocationLineHash\":\"%.16s:%zu\"}", item->print, item->copy);
	add_fix(b, d);
	buf_byte(b, '}');
}

void
format_sarif(struct buf *b, const struct report *r)
{
	struct rules rules = { .table = { .arena = b->arena } };

	buf_addf(b, "{\"$schema\":\"%s\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"wbrender\","
		"\"version\":\"%s\",\"rules\":[", SCHEMA, WBRENDER_VERSION);
	add_rules(b, r, &rules);
	buf_add(b, STR("]}},\"columnKind\":\"unicodeCodePoints\",\"results\":["));
	for (size_t i = 0; i < r->nitems; i++) {
		buf_add(b, i > 0 ? STR(",\n") : STR("\n"));
		add_result(b, &r->items[i], *rule_index(&rules, r->items[i].diag->code));
	}
	buf_add(b, STR("]}]}\n"));
}
