/* SPDX-License-Identifier: Apache-2.0 */
/* YAML 1.1 typing as sigs.k8s.io/yaml does it (a go-yaml v2 fork, resolve.go), and when a text may stand unquoted. */
#include "yaml/scalar.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_MAX = 512 };  /* longer digits are compared as text; no real value comes near */

static bool
one_of(struct str s, const char *const *words)
{
	for (; *words; words++) {
		if (str_is(s, *words)) {
			return true;
		}
	}
	return false;
}

static const char *const words_null[] = { "", "~", "null", "Null", "NULL", NULL };
static const char *const words_true[] = { "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON", NULL };
static const char *const words_false[] = { "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF", NULL };
static const char *const words_float[] = { ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
	"-.Inf", "-.INF", NULL };

/* without the underscores, which go-yaml takes out of numbers; false when it is too long to be one */
static bool
bare(struct str s, char out[NUMBER_MAX + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.s[i] == '_') {
			continue;
		}
		if (n == NUMBER_MAX || s.s[i] == '\0') {
			return false;
		}
		out[n++] = s.s[i];
	}
	out[n] = '\0';
	return n > 0;
}

static size_t
digits(const char *s, unsigned base)
{
	size_t n = 0;

	for (;; n++) {
		char c = s[n];
		unsigned value = c >= '0' && c <= '9' ? (unsigned)(c - '0')
			: c >= 'a' && c <= 'f'        ? (unsigned)(c - 'a' + 10)
			: c >= 'A' && c <= 'F'        ? (unsigned)(c - 'A' + 10)
						      : 99;

		if (value >= base) {
			return n;
		}
	}
}

/* Go's strconv.ParseInt with base 0, then ParseUint; the base of what was read, 0 when it is no integer of 64 bits */
static unsigned
integer(const char *z, double *ret)
{
	bool negative = *z == '-';
	const char *s = z + (*z == '-' || *z == '+');
	unsigned base = 10;
	unsigned long long value;
	char *end;

	if (s[0] == '0' && s[1] != '\0') {
		char c = s[1];

		if (c == 'x' || c == 'X') {
			base = 16;
		} else if (c == 'b' || c == 'B') {
			base = 2;
		} else {
			base = 8;
		}
		s += c == 'x' || c == 'X' || c == 'b' || c == 'B' || c == 'o' || c == 'O' ? 2 : 1;
	}
	if (s[0] == '\0' || s[digits(s, base)] != '\0') {
		return 0;
	}
	errno = 0;
	value = strtoull(s, &end, (int)base);
	if (errno != 0 || *end != '\0' || (negative && value > 1ULL << 63) || (*z == '+' && value > ~0ULL >> 1)) {
		return 0;
	}
	if (ret) {
		*ret = negative ? -(double)value : (double)value;
	}
	return base;
}

/* ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$ */
static bool
is_float(const char *s)
{
	size_t whole, part = 0;

	s += *s == '-' || *s == '+';
	whole = digits(s, 10);
	s += whole;
	if (*s == '.') {
		part = digits(s + 1, 10);
		s += 1 + part;
	}
	if (whole + part == 0) {
		return false;
	}
	if (*s == 'e' || *s == 'E') {
		size_t n;

		s += 1 + (s[1] == '-' || s[1] == '+');
		n = digits(s, 10);
		if (n == 0) {
			return false;
		}
		s += n;
	}
	return *s == '\0';
}

enum node_kind
scalar_kind(struct str s)
{
	char number[NUMBER_MAX + 1];

	/* the first byte decides for nearly every text */
	switch (s.n == 0 ? '~' : s.s[0]) {
	case '~':
		return one_of(s, words_null) ? NODE_NULL : NODE_STRING;
	case 'n':
	case 'N':
		if (one_of(s, words_null)) {
			return NODE_NULL;
		}
		/* fallthrough */
	case 'y':
	case 'Y':
	case 't':
	case 'T':
	case 'f':
	case 'F':
	case 'o':
	case 'O':
		return s.n <= 5 && (one_of(s, words_true) || one_of(s, words_false)) ? NODE_BOOL : NODE_STRING;
	case '.':
	case '-':
	case '+':
	case '0':
	case '1':
	case '2':
	case '3':
	case '4':
	case '5':
	case '6':
	case '7':
	case '8':
	case '9':
		if (one_of(s, words_float)) {
			return NODE_FLOAT;
		}
		if (!bare(s, number)) {
			return NODE_STRING;
		}
		if (s.s[0] != '.' && integer(number, NULL) != 0) {
			return NODE_INT;
		}
		return is_float(number) ? NODE_FLOAT : NODE_STRING;
	default:
		return NODE_STRING;
	}
}

enum node_kind
scalar_tagged_kind(const char *tag, struct str text)
{
	static const char prefix[] = "tag:yaml.org,2002:";
	enum node_kind kind = scalar_kind(text);

	if (strncmp(tag, prefix, sizeof(prefix) - 1) != 0) {
		return NODE_STRING;
	}
	tag += sizeof(prefix) - 1;
	return strcmp(tag, "null") == 0                                                  ? NODE_NULL
		: strcmp(tag, "bool") == 0 && kind == NODE_BOOL                          ? NODE_BOOL
		: strcmp(tag, "int") == 0 && kind == NODE_INT                            ? NODE_INT
		: strcmp(tag, "float") == 0 && (kind == NODE_FLOAT || kind == NODE_INT) ? NODE_FLOAT
											 : NODE_STRING;
}

bool
scalar_true(struct str s)
{
	return one_of(s, words_true);
}

bool
scalar_double(struct str s, double *ret)
{
	char number[NUMBER_MAX + 1];

	if (!bare(s, number)) {
		return false;
	}
	if (number[0] != '.' && integer(number, ret) != 0) {
		return true;
	}
	if (!is_float(number)) {
		return false;
	}
	*ret = strtod(number, NULL);
	return isfinite(*ret);
}

static bool
letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
scalar_plain_safe(struct str s, bool flow)
{
	/* a first letter or slash excludes numbers, dates, times, indicators and the merge key at once */
	if (s.n == 0 || s.n > 128 || !(letter(s.s[0]) || s.s[0] == '/') || scalar_kind(s) != NODE_STRING) {
		return false;
	}
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];

		if (letter(c) || (c >= '0' && c <= '9') || (c != '\0' && strchr("-_./@+%=", c))) {
			continue;
		}
		if (c == ':' && !flow && i + 1 < s.n && s.s[i + 1] != ' ') {
			continue;
		}
		if (c == ' ' && !flow && i + 1 < s.n && s.s[i + 1] != '#' && s.s[i + 1] != ' ') {
			continue;
		}
		return false;
	}
	return true;
}
