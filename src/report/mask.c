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

/* the word of "name: WORD" on that line */
static bool
names_a_secret(struct source *src, size_t line)
{
	struct str s = line == 0 ? STR("") : source_line(src, line);
	struct line_entry e;
	struct str word;

	if (s.n > NAME_LINE_MAX || !line_entry(s, line_content(s), line_flow(s), &e) || !str_eq(e.key, STR("name"))) {
		return false;
	}
	word = str_slice(s, e.value.at, e.value.at + e.value.n);
	if (word.n >= 2 && (word.s[0] == '"' || word.s[0] == '\'')) {
		word = str_slice(word, 1, word.n - 1);
	}
	return secret_key(word);
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
		if (!secret || line_harmless(str_slice(s, e.value.at, e.value.at + e.value.n))) {
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
