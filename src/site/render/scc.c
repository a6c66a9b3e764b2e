/* SPDX-License-Identifier: Apache-2.0 */
/* Chooses, makes the pod fit, and says what does not. */
#include "site/render/scc.h"

#include "base/arena.h"
#include "site/render/fit.h"
#include "site/short.h"
#include "site/version.h"
#include "yaml/scalar.h"

#define REQUIRED "openshift.io/required-scc"

/* `scc` or `podSecurity`, of `render` or of a rule */
struct choice {
	const struct scc *scc;        /* NULL: none */
	const struct node *from;
	bool strip;
};

enum { SCC, STANDARD, KINDS };
static const char *const fields[KINDS] = { "scc", "podSecurity" };

struct sccs {
	struct choice all[KINDS];
	const struct scc *stated;     /* openshift.scc: where uid and gid of the profile are to be set */
	const struct node *stated_at;
	struct fit_facts facts;
	struct source *profile, *manifests;
	enum edit_conflict conflict;
	struct arena *arena, *scratch; /* lasting; as long as one object */
	struct diags *diags;
};

/* what is being told about */
struct telling {
	struct sccs *sccs;
	const struct choice *choice;
	const struct object *object;
	const struct node *template;
	/* the strictest that admits the pod as it is, and with `strip`; NULL: not looked for yet */
	const struct scc *fits, *fits_stripped;
};

static struct choice
choice_read(const struct node *map, int kind)
{
	const struct node *value = node_get(map, str_of(fields[kind])), *strip = node_get(value, STR("strip"));
	const struct node *name = value && value->kind == NODE_MAP ? node_get(value, STR("name")) : value;
	const struct scc *scc = !name ? NULL : kind == SCC ? scc_find(name->text) : scc_standard(name->text);

	return (struct choice){ .scc = scc, .from = name, .strip = strip && scalar_true(strip->text) };
}

struct sccs *
sccs_new(struct profile *profile, struct source *manifests, enum edit_conflict conflict, struct arena *a, struct diags *diags)
{
	const struct node *root = profile->root, *render = node_get(root, STR("render")), *openshift = node_get(root, STR("openshift"));
	struct str range = node_text(openshift, STR("uidRange")), groups = node_text(openshift, STR("supplementalGroups"));
	struct str version = node_text(root, STR("kubernetesVersion"));
	struct sccs *s = arena_new(a, struct sccs);

	*s = (struct sccs){ .profile = &profile->src, .manifests = manifests, .conflict = conflict, .arena = a, .diags = diags };
	for (int kind = 0; kind < KINDS; kind++) {
		s->all[kind] = choice_read(render, kind);
	}
	s->stated_at = node_get(openshift, STR("scc"));
	s->stated = s->stated_at ? scc_find(s->stated_at->text) : NULL;
	s->facts.groups = groups.n > 0 ? groups : range;
	if (range.n > 0 && !scc_block(&range, &s->facts.from, &s->facts.to)) {
		s->facts.to = 0;
	}
	s->facts.uid = s->stated ? node_get(root, STR("uid")) : NULL;
	s->facts.gid = s->stated ? node_get(root, STR("gid")) : NULL;
	s->facts.seccomp_field = version.n == 0 || version_kubernetes(version) >= 19;
	s->facts.host_users = version.n == 0 || version_kubernetes(version) >= 25;
	s->facts.engine_type = version.n == 0 || version_kubernetes(version) >= 31;
	return s;
}

bool
sccs_all(const struct sccs *s)
{
	return s->all[SCC].scc || s->all[STANDARD].scc || (s->stated && s->stated->user != SCC_USER_ANY);
}

bool
sccs_rule(const struct node *rule)
{
	return node_get(rule, str_of(fields[SCC])) || node_get(rule, str_of(fields[STANDARD]));
}

/* of the rules the last that chooses */
static struct choice
choose(const struct sccs *s, int kind, const struct node *const *rules)
{
	struct choice choice = s->all[kind];

	for (; *rules; rules++) {
		struct choice own = choice_read(*rules, kind);

		choice = own.scc ? own : choice;
	}
	return choice;
}

const struct scc *
sccs_of(const struct sccs *s, const struct node *const *rules)
{
	return choose(s, SCC, rules).scc;
}

struct counts {
	size_t hard, soft;            /* soft: what can be stripped */
};

static void
count(void *ctx, const struct node *at, const char *who, const char *what, enum fit_refusal refusal)
{
	struct counts *counts = ctx;

	(void)at;
	(void)who;
	(void)what;
	counts->hard += refusal == FIT_NEVER || refusal == FIT_KEPT;
	counts->soft += refusal == FIT_STRIP;
}

static bool
admits(const struct telling *t, const struct scc *scc, bool strip)
{
	struct counts counts = { 0 };
	struct fit fit = { .scc = scc, .facts = &t->sccs->facts, .from = t->choice->from, .arena = t->sccs->scratch, .refuse = count,
		.ctx = &counts };

	fit_template(&fit, t->template);
	return counts.hard == 0 && (strip || counts.soft == 0);
}

/* The strictest that admits the pod; `privileged` admits all. Those that want a user namespace are for pods made for them. */
static const struct scc *
strictest(const struct telling *t, bool strip)
{
	const struct scc *baseline = scc_standard(STR("baseline")), *scc;

	if (t->choice->scc->standard) {
		return admits(t, baseline, strip) ? baseline : scc_standard(STR("privileged"));
	}
	for (size_t i = 0; (scc = scc_at(i)); i++) {
		if (!scc->user_namespace && admits(t, scc, strip)) {
			return scc;
		}
	}
	return scc_find(STR("privileged"));
}

static void
tell(void *ctx, const struct node *at, const char *who, const char *what, enum fit_refusal refusal)
{
	struct telling *t = ctx;
	struct diags *diags = t->sccs->diags;
	const struct choice *choice = t->choice;
	bool standard = choice->scc->standard, stripped = refusal == FIT_LOST || (choice->strip && refusal == FIT_STRIP);
	const char *field = fields[standard ? STANDARD : SCC], *name = choice->scc->name;
	/* what a rule wants has no place in the manifests */
	struct source *src = at->props > 0 ? t->sccs->manifests : t->sccs->profile;
	struct span span = at->kind >= NODE_LIST && at->key ? at->key->span : at->span;
	const char *by = standard ? "the Pod Security Standard" : "the SCC";
	struct diag *diag;

	if (stripped) {
		diag = diag_add(diags, DIAG_WARNING, "render/strip", src, span, "%s %s: that is taken away for %s '%s'", who, what, by, name);
	} else {
		t->fits = t->fits ? t->fits : strictest(t, false);
		t->fits_stripped = t->fits_stripped ? t->fits_stripped : strictest(t, true);
		diag = diag_add(diags, DIAG_ERROR, standard ? "render/pod-security" : "render/scc", src, span,
			"%s %s, which %s '%s' does not allow", who, what, by, name);
		if (refusal == FIT_KEPT) {
			diag_help(diags, diag, "'render.conflict: overwrite' changes it");
		} else if (refusal == FIT_STRIP) {
			diag_help(diags, diag, "'%s: {name: %s, strip: true}' takes it away", field, name);
		} else if (t->fits == t->fits_stripped) {
			diag_help(diags, diag, "a rule for this object with '%s: %s' admits it", field, t->fits->name);
		} else {
			diag_help(diags, diag, "a rule for this object with '%s: {name: %s, strip: true}' admits it", field, t->fits_stripped->name);
		}
	}
	diag->subject = object_name(t->sccs->arena, t->object);
	diag_note(diags, diag, "in %s", diag->subject);
	if (!stripped && refusal == FIT_STRIP) {
		diag_note(diags, diag, "the strictest that admits the pod as it is: '%s: %s'", field, t->fits->name);
	}
	diag_relate(diags, diag, t->sccs->profile, choice->from->span, "the profile asks for it here");
}

/* None of them admits what the other demands, or the cluster does not know what one demands. */
static bool
contradict(const struct sccs *s, const struct choice *scc, const struct choice *standard)
{
	struct diag *diag;

	if (scc->scc && scc->scc->user_namespace && !s->facts.host_users) {
		diag = diag_add(s->diags, DIAG_ERROR, "render/scc", s->profile, scc->from->span,
			"the SCC '%s' demands 'hostUsers: false', which Kubernetes knows from 1.25 on", scc->scc->name);
		diag_help(s->diags, diag, "use 'restricted-v2', or mend 'kubernetesVersion'");
		return true;
	}
	if (!scc->scc || !standard->scc || scc->scc->seccomp != SCC_SECCOMP_NONE || !standard->scc->confined || !s->facts.seccomp_field) {
		return false;
	}
	diag = diag_add(s->diags, DIAG_ERROR, "render/pod-security", s->profile, standard->from->span,
		"the Pod Security Standard '%s' demands a seccomp profile, which the SCC '%s' does not allow", standard->scc->name, scc->scc->name);
	diag_help(s->diags, diag, "use 'scc: restricted-v2' or 'podSecurity: baseline'");
	diag_relate(s->diags, diag, s->profile, scc->from->span, "the SCC is chosen here");
	return true;
}

static void
add(struct sccs *s, struct node *template, struct node *wants, const struct node *more)
{
	edit_apply(s->scratch, template, more, s->conflict);
	edit_combine(s->arena, wants, more);
}

static void
require(struct telling *t, struct node *template, struct node *wants)
{
	struct sccs *s = t->sccs;
	const struct choice *choice = t->choice;
	const struct node *there = node_get(node_get(node_get(template, STR("metadata")), STR("annotations")), STR(REQUIRED));
	struct node *annotations = node_map(s->arena), *metadata = node_map(s->arena), *outer = node_map(s->arena);

	if (s->conflict == EDIT_KEEP && there && there->kind == NODE_STRING && !str_is(there->text, choice->scc->name)) {
		tell(t, there, "the pod", arena_printf(s->arena, "keeps " REQUIRED ": %.*s", STR_FMT(there->text)), FIT_KEPT);
		return;
	}
	node_put(s->arena, annotations, STR(REQUIRED), short_node(s->arena, NODE_STRING, str_of(choice->scc->name), choice->from));
	node_put(s->arena, metadata, STR("annotations"), annotations);
	node_put(s->arena, outer, STR("metadata"), metadata);
	add(s, template, wants, outer);
}

static void
make_fit(struct sccs *s, const struct object *object, const struct choice *choice, struct node *template, struct node *wants)
{
	struct telling telling = { .sccs = s, .choice = choice, .object = object, .template = template };
	struct fit fit = { .scc = choice->scc, .facts = &s->facts, .from = choice->from, .strip = choice->strip, .kept = s->conflict == EDIT_KEEP,
		.arena = s->arena, .refuse = tell, .ctx = &telling };

	add(s, template, wants, fit_template(&fit, template));
	if (!choice->scc->standard) {
		require(&telling, template, wants);
	}
}

static void
set_user(struct sccs *s, struct node *template, struct node *wants)
{
	struct fit fit = { .scc = s->stated, .facts = &s->facts, .from = s->stated_at, .arena = s->arena };

	add(s, template, wants, fit_user(&fit, template));
}

void
sccs_put(struct sccs *s, const struct object *object, const struct node *there, const struct node *const *rules, struct node *wants)
{
	const struct choice scc = choose(s, SCC, rules), standard = choose(s, STANDARD, rules);
	struct arena scratch = { 0 };
	struct node *template = there ? node_flat(&scratch, there) : NULL;

	s->scratch = &scratch;
	if (template && template->kind == NODE_MAP && !contradict(s, &scc, &standard)) {
		edit_apply(s->scratch, template, wants, s->conflict);
		if (scc.scc) {
			make_fit(s, object, &scc, template, wants);
		} else if (s->stated) {
			set_user(s, template, wants);
		}
		if (standard.scc) {
			make_fit(s, object, &standard, template, wants);
		}
	}
	arena_done(&scratch);
	s->scratch = NULL;
}
