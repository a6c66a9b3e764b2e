/* SPDX-License-Identifier: Apache-2.0 */
/* A port of Helm's pkg/ignore, over fnmatch. */
#include "helm/ignore.h"

#include "base/arena.h"

#include <fnmatch.h>
#include <string.h>

struct ignore_rule {
	const char *pattern;
	bool negated, folders, whole; /* whole: the pattern is for the path, not for the name alone */
	struct ignore_rule *next;
};

static struct str
trimmed(struct str s)
{
	s = str_trim(s);
	return str_trim(str_slice(s, 0, s.n - str_ends(s, STR("\r"))));
}

static bool
has_two_stars(struct str s)
{
	for (size_t at = str_find(s, '*', 0); at + 1 < s.n; at = str_find(s, '*', at + 1)) {
		if (s.s[at + 1] == '*') {
			return true;
		}
	}
	return false;
}

static bool
add(struct ignore *ignore, struct arena *a, struct source *src, struct str line, struct diags *diags)
{
	struct ignore_rule *rule = arena_new(a, struct ignore_rule);
	struct str s = line;

	if (has_two_stars(s)) {
		diag_add(diags, DIAG_ERROR, "helm/chart", src, (struct span){ (size_t)(s.s - src->text.s), s.n },
			"Helm knows no '**' in .helmignore, and does not load the chart");
		return false;
	}
	rule->negated = str_starts(s, STR("!"));
	s = str_slice(s, rule->negated, s.n);
	rule->folders = str_ends(s, STR("/"));
	s = str_slice(s, 0, s.n - rule->folders);
	rule->whole = str_find(s, '/', 0) < s.n;
	s = str_slice(s, str_starts(s, STR("/")), s.n);
	rule->pattern = str_z(a, s);
	*ignore->last = rule;
	ignore->last = &rule->next;
	return true;
}

bool
ignore_read(struct ignore *ignore, struct arena *a, struct source *src, struct diags *diags)
{
	*ignore = (struct ignore){ .last = &ignore->first };
	for (size_t at = 0, end; src && at < src->text.n; at = end + 1) {
		struct str line;

		end = str_find(src->text, '\n', at);
		line = trimmed(str_slice(src->text, at, end));
		if (line.n > 0 && line.s[0] != '#' && !add(ignore, a, src, line, diags)) {
			return false;
		}
	}
	return true;
}

static bool
fits(const struct ignore_rule *rule, const char *path)
{
	const char *slash = strrchr(path, '/');

	return fnmatch(rule->pattern, rule->whole || !slash ? path : slash + 1, FNM_PATHNAME) == 0;
}

bool
ignore_has(const struct ignore *ignore, const char *path, bool folder)
{
	for (const struct ignore_rule *rule = ignore->first; rule; rule = rule->next) {
		bool other = rule->folders && !folder;

		if (rule->negated ? other || !fits(rule, path) : !other && fits(rule, path)) {
			return true;
		}
	}
	return false;
}
