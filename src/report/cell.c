/* SPDX-License-Identifier: Apache-2.0 */
/* Decodes UTF-8 and knows which characters are wide, combining or not to be shown. */
#include "report/cell.h"

#include "base/secret.h"

struct range {
	unsigned from, to;
};

/* combining marks in common use */
static const struct range zero[] = {
	{ 0x300, 0x36F }, { 0x483, 0x489 }, { 0x591, 0x5BD }, { 0x5BF, 0x5BF }, { 0x5C1, 0x5C2 }, { 0x5C4, 0x5C5 },
	{ 0x610, 0x61A }, { 0x64B, 0x65F }, { 0x670, 0x670 }, { 0x6D6, 0x6DC }, { 0x6DF, 0x6E4 }, { 0x6E7, 0x6E8 },
	{ 0x6EA, 0x6ED }, { 0x900, 0x902 }, { 0x93C, 0x93C }, { 0x941, 0x948 }, { 0x94D, 0x94D }, { 0x951, 0x957 },
	{ 0xE31, 0xE31 }, { 0xE34, 0xE3A }, { 0xE47, 0xE4E }, { 0x1160, 0x11FF }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF },
	{ 0x20D0, 0x20FF }, { 0x302A, 0x302D }, { 0x3099, 0x309A }, { 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F },
	{ 0xE0100, 0xE01EF },
};

/* East Asian wide and full-width characters, and emoji */
static const struct range wide[] = {
	{ 0x1100, 0x115F }, { 0x231A, 0x231B }, { 0x2329, 0x232A }, { 0x23E9, 0x23EC }, { 0x23F0, 0x23F0 },
	{ 0x23F3, 0x23F3 }, { 0x25FD, 0x25FE }, { 0x2614, 0x2615 }, { 0x2648, 0x2653 }, { 0x267F, 0x267F },
	{ 0x2693, 0x2693 }, { 0x26A1, 0x26A1 }, { 0x26AA, 0x26AB }, { 0x26BD, 0x26BE }, { 0x26C4, 0x26C5 },
	{ 0x26CE, 0x26CE }, { 0x26D4, 0x26D4 }, { 0x26EA, 0x26EA }, { 0x26F2, 0x26F3 }, { 0x26F5, 0x26F5 },
	{ 0x26FA, 0x26FA }, { 0x26FD, 0x26FD }, { 0x2705, 0x2705 }, { 0x270A, 0x270B }, { 0x2728, 0x2728 },
	{ 0x274C, 0x274C }, { 0x274E, 0x274E }, { 0x2753, 0x2755 }, { 0x2757, 0x2757 }, { 0x2795, 0x2797 },
	{ 0x27B0, 0x27B0 }, { 0x27BF, 0x27BF }, { 0x2B1B, 0x2B1C }, { 0x2B50, 0x2B50 }, { 0x2B55, 0x2B55 },
	{ 0x2E80, 0x303E }, { 0x3041, 0x4DBF }, { 0x4E00, 0xA4CF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 },
	{ 0xF900, 0xFAFF }, { 0xFE10, 0xFE19 }, { 0xFE30, 0xFE6F }, { 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 },
	{ 0x16FE0, 0x18CFF }, { 0x1AFF0, 0x1B2FF }, { 0x1F004, 0x1F004 }, { 0x1F0CF, 0x1F0CF }, { 0x1F18E, 0x1F18E },
	{ 0x1F191, 0x1F19A }, { 0x1F200, 0x1F320 }, { 0x1F32D, 0x1F335 }, { 0x1F337, 0x1F37C }, { 0x1F37E, 0x1F393 },
	{ 0x1F3A0, 0x1F3CA }, { 0x1F3CF, 0x1F3D3 }, { 0x1F3E0, 0x1F3F0 }, { 0x1F3F4, 0x1F3F4 }, { 0x1F3F8, 0x1F43E },
	{ 0x1F440, 0x1F440 }, { 0x1F442, 0x1F4FC }, { 0x1F4FF, 0x1F53D }, { 0x1F54B, 0x1F567 }, { 0x1F57A, 0x1F57A },
	{ 0x1F595, 0x1F596 }, { 0x1F5A4, 0x1F5A4 }, { 0x1F5FB, 0x1F64F }, { 0x1F680, 0x1F6C5 }, { 0x1F6CC, 0x1F6CC },
	{ 0x1F6D0, 0x1F6D2 }, { 0x1F6D5, 0x1F6DF }, { 0x1F6EB, 0x1F6EC }, { 0x1F6F4, 0x1F6FC }, { 0x1F7E0, 0x1F7F0 },
	{ 0x1F90C, 0x1F9FF }, { 0x1FA70, 0x1FAFF }, { 0x20000, 0x3FFFD },
};

/* controls, no-break space, and what is invisible, turns the direction of writing round or ends a line */
static const struct range hidden[] = {
	{ 0x0, 0x1F }, { 0x7F, 0xA0 }, { 0xAD, 0xAD }, { 0x61C, 0x61C }, { 0x180E, 0x180E }, { 0x200B, 0x200F },
	{ 0x2028, 0x202E }, { 0x2060, 0x206F }, { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
};

static bool
is_in(const struct range *ranges, size_t n, unsigned point)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (point < ranges[middle].from) {
			high = middle;
		} else if (point > ranges[middle].to) {
			low = middle + 1;
		} else {
			return true;
		}
	}
	return false;
}

#define IN(table, point) is_in((table), sizeof(table) / sizeof((table)[0]), (point))

/* bytes of the character, 0 when it is not valid UTF-8 */
static size_t
decode(const unsigned char *s, size_t n, unsigned *ret)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t want = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
	unsigned point = want <= 1 ? s[0] : s[0] & (0x7FU >> want);

	if (want == 0 || want > n) {
		return 0;
	}
	for (size_t i = 1; i < want; i++) {
		if ((s[i] & 0xC0) != 0x80) {
			return 0;
		}
		point = point << 6 | (s[i] & 0x3FU);
	}
	if (point < least[want] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
		return 0;
	}
	*ret = point;
	return want;
}

struct cell
cell_at(struct str text, size_t at)
{
	struct cell c = { .at = at, .width = 1 };

	c.n = decode((const unsigned char *)text.s + at, text.n - at, &c.point);
	if (c.n == 0) {
		c.n = 1;
		c.point = (unsigned char)text.s[at];
		c.kind = CELL_BYTE;
		c.width = 4;
	} else if (c.point == '\t') {
		c.kind = CELL_TAB;
	} else if (IN(hidden, c.point)) {
		c.kind = CELL_ESCAPE;
		c.width = c.point < 0x80 ? 4 : c.point <= 0xFFFF ? 6 : 10;
	} else if (IN(zero, c.point)) {
		c.width = 0;
	} else if (IN(wide, c.point)) {
		c.width = 2;
	}
	return c;
}

void
cell_add(struct buf *b, struct str text, const struct cell *c)
{
	switch (c->kind) {
	case CELL_PLAIN:
	case CELL_TAB:
		buf_add(b, str_slice(text, c->at, c->at + c->n));
		break;
	case CELL_ESCAPE:
		buf_addf(b, c->point < 0x80 ? "\\x%02x" : c->point <= 0xFFFF ? "\\u%04x" : "\\U%08x", c->point);
		break;
	case CELL_BYTE:
		buf_addf(b, "\\x%02x", c->point);
		break;
	case CELL_MASK:
		buf_add(b, STR(SECRET_MASK));
		break;
	}
}

void
cell_add_text(struct buf *b, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		struct cell c = cell_at(text, at);

		if (c.kind == CELL_TAB) {
			buf_add(b, STR("\\t"));
		} else if (c.point == '\n' || c.point == '\r') {
			buf_add(b, c.point == '\n' ? STR("\\n") : STR("\\r"));
		} else {
			cell_add(b, text, &c);
		}
		at += c.n;
	}
}
