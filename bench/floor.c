/* SPDX-License-Identifier: Apache-2.0 */
/* The least that a post-renderer on libyaml can cost: reads standard input whole, as wbrender does, takes every event, and writes it out again. */
#include "base/arena.h"
#include "base/source.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

static bool
take_events(struct str text)
{
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type;

	if (!yaml_parser_initialize(&parser)) {
		return false;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.s, text.n);
	do {
		if (!yaml_parser_parse(&parser, &event)) {
			fprintf(stderr, "bench-floor: line %zu: %s\n", parser.problem_mark.line + 1, parser.problem);
			yaml_parser_delete(&parser);
			return false;
		}
		type = event.type;
		yaml_event_delete(&event);
	} while (type != YAML_STREAM_END_EVENT);
	yaml_parser_delete(&parser);
	return true;
}

static bool
put(struct str text)
{
	while (text.n > 0) {
		ssize_t done = write(STDOUT_FILENO, text.s, text.n);

		if (done < 0) {
			if (errno == EINTR) {
				continue;
			}
			return false;
		}
		text.s += done;
		text.n -= (size_t)done;
	}
	return true;
}

int
main(void)
{
	struct arena arena = { 0 };
	struct source in = { 0 };
	int error = source_read(&in, &arena, "-");
	bool good = error == 0;

	if (!good) {
		fprintf(stderr, "bench-floor: cannot read: %s\n", strerror(error));
	} else {
		good = take_events(in.text) && put(in.text);
	}
	arena_done(&arena);
	return good ? 0 : 1;
}
