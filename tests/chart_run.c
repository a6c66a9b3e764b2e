/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the values that a chart's templates would get, as JSON, or whether the schemas accept them: for tests that compare with Helm.
   usage: chart-run values|verdict 3|4 CHART [-f FILE | --set ARG | --set-string ARG | --set-json ARG | --set-file ARG]... [-- CHART ...]...
   Each computation prints one line: JSON, "accept", or "error: TEXT" where Helm must refuse. */
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

static const char *
first_error(const struct diags *diags, struct arena *a)
{
	const struct diag *d = diags->first;

	while (d && d->level != DIAG_ERROR) {
		d = d->next;
	}
	return d ? arena_printf(a, "error: %s", d->text) : NULL;
}

static void
add(struct arena *a, struct layer_list *list, const char *word, int most)
{
	if (!list->items) {
		list->items = arena_alloc(a, (size_t)most, sizeof(const char *));
	}
	list->items[list->n++] = word;
}

static void
compute(bool judge, unsigned helm, char **argv, int argc)
{
	static const char *const names[] = { "--set", "--set-string", "--set-json", "--set-file" };
	struct arena arena = { 0 };
	struct layers layers = { .chart = argv[0], .helm = helm };
	struct layers_read read;
	struct chart *chart;
	struct values vs;
	struct diags diags;
	struct value *all;
	struct buf b = { .arena = &arena };
	const char *error;

	diags_init(&diags, &arena);
	values_init(&vs, &arena);
	for (int i = 1; i + 1 < argc; i += 2) {
		struct layer_list *list = &layers.files;

		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
			list = strcmp(argv[i], names[k]) == 0 ? &layers.settings[k] : list;
		}
		add(&arena, list, argv[i + 1], argc);
	}
	if (judge) {
		layers_check(&layers, &read, &diags);
		error = first_error(&diags, &arena);
		puts(error ? error : "accept");
	} else {
		all = layers_compute(&vs, &layers, helm, &chart, &read, &diags);
		if (all) {
			print(&b, all);
		}
		puts(all ? buf_z(&b) : first_error(&diags, &arena));
	}
	arena_done(&arena);
}

int
main(int argc, char **argv)
{
	if (argc < 4) {
		return 2;
	}
	for (int i = 3, end; i < argc; i = end + 1) {
		for (end = i; end < argc && strcmp(argv[end], "--") != 0; end++) {
		}
		compute(strcmp(argv[1], "verdict") == 0, argv[2][0] == '3' ? 3 : 4, argv + i, end - i);
	}
	return 0;
}
