/* SPDX-License-Identifier: Apache-2.0 */
/* The schedules of CronJobs. */
#ifndef WBRENDER_KUBE_CRON_H
#define WBRENDER_KUBE_CRON_H

#include "base/str.h"

#include <stdbool.h>

/* what is wrong with a schedule, or hardly meant */
struct cron_wrong {
	const char *text;             /* "the weekday '7' is above 6" */
	const char *help;             /* or NULL */
	const char *fix;              /* the only right text for these bytes; or NULL */
	size_t from, to;              /* its bytes in the schedule */
	bool refused;                 /* else it is taken, and hardly meant */
	const struct cron_wrong *next;
};

/* Whether Kubernetes takes it: minute, hour, day, month and weekday, or one of @yearly ... @hourly, or @every with a duration. *ret is
   what is wrong, in the order of the text and at most one for each item of a field, and what is hardly meant, in the arena; or NULL. Source:
   github.com/robfig/cron/v3, ParseStandard, which the API server asks (pkg/apis/batch/validation); it takes '?' for '*' anywhere, and of what
   stands behind '*-' nothing counts. */
bool cron_valid(struct arena *, struct str, const struct cron_wrong **ret);
/* The bytes of a time zone before it, "TZ=Europe/Berlin" or "CRON_TZ=...", up to the blank; 0: it has none. */
size_t cron_zone(struct str);

#endif
