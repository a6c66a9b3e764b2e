/* SPDX-License-Identifier: Apache-2.0 */
/* What the checks of manifests share: the run over one stream, places in an object, findings. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_RUN_H
#define WBRENDER_SITE_LINT_MANIFEST_RUN_H

#include "base/table.h"
#include "kube/object.h"
#include "kube/types.h"
#include "site/lint/rule.h"

struct custom;
struct scc_facts;
struct targets;

/* one stream of manifests; what is kept from object to object lives in the arena of the findings */
struct manifest {
	struct source *src;
	struct diags *diags;
	struct arena *scratch;        /* until the next object */
	unsigned version;             /* minor version of the cluster */
	const struct scc_facts *admission;
	const struct node *nodes;     /* the profile's cluster.nodes; NULL: not stated */
	size_t suggest_work;          /* what is left, see suggest.h */
	struct table seen;            /* objects by identity */
	struct table custom;          /* kinds without types, by name */
	struct custom *customs, *customs_last;
	struct table crds;            /* schemas of custom kinds that stood in the stream */
	size_t crd_nodes;             /* schemas in them so far */
	struct targets *targets;      /* Services and pods so far; NULL: none */
	const struct object *object;  /* the one that is checked */
	bool secret;                  /* it is a Secret */
	bool typed_list;              /* it is a list whose items are checked by themselves */
};

/* a value on the way down an object, and how it was reached; it lives on the stack */
struct spot {
	const struct spot *up;
	const struct node *node;      /* no alias; NULL: not there */
	struct str name;              /* its key; a list's item has none */
	size_t index;                 /* its number in the list */
	const struct kube_type *type; /* what it must be, where that is known */
};

struct spot spot_root(const struct node *);
/* one level down; not there where the map is not */
struct spot spot_get(const struct spot *map, const char *key);
struct spot spot_entry(const struct spot *map, const struct node *entry);
struct spot spot_item(const struct spot *list, const struct node *item, size_t index);
/* the first item or entry; NULL where it is not there or no collection of that kind */
const struct node *spot_items(const struct spot *);
const struct node *spot_entries(const struct spot *);
/* a scalar's text; empty for null, collections and what is not there */
struct str spot_text(const struct spot *);
/* it is there and not null */
bool spot_given(const struct spot *);
/* it says true, or false, as asked for */
bool spot_is(const struct spot *, bool truth);
/* the place of its value, or of its key; of what is not there that of what it would stand in */
struct span spot_value(const struct spot *);
struct span spot_key(const struct spot *);
/* the place of some bytes of its text; that of its value where they are not written as they are meant */
struct span spot_part(const struct manifest *, const struct spot *, size_t from, size_t to);
/* "spec.containers[0].image"; "the object" of the root */
const char *spot_path(struct arena *, const struct spot *);
/* its value, or a name on the way to it, looks secret */
bool spot_secret(const struct manifest *, const struct spot *);
/* the value for texts: "the boolean true, written on"; without the value when it is secret */
const char *spot_say(const struct manifest *, const struct spot *);
/* a text cut to CHECK_SHOWN_MAX characters */
const char *manifest_cut(const struct manifest *, struct str);

/* Adds the rule's finding about the object, with a note that names it. */
struct diag *manifest_hit(struct manifest *, const char *rule, const struct spot *, struct span, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* Makes a text the fix of a finding: for some bytes of the spot's text, or for its whole value with its quotes. Nothing where that is not
   written plainly, or where the text is NULL. */
void manifest_mend_part(const struct manifest *, struct diag *, const struct spot *, size_t from, size_t to, const char *text);
void manifest_mend(struct diag *, const struct spot *, const char *text);

#endif
