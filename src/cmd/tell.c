/* SPDX-License-Identifier: Apache-2.0 */
/* Prints findings for people, past Helm 4 where it stands in the way. */
#include "cmd/tell.h"

#include "cmd/cmd.h"
#include "helm/caller.h"

#include <errno.h>
#include <string.h>

/* why findings could not be written; 0: they could */
static int refused;

int
tell_status(const struct diags *diags)
{
	for (const struct diag *diag = diags->first; diag; diag = diag->next) {
		if (diag->level == DIAG_ERROR && (strcmp(diag->code, "io") == 0 || strcmp(diag->code, "usage") == 0)) {
			return DONE_FAIL;
		}
	}
	return diags->count[DIAG_ERROR] > 0 ? DONE_FOUND : DONE_OK;
}

int
tell(FILE *to, struct diags *diags, size_t most)
{
	struct report_style style = report_style(to, most);

	errno = 0;
	/* on standard error there is nobody left to tell; standard output is checked by main, which cannot ask why any more */
	if (!report_text(to, diags, &style) && to == stdout) {
		refused = errno;
	}
	if (helm4_calls_us()) {
		style = (struct report_style){ .most = most };
		helm_show(report_build(diags, &style));
	}
	return tell_status(diags);
}

void
tell_text(struct str text)
{
	errno = 0;
	if ((text.n > 0 && fwrite(text.s, 1, text.n, stdout) != text.n) || fflush(stdout) != 0) {
		refused = errno;
	}
}

bool
tell_broken(int error)
{
	return (error != 0 ? error : refused) == EPIPE;
}

void
tell_output(struct diags *diags, int error)
{
	struct span nowhere = { 0, 0 };

	error = error != 0 ? error : refused;
	if (error == EPIPE) {
		refused = error;
	} else if (error != 0) {
		diag_add(diags, DIAG_ERROR, "io", NULL, nowhere, "cannot write standard output: %s", strerror(error));
	} else {
		diag_add(diags, DIAG_ERROR, "io", NULL, nowhere, "cannot write standard output");
	}
}
