/* SPDX-License-Identifier: Apache-2.0 */
/* Judges keys by their words: better to hide a harmless value than to show a secret one. */
#include "base/secret.h"

#include <string.h>

enum {
	KEY_MAX = 128,
	TELLING_MIN = 5,              /* length of the shortest telling word */
};

/* Words are compared without case, dashes, underscores and dots. */
static const char *const telling[] = {
	"password", "passwd", "passphrase", "token", "secret", "apikey", "accesskey", "privatekey", "encryptionkey",
	"signingkey", "credential", "dockerconfigjson", "htpasswd", "connectionstring",
};
/* telling only at the end, too short to stand anywhere */
static const char *const telling_ends[] = { "pwd", "pass" };
/* what ends so is about a secret or where it is, not the secret itself */
static const char *const pointing_ends[] = {
	"name", "names", "namespace", "ref", "refs", "file", "files", "path", "dir", "url", "uri", "endpoint", "claim",
	"hint", "type", "source", "enabled", "class", "length", "ttl", "expiry", "seconds", "tokens", "serviceaccounttoken",
	"passwordkey", "secretkeys",
};
/* keys of Kubernetes and of Workbench whose value is the name of a Secret */
static const char *const names[] = {
	"truststoresecret", "tlssecret", "casecret", "certsecret", "existingsecret", "existingsecrets", "pullsecret",
	"pullsecrets", "imagepullsecret", "imagepullsecrets", "secret", "secrets",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool
ends_with_one(struct str key, const char *const *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_ends(key, str_of(table[i]))) {
			return true;
		}
	}
	return false;
}

static bool
tells(struct str word)
{
	for (size_t i = 0; i < COUNT(telling) && word.n >= TELLING_MIN; i++) {
		if (memmem(word.s, word.n, telling[i], strlen(telling[i]))) {
			return true;
		}
	}
	return ends_with_one(word, telling_ends, COUNT(telling_ends));
}

bool
secret_key(struct str key)
{
	char folded[KEY_MAX];
	struct str word = { folded, 0 };

	for (size_t i = 0; i < key.n; i++) {
		char c = key.s[i];

		if (c == '-' || c == '_' || c == '.') {
			continue;
		}
		if (word.n == KEY_MAX) {
			break;
		}
		folded[word.n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	/* most keys tell nothing, and every key of a file is asked about */
	if (!tells(word)) {
		return false;
	}
	for (size_t i = 0; i < COUNT(names); i++) {
		if (str_is(word, names[i])) {
			return false;
		}
	}
	/* the charts' annotation checksum/secret */
	if (str_starts(word, STR("checksum/"))) {
		return false;
	}
	return !ends_with_one(word, pointing_ends, COUNT(pointing_ends));
}

bool
secret_text(struct str text)
{
	static const char mark[] = "PRIVATE KEY-----";

	return text.n > sizeof(mark) && memmem(text.s, text.n, mark, sizeof(mark) - 1);
}
