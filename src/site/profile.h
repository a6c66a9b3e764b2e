/* SPDX-License-Identifier: Apache-2.0 */
/* The site profile: read, checked against its schema, and looked things up in. */
#ifndef WBRENDER_SITE_PROFILE_H
#define WBRENDER_SITE_PROFILE_H

#include "base/diag.h"
#include "yaml/node.h"

struct profile {
	struct source src;
	struct node *root;            /* a map without aliases and merge keys */
	struct str name;              /* of the site: `name`, or the file's base name without its ending */
	bool manifests;               /* it is no profile, but manifests of Kubernetes: set where it could not be read */
};

/* Reads a profile; false if an error was added. Its nodes belong to the arena. */
bool profile_load(struct profile *, const char *path, struct arena *, struct diags *);
/* The same with those of `render.rules` alone that have this name, so that the others may be wrong. */
bool profile_load_rule(struct profile *, const char *path, struct str name, struct arena *, struct diags *);
/* does a text call itself a site profile, right or wrong? Its first document counts; of a text that is no YAML, its lines */
bool profile_seems(const struct source *);
/* Reads what must be one document; of manifests (below) it is not said that they are several, and the first comes back. False if an error was added */
bool profile_parse(struct source *, struct arena *, struct node **ret_root, struct diags *);
/* are these manifests of Kubernetes, by the header of the first? */
bool profile_is_manifest(const struct node *root);
/* takes all other rules out of a tree */
void profile_keep_rules(struct node *root, struct str name);
/* the same of a text: src is set, the rest is filled in */
bool profile_read(struct profile *, struct arena *, struct diags *);

/* The path of the profile to use: the one given, else $WBRENDER_PROFILE, else ./wbrender.yaml if it is there. NULL, with an
   error that names the last two, when there is none; it is returned, for notes to be added. */
const char *profile_find(const char *given, struct diag **ret_none, struct diags *);

#endif
