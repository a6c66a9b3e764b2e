/* SPDX-License-Identifier: Apache-2.0 */
/* Findings in our own JSON; schemas/report.schema.json describes it. */
#include "report/format.h"
#include "report/quote.h"

static const char *const levels[] = { [DIAG_NOTE] = "note", [DIAG_WARNING] = "warning", [DIAG_ERROR] = "error" };

static void
add_range(struct buf *b, struct place from, struct place to)
{
	buf_addf(b, "\"line\":%zu,\"column\":%zu,\"endLine\":%zu,\"endColumn\":%zu", from.line, from.column, to.line, to.column);
}

static void
add_notes(struct buf *b, const struct diag *d)
{
	const char *between = ",\"notes\":[";

	for (const struct diag_note *n = d->notes; n; n = n->next) {
		buf_add(b, str_of(between));
		quote_json(b, str_of(report_line(b->arena, n->text)));
		between = ",";
	}
	buf_add(b, d->notes ? STR("]") : STR(""));
}

static void
add_related(struct buf *b, const struct diag *d)
{
	const char *between = ",\"related\":[";

	for (const struct diag_related *r = d->related; r; r = r->next) {
		buf_addf(b, "%s{\"message\":", between);
		quote_json(b, str_of(report_line(b->arena, r->text)));
		if (r->src) {
			quote_json_member(b, "file", report_path(b->arena, r->src->name));
			buf_byte(b, ',');
			add_range(b, source_place(r->src, r->span.at), source_place(r->src, r->span.at + r->span.n));
		}
		buf_byte(b, '}');
		between = ",";
	}
	buf_add(b, d->related ? STR("]") : STR(""));
}

static void
add_fix(struct buf *b, const struct diag *d)
{
	if (d->fix) {
		buf_add(b, STR(",\"suggestions\":[{"));
		add_range(b, source_place(d->src, d->fix_at.at), source_place(d->src, d->fix_at.at + d->fix_at.n));
		quote_json_member(b, "text", str_of(d->fix));
		buf_add(b, STR("}]"));
	}
}

static void
add_finding(struct buf *b, const struct item *item)
{
	const struct diag *d = item->diag;

	buf_add(b, STR("{\"rule\":"));
	quote_json(b, str_of(d->code));
	if (d->rule) {
		quote_json_member(b, "explain", str_of(d->rule));
	}
	quote_json_member(b, "level", str_of(levels[d->level]));
	quote_json_member(b, "message", str_of(report_line(b->arena, d->text)));
	if (d->src) {
		quote_json_member(b, "file", item->path);
		buf_byte(b, ',');
		add_range(b, item->from, item->to);
	}
	if (d->subject) {
		quote_json_member(b, "path", str_of(report_line(b->arena, d->subject)));
	}
	if (d->help) {
		quote_json_member(b, "help", str_of(report_line(b->arena, d->help)));
	}
	add_fix(b, d);
	add_notes(b, d);
	add_related(b, d);
	quote_json_member(b, "fingerprint", str_of(item->print));
	buf_byte(b, '}');
}

static void
add_change(struct buf *b, const struct changes *c, const struct change *change)
{
	struct place place = source_place(c->src, change->at);

	buf_add(b, STR("{\"rule\":"));
	quote_json(b, c->rules[change->by].name);
	quote_json_member(b, "object", str_of(report_line(b->arena, change->object)));
	quote_json_member(b, "pointer", str_of(report_line(b->arena, change->pointer)));
	buf_addf(b, ",\"line\":%zu,\"column\":%zu,\"bytes\":%td", place.line, place.column, change->bytes);
	if (change->before) {
		buf_addf(b, ",\"before\":%s", change->before);
	}
	if (change->after) {
		buf_addf(b, ",\"after\":%s", change->after);
	}
	buf_byte(b, '}');
}

static void
add_changes(struct buf *b, const struct changes *c)
{
	const char *between = "\n";

	buf_add(b, STR(",\"rules\":["));
	for (size_t i = 0; i < c->nrules; i++) {
		const struct change_rule *rule = &c->rules[i];

		if (rule->matches || rule->changed > 0) {
			buf_addf(b, "%s{\"name\":", between);
			quote_json(b, rule->name);
			if (rule->matches) {
				buf_addf(b, ",\"matched\":%zu", rule->matched);
			}
			buf_addf(b, ",\"changes\":%zu}", rule->changed);
			between = ",\n";
		}
	}
	buf_add(b, STR("],\"changes\":["));
	for (const struct change *change = c->first; change; change = change->next) {
		buf_add(b, change == c->first ? STR("\n") : STR(",\n"));
		add_change(b, c, change);
	}
	buf_byte(b, ']');
}

void
format_json(struct buf *b, const struct report *r)
{
	const size_t *count = r->diags->count;

	buf_addf(b, "{\"schemaVersion\":1,\"version\":\"%s\",\"files\":[", WBRENDER_VERSION);
	for (size_t i = 0, n = 0; i < r->nfiles; i++) {
		if (r->files[i].src) {
			buf_add(b, n++ > 0 ? STR(",") : STR(""));
			quote_json(b, r->files[i].path);
		}
	}
	buf_addf(b, "],\"errors\":%zu,\"warnings\":%zu,\"notes\":%zu,\"findings\":[", count[DIAG_ERROR], count[DIAG_WARNING],
		count[DIAG_NOTE]);
	for (size_t i = 0; i < r->nitems; i++) {
		buf_add(b, i > 0 ? STR(",\n") : STR("\n"));
		add_finding(b, &r->items[i]);
	}
	buf_byte(b, ']');
	if (r->changes) {
		add_changes(b, r->changes);
	}
	buf_add(b, STR("}\n"));
}
