/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of characters by name: Perl's and POSIX's of ASCII, Unicode's categories and scripts. */
#include "schema/re2set.h"

enum { ASCII = 128, LOOSE_MAX = 32 };

#define PAIRS(lit) { (lit), sizeof(lit) - 1 }

/* ranges as pairs of first and last */
struct set {
	const char *name;
	struct str pairs;
};

static const struct set perl[] = {
	{ "d", PAIRS("09") },
	{ "s", PAIRS("\t\n\f\r  ") },
	{ "w", PAIRS("09AZ__az") },
};

static const struct set posix[] = {
	{ "alnum", PAIRS("09AZaz") },
	{ "alpha", PAIRS("AZaz") },
	{ "ascii", PAIRS("\0\x7f") },
	{ "blank", PAIRS("\t\t  ") },
	{ "cntrl", PAIRS("\0\x1f\x7f\x7f") },
	{ "digit", PAIRS("09") },
	{ "graph", PAIRS("!~") },
	{ "lower", PAIRS("az") },
	{ "print", PAIRS(" ~") },
	{ "punct", PAIRS("!/:@[`{~") },
	{ "space", PAIRS("\t\r  ") },
	{ "upper", PAIRS("AZ") },
	{ "word", PAIRS("09AZ__az") },
	{ "xdigit", PAIRS("09AFaf") },
};

/* Categories: the short name, whether Go before 1.25 has it, long names (Unicode's PropertyValueAliases.txt) without '_'.
   folds: Go's unicode.FoldCategory has more characters for it. */
static const struct {
	const char *name, *longer, *other;
	bool fresh, folds;
} categories[] = {
	{ "C", "other" }, { "Cc", "control", "cntrl" }, { "Cf", "format" }, { "Cn", "unassigned", .fresh = true },
	{ "Co", "privateuse" }, { "Cs", "surrogate" },
	{ "L", "letter", .folds = true }, { "LC", "casedletter", .fresh = true, .folds = true },
	{ "Ll", "lowercaseletter", .folds = true }, { "Lm", "modifierletter" }, { "Lo", "otherletter" },
	{ "Lt", "titlecaseletter", .folds = true }, { "Lu", "uppercaseletter", .folds = true },
	{ "M", "mark", "combiningmark", .folds = true }, { "Mc", "spacingmark" }, { "Me", "enclosingmark" },
	{ "Mn", "nonspacingmark", .folds = true },
	{ "N", "number" }, { "Nd", "decimalnumber", "digit" }, { "Nl", "letternumber" }, { "No", "othernumber" },
	{ "P", "punctuation", "punct" }, { "Pc", "connectorpunctuation" }, { "Pd", "dashpunctuation" },
	{ "Pe", "closepunctuation" }, { "Pf", "finalpunctuation" }, { "Pi", "initialpunctuation" },
	{ "Po", "otherpunctuation" }, { "Ps", "openpunctuation" },
	{ "S", "symbol" }, { "Sc", "currencysymbol" }, { "Sk", "modifiersymbol" }, { "Sm", "mathsymbol" },
	{ "So", "othersymbol" },
	{ "Z", "separator" }, { "Zl", "lineseparator" }, { "Zp", "paragraphseparator" }, { "Zs", "spaceseparator" },
};

/* the scripts of Unicode 15.0, which Go 1.21 to 1.25 have */
static const char scripts[] =
	" Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki Bopomofo"
	" Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee Chorasmian Common"
	" Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan Egyptian_Hieroglyphs"
	" Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi Gurmukhi Han Hangul"
	" Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited Inscriptional_Pahlavi"
	" Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi Khitan_Small_Script Khmer Khojki"
	" Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean"
	" Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi"
	" Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong"
	" Ogham Ol_Chiki Old_Hungarian Old_Italic Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian"
	" Old_Turkic Old_Uyghur Oriya Osage Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi"
	" Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese"
	" Syloti_Nagri Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan"
	" Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square ";

/* by hand: a built-in schema has hundreds of them, at each start of the program */
void
re2set_point(struct buf *b, unsigned point)
{
	bool shown = false;

	if ((point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z')) {
		buf_byte(b, (char)point);
		return;
	}
	buf_add(b, STR("\\x{"));
	for (unsigned shift = 24; shift > 0; shift -= 4) {
		unsigned digit = point >> (shift - 4) & 0xF;

		shown = shown || digit > 0 || shift == 4;
		if (shown) {
			buf_byte(b, "0123456789abcdef"[digit]);
		}
	}
	buf_byte(b, '}');
}

void
re2set_range(struct buf *b, unsigned from, unsigned to)
{
	re2set_point(b, from);
	if (from != to) {
		buf_byte(b, '-');
		re2set_point(b, to);
	}
}

/* Go folds the set before it takes the complement, PCRE2 folds each range: of a complement those must be left out whose other case
   is in the set, U+017F (s) and U+212A (k). All others have their other cases on the same side. */
static void
add_ascii(struct buf *b, struct str pairs, bool negated, bool fold)
{
	bool in[ASCII] = { false };
	unsigned from = 0;

	for (size_t i = 0; i + 1 < pairs.n; i += 2) {
		for (unsigned c = (unsigned char)pairs.s[i]; c <= (unsigned char)pairs.s[i + 1]; c++) {
			in[c] = true;
			if (fold && ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))) {
				in[c ^ 0x20] = true;
			}
		}
	}
	for (unsigned c = 0; c < ASCII; c++) {
		if (in[c] != negated && (c == 0 || in[c - 1] == negated)) {
			from = c;
		}
		if (in[c] != negated && c + 1 < ASCII && in[c + 1] == negated) {
			re2set_range(b, from, c);
		}
	}
	if (in[ASCII - 1] != negated) {
		re2set_range(b, from, ASCII - 1);
	}
	if (negated) {
		from = ASCII;
		if (fold && in['s']) {
			re2set_range(b, from, 0x17E);
			from = 0x180;
		}
		if (fold && in['k']) {
			re2set_range(b, from, 0x2129);
			from = 0x212B;
		}
		re2set_range(b, from, 0x10FFFF);
	}
}

bool
re2set_perl(struct buf *b, char letter, bool fold)
{
	char lower = (char)(letter | 0x20);

	for (size_t i = 0; i < sizeof(perl) / sizeof(perl[0]); i++) {
		if (perl[i].name[0] == lower) {
			add_ascii(b, perl[i].pairs, letter != lower, fold);
			return true;
		}
	}
	return false;
}

bool
re2set_posix(struct buf *b, struct str name, bool fold)
{
	bool negated = name.n > 2 && name.s[2] == '^';
	struct str bare = str_slice(name, negated ? 3 : 2, name.n - 2);

	for (size_t i = 0; i < sizeof(posix) / sizeof(posix[0]); i++) {
		if (str_is(bare, posix[i].name)) {
			add_ascii(b, posix[i].pairs, negated, fold);
			return true;
		}
	}
	return false;
}

/* the name without blanks, '-' and '_', in small letters; empty when it is too long to be one */
static struct str
loose(struct str name, char ret[LOOSE_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < name.n; i++) {
		char c = name.s[i];

		if (c == ' ' || c == '-' || c == '_') {
			continue;
		}
		if (n == LOOSE_MAX) {
			return (struct str){ 0 };
		}
		ret[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	return (struct str){ ret, n };
}

static bool
in_scripts(struct str name, bool exact, struct str *ret)
{
	struct str all = STR(scripts);

	for (size_t at = 1, end; at < all.n; at = end + 1) {
		end = str_find(all, ' ', at);
		*ret = str_slice(all, at, end);
		if (exact ? str_eq(*ret, name) : str_eq_nocase(*ret, name)) {
			return true;
		}
	}
	return false;
}

/* a script whose name is its own loose form but for the first letter: one that Go 1.25 finds */
static bool
is_simple(struct str script)
{
	for (size_t i = 1; i < script.n; i++) {
		if (script.s[i] < 'a' || script.s[i] > 'z') {
			return false;
		}
	}
	return true;
}

enum re2set_known
re2set_unicode(struct buf *b, struct str name, bool negated, bool fold, bool *ret_folds)
{
	bool caret = name.n > 0 && name.s[0] == '^', exact;
	char sign = caret != negated ? 'P' : 'p', bare_of[LOOSE_MAX];
	struct str bare, script;

	*ret_folds = false;
	name = str_slice(name, caret, name.n);
	bare = loose(name, bare_of);
	if (str_eq(bare, STR("any"))) {
		buf_addf(b, "\\%c{Any}", sign);
		return str_eq(name, STR("Any")) ? RE2SET_ALL : RE2SET_NEW;
	}
	if (str_eq(bare, STR("ascii"))) {
		add_ascii(b, STR("\0\x7f"), sign == 'P', fold);
		return RE2SET_NEW;
	}
	if (str_eq(bare, STR("assigned"))) {
		buf_addf(b, "\\%c{Cn}", sign == 'p' ? 'P' : 'p');
		return RE2SET_NEW;
	}
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++) {
		struct str shorter = str_of(categories[i].name);

		if (str_eq_nocase(bare, shorter) || str_is(bare, categories[i].longer)
			|| (categories[i].other && str_is(bare, categories[i].other))) {
			*ret_folds = categories[i].folds;
			exact = str_eq(name, shorter) && !categories[i].fresh;
			/* L& is the older name of LC */
			buf_addf(b, "\\%c{%s}", sign, str_eq(shorter, STR("LC")) ? "L&" : categories[i].name);
			return exact ? RE2SET_ALL : RE2SET_NEW;
		}
	}
	exact = in_scripts(name, true, &script);
	if (!exact && !in_scripts(bare, false, &script)) {
		return RE2SET_UNKNOWN;
	}
	if (!exact && !is_simple(script)) {
		return RE2SET_UNKNOWN;
	}
	*ret_folds = str_eq(script, STR("Greek")) || str_eq(script, STR("Common")) || str_eq(script, STR("Inherited"));
	/* without sc: PCRE2 takes the script extensions */
	buf_addf(b, "\\%c{sc:%.*s}", sign, STR_FMT(script));
	return !is_simple(script) ? RE2SET_OLD : exact ? RE2SET_ALL : RE2SET_NEW;
}
