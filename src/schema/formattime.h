/* SPDX-License-Identifier: Apache-2.0 */
/* Formats of dates, times and durations. */
#ifndef WBRENDER_SCHEMA_FORMATTIME_H
#define WBRENDER_SCHEMA_FORMATTIME_H

#include "schema/formatcheck.h"

/* RFC 3339, as v6 has it; a leap second only where it is one in UTC */
format_check formattime_date, formattime_time, formattime_date_time, formattime_duration, formattime_period;
/* As time.Parse of Go takes them: no zone, an hour of one digit, a comma before the fraction, zones to 24:60; as a date and time a
   date or a time alone */
format_check formattime_time3, formattime_date_time3;

/* a decimal number with a sign or without, as Go's strconv.Atoi; capped at 10^9; false: it is none */
bool formattime_number(struct str, long *ret);

#endif
