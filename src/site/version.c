/* SPDX-License-Identifier: Apache-2.0 */
/* Reads version numbers, and knows the gates. */
#include "site/version.h"

#include "base/arena.h"

#include <string.h>

const struct version_gate version_gates[] = {
	{ "keycloak", "5.6.0", "5.6.2", "the values templates of 5.6.0 and 5.6.2" },
	{ "ingress.labels", "5.6.0", "5.7.1", "the values templates of 5.6.0 and 5.7.1" },
	{ NULL, NULL, NULL, NULL },
};

const char *
version_path(struct arena *a, const char *key)
{
	char *path = arena_copy(a, key, strlen(key));

	for (char *c = path; *c; c++) {
		*c = *c == '.' ? '/' : *c;
	}
	return path;
}

size_t
version_number(struct str s)
{
	size_t number = 0, part, parts = 0;

	for (size_t at = 0; at <= s.n && parts < 3; parts++) {
		size_t end = str_find(s, '.', at);

		if (!str_number(str_slice(s, at, end), 99, &part)) {
			return 0;
		}
		number = number * 100 + part;
		at = end + 1;
	}
	return parts == 3 ? number : 0;
}

bool
version_lacks(const struct version_gate *gate, struct str workbench)
{
	size_t version = version_number(workbench);

	return version > 0 && version <= version_number(str_of(gate->last));
}

size_t
version_kubernetes_max(struct str workbench)
{
	size_t version = version_number(workbench);

	return version > 0 && version <= 50700 ? 24 : 28;
}

size_t
version_kubernetes(struct str s)
{
	size_t minor;

	return str_starts(s, STR("1.")) && str_number(str_slice(s, 2, str_find(s, '.', 2)), 1000, &minor) ? minor : 0;
}
