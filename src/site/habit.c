/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of habits. */
#include "site/habit.h"

#include "yaml/scalar.h"

#include <string.h>

#define BELOW_VALUES "a key of the chart that the profile does not know goes under 'values'"
#define GPUS "how many: 1, or {resource: nvidia.com/gpu, count: 1}"
#define LEAVE_OUT "leave it out"
#define SHORT_TOLERATION "a toleration has key, operator, value and effect; in short: \"workbench=system:NoSchedule\""
#define BY_SET "{/spec/replicas: 2}"
#define WHAT_IS_REMOVED "labels and annotations go by 'remove': {labels: [k]}; other fields by 'set': {/spec/replicas: null}"
#define SHORT_AFFINITY "node labels are a selector in short: \"role=workbench\""

/* at: the map, as a pointer; * stands for one name of any kind, also in words; words: parted by blanks */
static const struct habit {
	const char *at, *words, *help;
} keys[] = {
	{ "", "metadata spec", "a profile has none: its fields stand at the top level" },
	{ "", "fqdn domain url dns hosts address", "the name of Workbench is 'hostname'" },
	{ "", "runAsUser userId userID user fsGroup", "the user ID of the containers is 'uid', their group 'gid'" },
	{ "", "nodeSelector nodeSelectors", "nodes are chosen by 'affinity': {system: \"role=workbench\"}" },
	{ "", "gpu gpus resources limits", "users get them by 'resourceProfiles', pods of the chart by 'render.rules'" },
	{ "", "env", "'render.rules' sets environment variables" },
	{ "", "tls ssl certs cert", "see 'generateCerts' and 'certificates'" },
	{ "", "claim claims volumes", "'storage' and 'persistence' name the claims" },
	{ "", "*", BELOW_VALUES },
	{ "/image", "registry repository prefix repo host", "the prefix of all images is 'server', with '/' at its end" },
	{ "/image", "pullPolicy", "'render.rules' sets imagePullPolicy" },
	{ "/image", "tag version", "'tags' has the tag of each image by its name" },
	{ "/ingress", "annotations", "annotations stand in 'global', 'system' and 'user'" },
	{ "/ingress", "enabled", "ingresses are always made; 'install' is about the controller" },
	{ "/ingress", "host hosts hostname", "it is 'hostname' at the top level" },
	{ "/ingress", "tls secretName", "see 'generateCerts' and 'certificates' at the top level" },
	{ "/storage", "enabled", "a claim is always needed: 'pvc' names it" },
	{ "/persistence", "enabled", "a claim is always needed: 'pvc' names it" },
	{ "/storage", "claimName existingClaim name claim", "'pvc' names the claim" },
	{ "/persistence", "claimName existingClaim name claim", "'pvc' names the claim" },
	{ "/storage", "className class", "it is 'storageClass'" },
	{ "/persistence", "className class", "it is 'storageClass'" },
	{ "/tolerations", "all", "'global' is for all pods" },
	{ "/affinity", "all", "'global' is for all pods" },
	{ "/tolerations", "nodes workers sessions", "user pods are 'user'" },
	{ "/tolerations/*/*", "*", SHORT_TOLERATION },
	{ "/affinity/*", "*", SHORT_AFFINITY },
	{ "/resourceProfiles/*", "limits resources", "limits are 'cpu', 'memory' and 'gpu' themselves; 'requests' stands beside them" },
	{ "/keycloak/truststore_password", "*", "it comes from 'env', a variable, or from 'file'" },
	{ "/openshift", "uid", "it is 'uid' at the top level" },
	{ "/render/rules/*/match", "selector matchLabels labelSelector", "'labels' is a selector of the object's labels" },
	{ "/render/rules/*/match", "not", "it stands in the field that is negated: {kind: {not: Job}}" },
	{ "/render/rules/*/match/*", "exclude except no without", "the negation is called 'not': {not: Job}" },
	{ "/render/rules/*/match/*", "regex pattern matches equals in", "a pattern stands alone: 'api-.*'; several are a list" },
	{ "/render/rules/*/match/labels", "*", "a selector: \"app=a,tier in (b,c)\"" },
	{ "/render/rules/*/match/annotations", "*", "a selector: \"acme.example/tier=gold\"" },
	{ "/render/rules/*/resources", "cpu memory ephemeral-storage nvidia.com/gpu", "it stands in 'limits' and in 'requests'" },
	{ "/render/imageRegistry", "*", "write {from: docker.io/aedev, to: registry.acme.example/aedev}" },
	{ "/render", "match gpu resources nodeSelector affinity tolerations topologySpreadConstraints env securityContext podSecurityContext set remove "
		"serviceAccountName priorityClassName runtimeClassName schedulerName imagePullPolicy dnsPolicy dnsConfig expect",
		"it stands in a rule: rules: [{name: ours, match: {kind: Deployment}, ...}]" },
	{ "/render/rules/*", "inherit conflict imageRegistry podPaths oneNode", "it is one for all rules: it stands in 'render'" },
	{ "/render/rules/*", "image images", "'render.imageRegistry' moves all; one alone goes by 'set': {/spec/template/spec/containers/0/image: ...}" },
	{ "/render/rules/*", "replicas volumes volumeMounts command args ports initContainers sidecars spec",
		"what has no field of its own goes by 'set': " BY_SET },
	{ "/render/rules/*", "patch patches json6902 patchesJson6902 patchesStrategicMerge op path value", "rules are no patches: a value goes by 'set': " BY_SET },
	{ "/render/rules/*", "target selector when if where only", "which objects the rule is for stands in 'match'" },
	{ "/render/rules/*", "then do action actions apply", "what the rule does stands in the rule itself, beside 'match'" },
	{ "/render/rules/*", "delete drop unset", WHAT_IS_REMOVED },
	{ "/render/rules/*", "cpu memory", "resources: {limits: {cpu: 1}, requests: {memory: 1Gi}}" },
	{ "/render/rules/*/remove", "podLabels podAnnotations", "those of pod templates go with 'labels' and 'annotations'" },
	{ "/render/rules/*/remove", "path paths field fields keys env tolerations nodeSelector affinity resources imagePullSecrets securityContext "
		"podSecurityContext replicas spec containers volumes", WHAT_IS_REMOVED },
	{ "/render/rules/*/remove", "*", WHAT_IS_REMOVED },
	{ "/render/rules/*/gpu", "limit limits number amount gpus", "'count' is how many" },
	{ "/render/rules/*/gpu", "type model", "'product' chooses them by the node label nvidia.com/gpu.product" },
	{ NULL, NULL, NULL },
};

/* at: the value; words: what was written, or what it is: @integer, @list, @true, @false */
static const struct habit values[] = {
	{ "/platform", "ocp okd rhocp", "did you mean 'openshift'?" },
	{ "/platform", "kubernetes k8s k3s rke rke2 kubeadm none generic", "did you mean 'vanilla'?" },
	{ "/platform", "azure", "did you mean 'aks'?" },
	{ "/platform", "aws amazon", "did you mean 'eks'?" },
	{ "/platform", "gcp google", "did you mean 'gke'?" },
	{ "/platform", "vmware vsphere tkg tkgi", "did you mean 'tanzu'?" },
	{ "/platform", "no off false @false", "did you mean 'vanilla'?" },
	{ "/generateCerts", "self-signed selfsigned yes on true @true", "did you mean 'generate'?" },
	{ "/generateCerts", "no off false none existing @false", "did you mean 'skip'?" },
	{ "/generateCerts", "file files", "did you mean 'load'?" },
	{ "/*/accessMode", "RWX", "did you mean 'ReadWriteMany'?" },
	{ "/*/accessMode", "RWO RWOP", "did you mean 'ReadWriteOnce'?" },
	{ "/*/reclaimPolicy", "no off false keep @false", "did you mean 'Retain'?" },
	{ "/*/squash", "no off false none @false", "did you mean 'NO_ROOT_SQUASH'?" },
	{ "/*/squash", "yes on true root @true", "did you mean 'ROOT_SQUASH'?" },
	{ "/*/storageClass", "@false", "write \"\" for none" },
	{ "/podSecurity", "no off false none @false", "did you mean 'privileged'?" },
	{ "/podSecurity", "yes on true @true", "name the level that the namespace enforces" },
	{ "/dnsServer", "@false", LEAVE_OUT },
	{ "/ingress/className", "@false", LEAVE_OUT },
	{ "/keycloak/*", "@false", LEAVE_OUT },
	{ "/openshift/*", "no off false none @false", LEAVE_OUT },
	{ "/cluster/ingressController", "no off false none @false", LEAVE_OUT },
	{ "/render/conflict", "no off false @false", "did you mean 'keep'?" },
	{ "/render/conflict", "yes on true force replace @true", "did you mean 'overwrite'?" },
	{ "/render/conflict", "error", "did you mean 'fail'?" },
	{ "/render/scc", "no off false none @false", LEAVE_OUT },
	{ "/render/podSecurity", "no off false none @false", LEAVE_OUT },
	{ "/render/rules/*/match/hook", "no off false none @false", "did you mean 'exclude'?" },
	{ "/render/rules/*/match/hook", "yes on true @true", "did you mean 'only'?" },
	{ "/render/rules/*/imagePullPolicy", "no off false @false", "did you mean 'Never'?" },
	{ "/render/rules/*/imagePullPolicy", "yes on true @true", "did you mean 'Always'?" },
	{ "/render/rules/*/dnsPolicy", "no off false @false", "did you mean 'None'?" },
	{ "/render/rules/*/*", "@false", LEAVE_OUT },
	{ "/tolerations/*/*/operator", "= ==", "did you mean 'Equal'?" },
	{ "/*/size", "@integer @number", "a number alone counts bytes: write the unit, as in 500Gi" },
	{ "/resourceProfiles/*/memory", "@integer @number", "a number alone counts bytes: write the unit, as in 4Gi" },
	{ "/cluster/nodes/*/memory", "@integer @number", "a number alone counts bytes: write the unit, as in 64Gi" },
	{ "/resourceProfiles", "@list", "by name: {default: {cpu: 1, memory: 2Gi}}" },
	{ "/tolerations", "@list @string", "by group of pods: {system: [\"workbench=system:NoSchedule\"]}" },
	{ "/affinity", "@list @string", "by group of pods: {system: \"role=workbench\"}" },
	{ "/image/mirror", "@boolean", "name the registry: registry.acme.example/aedev" },
	{ "/image/pullSecrets", "@boolean", "leave it out, or write null" },
	{ "/storage", "@boolean", "name the claim: anaconda-storage" },
	{ "/persistence", "@boolean", "name the claim: anaconda-persistence" },
	{ "/storage/volume", "@string", "for NFS: {nfs: {server: nfs.acme.example, path: /data/storage}}" },
	{ "/persistence/volume", "@string", "for NFS: {nfs: {server: nfs.acme.example, path: /data/persistence}}" },
	{ "/ingress", "@string", "write it as a map: {className: nginx}" },
	{ "/render/imageRegistry", "@string", "write it as a map: {from: docker.io/aedev, to: registry.acme.example/aedev}" },
	{ "/render/rules/*/env", "@list", "a map of names to texts: {HTTP_PROXY: \"http://proxy:3128\"}" },
	{ "/render/rules/*/gpu", "@integer @boolean", "write it as a map: {count: 1}" },
	{ "/render/rules/*/remove", "@list @string", WHAT_IS_REMOVED },
	{ "/render/rules/*/remove/labels", "@map", "a list of the keys alone: [app, tier]" },
	{ "/render/rules/*/remove/annotations", "@map", "a list of the keys alone: [acme.example/old]" },
	{ "/render/rules", "@map", "a list, each rule with its name: [{name: ours, match: {kind: Deployment}, ...}]" },
	{ "/render/rules/*/set", "@list", "a map of JSON pointers to values: " BY_SET },
	{ "/render/rules/*/expect", "any all some none optional", "0+ allows any number, none too" },
	{ "/render/rules/*/env/*", "@null", "write \"\" for an empty text" },
	{ "/render/rules/*/match/labels", "@map", "a selector: \"app=a,tier in (b,c)\"" },
	{ "/values", "@string", "a map: take away the '|' behind the key" },
	{ "/cluster/nodes", "@integer", "a list: [{count: 3, cpu: 16, memory: 64Gi}]" },
	{ "/cluster/nodes/*", "@string", "groups of nodes, not names: {count: 3, cpu: 16, memory: 64Gi}" },
	{ "/image/tags", "@list", "a map: {postgres: \"16.2\"}" },
	{ "/certificates", "@list", "a map: {cert: tls.crt, key: tls.key}" },
	{ "/render/annotations/*", "@list @map", "an annotation is a text: join it, or quote it as JSON" },
	{ "/render/annotations/*", "@null", "write \"\" for an empty text" },
	{ "/render/labels/*", "@null", "write \"\" for an empty text" },
	{ "/resourceProfiles/*", "@null", "its fields stand below it, deeper: cpu, memory, gpu" },
	{ "/resourceProfiles/*/gpu", "@string", GPUS },
	{ "/cluster/nodes/*/gpu", "@string", GPUS },
	{ "/ldap/address", "*", "with its scheme: ldaps://ldap.acme.example" },
	{ "/lint/*", "@true", "allowed: error, warning, note, off" },
	{ "/resourceProfiles/*/cpu", "@integer @number", "leave it out where there shall be no limit" },
	{ "/gid", "@integer", "0 is the group of containers by default" },
	{ "/tolerations/*/*", "@string", "short forms are for site profiles: values have key, operator, value and effect" },
	{ "/affinity/*", "@string", "short forms are for site profiles: values have the whole nodeAffinity" },
	{ "/openshift/uidRange", "@list", "a text: 1000660000-1000669999" },
	{ NULL, NULL, NULL },
};

/* does the pattern of names match the path? */
static bool
covers(struct str pattern, struct str path)
{
	size_t p = 0, at = 0;

	while (p < pattern.n && at < path.n) {
		size_t pend = str_find(pattern, '/', p + 1), end = str_find(path, '/', at + 1);
		struct str want = str_slice(pattern, p + 1, pend);

		if (!str_eq(want, STR("*")) && !str_eq(want, str_slice(path, at + 1, end))) {
			return false;
		}
		p = pend;
		at = end;
	}
	return p == pattern.n && at == path.n;
}

static bool
is_one_of(struct str words, struct str word)
{
	for (size_t at = 0, end; at < words.n; at = end + 1) {
		end = str_find(words, ' ', at);
		if (str_eq(str_slice(words, at, end), STR("*")) || str_eq_nocase(str_slice(words, at, end), word)) {
			return true;
		}
	}
	return false;
}

static const char *
find(const struct habit *table, struct str at, struct str word, bool exact)
{
	for (const struct habit *h = table; h->at; h++) {
		if (!(exact && strcmp(h->words, "*") == 0) && covers(str_of(h->at), at) && is_one_of(str_of(h->words), word)) {
			return h->help;
		}
	}
	return NULL;
}

const char *
habit_key(struct str path, bool exact)
{
	size_t slash = path.n;

	while (slash > 0 && path.s[slash - 1] != '/') {
		slash--;
	}
	return slash == 0 ? NULL : find(keys, str_slice(path, 0, slash - 1), str_slice(path, slash, path.n), exact);
}

const char *
habit_value(struct str path, const struct node *value, bool kind)
{
	static const char *const kinds[] = { "@null", "@boolean", "@integer", "@number", "@string", "@list", "@map", "@alias" };
	const char *help = value->kind == NODE_STRING ? find(values, path, value->text, false) : NULL;

	if (kind && value->kind == NODE_BOOL) {
		help = find(values, path, scalar_true(value->text) ? STR("@true") : STR("@false"), false);
	}
	return help || !kind ? help : find(values, path, str_of(kinds[value->kind]), false);
}

/* base64 of something, and nothing else */
static bool
is_base64(struct str s)
{
	enum { SHORT = 24 };

	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=' || c == ' ')) {
			return false;
		}
	}
	return s.n >= SHORT && !memchr(s.s, ' ', s.n < SHORT ? s.n : SHORT);
}

const char *
habit_document(const struct node *root)
{
	struct str text = root->text;

	if (root->kind == NODE_LIST && root->first) {
		return node_get(node_real(root->first), STR("kind")) || node_get(node_real(root->first), STR("hostname"))
			? "take away the '- ': a file is one map of keys" : NULL;
	}
	if (root->kind != NODE_STRING) {
		return NULL;
	}
	if (str_starts(text, STR("<!")) || str_starts(text, STR("<html")) || str_starts(text, STR("<?xml"))) {
		return "this is a page of HTML or XML: was a download refused?";
	}
	if (memchr(text.s, '=', text.n) && !is_base64(text)) {
		return "this looks like lines of KEY=VALUE: YAML has 'key: value'";
	}
	return is_base64(text) ? "this looks like base64: decode it first, by base64 -d" : "a file has lines of 'key: value'";
}
