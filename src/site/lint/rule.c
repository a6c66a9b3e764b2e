/* SPDX-License-Identifier: Apache-2.0 */
/* What all rules of lint share: looking things up and adding findings. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "yaml/stream.h"

static const struct node *
at(const struct lint_run *run, const char *path)
{
	return node_at(run->root, str_of(arena_printf(run->arena, "/%s", path)));
}

const struct node *
lint_at(const struct lint_run *run, const char *path)
{
	if (run->read) {
		buf_addf(run->read, "%s\n", path);
	}
	return at(run, path);
}

struct str
lint_text(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	return node && node->kind < NODE_LIST && node->kind != NODE_NULL ? node->text : STR("");
}

struct str
lint_text_or(const struct lint_run *run, const char *path, const char *initial)
{
	return lint_at(run, path) ? lint_text(run, path) : str_of(initial);
}

bool
lint_true(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	return node && node->kind == NODE_BOOL && str_eq_nocase(node->text, STR("true"));
}

bool
lint_has(const struct lint_run *run, const char *list, struct str item)
{
	const struct node *node = lint_at(run, list);

	for (const struct node *n = node && node->kind == NODE_LIST ? node->first : NULL; n; n = n->next) {
		if (n->kind == NODE_STRING && str_eq(n->text, item)) {
			return true;
		}
	}
	return false;
}

bool
lint_openshift(const struct lint_run *run)
{
	struct str platform = lint_text(run, "platform");

	return str_eq(platform, STR("openshift")) || str_eq(platform, STR("rosa"));
}

/* a schema's error begins in the span */
static bool
has_error(const struct lint_run *run, struct span span)
{
	for (const struct diag *d = run->diags->first; d; d = d->next) {
		if (d->src == run->src && d->level == DIAG_ERROR && d->span.at >= span.at && d->span.at - span.at <= span.n
			&& str_starts(str_of(d->code), STR("schema/"))) {
			return true;
		}
	}
	return false;
}

bool
lint_wrong(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	return node && has_error(run, node->span);
}

/* what is there of a path */
static const struct node *
nearest(const struct lint_run *run, const char *path)
{
	const struct node *node = at(run, path);

	for (size_t n = str_of(path).n; !node && n > 0; n--) {
		if (path[n - 1] == '/') {
			node = at(run, arena_printf(run->arena, "%.*s", str_cut(n - 1), path));
		}
	}
	return node;
}

struct diag *
lint_hit(const struct lint_run *run, const char *path, const char *fmt, ...)
{
	const struct node *node = nearest(run, path);
	struct buf text = { .arena = run->diags->arena };
	struct span span = { run->root->span.at, 0 };
	struct diag *diag;
	va_list args;

	if (node && (node->kind < NODE_LIST || !node->key)) {
		span = node->span;
	} else if (node) {
		span = node->key->span;
	}
	/* one finding per cause */
	if (has_error(run, (struct span){ span.at, 0 })) {
		return arena_new(run->arena, struct diag);
	}
	va_start(args, fmt);
	buf_vaddf(&text, fmt, args);
	va_end(args);
	diag = diag_add(run->diags, run->rule->level, run->rule->id, run->src, span, "%s", buf_z(&text));
	diag->subject = arena_printf(run->diags->arena, "/%s", path);
	return diag;
}

void
lint_rules_run(struct source *src, const struct node *root, unsigned file, struct arena *a, struct diags *diags)
{
	struct lint_run run = { .file = file, .src = src, .arena = a, .diags = diags };

	run.root = root && root->kind == NODE_MAP ? node_flat(a, root) : NULL;
	for (const struct lint_rule *rule = lint_rules; run.root && rule->id; rule++) {
		if (rule->files & file) {
			run.rule = rule;
			rule->check(&run);
		}
	}
}

/* the rule on lines of a profile */
static void
read_example(const struct lint_rule *rule, const char *lines, struct arena *a, struct buf *read)
{
	struct lint_run run = { .rule = rule, .file = rule->files & LINT_PROFILE ? LINT_PROFILE : LINT_VALUES, .arena = a, .read = read };
	struct source *src = arena_new(a, struct source);
	struct node *root;
	struct diags diags;

	diags_init(&diags, a);
	source_init(src, a, rule->id, str_of(lines));
	if (parse_one(src, a, &root, &diags) && root && root->kind == NODE_MAP) {
		run.src = src;
		run.root = root;
		run.diags = &diags;
		rule->check(&run);
	}
}

/* path: with '.'; step: with '/'. One of them is the other or stands around it. */
static bool
related(struct str path, struct str step)
{
	size_t n = path.n < step.n ? path.n : step.n;

	for (size_t i = 0; i < n; i++) {
		if (path.s[i] != step.s[i] && (path.s[i] != '.' || step.s[i] != '/')) {
			return false;
		}
	}
	return n > 0 && (path.n == n || path.s[n] == '.') && (step.n == n || step.s[n] == '/');
}

bool
lint_rule_reads(const struct lint_rule *rule, struct str path, struct arena *a)
{
	struct buf read = { .arena = a };
	struct str all;

	read_example(rule, rule->bad, a, &read);
	read_example(rule, rule->good, a, &read);
	all = buf_str(&read);
	for (size_t from = 0, end; from < all.n; from = end + 1) {
		end = str_find(all, '\n', from);
		if (related(path, str_slice(all, from, end))) {
			return true;
		}
	}
	return false;
}

const struct lint_rule *
lint_rule_next(const struct lint_rule *rule)
{
	bool manifests;

	if (!rule) {
		return lint_rules;
	}
	manifests = rule->files == LINT_MANIFESTS;
	rule++;
	return rule->id ? rule : manifests ? NULL : lint_manifest_rules;
}

const struct lint_rule *
lint_rule_named(struct str id)
{
	for (const struct lint_rule *rule = lint_rule_next(NULL); rule; rule = lint_rule_next(rule)) {
		if (str_eq_nocase(id, str_of(rule->id))) {
			return rule;
		}
	}
	return NULL;
}
