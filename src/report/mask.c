/* SPDX-License-Identifier: Apache-2.0 */
/* Finds secret values in a line without parsing: it must work in files that cannot be parsed, too. */
#include "report/mask.h"

#include "base/secret.h"
#include "report/line.h"
#include "report/sealed.h"

enum {
	WALK_MAX = 10000,             /* lines looked at above the one shown */
	NAME_LINE_MAX = 1000,         /* bytes of a line that names an environment variable */
	LOOK_BACK_MAX = 2 << 20,      /* bytes of the line before the window; a Secret holds at most half of that */
};

/* a value without its quotes */
static struct str
word_of(struct str line, struct span value)
{
	struct str word = str_slice(line, value.at, value.at + value.n);

	return word.n >= 2 && (word.s[0] == '"' || word.s[0] == '\'') ? str_slice(word, 1, word.n - 1) : word;
}

/* the word of "name: WORD" on that line */
static bool
names_a_secret(struct source *src, size_t line)
{
	struct str s = line == 0 ? STR("") : source_line(src, line);
	struct line_entry e;

	if (s.n > NAME_LINE_MAX || !line_entry(s, line_content(s), line_flow(s), &e) || !str_eq(e.key, STR("name"))) {
		return false;
	}
	return secret_key(word_of(s, e.value));
}

/* a name of an environment variable; a password that somebody wrote in its place is seldom one */
static bool
is_variable(struct str word)
{
	bool good = word.n > 0 && !(word.s[0] >= '0' && word.s[0] <= '9');

	for (size_t i = 0; i < word.n && good; i++) {
		char c = word.s[i];

		good = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
	}
	return good;
}

/* Is the value at `at` all of `{env: NAME}` or `{file: PATH}`? It says where the secret is. */
static bool
is_pointer(struct str s, size_t at)
{
	struct line_entry e;
	size_t end, first = line_skip(s, at + 1);

	first += first < s.n && (s.s[first] == '"' || s.s[first] == '\'');
	if (at >= s.n || s.s[at] != '{' || !line_entry(s, at + 1, at, &e)) {
		return false;
	}
	end = line_skip(s, e.value.at + e.value.n);
	return end < s.n && s.s[end] == '}' && first == (size_t)(e.key.s - s.s)
		&& (str_eq(e.key, STR("file")) || (str_eq(e.key, STR("env")) && is_variable(word_of(s, e.value))));
}

/* is the line `KEY:` with nothing behind it, of a key that looks secret? */
static bool
opens_a_secret(struct source *src, size_t line)
{
	struct str s = line == 0 ? STR("") : source_line(src, line);
	struct line_entry e;

	return s.n <= NAME_LINE_MAX && line_entry(s, line_content(s), line_flow(s), &e) && e.value.n == 0 && secret_key(e.key);
}

/* true when the whole line belongs to a value whose key stands above and looks secret */
static bool
is_inside_secret(struct source *src, size_t line)
{
	struct str s = source_line(src, line);
	size_t indent = line_skip(s, 0);
	bool item = line_content(s) > indent;
	struct line_entry e;
	bool keyed = line_entry(s, line_content(s), line_flow(s), &e);

	for (size_t up = line - 1, seen = 0; up > 0 && seen < WALK_MAX && (indent > 0 || item); up--, seen++) {
		size_t at, content;
		bool sibling;

		s = source_line(src, up);
		at = line_skip(s, 0);
		content = line_content(s);
		/* a list may stand at the indentation of its key */
		if (at == s.n || s.s[at] == '#' || at > indent || (at == indent && (!item || content > at))) {
			continue;
		}
		/* "- key: value" above "  key: value" */
		sibling = content > at && content >= indent;
		indent = at;
		item = content > at;
		if (sibling || !line_entry(s, content, line_flow(s), &e)) {
			continue;
		}
		if (secret_key(e.key) && (!keyed || e.value.n > 0)) {
			return true;
		}
		keyed = true;
	}
	return false;
}

/* what the keys of this line and of those above tell */
static size_t
by_keys(struct source *src, size_t line, struct span window, struct span *ret, size_t max)
{
	struct str s = source_line(src, line);
	size_t at = line_content(s), n = 0, end = window.at + window.n, flow = line_flow(s);
	struct line_entry e;

	if (at < s.n && is_inside_secret(src, line)) {
		ret[0] = (struct span){ at, s.n - at };
		return at < end ? 1 : 0;
	}
	if (window.at > LOOK_BACK_MAX && at < window.at - LOOK_BACK_MAX) {
		at = window.at - LOOK_BACK_MAX;
	}
	while (line_entry(s, at, flow, &e) && e.value.at < end) {
		bool secret = secret_key(e.key);

		if (!secret && str_eq(e.key, STR("value"))) {
			secret = names_a_secret(src, line - 1) || names_a_secret(src, line + 1);
		}
		if (str_eq(e.key, STR("env")) && !is_variable(word_of(s, e.value))) {
			secret = opens_a_secret(src, line - 1);
		}
		if (!secret || line_harmless(str_slice(s, e.value.at, e.value.at + e.value.n)) || is_pointer(s, e.value.at)) {
			at = e.value.at;
			continue;
		}
		at = e.value.at + e.value.n;
		if (at <= window.at) {
			continue;
		}
		if (n == max) {
			ret[n - 1].n = end - ret[n - 1].at;
			break;
		}
		ret[n++] = e.value;
	}
	return n;
}

/* both in order; what overlaps becomes one */
static size_t
unite(struct span *spans, size_t n, const struct span *more, size_t nmore, size_t max)
{
	struct span all[2 * MASK_SPANS];
	size_t count = 0, out = 0;

	for (size_t i = 0, k = 0; i < n || k < nmore;) {
		all[count++] = k == nmore || (i < n && spans[i].at <= more[k].at) ? spans[i++] : more[k++];
	}
	for (size_t i = 0; i < count; i++) {
		struct span *last = out > 0 ? &spans[out - 1] : NULL;

		if (last && (all[i].at <= last->at + last->n || out == max)) {
			size_t end = all[i].at + all[i].n;

			last->n = end > last->at + last->n ? end - last->at : last->n;
		} else {
			spans[out++] = all[i];
		}
	}
	return out;
}

size_t
report_masks(struct source *src, size_t line, struct span window, struct span *ret, size_t max)
{
	struct span sealed[MASK_SPANS];
	size_t n, nsealed;

	max = max < MASK_SPANS ? max : MASK_SPANS;
	n = by_keys(src, line, window, ret, max);
	nsealed = sealed_spans(src, line, window, sealed, max);
	return unite(ret, n, sealed, nsealed, max);
}
