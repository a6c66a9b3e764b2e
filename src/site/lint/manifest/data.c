/* SPDX-License-Identifier: Apache-2.0 */
/* What the API server asks of the data of ConfigMaps and Secrets (pkg/apis/core/validation). */
#include "site/lint/manifest/data.h"

enum {
	DATA_MAX = 1048576,           /* bytes of all values (MaxSecretSize) */
	DATA_KEY_MAX = 253,
};

static const char *
key_wrong(struct str key)
{
	if (key.n == 0 || key.n > DATA_KEY_MAX) {
		return key.n == 0 ? "is empty" : "is longer than 253 characters";
	}
	for (size_t i = 0; i < key.n; i++) {
		char c = key.s[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.') {
			return "has other characters than letters, digits, '-', '_' and '.'";
		}
	}
	return key.s[0] == '.' && (key.n == 1 || (key.s[1] == '.')) ? "begins with '..', or is '.'" : NULL;
}

/* the bytes of what base64 stands for */
static size_t
decoded(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		n += text.s[i] != '\n' && text.s[i] != '\r' && text.s[i] != '=';
	}
	return n / 4 * 3 + n % 4 * 3 / 4;
}

void
data_check(struct manifest *m)
{
	static const char *const maps[] = { "data", "binaryData", "stringData" };
	bool config = str_eq(m->object->kind, STR("ConfigMap"));
	struct spot root = spot_root(m->object->node);
	size_t size = 0;

	if (m->object->group.n > 0 || (!config && !m->secret)) {
		return;
	}
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
		struct spot map = spot_get(&root, maps[i]);
		bool base64 = config ? i == 1 : i == 0;

		for (const struct node *entry = spot_entries(&map); entry; entry = entry->next) {
			struct spot s = spot_entry(&map, entry);
			const char *wrong = key_wrong(s.name);

			if (wrong) {
				manifest_hit(m, "kube/data-key", &s, entry->key->span, "the key '%s' %s", manifest_cut(m, s.name), wrong);
			}
			size += base64 ? decoded(spot_text(&s)) : spot_text(&s).n;
		}
	}
	if (size > DATA_MAX) {
		manifest_hit(m, "kube/data-size", &root, spot_key(&root), "the data has %zu bytes, at most %d are allowed", size, DATA_MAX);
	}
}
