/* SPDX-License-Identifier: Apache-2.0 */
/* Questions on the terminal about a site. */
#ifndef WBRENDER_CMD_ASK_H
#define WBRENDER_CMD_ASK_H

#include "site/starter.h"

/* Are there somebody to read questions and somebody to answer them? */
bool ask_possible(void);
/* Asks on standard error for what a profile must state and for what most sites state, and reads answers from standard input,
   each checked before the next question; what is known already is offered as the answer. The new answers are in front of those
   known. False when the input ended. */
bool ask(const struct answer *known, struct arena *, const struct answer **ret);

#endif
