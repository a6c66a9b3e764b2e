/* SPDX-License-Identifier: Apache-2.0 */
/* wbrender explain --rule: what a rule of the profile does with the manifests on standard input. */
#ifndef WBRENDER_CMD_EXPLAIN_RULE_H
#define WBRENDER_CMD_EXPLAIN_RULE_H

/* profile: of -p, or NULL. Prints, and returns the exit status. */
int explain_rule_run(const char *profile, const char *rule);

#endif
