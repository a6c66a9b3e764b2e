/* SPDX-License-Identifier: Apache-2.0 */
/* Ports of containers and Services. */
#ifndef WBRENDER_SITE_LINT_MANIFEST_PORT_H
#define WBRENDER_SITE_LINT_MANIFEST_PORT_H

#include "site/lint/manifest/run.h"

/* a number from 1 to 65535, or the name of a port */
void port_check(struct manifest *, const struct spot *);
/* where no name can stand */
void port_number_check(struct manifest *, const struct spot *);
/* a list in a container in a list of a pod's spec */
void ports_of_container_check(struct manifest *, const struct spot *list);
/* does nothing for other kinds */
void ports_of_service_check(struct manifest *);

#endif
