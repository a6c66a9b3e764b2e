/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about a pattern that Go refuses: its words, the place, and what to write instead. */
#include "schema/re2.h"

#include "base/arena.h"

bool
re2_refuse(struct re2 *ret, const char *error, size_t from, size_t to, const char *help)
{
	*ret = (struct re2){ .error = error, .part = { from, to - from }, .at = from, .help = help };
	return false;
}

const char *
re2_text(struct arena *a, struct str pattern, const struct re2 *re2)
{
	struct str part = str_slice(pattern, re2->part.at, re2->part.at + re2->part.n);

	return arena_printf(a, "%s: `%.*s`", re2->error, STR_FMT(part));
}

/* what Go has not, by what follows "(?" */
static const struct {
	const char *begins, *help;
} foreign[] = {
	{ "<=", "Go's regular expressions have no lookbehind; no Helm can run this pattern" },
	{ "<!", "Go's regular expressions have no lookbehind; no Helm can run this pattern" },
	{ "=", "Go's regular expressions have no lookahead; no Helm can run this pattern" },
	{ "!", "Go's regular expressions have no lookahead; no Helm can run this pattern" },
	{ ">", "Go's regular expressions have no atomic groups, and need none; write (?:...)" },
	{ "#", "Go's regular expressions have no comments; leave it out" },
	{ "|", "Go's regular expressions cannot number groups anew; write (?:...)" },
	{ "(", "Go's regular expressions have no conditions; no Helm can run this pattern" },
	{ "P=", "Go's regular expressions have no back references; no Helm can run this pattern" },
	{ "P>", "Go's regular expressions cannot call a group; write it out" },
	{ "&", "Go's regular expressions cannot call a group; write it out" },
	{ "R", "Go's regular expressions have no recursion; no Helm can run this pattern" },
	{ "'", "write (?<name>...)" },
	{ "P'", "write (?<name>...)" },
	{ "x", "Go's regular expressions have no flag x: leave out its blanks and comments" },
};

const char *
re2_group_help(struct str rest)
{
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		if (str_starts(rest, str_of(foreign[i].begins))) {
			return foreign[i].help;
		}
	}
	if (rest.n > 0 && rest.s[0] >= '0' && rest.s[0] <= '9') {
		return "Go's regular expressions cannot call a group; write it out";
	}
	return "the flags are i, m, s and U";
}

const char *
re2_escape_help(char c)
{
	switch (c) {
	case 'Z': return "write \\z for the end of the text";
	case 'e': return "write \\x1b";
	case 'c': return "write the control character as \\x and two hexadecimal digits";
	case 'u': case 'U': return "write \\x{...} with the hexadecimal number";
	case 'h': return "write [ \\t]";
	case 'H': return "write [^ \\t]";
	case 'R': return "write \\r?\\n";
	case 'N': return "write [^\\n]";
	case 'k': case 'g': return "Go's regular expressions have no back references; no Helm can run this pattern";
	case 'K': case 'G': case 'X': case 'C': return "Go's regular expressions have nothing like it";
	case 'x': return "write \\x and two hexadecimal digits, or \\x{...}";
	case 'b': case 'B': case 'A': case 'z': return "it has no meaning inside of []";
	case 'd': case 'D': case 's': case 'S': case 'w': case 'W': return "a class cannot be the end of a range; write \\- for the character";
	case 'E': return "there is no \\Q before it";
	default:
		return c >= '1' && c <= '9' ? "Go's regular expressions have no back references; no Helm can run this pattern" : "leave the \\ out";
	}
}
