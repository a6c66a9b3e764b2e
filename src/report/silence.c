/* SPDX-License-Identifier: Apache-2.0 */
/* Takes out findings that the user does not want, and tells of wishes that came to nothing. */
#include "report/silence.h"

#include "base/arena.h"
#include "base/table.h"

#include <string.h>

#define MARK "wbrender:"
#define HEAD "# Findings that wbrender lint --baseline accepts"

/* one code of a comment */
struct wish {
	struct str code;
	struct span span;             /* the comment, for findings */
	size_t line;                  /* that it is about; 0: the whole file */
	bool used;
	struct wish *next;
};

struct wishes {
	struct arena *arena;
	struct source *src;
	struct diags *diags;
	struct wish *first;
};

/* behind the text if it stands there, with blanks behind it */
static bool
skip(struct str s, size_t *at, struct str word)
{
	if (!str_starts(str_slice(s, *at, s.n), word)) {
		return false;
	}
	*at += word.n;
	while (*at < s.n && (s.s[*at] == ' ' || s.s[*at] == '\t')) {
		++*at;
	}
	return true;
}

static void
complain(struct wishes *w, struct span span, const char *code, const char *text, const char *help)
{
	diag_help(w->diags, diag_add(w->diags, DIAG_WARNING, code, w->src, span, "%s", text), "%s", help);
}

static void
add_codes(struct wishes *w, struct str codes, struct span span, size_t line)
{
	for (size_t at = 0; at < codes.n;) {
		size_t end = str_find(codes, ',', at);
		struct str code = str_trim(str_slice(codes, at, end));

		if (code.n > 0) {
			struct wish *wish = arena_new(w->arena, struct wish);

			*wish = (struct wish){ .code = code, .span = span, .line = line, .next = w->first };
			w->first = wish;
		}
		at = end + 1;
	}
}

/* text: the comment behind its mark; line: that it is about */
static void
read_comment(struct wishes *w, struct str text, struct span span, size_t line)
{
	const char *form = "write '# wbrender: ignore CODE -- reason', or ignore-file";
	const char *dashes;
	struct str codes, reason;
	size_t at = 0;

	if (skip(text, &at, STR("ignore-file "))) {
		line = 0;
	} else if (!skip(text, &at, STR("ignore "))) {
		complain(w, span, "lint/ignore", "this comment asks for nothing that is known", form);
		return;
	}
	text = str_slice(text, at, text.n);
	dashes = text.n > 0 ? memmem(text.s, text.n, "--", 2) : NULL;
	codes = dashes ? str_slice(text, 0, (size_t)(dashes - text.s)) : text;
	reason = dashes ? str_trim(str_slice(text, codes.n + 2, text.n)) : STR("");
	if (str_trim(codes).n == 0) {
		complain(w, span, "lint/ignore", "this comment names no code", form);
		return;
	}
	if (reason.n == 0) {
		complain(w, span, "lint/ignore", "nothing says why this is ignored", "write the reason behind ' -- '");
	}
	add_codes(w, codes, span, line);
}

/* the first line after this one that is not only a comment */
static size_t
line_below(struct source *src, size_t line)
{
	for (line++; line <= source_lines(src); line++) {
		struct str s = str_trim(source_line(src, line));

		if (s.n > 0 && s.s[0] != '#') {
			break;
		}
	}
	return line;
}

static void
read_line(struct wishes *w, size_t line)
{
	struct str s = source_line(w->src, line);

	for (size_t at = str_find(s, '#', 0); at < s.n; at = str_find(s, '#', at + 1)) {
		size_t mark = at + 1;

		while (mark < s.n && s.s[mark] == ' ') {
			mark++;
		}
		if ((at == 0 || s.s[at - 1] == ' ' || s.s[at - 1] == '\t') && skip(s, &mark, STR(MARK))) {
			size_t start = (size_t)(s.s - w->src->text.s);
			bool alone = str_trim(str_slice(s, 0, at)).n == 0;

			read_comment(w, str_slice(s, mark, s.n), (struct span){ start + at, s.n - at },
				alone ? line_below(w->src, line) : line);
			return;
		}
	}
}

/* is that one of its names? */
static bool
is_called(const struct diag *d, struct str code)
{
	return str_eq_nocase(code, str_of(d->code)) || (d->rule && str_eq_nocase(code, str_of(d->rule)));
}

typedef bool keep_fn(void *ctx, struct diag *);

/* only those that are to be kept; their levels may change */
static void
filter(struct diags *diags, keep_fn *keep, void *ctx)
{
	struct diag **link = &diags->first;

	memset(diags->count, 0, sizeof(diags->count));
	while (*link) {
		if (keep(ctx, *link)) {
			diags->count[(*link)->level]++;
			link = &(*link)->next;
		} else {
			*link = (*link)->next;
		}
	}
	diags->last = link;
}

static bool
keep_unwished(void *ctx, struct diag *d)
{
	struct wishes *w = ctx;
	bool keep = true;
	size_t line;

	if (d->src != w->src || strcmp(d->code, "yaml/syntax") == 0) {
		return true;
	}
	line = source_place(d->src, d->span.at).line;
	for (struct wish *wish = w->first; wish; wish = wish->next) {
		if ((wish->line == 0 || wish->line == line) && is_called(d, wish->code)) {
			wish->used = true;
			keep = false;
		}
	}
	return keep;
}

void
silence_by_comments(struct source *src, struct diags *diags)
{
	struct wishes w = { .arena = diags->arena, .src = src, .diags = diags };
	struct str text = src->text;

	/* most files have none */
	if (text.n == 0 || !memmem(text.s, text.n, MARK, sizeof(MARK) - 1)) {
		return;
	}
	for (size_t line = 1; line <= source_lines(src); line++) {
		read_line(&w, line);
	}
	filter(diags, keep_unwished, &w);
	for (const struct wish *wish = w.first; wish; wish = wish->next) {
		if (!wish->used) {
			complain(&w, wish->span, "lint/unused-ignore", arena_printf(w.arena, "there is no finding '%.*s' to ignore %s",
				STR_FMT(wish->code), wish->line == 0 ? "in this file" : "there"), "remove it");
		}
	}
}

bool
silence_level_read(struct arena *a, const char *word, struct silence_level *ret)
{
	static const struct {
		const char *name;
		bool off;
		enum diag_level level;
	} levels[] = { { "off", true, DIAG_NOTE }, { "note", false, DIAG_NOTE }, { "warning", false, DIAG_WARNING },
		{ "error", false, DIAG_ERROR } };
	const char *equals = strchr(word, '=');

	for (size_t i = 0; equals && equals > word && i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (strcmp(equals + 1, levels[i].name) == 0) {
			*ret = (struct silence_level){ str_z(a, str_slice(str_of(word), 0, (size_t)(equals - word))), levels[i].off,
				levels[i].level };
			return true;
		}
	}
	return false;
}

struct levels {
	const struct source *src;
	const struct silence_level *levels;
	size_t n;
};

static bool
keep_level(void *ctx, struct diag *d)
{
	const struct levels *l = ctx;

	for (size_t i = l->src && d->src != l->src ? 0 : l->n; i > 0; i--) {
		if (is_called(d, str_of(l->levels[i - 1].code))) {
			d->level = l->levels[i - 1].off ? d->level : l->levels[i - 1].level;
			return !l->levels[i - 1].off;
		}
	}
	return true;
}

void
silence_by_levels(struct diags *diags, const struct source *src, const struct silence_level *levels, size_t n)
{
	filter(diags, keep_level, &(struct levels){ src, levels, n });
}

struct str
silence_baseline(const struct report *r)
{
	struct buf b = { .arena = r->arena };

	buf_add(&b, STR(HEAD "; made by --write-baseline.\n"));
	for (size_t i = 0; i < r->nitems; i++) {
		const struct item *item = &r->items[i];

		if (item->diag->src) {
			buf_addf(&b, "%s %s %.*s\n", item->print, item->diag->code, STR_FMT(item->path));
		}
	}
	return buf_str(&b);
}

static bool
is_print(struct str word)
{
	bool good = word.n == REPORT_PRINT_BYTES - 1;

	for (size_t i = 0; i < word.n && good; i++) {
		good = (word.s[i] >= '0' && word.s[i] <= '9') || (word.s[i] >= 'a' && word.s[i] <= 'f');
	}
	return good;
}

bool
silence_is_baseline(struct str text)
{
	bool prints = false;

	if (str_starts(text, STR(HEAD))) {
		return true;
	}
	for (size_t at = 0; at < text.n; at = str_find(text, '\n', at) + 1) {
		struct str line = str_trim(str_slice(text, at, str_find(text, '\n', at)));

		if (line.n > 0 && line.s[0] != '#' && !is_print(str_slice(line, 0, str_find(line, ' ', 0)))) {
			return false;
		}
		prints |= line.n > 0 && line.s[0] != '#';
	}
	return prints || str_trim(text).n == 0;
}

/* the items stand in the order of the findings */
struct known {
	struct table prints;
	const struct item *next;
};

static bool
keep_unknown(void *ctx, struct diag *d)
{
	struct known *known = ctx;
	const struct item *item = known->next++;

	return !d->src || !table_get(&known->prints, str_of(item->print));
}

/* the fingerprint at the beginning of a line of a baseline */
static struct str
print_of(struct str line)
{
	return str_slice(line, 0, str_find(line, ' ', 0));
}

void
silence_by_baseline(struct diags *diags, const struct source *baseline)
{
	struct known known = { .prints = { .arena = diags->arena } };
	struct str text = baseline->text;
	struct report r;

	for (size_t at = 0; at < text.n;) {
		size_t end = str_find(text, '\n', at);

		table_put(&known.prints, print_of(str_slice(text, at, end)), &known);
		at = end + 1;
	}
	report_init(&r, diags, NULL, 0);
	known.next = r.items;
	filter(diags, keep_unknown, &known);
}

/* the files that were read as YAML, by their paths; where one was not, most findings are not known */
static struct table
paths_of(const struct report *r)
{
	struct table paths = { .arena = r->arena };

	for (size_t i = 0; i < r->nfiles; i++) {
		struct report_file *file = &r->files[i];
		bool read = file->src;

		for (size_t k = 0; k < file->n && read; k++) {
			const struct diag *d = file->items[k].diag;

			read = d->level < DIAG_ERROR || !str_starts(str_of(d->code), STR("yaml/"));
		}
		if (read) {
			table_put(&paths, file->path, file);
		}
	}
	return paths;
}

void
silence_stale(const struct report *all, struct source *baseline, struct diags *diags)
{
	struct table prints = { .arena = all->arena }, paths = paths_of(all);
	struct str text = baseline->text;
	struct diag *diag = NULL;
	size_t n = 0;

	for (size_t i = 0; i < all->nitems; i++) {
		table_put(&prints, str_of(all->items[i].print), &prints);
	}
	for (size_t at = 0, end; at < text.n; at = end + 1) {
		struct str line, print, path;

		end = str_find(text, '\n', at);
		line = str_slice(text, at, end);
		print = print_of(line);
		path = str_slice(line, str_find(line, ' ', print.n + 1) + 1, line.n);
		if (str_starts(line, STR("#")) || !table_get(&paths, path) || table_get(&prints, print)) {
			continue;
		}
		if (n++ == 0) {
			diag = diag_add(diags, DIAG_NOTE, "lint/baseline", baseline, (struct span){ at, print.n },
				"this finding of the baseline is no longer there");
			diag_help(diags, diag, "remove the line, or write the baseline anew");
		}
	}
	if (n > 1) {
		diag_note(diags, diag, "and %zu more", n - 1);
	}
}
