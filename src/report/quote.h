/* SPDX-License-Identifier: Apache-2.0 */
/* Texts inside JSON and XML. */
#ifndef WBRENDER_REPORT_QUOTE_H
#define WBRENDER_REPORT_QUOTE_H

#include "base/str.h"

/* a JSON string with its quotes; the text is UTF-8 */
void quote_json(struct buf *, struct str);
/* ,"name":"text" */
void quote_json_member(struct buf *, const char *name, struct str);
/* for XML, inside an attribute or an element; the text is UTF-8 without control characters */
void quote_xml(struct buf *, struct str);

#endif
