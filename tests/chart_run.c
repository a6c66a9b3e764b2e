/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the values that a chart's templates would get, as JSON: for tests that compare them with Helm's.
   usage: chart-run 3|4 CHART [-f FILE | --set ARG | --set-string ARG | --set-json ARG | --set-file ARG]...
   Many computations by one call: "--" ends one and begins the next. Each prints one line, "error: TEXT" where Helm must refuse. */
#include "base/arena.h"
#include "helm/layers.h"
#include "yaml/emit.h"
#include "yaml/scalar.h"

#include <stdio.h>
#include <string.h>

static void
print(struct buf *b, const struct value *v)
{
	const char *comma = "";
	double number;

	switch (v->node->kind) {
	case NODE_MAP:
		buf_byte(b, '{');
		for (const struct value_entry *entry = v->first; entry; entry = entry->next) {
			if (entry->value) {
				buf_addf(b, "%s", comma);
				emit_json_string(b, entry->key);
				buf_byte(b, ':');
				print(b, entry->value);
				comma = ",";
			}
		}
		buf_byte(b, '}');
		return;
	case NODE_LIST:
		buf_byte(b, '[');
		for (size_t i = 0; i < v->n; i++) {
			buf_addf(b, "%s", comma);
			print(b, v->items[i]);
			comma = ",";
		}
		buf_byte(b, ']');
		return;
	case NODE_STRING:
		emit_json_string(b, v->node->text);
		return;
	case NODE_BOOL:
		buf_addf(b, "%s", scalar_true(v->node->text) ? "true" : "false");
		return;
	case NODE_INT:
	case NODE_FLOAT:
		buf_addf(b, "%.17g", scalar_double(v->node->text, &number) ? number : 0.0);
		return;
	default:
		buf_addf(b, "null");
	}
}

static void
compute(unsigned helm, const char *chart, char **argv, int argc)
{
	static const char *const names[] = { "--set", "--set-string", "--set-json", "--set-file" };
	struct arena arena = { 0 };
	struct layers layers = { .chart = chart, .helm = helm };
	struct layers_read read;
	struct chart *loaded;
	struct values vs;
	struct diags diags;
	struct value *all;
	struct buf b = { .arena = &arena };

	diags_init(&diags, &arena);
	values_init(&vs, &arena);
	for (int i = 0; i + 1 < argc; i += 2) {
		struct layer_list *list = &layers.files;

		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
			list = strcmp(argv[i], names[k]) == 0 ? &layers.settings[k] : list;
		}
		if (!list->items) {
			list->items = arena_alloc(&arena, (size_t)argc, sizeof(const char *));
		}
		list->items[list->n++] = argv[i + 1];
	}
	all = layers_compute(&vs, &layers, helm, &loaded, &read, &diags);
	for (const struct diag *d = all ? NULL : diags.first; d; d = d->next) {
		if (d->level == DIAG_ERROR) {
			buf_addf(&b, "error: %s", d->text);
			break;
		}
	}
	if (all) {
		print(&b, all);
	}
	puts(buf_z(&b));
	arena_done(&arena);
}

int
main(int argc, char **argv)
{
	if (argc < 3) {
		return 2;
	}
	for (int i = 3, end; i <= argc; i = end + 1) {
		for (end = i; end < argc && strcmp(argv[end], "--") != 0; end++) {
		}
		compute(argv[1][0] == '3' ? 3 : 4, argv[2], argv + i, end - i);
	}
	return 0;
}
