/* SPDX-License-Identifier: Apache-2.0 */
/* Gives files to a fuzz target, without a fuzzer: what was once found must stay mended. A failure ends the program. */
#include "base/arena.h"
#include "base/source.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

int
main(int argc, char **argv)
{
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		struct arena arena = { 0 };
		struct source src;

		if (source_read(&src, &arena, argv[i]) != 0) {
			printf("not ok %d - cannot read %s\n", i, argv[i]);
			return 1;
		}
		LLVMFuzzerTestOneInput((const unsigned char *)src.text.s, src.text.n);
		printf("ok %d - %s\n", i, argv[i]);
		fflush(stdout);
		arena_done(&arena);
	}
	return argc < 2;
}
