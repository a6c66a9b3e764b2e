/* SPDX-License-Identifier: Apache-2.0 */
/* What all rules of lint share: looking things up and adding findings. */
#include "site/lint/rule.h"

#include "base/arena.h"
#include "kube/quantity.h"
#include "site/lint/facts.h"
#include "site/version.h"
#include "yaml/stream.h"

#include <assert.h>

enum { KUBERNETES_MINOR = 28 };       /* where the profile states none, its schema says this */

/* the place of what the profile states, in a tree laid over it: none of this file's */
static const struct span elsewhere = { SIZE_MAX, 0 };

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
lint_false(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	return node && node->kind == NODE_BOOL && !lint_true(run, path);
}

bool
lint_has(const struct lint_run *run, const char *list, struct str item)
{
	for (const struct node *n = lint_first(run, list, NODE_LIST); n; n = n->next) {
		if (n->kind == NODE_STRING && str_eq(n->text, item)) {
			return true;
		}
	}
	return false;
}

const struct node *
lint_first(const struct lint_run *run, const char *path, enum node_kind kind)
{
	const struct node *node = lint_at(run, path);

	return node && node->kind == kind ? node->first : NULL;
}

bool
lint_amount(const struct node *map, const char *key, double *ret)
{
	struct str text = node_text(map, str_of(key));

	return text.n > 0 && quantity_read(text, ret);
}

bool
lint_openshift(const struct lint_run *run)
{
	struct str platform = lint_text(run, "platform");

	return str_eq(platform, STR("openshift")) || str_eq(platform, STR("rosa"));
}

size_t
lint_kubernetes(const struct lint_run *run)
{
	size_t minor = version_kubernetes(lint_text(run, "kubernetesVersion"));

	return minor > 0 ? minor : KUBERNETES_MINOR;
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

static struct span
place_of(const struct node *node)
{
	if (node->kind >= NODE_LIST && node->key) {
		return node->key->span;
	}
	return node->kind >= NODE_LIST && node->style != NODE_FLOW ? (struct span){ node->span.at, 1 } : node->span;
}

static struct diag * __attribute__((format(printf, 4, 0)))
add(const struct lint_run *run, struct span span, const char *subject, const char *fmt, va_list args)
{
	struct buf text = { .arena = run->diags->arena };
	struct diag *diag;

	assert(span.at <= run->src->text.n && span.n <= run->src->text.n - span.at);
	/* one finding per cause */
	if (has_error(run, (struct span){ span.at, 0 })) {
		return arena_new(run->arena, struct diag);
	}
	buf_vaddf(&text, fmt, args);
	diag = diag_add(run->diags, run->level, run->rule->id, run->src, span, "%s", buf_z(&text));
	diag->subject = subject;
	return diag;
}

struct diag *
lint_hit(const struct lint_run *run, const char *path, const char *fmt, ...)
{
	const char *pointer = arena_printf(run->diags->arena, "/%s", path);
	const struct node *node = node_at(run->own, str_of(pointer));
	struct diag *diag;
	va_list args;

	/* a fact of the profile, and not of this file */
	if (!node && at(run, path)) {
		return arena_new(run->arena, struct diag);
	}
	for (size_t n = str_of(pointer).n; !node && n > 0; n--) {
		if (pointer[n - 1] == '/') {
			node = node_at(run->own, (struct str){ pointer, n - 1 });
		}
	}
	va_start(args, fmt);
	diag = add(run, node == run->own ? (struct span){ node->span.at, 0 } : place_of(node), pointer, fmt, args);
	va_end(args);
	return diag;
}

struct diag *
lint_hit_node(const struct lint_run *run, const struct node *node, const char *fmt, ...)
{
	struct diag *diag;
	va_list args;

	if (node->span.at == elsewhere.at) {
		return arena_new(run->arena, struct diag);
	}
	va_start(args, fmt);
	diag = add(run, place_of(node), NULL, fmt, args);
	va_end(args);
	return diag;
}

struct diag *
lint_amend(const struct lint_run *run, const char *path)
{
	const struct node *node = lint_at(run, path);

	for (struct diag *d = node ? run->diags->first : NULL; d; d = d->next) {
		if (d->src == run->src && d->span.at == node->span.at && str_starts(str_of(d->code), STR("schema/"))) {
			d->rule = run->rule->id;
			return d;
		}
	}
	return NULL;
}

struct lint_run
lint_mild(const struct lint_run *run)
{
	struct lint_run mild = *run;

	mild.level = DIAG_WARNING;
	return mild;
}

/* a key of the values that the chart knows, as it stands in profiles too */
static bool
is_chart_key(struct str key)
{
	static const char *const keys[] = { "hostname", "serviceAccountName", "uid", "generateCerts", "keycloak", "ingress", "dnsServer",
		"tolerations", "affinity", "server", "pullSecrets", "pvc" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (str_is(key, keys[i])) {
			return true;
		}
	}
	return false;
}

/* Nothing in it has a place in the file that is looked at. A tree of node_flat is not too deep for this. */
static void
displace(struct node *node)
{
	node->span = elsewhere;
	if (node->key) {
		node->key->span = elsewhere;
	}
	for (struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		displace(child);
	}
}

/* a copy of an entry, with the place that it has; or, from the profile, without */
static struct node *
lay(struct arena *a, struct node *map, const struct node *entry, bool ours)
{
	struct node *copy = node_flat(a, entry);

	node_put(a, map, entry->key->text, copy);
	copy->key->span = entry->key->span;
	if (!ours) {
		displace(copy);
	}
	return copy;
}

const struct node *
lint_overlay(struct arena *a, const struct node *values, const struct node *profile)
{
	struct node *out = node_map(a);

	out->span = values->span;
	for (const struct node *n = profile->first; n; n = n->next) {
		const struct node *own = node_get(values, n->key->text);
		bool both = n->kind == NODE_MAP && (!own || own->kind == NODE_MAP);
		struct node *copy;

		if (is_chart_key(n->key->text) || (own && !both)) {
			continue;
		}
		copy = lay(a, out, own ? own : n, own);
		/* image, storage and persistence hold both */
		if (both) {
			copy->first = NULL;
			copy->last = NULL;
			for (const struct node *inner = n->first; inner; inner = inner->next) {
				if (!is_chart_key(inner->key->text)) {
					lay(a, copy, inner, false);
				}
			}
			for (const struct node *inner = own ? own->first : NULL; inner; inner = inner->next) {
				lay(a, copy, inner, true);
			}
		}
	}
	for (const struct node *n = values->first; n; n = n->next) {
		if (!node_get(out, n->key->text)) {
			lay(a, out, n, true);
		}
	}
	return out;
}

void
lint_rules_run(struct source *src, const struct node *root, const struct doc *docs, unsigned file, const struct lint_facts *facts,
	struct arena *a, struct diags *diags)
{
	struct lint_run run = { .file = file, .src = src, .docs = docs, .previous = facts->previous, .arena = a, .diags = diags };

	run.own = root && root->kind == NODE_MAP ? node_flat(a, root) : file == LINT_MANIFESTS ? node_map(a) : NULL;
	run.root = run.own;
	if (file == LINT_VALUES && run.own && facts->profile) {
		run.root = lint_overlay(a, run.own, facts->profile);
	} else if (file == LINT_MANIFESTS && facts->profile) {
		run.root = facts->profile;
	}
	for (const struct lint_rule *rule = lint_rules; run.root && rule->id; rule++) {
		unsigned files = rule->files | (facts->profile && rule->files & LINT_PROFILE ? LINT_VALUES : 0);

		if (files & file && rule->check) {
			run.rule = rule;
			run.level = rule->level;
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
	if (rule->check && parse_one(src, a, &root, &diags) && root && root->kind == NODE_MAP) {
		run.src = src;
		run.root = root;
		run.own = root;
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
	for (const struct lint_by *by = rule->by; by && by->code; by++) {
		buf_addf(&read, "%s\n", *by->path ? by->path + 1 : "");
	}
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
	manifests = str_starts(str_of(rule->id), STR("kube/"));
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

bool
lint_by_code(const struct lint_by *by, struct str code)
{
	struct str own = str_of(by->code);

	return str_eq_nocase(own, code) || (str_ends(own, STR("*")) && str_starts(code, str_slice(own, 0, own.n - 1)));
}

const struct lint_rule *
lint_rule_of(const struct diag *d)
{
	const struct lint_rule *found = NULL;
	struct str subject = str_of(d->subject);
	size_t longest = 0;

	for (const struct lint_rule *rule = lint_rules; rule->id; rule++) {
		for (const struct lint_by *by = rule->by; by && by->code; by++) {
			struct str path = str_of(by->path), rest = str_slice(subject, path.n, subject.n);

			if (lint_by_code(by, str_of(d->code)) && str_starts(subject, path) && (rest.n == 0 || path.n == 0 || rest.s[0] == '/')
				&& (!found || path.n > longest)) {
				found = rule;
				longest = path.n;
			}
		}
	}
	return found;
}
