/* SPDX-License-Identifier: Apache-2.0 */
/* Trees to YAML text. The style of every scalar is decided here: writers that choose by themselves lose types. */
#include "yaml/emit.h"

#include "yaml/scalar.h"

#include <string.h>

enum { KEY_MAX = 1000 };  /* longer keys are written as "? key"; readers stop looking for the ':' at 1024 */

/* length of the UTF-8 character at s and its code point */
static size_t
decode(struct str s, size_t at, unsigned *ret)
{
	static const unsigned char first[] = { 0xFF, 0x7F, 0x1F, 0x0F, 0x07 };
	unsigned char c = (unsigned char)s.s[at];
	size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	unsigned point = c & first[n];

	for (size_t i = 1; i < n && at + i < s.n; i++) {
		point = point << 6 | ((unsigned char)s.s[at + i] & 0x3F);
	}
	*ret = point;
	return at + n <= s.n ? n : s.n - at;
}

/* characters that no reader changes or takes for a line break, in quotes or in a block */
static bool
harmless(unsigned c)
{
	return (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c != 0x2028 && c != 0x2029 && c != 0xFEFF && c != 0xFFFE && c != 0xFFFF);
}

void
emit_json_string(struct buf *b, struct str s)
{
	unsigned c;

	buf_byte(b, '"');
	for (size_t i = 0, n; i < s.n; i += n) {
		n = decode(s, i, &c);
		if (c == '"' || c == '\\') {
			buf_byte(b, '\\');
			buf_byte(b, (char)c);
		} else if (c == '\n') {
			buf_add(b, STR("\\n"));
		} else if (c == '\t') {
			buf_add(b, STR("\\t"));
		} else if (c == '\r') {
			buf_add(b, STR("\\r"));
		} else if (harmless(c)) {
			buf_add(b, str_slice(s, i, i + n));
		} else {
			buf_addf(b, "\\u%04X", c);
		}
	}
	buf_byte(b, '"');
}

static bool
single_safe(struct str s)
{
	unsigned c;

	for (size_t i = 0, n; i < s.n; i += n) {
		n = decode(s, i, &c);
		if (!harmless(c)) {
			return false;
		}
	}
	return true;
}

void
emit_scalar(struct buf *b, const struct node *node, enum emit_quote wanted, bool flow)
{
	const struct str s = node->text;

	if (node->kind == NODE_NULL) {
		buf_add(b, STR("null"));
	} else if (node->kind != NODE_STRING || (wanted == EMIT_PLAIN && scalar_plain_safe(s, flow))) {
		buf_add(b, s);
	} else if (wanted == EMIT_SINGLE && single_safe(s)) {
		buf_byte(b, '\'');
		for (size_t i = 0; i < s.n; i++) {
			buf_byte(b, s.s[i]);
			if (s.s[i] == '\'') {
				buf_byte(b, '\'');
			}
		}
		buf_byte(b, '\'');
	} else {
		emit_json_string(b, s);
	}
}

/* a text of several lines that a literal block holds exactly, whatever the reader */
static bool
literal_safe(struct str s)
{
	unsigned c;

	if (str_find(s, '\n', 0) + 1 >= s.n || s.s[0] == ' ' || s.s[0] == '\n' || s.s[0] == '\t'
		|| (s.s[s.n - 1] == '\n' && s.s[s.n - 2] == '\n')) {
		return false;
	}
	for (size_t i = 0, n; i < s.n; i += n) {
		n = decode(s, i, &c);
		if (c != '\n' && c != '\t' && !harmless(c)) {
			return false;
		}
	}
	/* lines of blanks only and a blank before the end are told apart by no two readers alike */
	for (size_t i = 0; i + 1 < s.n; i++) {
		if ((s.s[i] == ' ' || s.s[i] == '\t') && s.s[i + 1] == '\n') {
			return false;
		}
	}
	return s.s[s.n - 1] != ' ' && s.s[s.n - 1] != '\t';
}

static void
literal(struct buf *b, struct str s, size_t indent, struct str nl)
{
	bool ends = s.s[s.n - 1] == '\n';

	buf_add(b, ends ? STR("|") : STR("|-"));
	for (size_t at = 0; at < s.n;) {
		size_t end = str_find(s, '\n', at);

		buf_add(b, nl);
		if (end > at) {
			buf_fill(b, ' ', indent);
			buf_add(b, str_slice(s, at, end));
		}
		at = end + 1;
	}
	buf_add(b, nl);
}

struct layout {
	size_t step;
	bool indentless;
	struct str nl;
};

static void block(struct buf *, const struct node *, size_t indent, bool begun, const struct layout *);

/* what follows "key:" or "-"; ends the line */
static void
value(struct buf *b, const struct node *node, size_t indent, const struct layout *l)
{
	size_t deeper = indent + l->step;

	node = node_real(node);
	if ((node->kind == NODE_LIST || node->kind == NODE_MAP) && !node->first) {
		buf_add(b, node->kind == NODE_LIST ? STR(" []") : STR(" {}"));
	} else if (node->kind == NODE_LIST || node->kind == NODE_MAP) {
		buf_add(b, l->nl);
		block(b, node, node->kind == NODE_LIST && l->indentless ? indent : deeper, false, l);
		return;
	} else if (node->kind == NODE_STRING && literal_safe(node->text)) {
		buf_byte(b, ' ');
		literal(b, node->text, deeper, l->nl);
		return;
	} else {
		buf_byte(b, ' ');
		emit_scalar(b, node, EMIT_PLAIN, false);
	}
	buf_add(b, l->nl);
}

/* begun: the first line's indent is already written */
static void
block(struct buf *b, const struct node *node, size_t indent, bool begun, const struct layout *l)
{
	for (const struct node *child = node->first; child; child = child->next) {
		const struct node *real = node_real(child);

		buf_fill(b, ' ', begun ? 0 : indent);
		begun = false;
		if (node->kind == NODE_MAP) {
			const struct node *key = node_real(child->key);

			if (key->text.n > KEY_MAX) {
				buf_add(b, STR("? "));
				emit_scalar(b, key, EMIT_PLAIN, false);
				buf_add(b, l->nl);
				buf_fill(b, ' ', indent);
			} else {
				emit_scalar(b, key, EMIT_PLAIN, false);
			}
			buf_byte(b, ':');
			value(b, child, indent, l);
		} else if ((real->kind == NODE_MAP || real->kind == NODE_LIST) && real->first) {
			buf_add(b, STR("- "));
			block(b, real, indent + 2, true, l);
		} else {
			buf_byte(b, '-');
			value(b, child, indent, l);
		}
	}
}

void
emit_block(struct buf *b, const struct node *node, size_t indent, size_t step, bool indentless, struct str nl)
{
	struct layout l = { step, indentless, nl };

	block(b, node_real(node), indent, false, &l);
}

void
emit_flow(struct buf *b, const struct node *node, bool json)
{
	enum emit_quote quote = json ? EMIT_DOUBLE : EMIT_PLAIN;

	node = node_real(node);
	if (node->kind < NODE_LIST) {
		emit_scalar(b, node, quote, true);
		return;
	}
	buf_byte(b, node->kind == NODE_MAP ? '{' : '[');
	for (const struct node *child = node->first; child; child = child->next) {
		if (child != node->first) {
			buf_add(b, STR(", "));
		}
		if (node->kind == NODE_MAP) {
			emit_scalar(b, node_real(child->key), quote, true);
			buf_add(b, STR(": "));
		}
		emit_flow(b, child, json);
	}
	buf_byte(b, node->kind == NODE_MAP ? '}' : ']');
}
