/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at the lines beside a problem: commands, patches, merge conflicts, other languages, slips of the keyboard. */
#include "yaml/likely.h"

#include <string.h>

enum { LOOK_MAX = 4096 };             /* bytes looked back for a line */

static struct str
line_of(struct str s, size_t at)
{
	size_t from = at < s.n ? at : s.n, end = from;

	while (from > 0 && at - from < LOOK_MAX && s.s[from - 1] != '\n') {
		from--;
	}
	while (end < s.n && end - from < LOOK_MAX && s.s[end] != '\n' && s.s[end] != '\r') {
		end++;
	}
	return str_slice(s, from, end);
}

/* the line above that is neither blank nor a comment; empty when there is none */
static struct str
line_above(struct str s, struct str line)
{
	size_t at = (size_t)(line.s - s.s);

	for (size_t back = 0; at > 0 && back < LOOK_MAX; back += line.n + 1) {
		line = line_of(s, at - 1);
		at = (size_t)(line.s - s.s);
		if (str_trim(line).n > 0 && str_trim(line).s[0] != '#') {
			return line;
		}
	}
	return STR("");
}

static bool
has(struct str s, const char *part)
{
	return memmem(s.s, s.n, part, strlen(part));
}

/* where what a line says begins, behind the "- " of list items */
static size_t
indent_of(struct str line)
{
	struct str rest = str_trim(line);

	while (str_starts(rest, STR("- "))) {
		rest = str_trim(str_slice(rest, 2, rest.n));
	}
	return rest.n == 0 ? 0 : (size_t)(rest.s - line.s);
}

static bool
is_conflict(struct str line)
{
	return str_starts(line, STR("<<<<<<<")) || str_starts(line, STR("=======")) || str_starts(line, STR(">>>>>>>"));
}

static bool
is_pair(struct str line)
{
	return has(line, ": ") || str_ends(line, STR(":"));
}

/* what a line is that is none of a YAML file */
static const char *
other_line(struct str line)
{
	line = str_trim(line);
	if (str_starts(line, STR("//")) || str_starts(line, STR("/*"))) {
		return "'//' and '/*' begin no comment: use '#'";
	}
	if (str_starts(line, STR("```"))) {
		return "a line of ``` belongs to Markdown: remove it";
	}
	if (str_starts(line, STR("$ ")) || str_starts(line, STR("# cat ")) || has(line, "<<EOF") || has(line, "<< EOF") || has(line, "<<'EOF'")) {
		return "there is a shell's command in the file: remove it";
	}
	if (str_starts(line, STR("@@ ")) || str_starts(line, STR("+++ "))) {
		return "this looks like a patch, not like the file itself";
	}
	if (str_starts(line, STR("[")) && str_ends(line, STR("]")) && !has(line, ",")) {
		return "this looks like an INI or TOML file: YAML has 'key: value'";
	}
	return NULL;
}

static const char *
no_colon(struct str line)
{
	if (has(line, "\xEF\xBC\x9A")) {
		return "the colon is a wide one: write ':'";
	}
	if (has(line, ":") && !is_pair(line)) {
		return "put a blank behind the ':'";
	}
	return has(line, "=") ? "write ':' for '='" : NULL;
}

static const char *
no_key(struct str line, size_t colon, struct str above)
{
	if (has(str_slice(line, 0, colon), ": ")) {
		return "quote the value: without quotes a ':' at the end or before a blank begins another key";
	}
	if (above.n > 0 && !is_pair(above) && !str_starts(str_trim(above), STR("-"))) {
		return has(above, ":") ? "put a blank behind the ':' of the line above" : "the line above is no 'key: value'";
	}
	if (above.n > 0 && indent_of(line) > indent_of(above) && !str_ends(str_trim(above), STR(":"))) {
		return "this line stands deeper than the one above, which has its value already: give both the same indent";
	}
	return NULL;
}

static const char *
in_flow(struct str text, size_t at, struct str line, struct str above)
{
	struct str before = str_trim(str_slice(line, 0, (size_t)(text.s + at - line.s)));

	above = str_trim(above);
	if (before.n > 0 && at > 0 && (text.s[at - 1] == '\'' || text.s[at - 1] == '"')) {
		return text.s[at - 1] == '"' ? "a quote inside double quotes is written \\\"" : "a quote inside single quotes is written twice: ''";
	}
	if (before.n == 0 && at < text.n && above.n > 0 && !strchr(",{[", above.s[above.n - 1])) {
		return "put a ',' at the end of the line above, or close the bracket there";
	}
	return NULL;
}

const char *
likely(const struct source *src, const char *problem, size_t at, size_t begin)
{
	struct str s = src->text, line = line_of(s, at), above = line_above(s, line), first = line_of(s, begin < at ? begin : at);
	const char *help = other_line(line);

	if (is_conflict(line) || is_conflict(above) || is_conflict(first)) {
		return "a merge conflict was left here: take one side, and remove the lines of <<<<<<<, ======= and >>>>>>>";
	}
	help = help ? help : other_line(above);
	if (help) {
		return help;
	}
	if (strcmp(problem, "could not find expected ':'") == 0) {
		return no_colon(first);
	}
	if (strcmp(problem, "mapping values are not allowed in this context") == 0) {
		return no_key(line, at < s.n ? (size_t)(s.s + at - line.s) : line.n, above);
	}
	if (str_starts(str_of(problem), STR("did not find expected ',' or"))) {
		return in_flow(s, at < s.n ? at : s.n, line, above);
	}
	return NULL;
}
