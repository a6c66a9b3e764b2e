/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzz target: the post-renderer over any manifests; the first byte chooses the profile. What comes out is verified, and a
   second run changes nothing. */
#include "base/arena.h"
#include "site/render/render.h"
#include "site/render/verify.h"
#include "yaml/stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *, size_t);

static const char *const profiles[] = {
	"render: {labels: {a: b, team: \"on\"}, annotations: {c/d: \"e: f\"}}\n",
	"render: {labels: {a: b}, podLabels: {p: q}, podAnnotations: {r: \"1\"}, inherit: false, conflict: keep}\n",
	"render: {annotations: {a: \"x\\ny\", z: \"\"}, conflict: fail}\n",
	("render: {imagePullSecrets: [r], rules: [{name: a, match: {kind: {not: Job}, labels: \"a,!b\"}, labels: {c: d}, nodeSelector: {e: f},"
	 " tolerations: [\"k=v:NoSchedule\"], podSecurityContext: {fsGroup: 1}, dnsConfig: {searches: [g]}, runtimeClassName: h}]}\n"),
	("render: {imageRegistry: {from: docker.io, to: r.example}, podPaths: {x/Y: [/spec/template, /spec/groups/*/template]}, rules: [{name: a,"
	 " remove: {labels: [a, app], annotations: [c/d]}, labels: {e: f}, set: {/spec/replicas: 2, /spec/strategy: {type: R}, /spec/x/0: null, /a/-: 1},"
	 " gpu: {count: 1}, resources: {requests: {cpu: 1}}, env: {A: b}}]}\n"),
	"storage: {pvc: a, accessMode: ReadWriteOnce}\nrender: {labels: {a: b}}\n",
	"uid: 7\nopenshift: {scc: restricted-v2, uidRange: 5-9}\nrender: {scc: {name: restricted-v2, strip: true}, podSecurity: restricted}\n",
	"render: {scc: anyuid, rules: [{name: a, match: {kind: Pod}, scc: {name: hostnetwork, strip: true}}, {name: b, securityContext: {runAsUser: 1}}]}\n",
};

static struct str
run(struct arena *a, struct profile *profile, struct str text, bool *ret_good)
{
	struct source src;
	struct diags diags;
	struct patch patch;
	struct str out = { 0 };
	bool refused = false;

	diags_init(&diags, a);
	source_init(&src, a, "in", text);
	patch_init(&patch, &src);
	*ret_good = render(profile, &patch, true, a, &diags) && patch_seal(&patch, &diags);
	if (*ret_good) {
		out = patch_text(&patch, a);
		if (!verify(profile, &src, out, a, &diags)) {
			for (const struct diag *diag = diags.first; diag; diag = diag->next) {
				/* to expand aliases without end is refused, and so are merge keys that Helm refuses too, in what render does
				   not build */
				refused = refused || strcmp(diag->code, "render/expansion") == 0 || strcmp(diag->code, "yaml/merge") == 0;
				fprintf(stderr, "%s [%s]\n", diag->text, diag->code);
			}
		}
		if (diags.count[DIAG_ERROR] > 0 && !refused) {
			fprintf(stderr, "--- in\n%.*s\n--- out\n%.*s\n---\n", STR_FMT(text), STR_FMT(out));
			abort();
		}
	} else if (diags.count[DIAG_ERROR] == 0) {
		abort();
	}
	patch_done(&patch);
	return out;
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
	struct arena arena = { 0 };
	struct profile profile = { 0 };
	struct diags diags;
	struct node *root;
	struct str once, twice;
	bool good;

	if (n == 0) {
		return 0;
	}
	diags_init(&diags, &arena);
	source_init(&profile.src, &arena, "profile", str_of(profiles[bytes[0] % (sizeof(profiles) / sizeof(profiles[0]))]));
	if (!parse_one(&profile.src, &arena, &root, &diags)) {
		abort();
	}
	profile.root = node_flat(&arena, root);
	once = run(&arena, &profile, (struct str){ (const char *)bytes + 1, n - 1 }, &good);
	if (good) {
		twice = run(&arena, &profile, once, &good);
		if (!good || !str_eq(once, twice)) {
			fprintf(stderr, "not idempotent\n--- once\n%.*s\n--- twice\n%.*s\n---\n", STR_FMT(once), STR_FMT(twice));
			abort();
		}
	}
	arena_done(&arena);
	return 0;
}
