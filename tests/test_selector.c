/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of kube/selector, kube/object and kube/pod: selectors in words and in objects, objects in Lists, pod templates. */
#include "base/arena.h"
#include "kube/pod.h"
#include "kube/selector.h"
#include "yaml/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "KEY OPERATOR VALUE,VALUE; ..." or "at BYTE: what is wrong" */
static void
expect(const char *text, const char *wanted)
{
	struct arena a = { 0 };
	struct buf b = { .arena = &a };
	const char *error = NULL;
	size_t at = 0;
	struct requirement *first = selector_parse(&a, str_of(text), &error, &at);

	assert_true((first == NULL) == (error != NULL));
	if (error) {
		buf_addf(&b, "at %zu: %s", at, error);
	}
	for (const struct requirement *r = first; r; r = r->next) {
		buf_addf(&b, "%s%.*s %s", r == first ? "" : "; ", STR_FMT(r->key), r->operator);
		for (size_t i = 0; i < r->n; i++) {
			buf_addf(&b, "%s%.*s", i == 0 ? " " : ",", STR_FMT(r->values[i]));
		}
	}
	if (strcmp(buf_z(&b), wanted) != 0) {
		fail_msg("'%s': wanted '%s', got '%s'", text, wanted, buf_z(&b));
	}
	arena_done(&a);
}

static void
words(void **state)
{
	(void)state;
	expect("a=b", "a In b");
	expect("a==b", "a In b");
	expect("a = b", "a In b");
	expect("a!=b", "a NotIn b");
	expect("a != b , c=d", "a NotIn b; c In d");
	expect("acme.com/a=b-c.d_e", "acme.com/a In b-c.d_e");
	expect("a in (x)", "a In x");
	expect("a in (x, y,z)", "a In x,y,z");
	expect("a notin(x,y)", "a NotIn x,y");
	expect("a", "a Exists");
	expect("!a", "a DoesNotExist");
	expect(" ! a , b ", "a DoesNotExist; b Exists");
	expect("a>1", "a Gt 1");
	expect("a < 10", "a Lt 10");
	expect("a=", "a In ");
	expect("a=,b", "a In ; b Exists");
	expect("in", "in Exists");
	expect("notin in (in)", "notin In in");
	expect("a=b,c in (x,y),d notin (z),e,!f,g>1", "a In b; c In x,y; d NotIn z; e Exists; f DoesNotExist; g Gt 1");
}

static void
wrong_words(void **state)
{
	(void)state;
	expect("", "at 0: a label key is wanted");
	expect(",a", "at 0: a label key is wanted");
	expect("a,", "at 2: a label key is wanted");
	expect("a,,b", "at 2: a label key is wanted");
	expect("=b", "at 0: a label key is wanted");
	expect("!", "at 1: a label key is wanted");
	expect("a b", "at 2: 'in', 'notin', '=', '!=' or ',' is wanted");
	expect("a in", "at 4: a '(' is wanted after in and notin");
	expect("a in x", "at 5: a '(' is wanted after in and notin");
	expect("a in (x", "at 7: a ')' is wanted");
	expect("a in (x y)", "at 8: a ')' is wanted");
	expect("a!b", "at 2: a '=' is wanted after '!'");
	expect("a>x", "at 3: a whole number is wanted");
	expect("a>", "at 2: a whole number is wanted");
	expect("a=b c=d", "at 4: a ',' is wanted");
	expect("a=b)", "at 3: a ',' is wanted");
}

struct said {
	struct arena arena;
	struct diags diags;
	struct source src;
	struct buf text;
};

static void
say_key(const struct node *key, void *ctx)
{
	struct said *said = ctx;

	buf_addf(&said->text, "%s%.*s", said->text.n == 0 ? "" : " ", STR_FMT(key->text));
}

static bool
say_selector(const struct object *o, void *ctx)
{
	selector_keys(o, say_key, ctx);
	return true;
}

/* "NAME[:PATH.TO.TEMPLATE]; ..." */
static bool
say_object(const struct object *o, void *ctx)
{
	struct said *said = ctx;
	const char *const *path = pod_path(o);

	buf_addf(&said->text, "%s%s", said->text.n == 0 ? "" : "; ", object_name(&said->arena, o));
	buf_add(&said->text, path ? STR(":") : STR(""));
	for (; path && *path; path++) {
		buf_addf(&said->text, "%s%s", said->text.s[said->text.n - 1] == ':' ? "" : ".", *path);
	}
	return true;
}

static void
visit(const char *yaml, object_visit *say, const char *wanted)
{
	struct said said = { 0 };
	struct doc *docs;

	diags_init(&said.diags, &said.arena);
	said.text.arena = &said.arena;
	source_init(&said.src, &said.arena, "x", str_of(yaml));
	assert_true(parse(&said.src, &said.arena, &docs, &said.diags));
	for (const struct doc *doc = docs; doc; doc = doc->next) {
		assert_true(object_each(doc, say, &said));
	}
	if (strcmp(buf_z(&said.text), wanted) != 0) {
		fail_msg("%s\nwanted %s\ngot    %s", yaml, wanted, buf_z(&said.text));
	}
	arena_done(&said.arena);
}

static void
of_objects(void **state)
{
	(void)state;
	visit("{apiVersion: v1, kind: Service, spec: {selector: {a: b, c: d}}}", say_selector, "a c");
	visit("{apiVersion: apps/v1, kind: Deployment, spec: {selector: {matchLabels: {a: b}, matchExpressions: [{key: e, operator: Exists}]}}}",
		say_selector, "a e");
	visit("{apiVersion: x/v1, kind: NetworkPolicy, spec: {podSelector: {matchLabels: {p: q}}}}", say_selector, "p");
	visit("{apiVersion: v1, kind: Service, spec: {selector: null}}", say_selector, "");
	visit("{apiVersion: v1, kind: Service, spec: {selector: text}}", say_selector, "");
	visit("{apiVersion: v1, kind: Service, spec: [a]}", say_selector, "");
	visit("{apiVersion: v1, kind: Service}", say_selector, "");
	visit("{apiVersion: v1, kind: Service, x: &x {selector: {a: b}}, spec: *x}", say_selector, "a");
	visit("{apiVersion: v1, kind: Service, x: &x {selector: {a: b}}, spec: {<<: *x}}", say_selector, "a");
}

static void
objects(void **state)
{
	(void)state;
	visit("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: ns}}", say_object, "ConfigMap ns/a");
	visit("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}", say_object, "ConfigMap a-");
	visit("{apiVersion: v1, kind: ConfigMap, metadata: null}\n---\n{apiVersion: v1, kind: Secret}", say_object, "ConfigMap; Secret");
	visit("# c\n---\na: b\n---\n- kind: Pod\n---\n{kind: Pod}\n---\n{apiVersion: v1}\n---\ntext\n", say_object, "");
	visit("{apiVersion: v1, kind: 1}", say_object, "1");
	visit("{apiVersion: v1, kind: ''}\n---\n{apiVersion: null, kind: Pod}\n---\n{apiVersion: v1, kind: [Pod]}", say_object, "");
	visit("{kind: Pod, apiVersion: v1, kind: Secret}", say_object, "Secret");
	visit("{x: &x {apiVersion: v1}, <<: *x, kind: Secret}", say_object, "Secret");
}

static void
object_lists(void **state)
{
	(void)state;
	visit("apiVersion: v1\nkind: List\nmetadata: {name: l}\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}\n- {a: b}\n- text\n-\n"
		"- {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, metadata: {name: b}}]}\n", say_object, "Secret a; Pod b:");
	visit("apiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: a}\n  spec: {template: {}}\n", say_object, "Deployment a:spec.template");
	visit("apiVersion: v1\nkind: List\nitems: null\n", say_object, "List");
	visit("apiVersion: v1\nkind: ShoppingList\nspec: {}\n", say_object, "ShoppingList");
	visit("apiVersion: v1\nkind: List\nitems: []\n", say_object, "");
	visit("apiVersion: v1\nkind: List\nx: &x {apiVersion: v1, kind: Pod, metadata: {name: a}}\nitems: [*x]\n", say_object, "Pod a:");
}

static void
pod_templates(void **state)
{
	(void)state;
	visit("{apiVersion: v1, kind: Pod}", say_object, "Pod:");
	visit("{apiVersion: acme/v1, kind: Pod}", say_object, "Pod");
	visit("{apiVersion: v1, kind: PodTemplate, template: {}}", say_object, "PodTemplate:template");
	visit("{apiVersion: v1, kind: ReplicationController, spec: {template: {}}}", say_object, "ReplicationController:spec.template");
	visit("{apiVersion: apps/v1, kind: Deployment, spec: {template: {}}}", say_object, "Deployment:spec.template");
	visit("{apiVersion: extensions/v1beta1, kind: DaemonSet, spec: {template: {}}}", say_object, "DaemonSet:spec.template");
	visit("{apiVersion: apps/v1, kind: StatefulSet, spec: {template: {}}}", say_object, "StatefulSet:spec.template");
	visit("{apiVersion: apps/v1, kind: ReplicaSet, spec: {template: {}}}", say_object, "ReplicaSet:spec.template");
	visit("{apiVersion: batch/v1, kind: Job, spec: {template: {}}}", say_object, "Job:spec.template");
	visit("{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {spec: {template: {}}}}}", say_object, "CronJob:spec.jobTemplate.spec.template");
	visit("{apiVersion: apps.openshift.io/v1, kind: DeploymentConfig, spec: {template: {}}}", say_object, "DeploymentConfig:spec.template");
	visit("{apiVersion: argoproj.io/v1alpha1, kind: Rollout, spec: {template: {}}}", say_object, "Rollout:spec.template");
	visit("{apiVersion: apps/v1, kind: Deployment, spec: {}}", say_object, "Deployment");
	visit("{apiVersion: apps/v1, kind: Deployment, spec: {template: }}", say_object, "Deployment");
	visit("{apiVersion: apps/v1, kind: Deployment, spec: text}", say_object, "Deployment");
	visit("{apiVersion: acme/v1, kind: Deployment, spec: {template: {}}}", say_object, "Deployment");
	visit("{apiVersion: v1, kind: ConfigMap, spec: {template: {}}}", say_object, "ConfigMap");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(wrong_words),
		cmocka_unit_test(of_objects),
		cmocka_unit_test(objects),
		cmocka_unit_test(object_lists),
		cmocka_unit_test(pod_templates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
