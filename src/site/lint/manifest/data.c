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

/* keys that the type of a Secret wants; of some either will do */
static const struct {
	const char *type, *keys[2];
	bool either;
} types[] = {
	{ "kubernetes.io/basic-auth", { "username", "password" }, true },
	{ "kubernetes.io/dockercfg", { ".dockercfg", NULL }, false },
	{ "kubernetes.io/dockerconfigjson", { ".dockerconfigjson", NULL }, false },
	{ "kubernetes.io/ssh-auth", { "ssh-privatekey", NULL }, false },
	{ "kubernetes.io/tls", { "tls.crt", "tls.key" }, false },
};

static void
type_check(struct manifest *m, const struct spot *root)
{
	struct spot type = spot_get(root, "type"), data = spot_get(root, "data"), plain = spot_get(root, "stringData");

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		bool has[2] = { false, true };

		for (size_t j = 0; j < 2 && types[i].keys[j]; j++) {
			has[j] = node_get(data.node, str_of(types[i].keys[j])) || node_get(plain.node, str_of(types[i].keys[j]));
		}
		if (!str_is(spot_text(&type), types[i].type) || (types[i].either ? has[0] || has[1] : has[0] && has[1])) {
			continue;
		}
		manifest_hit(m, "kube/secret-type", &type, spot_value(&type), "a Secret of type %s needs the key '%s'%s%s%s", types[i].type,
			types[i].keys[has[0]], types[i].either ? " or '" : "", types[i].either ? types[i].keys[1] : "", types[i].either ? "'" : "");
	}
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
	if (m->secret) {
		type_check(m, &root);
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
