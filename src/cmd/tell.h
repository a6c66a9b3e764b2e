/* SPDX-License-Identifier: Apache-2.0 */
/* Findings to where the user looks: the one place that prints them. */
#ifndef WBRENDER_CMD_TELL_H
#define WBRENDER_CMD_TELL_H

#include "report/text.h"

/* Prints the findings to a stream and, when Helm 4 runs us, to where its user sees them. most: how many are shown, 0 for all.
   Returns the exit status that they mean: DONE_FAIL when something could not be read or written, else DONE_FOUND when there is
   an error, else DONE_OK. */
int tell(FILE *, struct diags *, size_t most);
/* the status alone */
int tell_status(const struct diags *);
/* a report for programs to standard output, which main checks */
void tell_text(struct str);
/* was standard output a pipe that nobody reads any more? Nothing is said of that; error as below */
bool tell_broken(int error);
/* adds the error that standard output could not be written, but for a broken pipe, of which main is told; error is an errno value, 0 when it is not known */
void tell_output(struct diags *, int error);

#endif
