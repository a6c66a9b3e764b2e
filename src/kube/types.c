/* SPDX-License-Identifier: Apache-2.0 */
/* Looks up kinds and fields in the tables that scripts/embed-kube makes. */
#include "kube/types.h"

bool
kube_version_read(struct str text, unsigned *ret)
{
	enum { MINOR_MAX = 999 };
	size_t minor, end;

	text = str_starts(text, STR("v")) ? str_slice(text, 1, text.n) : text;
	if (!str_starts(text, STR("1."))) {
		return false;
	}
	text = str_slice(text, 2, text.n);
	for (end = 0; end < text.n && text.s[end] >= '0' && text.s[end] <= '9'; end++) {
	}
	if ((end < text.n && text.s[end] != '.' && text.s[end] != '+') || !str_number(str_slice(text, 0, end), MINOR_MAX, &minor)) {
		return false;
	}
	*ret = (unsigned)minor;
	return true;
}

struct str
kube_name(uint32_t at)
{
	return str_of(kube_pool + at);
}

const struct kube_kind *
kube_kind_rows(struct str kind, size_t *ret_n)
{
	size_t from = 0, to = kube_kinds_n, n = 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (str_cmp(kube_name(kube_kinds[middle].kind), kind) < 0) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	while (from + n < kube_kinds_n && str_eq(kube_name(kube_kinds[from + n].kind), kind)) {
		n++;
	}
	*ret_n = n;
	return &kube_kinds[from];
}

const struct kube_kind *
kube_kind_find(struct str api, struct str kind, unsigned version)
{
	size_t n;
	const struct kube_kind *row = kube_kind_rows(kind, &n);

	for (; n > 0; row++, n--) {
		if (row->since <= version && version <= row->until && str_eq(kube_name(row->api), api)) {
			return row;
		}
	}
	return NULL;
}

bool
kube_group_known(struct str group)
{
	for (size_t i = 0; i < kube_kinds_n; i++) {
		struct str api = kube_name(kube_kinds[i].api);
		size_t slash = str_find(api, '/', 0);

		if (str_eq(slash < api.n ? str_slice(api, 0, slash) : STR(""), group)) {
			return true;
		}
	}
	return false;
}

const struct kube_field *
kube_field_rows(const struct kube_type *type, struct str name, size_t *ret_n)
{
	const struct kube_field *fields = &kube_fields[type->first];
	size_t from = 0, to = type->sort == KUBE_OBJECT ? type->n : 0, n = 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (str_cmp(kube_name(fields[middle].name), name) < 0) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	while (type->sort == KUBE_OBJECT && from + n < type->n && fields[from + n].name == fields[from].name
		&& str_eq(kube_name(fields[from].name), name)) {
		n++;
	}
	*ret_n = n;
	return &fields[from];
}

const struct kube_field *
kube_field_find(const struct kube_type *type, struct str name, unsigned version)
{
	size_t n;
	const struct kube_field *row = kube_field_rows(type, name, &n);

	for (; n > 0; row++, n--) {
		if (row->since <= version && version <= row->until) {
			return row;
		}
	}
	return NULL;
}
