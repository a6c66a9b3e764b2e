/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds of ASCII characters, whatever the locale. */
#ifndef WBRENDER_BASE_ASCII_H
#define WBRENDER_BASE_ASCII_H

#include <stdbool.h>

static inline bool
ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* a letter or a digit */
static inline bool
ascii_alnum(char c)
{
	return ascii_letter(c) || ascii_digit(c);
}

/* the value of a hexadecimal digit, or -1 */
static inline int
ascii_hex(char c)
{
	return ascii_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

#endif
