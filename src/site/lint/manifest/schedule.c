/* SPDX-License-Identifier: Apache-2.0 */
/* The schedule and the time zone of a CronJob. Source: pkg/apis/batch/validation of Kubernetes; CHANGELOG-1.29 on time zones in schedules. */
#include "site/lint/manifest/schedule.h"

#include "base/arena.h"
#include "kube/cron.h"

enum {
	ZONES_FROM = 22, ZONES_TO = 28,  /* the minor versions that take TZ= in a schedule; never meant */
	ZONE_FIELD = 24,              /* the one with the field timeZone */
	ZONE_PART_MAX = 14,           /* bytes of a part of its name */
};

/* a time zone before the schedule; false: the rest is not to be looked at */
static bool
zone_before(struct manifest *m, const struct spot *schedule, const struct spot *zone, size_t n)
{
	struct str text = spot_text(schedule), name = str_slice(text, str_find(text, '=', 0) + 1, n);
	struct span span = spot_part(m, schedule, 0, n);
	struct diag *diag;

	if (m->version < ZONES_FROM || m->version > ZONES_TO) {
		diag = manifest_hit(m, "kube/schedule", schedule, span, "Kubernetes 1.%u takes no time zone in a schedule", m->version);
	} else if (n == text.n) {
		diag = manifest_hit(m, "kube/schedule", schedule, span, "behind the time zone there is no schedule");
	} else if (spot_given(zone)) {
		diag = manifest_hit(m, "kube/schedule", schedule, span, "there is a time zone in the schedule and in timeZone");
	} else {
		diag = manifest_hit(m, "kube/schedule", schedule, span, "a time zone in a schedule is not supported, and refused from 1.%d on", ZONES_TO + 1);
		diag_lower(m->diags, diag, DIAG_WARNING);
	}
	if (m->version >= ZONE_FIELD && !spot_given(zone) && name.n > 0) {
		diag_help(m->diags, diag, "write timeZone: %s", manifest_cut(m, name));
	}
	return n < text.n;
}

/* The form of a name of the time zone database; which there are, only the cluster knows. */
static const char *
zone_wrong(struct str s)
{
	if (s.n == 0) {
		return "is empty";
	}
	for (size_t at = 0, end; at <= s.n; at = end + 1) {
		struct str part = str_slice(s, at, end = str_find(s, '/', at));

		if (part.n == 0 || part.n > ZONE_PART_MAX || part.s[0] == '-' || str_eq(part, STR(".")) || str_eq(part, STR(".."))) {
			return "is none";
		}
		for (size_t i = 0; i < part.n; i++) {
			char c = part.s[i];

			if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '_' && c != '+') {
				return "is none";
			}
		}
	}
	return str_eq_nocase(s, STR("Local")) ? "does not say which" : NULL;
}

void
schedule_check(struct manifest *m)
{
	struct spot root = spot_root(m->object->node), spec = spot_get(&root, "spec"), schedule = spot_get(&spec, "schedule");
	struct spot zone = spot_get(&spec, "timeZone");
	struct str text = spot_text(&schedule);
	const struct cron_wrong *wrong;
	const char *form;
	size_t from = 0;

	if (!str_eq(m->object->kind, STR("CronJob")) || !str_eq(m->object->group, STR("batch"))) {
		return;
	}
	form = m->version >= ZONE_FIELD && spot_given(&zone) && zone.node->kind == NODE_STRING ? zone_wrong(spot_text(&zone)) : NULL;
	if (form) {
		diag_help(m->diags, manifest_hit(m, "kube/schedule", &zone, spot_value(&zone), "the time zone '%s' %s", manifest_cut(m, spot_text(&zone)), form),
			"write such as Europe/Berlin or Etc/UTC");
	}
	if (!schedule.node || schedule.node->kind != NODE_STRING) {
		return;
	}
	if (cron_zone(text) > 0) {
		if (!zone_before(m, &schedule, &zone, cron_zone(text))) {
			return;
		}
		for (from = cron_zone(text); from < text.n && (text.s[from] == ' ' || text.s[from] == '\t' || text.s[from] == '\n'); from++) {
		}
	}
	for ((void)cron_valid(m->diags->arena, str_slice(text, from, text.n), &wrong); wrong; wrong = wrong->next) {
		struct diag *diag = manifest_hit(m, "kube/schedule", &schedule, spot_part(m, &schedule, from + wrong->from, from + wrong->to), "%s",
			wrong->text);

		if (wrong->help) {
			diag_help(m->diags, diag, "%s", wrong->help);
		}
		if (!wrong->refused) {
			diag_lower(m->diags, diag, DIAG_WARNING);
		}
		manifest_mend_part(m, diag, &schedule, from + wrong->from, from + wrong->to, wrong->fix);
	}
}
