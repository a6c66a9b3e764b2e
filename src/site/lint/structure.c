/* SPDX-License-Identifier: Apache-2.0 */
/* Rules on keys and texts anywhere in a file. */
#include "site/lint/rule.h"

#include "site/version.h"

#include <string.h>

#define LOST_HOST "airgap.svc.anaconda.com.s3.amazonaws.com"

void
lint_null_section(const struct lint_run *run)
{
	static const char *const sections[] = { "image", "keycloak", "ingress", "storage", "persistence", "tolerations", "affinity" };

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		const struct node *node = node_get(run->own, str_of(sections[i]));
		struct diag *diag = node && node->kind == NODE_NULL ? lint_amend(run, sections[i]) : NULL;

		/* Helm takes it */
		if (diag) {
			diag_lower(run->diags, diag, DIAG_WARNING);
			diag_help(run->diags, diag, "to Helm that takes the chart's defaults away: remove it, or write {}");
		}
	}
}

/* <NAMESPACE>, <your-registry>: of the documentation's templates; 0 if there is none, else its length */
static size_t
template_at(struct str s, size_t at)
{
	size_t end = at + 1;

	while (end < s.n && (s.s[end] == '_' || s.s[end] == '-' || s.s[end] == ' ' || (s.s[end] >= 'A' && s.s[end] <= 'Z')
		|| (s.s[end] >= 'a' && s.s[end] <= 'z'))) {
		end++;
	}
	return end > at + 1 && end < s.n && s.s[end] == '>' && s.s[at + 1] != ' ' && s.s[end - 1] != ' ' ? end + 1 - at : 0;
}

typedef void text_visit(const struct lint_run *, const struct node *);

/* every text below the node; the depth of trees is limited by the parser */
static void
each_text(const struct lint_run *run, const struct node *node, text_visit *visit)
{
	if (node->kind == NODE_STRING && node->text.n > 0) {
		visit(run, node);
	}
	for (const struct node *child = node->kind >= NODE_LIST ? node->first : NULL; child; child = child->next) {
		each_text(run, child, visit);
	}
}

static void
find_template(const struct lint_run *run, const struct node *node)
{
	for (size_t at = str_find(node->text, '<', 0); at < node->text.n; at = str_find(node->text, '<', at + 1)) {
		size_t n = template_at(node->text, at);

		/* a whole text, or shouted; others may be HTML */
		if (n == node->text.n || (n > 0 && node->text.s[at + 1] < 'a')) {
			diag_help(run->diags, lint_hit_node(run, node, "'%.*s' is a placeholder", STR_FMT(str_slice(node->text, at, at + n))),
				"write what it stands for");
			return;
		}
	}
}

void
lint_placeholder(const struct lint_run *run)
{
	struct str host = lint_text(run, "hostname");

	if (str_eq(host, STR("example.com")) || str_ends(host, STR(".example.com"))) {
		struct diag *diag = lint_hit(run, "hostname", "the hostname '%.*s' is the template's placeholder", STR_FMT(host));

		diag_help(run->diags, diag, "write the cluster's own name");
	}
	each_text(run, run->own, find_template);
}

void
lint_key_version(const struct lint_run *run)
{
	struct str version = lint_text(run, "workbenchVersion");

	for (const struct version_gate *gate = version_gates; gate->key; gate++) {
		const char *path = version_path(run->arena, gate->key);

		if (version_number(version) == 0 || version_number(version) >= version_number(str_of(gate->first)) || !lint_at(run, path)) {
			continue;
		}
		if (version_lacks(gate, version)) {
			lint_hit(run, path, "the chart up to %s has no '%s'", gate->last, gate->key);
		} else {
			lint_hit(run, path, "the chart of %.*s may have no '%s'; that of %s has it", STR_FMT(version), gate->key, gate->first);
		}
	}
}

static void
say_lost(const struct lint_run *run, const struct node *place)
{
	diag_help(run->diags, lint_hit_node(run, place, "'" LOST_HOST "' was abandoned and taken by others"),
		"use https://airgap.svc.anaconda.com");
}

static void
find_lost(const struct lint_run *run, const struct node *node)
{
	if (memmem(node->text.s, node->text.n, LOST_HOST, sizeof(LOST_HOST) - 1)) {
		say_lost(run, node);
	}
}

/* Of manifests the text itself is looked at: they are not kept as trees. */
void
lint_lost_host(const struct lint_run *run)
{
	struct str text = run->src->text;
	const size_t n = sizeof(LOST_HOST) - 1;

	each_text(run, run->own, find_lost);
	for (const char *at = text.s; run->file == LINT_MANIFESTS && text.n > 0
		&& (at = memmem(at, text.n - (size_t)(at - text.s), LOST_HOST, n)); at += n) {
		const struct node place = { .kind = NODE_STRING, .span = { (size_t)(at - text.s), n } };

		say_lost(run, &place);
	}
}
