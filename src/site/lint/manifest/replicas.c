/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of HorizontalPodAutoscalers, PodDisruptionBudgets updates and workloads. Source: pkg/apis/autoscaling/validation,
   pkg/apis/policy/validation, pkg/apis/apps/validation and pkg/apis/batch/validation of Kubernetes. */
#include "site/lint/manifest/replicas.h"

#include "kube/pod.h"
#include "yaml/scalar.h"

#include <stdint.h>

static bool
number_of(const struct spot *s, double *ret)
{
	return s->node && (s->node->kind == NODE_INT || s->node->kind == NODE_FLOAT) && scalar_double(s->node->text, ret);
}

/* metrics that are there without pods; of version 1 they stand in an annotation, and may be anything */
static bool
scales_from_zero(const struct spot *root, const struct spot *spec)
{
	struct spot metrics = spot_get(spec, "metrics"), metadata = spot_get(root, "metadata"), annotations = spot_get(&metadata, "annotations");
	struct spot old = spot_get(&annotations, "autoscaling.alpha.kubernetes.io/metrics");
	size_t i = 0;

	for (const struct node *item = spot_items(&metrics); item; item = item->next) {
		struct spot metric = spot_item(&metrics, item, i++), type = spot_get(&metric, "type");

		if (str_eq(spot_text(&type), STR("Object")) || str_eq(spot_text(&type), STR("External"))) {
			return true;
		}
	}
	return spot_given(&old);
}

static void
autoscaler_check(struct manifest *m, const struct spot *root, const struct spot *spec)
{
	struct spot min = spot_get(spec, "minReplicas"), max = spot_get(spec, "maxReplicas");
	double least = 1, most = 1;
	bool given = number_of(&min, &least), limited = number_of(&max, &most);

	if (given && least == 0 && scales_from_zero(root, spec)) {
		struct diag *diag = manifest_hit(m, "kube/replicas", &min, spot_value(&min), "minReplicas 0 needs the feature HPAScaleToZero");

		diag_help(m->diags, diag, "it is on from Kubernetes 1.37; before, the API server must be started with it");
		diag_lower(m->diags, diag, DIAG_WARNING);
	} else if (given && least < 1) {
		diag_help(m->diags, manifest_hit(m, "kube/replicas", &min, spot_value(&min), "minReplicas is %s, at least 1 is wanted", spot_say(m, &min)),
			least == 0 ? "to scale to 0 takes a metric of type Object or External" : "write 1 or more");
	}
	if (limited && most < 1) {
		manifest_hit(m, "kube/replicas", &max, spot_value(&max), "maxReplicas is %s, at least 1 is wanted", spot_say(m, &max));
	} else if (given && limited && most < least) {
		diag_relate(m->diags, manifest_hit(m, "kube/replicas", &max, spot_value(&max), "maxReplicas %.*s is less than minReplicas %.*s",
			STR_FMT(spot_text(&max)), STR_FMT(spot_text(&min))), m->src, spot_value(&min), "minReplicas is here");
	}
}

/* a whole number, or digits and '%' up to 100% */
static void
share_check(struct manifest *m, const struct spot *s)
{
	struct str text = spot_text(s), digits = str_slice(text, 0, text.n - (text.n > 0));
	size_t part;
	struct diag *diag;
	double number;

	if (number_of(s, &number)) {
		if (number < 0) {
			manifest_hit(m, "kube/disruption-budget", s, spot_value(s), "%s is %s, 0 or more is wanted", spot_path(m->diags->arena, s), spot_say(m, s));
		}
		return;
	}
	if (!spot_given(s) || s->node->kind != NODE_STRING || (str_ends(text, STR("%")) && str_number(digits, 100, &part))) {
		return;
	}
	diag = manifest_hit(m, "kube/disruption-budget", s, spot_value(s), "%s is %s, a number or 0%% to 100%% is wanted", spot_path(m->diags->arena, s),
		spot_say(m, s));
	if (str_number(text, INT32_MAX, &part)) {
		diag_help(m->diags, diag, "write %zu without quotes", part);
		manifest_mend(diag, s, arena_printf(m->diags->arena, "%zu", part));
	}
}

static void
budget_check(struct manifest *m, const struct spot *spec)
{
	struct spot min = spot_get(spec, "minAvailable"), max = spot_get(spec, "maxUnavailable");

	share_check(m, &min);
	share_check(m, &max);
	if (spot_given(&min) && spot_given(&max)) {
		struct diag *diag = manifest_hit(m, "kube/disruption-budget", &max, spot_key(&max), "there are both minAvailable and maxUnavailable");

		diag_help(m->diags, diag, "leave one out");
		diag_relate(m->diags, diag, m->src, spot_key(&min), "minAvailable is here");
	}
}

/* 0 or 0% */
static bool
is_zero(const struct spot *s)
{
	struct str text = spot_text(s);
	size_t part;

	return str_number(str_ends(text, STR("%")) ? str_slice(text, 0, text.n - 1) : text, 0, &part);
}

static void
strategy_check(struct manifest *m, const struct spot *strategy)
{
	struct spot type = spot_get(strategy, "type"), rolling = spot_get(strategy, "rollingUpdate");
	struct spot lost = spot_get(&rolling, "maxUnavailable"), more = spot_get(&rolling, "maxSurge");

	if (str_eq(spot_text(&type), STR("Recreate")) && spot_given(&rolling)) {
		diag_help(m->diags, manifest_hit(m, "kube/strategy", &rolling, spot_key(&rolling), "the strategy Recreate has no rollingUpdate"),
			"leave it out; rollingUpdate: null takes it away from what is installed");
	} else if (is_zero(&lost) && is_zero(&more)) {
		diag_relate(m->diags, manifest_hit(m, "kube/strategy", &lost, spot_value(&lost), "maxUnavailable and maxSurge cannot both be 0"), m->src,
			spot_value(&more), "maxSurge is here");
	}
}

/* what ValidateNonnegativeField is asked of, in specs of workloads and Jobs */
static void
counts_check(struct manifest *m, const struct spot *spec)
{
	static const char *const counts[] = { "activeDeadlineSeconds", "backoffLimit", "backoffLimitPerIndex", "completions", "failedJobsHistoryLimit",
		"maxFailedIndexes", "minReadySeconds", "parallelism", "progressDeadlineSeconds", "replicas", "revisionHistoryLimit",
		"startingDeadlineSeconds", "successfulJobsHistoryLimit", "ttlSecondsAfterFinished" };
	double number;

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		struct spot s = spot_get(spec, counts[i]);

		if (number_of(&s, &number) && number < 0) {
			manifest_hit(m, "kube/replicas", &s, spot_value(&s), "%s is %s, 0 or more is wanted", spot_path(m->diags->arena, &s), spot_say(m, &s));
		}
	}
}

static void
job_check(struct manifest *m, const struct spot *spec)
{
	struct spot mode = spot_get(spec, "completionMode"), completions = spot_get(spec, "completions");

	counts_check(m, spec);
	if (str_eq(spot_text(&mode), STR("Indexed")) && !spot_given(&completions)) {
		diag_help(m->diags, manifest_hit(m, "kube/replicas", &mode, spot_value(&mode), "completionMode Indexed needs completions"),
			"write such as completions: 3");
	}
}

static void
workload_check(struct manifest *m, const struct spot *spec)
{
	struct spot template = spot_get(spec, "jobTemplate"), job = spot_get(&template, "spec");

	if (str_eq(m->object->kind, STR("Job"))) {
		job_check(m, spec);
	} else if (str_eq(m->object->kind, STR("CronJob"))) {
		counts_check(m, spec);
		job_check(m, &job);
	} else if (!str_eq(m->object->kind, STR("Pod"))) {
		counts_check(m, spec);
	}
}

void
replicas_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), strategy = spot_get(&spec, "strategy");

	if (str_eq(m->object->kind, STR("HorizontalPodAutoscaler")) && str_eq(m->object->group, STR("autoscaling"))) {
		autoscaler_check(m, &root, &spec);
	} else if (str_eq(m->object->kind, STR("PodDisruptionBudget")) && str_eq(m->object->group, STR("policy"))) {
		budget_check(m, &spec);
	} else if (str_eq(m->object->kind, STR("Deployment")) && str_eq(m->object->group, STR("apps"))) {
		strategy_check(m, &strategy);
	}
	if (pod_path(m->object)) {
		workload_check(m, &spec);
	}
}
